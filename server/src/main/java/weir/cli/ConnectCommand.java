package weir.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.model.Connection;
import weir.model.Parameter;
import weir.model.StandardCatalog;
import weir.model.Type;
import weir.source.Nearest;

@Command(
        name = "connect",
        description = {
            "Gives a server a connection that steps use by its name.",
            "Secrets are never arguments: they are asked for without being shown, or read from standard input: the"
                    + " secret alone when there is one, else a JSON object. The server seals what it gets and never"
                    + " gives it out again. A connection that is called as its integration is used without `using`.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir connect github --integration github --kind bearer",
            "  weir connect orders-db --integration sql --set url=postgres://db.example.com/orders --set user=weir < password",
            "  weir connect --list",
            "  weir connect github --remove"
        })
final class ConnectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "What `using` calls it.")
    private @Nullable String name;

    @Option(
            names = "--integration",
            paramLabel = "NAME",
            description = "Whose connection it is; left out: the one of that name.")
    private @Nullable String integration;

    @Option(names = "--kind", paramLabel = "KIND", description = "bearer, basic, header, or one of the integration's.")
    private @Nullable String kind;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "A field that is no secret; may be given several times.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--list", description = "Show the connections that there are, without what they hold.")
    private boolean list;

    @Option(names = "--remove", description = "Remove it.")
    private boolean remove;

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    ConnectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (!list && name == null) {
            throw Failure.usage("which connection? Give its name, or --list.");
        }
        try (var remote = Remote.of(terminal, server)) {
            if (list) {
                show(remote);
            } else if (remove) {
                checked(remote.delete("/api/v1/connections/" + Remote.encoded(String.valueOf(name))), 200);
                terminal.out().println(terminal.paint(Terminal.Style.GOOD, "✓") + " removed " + name);
            } else {
                connect(remote, String.valueOf(name));
            }
        }
        return Exit.OK;
    }

    private void show(Remote remote) throws Failure, InterruptedException {
        for (JsonNode one : checked(remote.get("/api/v1/connections"), 200).path("connections")) {
            terminal.out()
                    .printf(
                            "%s  %s (%s)  %s%n",
                            one.path("name").asText(),
                            one.path("integration").asText(),
                            one.path("kind").asText(),
                            one.path("hint").asText());
        }
    }

    private static JsonNode checked(Remote.Answer answer, int wanted) throws Failure {
        if (answer.status() != wanted) {
            throw Failure.failed(answer.detail());
        }
        return answer.body();
    }

    private void connect(Remote remote, String called) throws Failure, InterruptedException {
        String of = integration == null ? called : integration;
        warnOfUnknown(of);
        var meant = meant(of);
        ObjectNode request = JSON.createObjectNode()
                .put("name", called)
                .put("integration", of)
                .put("kind", meant.kind());
        ObjectNode fields = request.putObject("fields");
        List<Parameter> secrets = meant.fields().stream()
                .filter(field -> field.type() == Type.Basic.SECRET)
                .toList();
        for (var entry : set.entrySet()) {
            if (secrets.stream().anyMatch(secret -> secret.name().equals(entry.getKey()))) {
                throw Failure.usage(
                        "`" + entry.getKey()
                                + "` is a secret: arguments can be seen by others, so it is asked for or read from standard input.");
            }
            fields.put(entry.getKey(), entry.getValue());
        }
        fill(fields, secrets);
        var made = checked(remote.post("/api/v1/connections", request.toString(), ""), 201);
        terminal.out()
                .printf(
                        "%s connected %s to %s (%s)%n",
                        terminal.paint(Terminal.Style.GOOD, "✓"),
                        made.path("name").asText(),
                        of,
                        made.path("hint").asText());
    }

    /// A text of the server's may declare it, so this is no error.
    private void warnOfUnknown(String of) {
        var catalog = StandardCatalog.catalog();
        if (catalog.find(of).isEmpty()) {
            String meant = Nearest.to(of, catalog.names())
                    .map(near -> " Did you mean " + near + "?")
                    .orElse(" Built in are " + String.join(", ", new TreeSet<>(catalog.names())) + ".");
            terminal.err()
                    .println("weir: no integration " + of
                            + " is built in; unless a text declares one, nothing uses this connection." + meant);
        }
    }

    /// What the fields are. The server knows better; this only says what to ask for.
    private Connection meant(String of) throws Failure {
        var kinds = StandardCatalog.catalog()
                .find(of)
                .map(found -> found.connections())
                .orElse(List.of(Connection.BEARER, Connection.BASIC, Connection.HEADER));
        for (var one : kinds) {
            if (kind == null ? kinds.size() == 1 : one.kind().equals(kind)) {
                return one;
            }
        }
        throw Failure.usage("--kind is one of "
                + String.join(", ", kinds.stream().map(Connection::kind).toList()) + " for " + of + ".");
    }

    private void fill(ObjectNode fields, List<Parameter> secrets) throws Failure {
        var console = System.console();
        if (terminal.screens().in() && console != null) {
            for (var secret : secrets) {
                char[] given = console.readPassword("%s: ", secret.name());
                if (given != null && given.length > 0) {
                    fields.put(secret.name(), new String(given));
                }
            }
            return;
        }
        String text = input().strip();
        if (text.startsWith("{")) {
            try {
                JSON.readTree(text).properties().forEach(entry -> fields.set(entry.getKey(), entry.getValue()));
            } catch (JacksonException wrong) {
                throw Failure.usage("standard input begins like a JSON object and is none.");
            }
        } else if (secrets.size() == 1 && !text.isEmpty()) {
            fields.put(secrets.getFirst().name(), text);
        } else if (secrets.stream().anyMatch(secret -> !secret.optional())) {
            throw Failure.usage("standard input has to hold "
                    + (secrets.size() == 1 ? "the secret." : "a JSON object with the secrets."));
        }
    }

    private String input() throws Failure {
        try {
            return new String(terminal.in().readNBytes(1 << 20), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw Failure.missing("standard input cannot be read: " + unreadable.getMessage());
        }
    }
}
