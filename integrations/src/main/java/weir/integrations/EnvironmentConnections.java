package weir.integrations;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.worker.StepFailure;

/// Connections from environment variables, for local runs: the connection `shop-api` is `WEIR_CONNECTION_SHOP_API`, a
/// JSON object such as `{"kind": "bearer", "token": "…"}`.
public final class EnvironmentConnections implements Connections {
    private static final String PREFIX = "WEIR_CONNECTION_";

    private final Map<String, String> environment;

    public EnvironmentConnections(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// The name of the variable that holds a connection.
    public static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    @Override
    public Optional<Connection> find(int org, String name) throws StepFailure {
        var text = environment.get(variable(name));
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        var fields = new TreeMap<String, String>();
        try {
            if (Json.read(text) instanceof RecordValue record) {
                record.forEach((field, value) -> {
                    if (!value.isMissing()) {
                        fields.put(field, value instanceof StringValue(String word) ? word : Json.text(value));
                    }
                });
            }
        } catch (JsonProblem wrong) {
            // The text may hold a secret, so nothing of it is shown.
            fields.clear();
        }
        if (fields.isEmpty()) {
            throw StepFailure.permanent(
                    "bad_connection",
                    variable(name) + " has to be a JSON object such as {\"kind\": \"bearer\", \"token\": \"…\"}");
        }
        String integration = fields.remove("integration");
        String kind = fields.remove("kind");
        return Optional.of(new Connection(name, integration, kind == null ? kind(fields) : kind, fields));
    }

    /// What a connection that does not say its kind must be.
    private static String kind(Map<String, String> fields) {
        if (fields.containsKey("token")) {
            return "bearer";
        }
        if (fields.containsKey("value")) {
            return "header";
        }
        return fields.containsKey("url") || fields.containsKey("host") ? "" : "basic";
    }
}
