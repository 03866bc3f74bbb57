package weir.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// Whether a webhook's caller is who it has to be: knows the key that the body is signed with, or shows the secret.
/// Compared in constant time, on the bytes as they came.
final class Callers {
    private static final System.Logger LOG = System.getLogger(Callers.class.getName());

    private final Handler.Secrets secrets;

    Callers(Handler.Secrets secrets) {
        this.secrets = secrets;
    }

    /// @param rule what `hmac(…)`, `bearer(…)`, `basic(…)` or `header(…)` gave
    /// @throws Problem.Thrown 401 when it does not hold, 503 when the secret is not there
    void verify(Value rule, Delivery delivery) {
        if (!(rule instanceof RecordValue record) || !holds(record, delivery)) {
            throw Problem.of(
                            401,
                            "caller_not_known",
                            "Not let in",
                            "The webhook's signature or authorization is missing or wrong.")
                    .thrown();
        }
    }

    private boolean holds(RecordValue rule, Delivery delivery) {
        return switch (part(rule, "kind")) {
            case "hmac" -> signed(rule, delivery);
            case "bearer" -> equal("Bearer " + part(rule, "token"), header(delivery, "authorization"));
            case "basic" -> {
                String pair = part(rule, "user") + ":" + part(rule, "password");
                String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
                yield equal("Basic " + encoded, header(delivery, "authorization"));
            }
            case "header" -> equal(part(rule, "value"), header(delivery, part(rule, "name")));
            default -> false;
        };
    }

    private boolean signed(RecordValue rule, Delivery delivery) {
        String shown = header(delivery, part(rule, "header"));
        String prefix = part(rule, "prefix");
        if (shown == null || !shown.startsWith(prefix)) {
            return false;
        }
        byte[] expected = hmac(part(rule, "key"), delivery.body());
        byte[] given;
        try {
            given = HexFormat.of().parseHex(shown.substring(prefix.length()).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notHexadecimal) {
            return false;
        }
        return MessageDigest.isEqual(expected, given);
    }

    private static byte[] hmac(String key, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean equal(String expected, @Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String header(Delivery delivery, String name) {
        return delivery.event().get("headers") instanceof RecordValue headers
                        && headers.get(name.toLowerCase(Locale.ROOT)) instanceof StringValue(String value)
                ? value
                : null;
    }

    /// A field's text with its secrets in it; empty when there is none.
    private String part(RecordValue rule, String name) {
        return switch (rule.get(name)) {
            case StringValue(String text) -> text;
            case SecretValue secret -> secret.reveal(this::reveal);
            case null -> "";
            // Default: no other value can stand for a text here.
            default -> "";
        };
    }

    /// Without the secret nobody is let in, and the caller is not told which one is missing.
    private String reveal(String name) {
        try {
            return secrets.reveal(name);
        } catch (StepFailure missing) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a webhook cannot check its callers: {0}",
                    missing.error().message());
            throw Problem.unavailable("The webhook is not set up completely; the server's log tells what is missing.")
                    .thrown();
        }
    }
}
