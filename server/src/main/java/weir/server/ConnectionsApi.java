package weir.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.integrations.Connections.Connection;
import weir.integrations.SealedConnections;
import weir.model.Catalog;
import weir.model.Type;
import weir.store.Connections.Entry;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Named connections: make, list, remove. What they hold goes in and never comes out.
final class ConnectionsApi {
    private static final int LONGEST = 64 * 1024;
    /// Of a secret that is longer than this, the last characters are shown.
    private static final int LONG = 20;

    private static final List<weir.model.Connection> USUAL =
            List.of(weir.model.Connection.BEARER, weir.model.Connection.BASIC, weir.model.Connection.HEADER);

    private final SealedConnections connections;
    private final Catalog catalog;
    private final Deployments deployments;

    ConnectionsApi(Deployments deployments, Backend backend) {
        this.deployments = deployments;
        this.connections = backend.connections();
        this.catalog = backend.catalog();
    }

    void routes(Routes routes) {
        routes.get("/api/v1/connections", this::list)
                .post("/api/v1/connections", this::post)
                .delete("/api/v1/connections/{name}", this::delete);
    }

    private void list(Exchange exchange) {
        exchange.answer(RecordValue.of(
                "connections", Documents.list(connections.list(Backend.ORGANISATION), ConnectionsApi::document)));
    }

    private static RecordValue document(Entry entry) {
        return RecordValue.builder()
                .put("name", Value.of(entry.name()))
                .put("integration", Value.of(entry.integration()))
                .put("kind", Value.of(entry.kind()))
                .put("hint", Value.of(entry.hint()))
                .put("updatedAt", Documents.time(entry.at()))
                .build();
    }

    private void delete(Exchange exchange) {
        String name = exchange.part("name");
        if (!connections.remove(Backend.ORGANISATION, name)) {
            throw Problem.notFound("connection", name).thrown();
        }
        exchange.answer(RecordValue.of("name", Value.of(name)));
    }

    private void post(Exchange exchange) {
        var body = exchange.object(exchange.body());
        String name = text(body, "name", "[a-z][a-z0-9_.-]{0,63}", "a name such as `github-bot`, in small letters");
        String integration = text(body, "integration", "[A-Za-z_][A-Za-z0-9_]{0,63}", "the name of an integration");
        var kind = kind(integration, body.get("kind") instanceof StringValue(String given) ? given : null);
        var fields = new TreeMap<String, String>();
        if (!(body.get("fields") instanceof RecordValue given)) {
            throw wrong("`fields` has to be an object with what the connection holds.");
        }
        for (int i = 0; i < given.size(); i++) {
            fields.put(given.nameAt(i), field(given.nameAt(i), given.valueAt(i)));
        }
        check(kind, fields);
        var entry = connections.put(
                Backend.ORGANISATION,
                new Connection(name, integration, kind.kind(), fields),
                integration,
                hint(kind, fields));
        exchange.answer(201, document(entry));
    }

    private static String text(RecordValue body, String field, String form, String wanted) {
        if (body.get(field) instanceof StringValue(String text) && text.matches(form)) {
            return text;
        }
        throw wrong("`" + field + "` has to be " + wanted + ".");
    }

    private static String field(String name, Value value) {
        String text = switch (value) {
            case StringValue(String word) -> word;
            case NumberValue number -> weir.value.Json.text(number);
            // Default: nothing else can be put into a request.
            default -> throw wrong("The field `" + Problem.shortened(name) + "` has to be a text.");
        };
        if (text.length() > LONGEST) {
            throw wrong("The field `" + Problem.shortened(name) + "` is longer than " + LONGEST + " characters.");
        }
        return text;
    }

    private static Problem.Thrown wrong(String detail) {
        return Problem.of(422, "bad_connection", "The connection cannot be made", detail)
                .thrown();
    }

    // ---- kinds

    private weir.model.Connection kind(String integration, @Nullable String wanted) {
        var kinds = kinds(integration);
        for (var kind : kinds) {
            if (wanted == null ? kinds.size() == 1 : kind.kind().equals(wanted)) {
                return kind;
            }
        }
        String all = kinds.stream().map(weir.model.Connection::kind).collect(Collectors.joining(", "));
        throw wrong(kinds.isEmpty() ? integration + " takes no connections." : "`kind` has to be one of " + all + ".");
    }

    /// Of an integration that is not known (yet), the usual ones.
    private List<weir.model.Connection> kinds(String integration) {
        var known = catalog.find(integration);
        if (known.isPresent()) {
            return known.get().connections();
        }
        for (var workflow : deployments.workflows()) {
            var service = workflow.graph().library().service(integration);
            if (service.isPresent()) {
                return service.get().auth().stream()
                        .flatMap(auth -> USUAL.stream()
                                .filter(usual -> usual.kind().equals(auth.kind()))
                                .map(usual -> auth.header() == null ? usual : weir.model.Connection.HEADER_VALUE))
                        .toList();
            }
        }
        return USUAL;
    }

    private static void check(weir.model.Connection kind, Map<String, String> fields) {
        var known = new ArrayList<String>();
        for (var field : kind.fields()) {
            known.add(field.name());
            // Which header it is may be said by the integration.
            boolean optional = field.optional()
                    || (kind.kind().equals("header") && field.name().equals("name"));
            if (!optional && fields.getOrDefault(field.name(), "").isEmpty()) {
                throw wrong("A connection of the kind " + kind.kind() + " needs the field `" + field.name() + "`.");
            }
        }
        for (String field : fields.keySet()) {
            if (!known.contains(field)) {
                throw wrong("A connection of the kind " + kind.kind() + " has no field `" + Problem.shortened(field)
                        + "`, only " + String.join(", ", known) + ".");
            }
        }
    }

    /// What people may see: what is no secret, and enough of the rest to tell one from another.
    private static String hint(weir.model.Connection kind, Map<String, String> fields) {
        return kind.fields().stream()
                .filter(field -> fields.containsKey(field.name()))
                .map(field -> {
                    String value = fields.getOrDefault(field.name(), "");
                    boolean secret = field.type() == Type.Basic.SECRET;
                    return field.name() + " " + (secret ? masked(value) : value.replaceAll("(?<=//)[^/@]*@", "…@"));
                })
                .collect(Collectors.joining(", "));
    }

    private static String masked(String secret) {
        return secret.length() < LONG ? "…" : "…" + secret.substring(secret.length() - 4);
    }
}
