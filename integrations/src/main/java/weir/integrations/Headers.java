package weir.integrations;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Egress;
import weir.worker.Handler.Secrets;
import weir.worker.StepFailure;

/// The header lines of one request. Secrets get their values here.
final class Headers {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Secrets secrets;
    private final List<Egress.Header> lines = new ArrayList<>();

    Headers(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Adds what a record gives; what is missing is not sent.
    void add(@Nullable Value given) throws StepFailure {
        if (given instanceof RecordValue fields) {
            for (int i = 0; i < fields.size(); i++) {
                var value = fields.valueAt(i);
                if (!value.isMissing()) {
                    add(fields.nameAt(i), reveal(value, secrets), value instanceof SecretValue);
                }
            }
        }
    }

    private void add(String name, String text, boolean secret) throws StepFailure {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                || text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw StepFailure.permanent(
                    "bad_argument",
                    "the header \"" + name.replaceAll("\\p{Cntrl}", "?")
                            + "\" has a character that headers may not have");
        }
        lines.add(new Egress.Header(name, text, secret));
    }

    /// Adds what `bearer(…)`, `basic(…)` or `header(…)` gives.
    void authenticate(RecordValue auth) throws StepFailure {
        switch (auth.get("kind") instanceof StringValue(String text) ? text : "") {
            case "bearer" -> bearer(part(auth, "token"));
            case "basic" -> basic(part(auth, "user"), part(auth, "password"));
            case "header" -> secret(part(auth, "name"), part(auth, "value"));
            default -> throw StepFailure.permanent("bad_argument", "`auth` must be bearer(…), basic(…) or header(…)");
        }
    }

    /// Adds what a connection gives.
    void authenticate(Connections.Connection connection) throws StepFailure {
        switch (connection.kind()) {
            case "bearer" -> bearer(connection.need("token"));
            case "basic" -> basic(connection.need("user"), connection.need("password"));
            case "header" -> secret(connection.need("name"), connection.need("value"));
            default ->
                throw StepFailure.permanent(
                        "bad_connection",
                        "the connection \"" + connection.name()
                                + "\" is none of bearer, basic and header; connect it again");
        }
    }

    void bearer(String token) throws StepFailure {
        secret("Authorization", "Bearer " + token);
    }

    void basic(String user, String password) throws StepFailure {
        var pair = user + ":" + password;
        secret("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    void secret(String name, String value) throws StepFailure {
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw StepFailure.permanent("bad_argument", "what authenticates has a character that headers may not have");
        }
        add(name, value, true);
    }

    private String part(RecordValue auth, String name) throws StepFailure {
        var value = auth.get(name);
        return value == null || value.isMissing() ? "" : reveal(value, secrets);
    }

    boolean has(String name) {
        return lines.stream().anyMatch(line -> line.name().equalsIgnoreCase(name));
    }

    void addIfMissing(String name, String value) {
        if (!has(name)) {
            lines.add(new Egress.Header(name, value, false));
        }
    }

    /// All lines, with what every request of that method has.
    ///
    /// @param key sent as `Idempotency-Key` with what may change something
    List<Egress.Header> complete(String method, String key) {
        if (!READING.contains(method)) {
            addIfMissing("Idempotency-Key", key);
        }
        addIfMissing("User-Agent", "Weir");
        addIfMissing("Accept", "application/json, text/plain;q=0.9, */*;q=0.8");
        return List.copyOf(lines);
    }

    /// The text of a value with its secrets put in.
    static String reveal(Value value, Secrets secrets) throws StepFailure {
        return value instanceof SecretValue secret ? secret.reveal(secrets::reveal) : Links.plain(value);
    }
}
