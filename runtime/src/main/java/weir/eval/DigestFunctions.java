package weir.eval;

import static weir.eval.Native.argument;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import weir.value.SecretValue;
import weir.value.Value;

/// `hash` and `base64`.
final class DigestFunctions {
    static final Map<String, Native> ALL = Map.of(
            "hash.sha256", digest("SHA-256"),
            "hash.sha512", digest("SHA-512"),
            "hash.sha1", digest("SHA-1"),
            "hash.md5", digest("MD5"),
            "base64.encode", (self, arguments, evaluation) -> encode(argument(arguments, 0), evaluation),
            "base64.decode", (self, arguments, evaluation) -> decode(argument(arguments, 0), evaluation));

    private DigestFunctions() {}

    private static Native digest(String algorithm) {
        return (self, arguments, evaluation) -> {
            var text = Coercion.text(argument(arguments, 0));
            evaluation.spend(10 + (text.length() >> 3));
            try {
                var digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
                return Value.of(HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        };
    }

    private static Value encode(Value value, Evaluation evaluation) {
        if (value instanceof SecretValue secret) {
            return new SecretValue(List.of(new SecretValue.Piece.Base64Of(secret)));
        }
        var bytes = Coercion.text(value).getBytes(StandardCharsets.UTF_8);
        evaluation.makeText(bytes.length * 4L / 3);
        return Value.of(Base64.getEncoder().encodeToString(bytes));
    }

    private static Value decode(Value value, Evaluation evaluation) {
        var text = Coercion.text(value);
        evaluation.makeText(text.length());
        try {
            return Value.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Failure.range("this text is no Base64");
        }
    }
}
