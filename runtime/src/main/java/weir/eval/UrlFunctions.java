package weir.eval;

import static weir.eval.Native.argument;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import weir.value.ListValue;
import weir.value.Value;

/// `encodeURIComponent` and its like, and `url`.
final class UrlFunctions {
    private static final String UNRESERVED = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,#";

    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("encodeURIComponent", encoder(UNRESERVED)),
            Map.entry("encodeURI", encoder(UNRESERVED + RESERVED)),
            Map.entry("decodeURIComponent", decoder("")),
            Map.entry("decodeURI", decoder(RESERVED)),
            Map.entry("url.encode", encoder(UNRESERVED)),
            Map.entry("url.decode", decoder("")),
            Map.entry("url.query", (self, arguments, evaluation) -> query(argument(arguments, 0), evaluation)));

    private UrlFunctions() {}

    private static Native encoder(String kept) {
        return (self, arguments, evaluation) -> {
            var text = Coercion.text(argument(arguments, 0));
            evaluation.makeText(text.length());
            var encoded = encode(text, kept);
            evaluation.makeText(encoded.length());
            return Value.of(encoded);
        };
    }

    private static Native decoder(String kept) {
        return (self, arguments, evaluation) -> {
            var text = Coercion.text(argument(arguments, 0));
            evaluation.makeText(text.length());
            return Value.of(decode(text, kept));
        };
    }

    private static String encode(String text, String kept) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (isLetterOrDigit(c) || kept.indexOf(c) >= 0) {
                out.append(c);
                i++;
                continue;
            }
            int end = i + Character.charCount(text.codePointAt(i));
            for (byte b : utf8(text, i, end)) {
                out.append('%').append(hex(b >> 4)).append(hex(b));
            }
            i = end;
        }
        return out.toString();
    }

    private static byte[] utf8(String text, int start, int end) {
        try {
            var buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, start, end));
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new Failure("uri_error", "half a surrogate pair cannot be part of a URL");
        }
    }

    private static String decode(String text, String kept) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) != '%') {
                out.append(text.charAt(i++));
                continue;
            }
            int lead = octet(text, i);
            int count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            var bytes = new byte[count];
            for (int k = 0; k < count; k++) {
                bytes[k] = (byte) octet(text, i + 3 * k);
            }
            var decoded = character(bytes);
            out.append(kept.contains(decoded) ? text.substring(i, i + 3) : decoded);
            i += 3 * count;
        }
        return out.toString();
    }

    private static String character(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    /// The byte that `%XX` stands for.
    private static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            throw malformed();
        }
        int high = NumberText.digit(text.charAt(at + 1));
        int low = NumberText.digit(text.charAt(at + 2));
        if (high > 15 || low > 15) {
            throw malformed();
        }
        return high * 16 + low;
    }

    private static Failure malformed() {
        return new Failure("uri_error", "this text is no well-formed part of a URL");
    }

    private static boolean isLetterOrDigit(char c) {
        return c < 128 && NumberText.digit(c) < 36;
    }

    private static char hex(int bits) {
        return "0123456789ABCDEF".charAt(bits & 15);
    }

    private static Value query(Value values, Evaluation evaluation) {
        var out = new StringBuilder();
        ObjectFunctions.forEachOwn(values, (name, value) -> append(out, name, value, evaluation), evaluation);
        evaluation.makeText(out.length());
        return Value.of(out.toString());
    }

    private static void append(StringBuilder out, String name, Value value, Evaluation evaluation) {
        evaluation.spend(1);
        if (out.length() > evaluation.longestText()) {
            evaluation.makeText(out.length());
        }
        if (value instanceof ListValue list) {
            list.forEach(item -> append(out, name, item, evaluation));
        } else if (!value.isMissing()) {
            out.append(out.isEmpty() ? "" : "&")
                    .append(encode(name, UNRESERVED))
                    .append('=')
                    .append(encode(Coercion.text(value), UNRESERVED));
        }
    }
}
