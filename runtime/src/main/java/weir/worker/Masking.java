package weir.worker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes out of an answer what the request said in secret: servers that repeat what they were sent, in an error for
/// example, must not bring it into a journal.
final class Masking {
    /// Shorter ones would be found everywhere by chance.
    private static final int SHORTEST = 8;

    private static final String MASK = "***";

    private final List<String> secrets = new ArrayList<>();

    Masking(List<Egress.Header> headers) {
        for (var header : headers) {
            if (header.secret()) {
                add(header.value());
                // Of `Bearer …` the part that counts.
                add(header.value().substring(header.value().indexOf(' ') + 1));
            }
        }
    }

    private void add(String secret) {
        // As bytes of the answer would be read below.
        String read = new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (read.length() >= SHORTEST && !secrets.contains(read)) {
            secrets.add(read);
        }
    }

    byte[] body(byte[] body) {
        if (secrets.isEmpty() || body.length < SHORTEST) {
            return body;
        }
        // One character a byte, so that whatever is in it comes out as it was.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String masked = masked(text);
        return masked.equals(text) ? body : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    Map<String, String> headers(Map<String, String> headers) {
        if (secrets.isEmpty()) {
            return headers;
        }
        var masked = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> masked.put(name, masked(value)));
        return masked;
    }

    private String masked(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.contains(secret) ? result.replace(secret, MASK) : result;
        }
        return result;
    }
}
