package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "workflows",
        description = {
            "Shows the workflows of a server and says which version starts take.",
            "activate takes a version that is there, so rolling back is activating an older one. split shares starts by",
            "API among versions: the same key takes the same version. retire lets nothing start it; runs go on.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir workflows versions order",
            "  weir workflows activate order 3",
            "  weir workflows split order 3=90 4=10 --by input.customer.id",
            "  weir workflows retire order"
        })
final class WorkflowsCommand implements Callable<Integer> {
    private static final Pattern SHARE = Pattern.compile("(\\d+)=(\\d+(?:\\.\\d+)?)");
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Operation {
        list,
        versions,
        activate,
        split,
        retire,
        unretire
    }

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OPERATION", description = "${COMPLETION-CANDIDATES}")
    private Operation operation = Operation.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The workflow.")
    private String name = "";

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "VERSION",
            description = "The version to activate, or shares such as 3=90 4=10.")
    private List<String> versions = List.of();

    @Option(
            names = "--by",
            paramLabel = "KEY",
            description = "Whose starts are the same: a header's name, or a field as input.customer.id.")
    private String by = "Idempotency-Key";

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "What the server says.")
    private boolean json;

    WorkflowsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (operation != Operation.list && name.isEmpty()) {
            throw Failure.usage("say which workflow: weir workflows " + operation + " NAME.");
        }
        String path = "/api/v1/workflows" + (name.isEmpty() ? "" : "/" + Remote.encoded(name));
        try (var remote = Remote.of(terminal, server)) {
            var answer = switch (operation) {
                case list -> remote.get("/api/v1/workflows");
                case versions -> remote.get(path);
                case activate -> remote.post(path + "/versions/" + Remote.encoded(one()) + "/activate", "{}", "");
                case split -> remote.post(path + "/split", shares(), "");
                case retire, unretire -> remote.post(path + "/" + operation, "{}", "");
            };
            if (answer.status() != 200) {
                throw Failure.failed(answer.detail());
            }
            show(answer.body());
        }
        return Exit.OK;
    }

    private String one() throws Failure {
        if (versions.size() != 1) {
            throw Failure.usage("say which version: weir workflows activate " + name + " 3.");
        }
        return versions.getFirst();
    }

    private String shares() throws Failure {
        var split = JSON.createObjectNode().put("by", by);
        var shares = split.putArray("shares");
        for (String version : versions) {
            var share = SHARE.matcher(version);
            if (!share.matches()) {
                throw Failure.usage("\"" + version + "\" is no share; it looks like 3=90, a version and its weight.");
            }
            shares.addObject()
                    .put("version", Integer.parseInt(share.group(1)))
                    .put("weight", Double.parseDouble(share.group(2)));
        }
        return split.toString();
    }

    private void show(JsonNode body) {
        if (json) {
            terminal.out().println(body.toPrettyString());
            return;
        }
        switch (operation) {
            case list ->
                body.path("workflows").forEach(one -> line(one, one.path("file").asText()));
            case versions -> {
                for (var version : body.path("versions")) {
                    boolean active = version.path("version").equals(body.path("version"));
                    terminal.out()
                            .println("%s %3d  %s  %.12s  %s"
                                    .formatted(
                                            active ? "*" : " ",
                                            version.path("version").asInt(),
                                            version.path("at").asText(),
                                            version.path("hash").asText(),
                                            version.path("file").asText()));
                }
                body.path("split")
                        .path("shares")
                        .forEach(share -> terminal.out()
                                .println("  share of " + share.path("version").asInt() + ": "
                                        + share.path("weight").asDouble()));
            }
            case activate, split, retire, unretire -> line(body, "");
        }
    }

    private void line(JsonNode one, String file) {
        terminal.out()
                .println("%s, version %d%s%s"
                        .formatted(
                                one.path("name").asText(),
                                one.path("version").asInt(),
                                one.path("retired").asBoolean()
                                        ? ", retired"
                                        : one.path("split").isObject() ? ", shared with others" : "",
                                file.isEmpty() ? "" : "  (" + file + ")"));
    }
}
