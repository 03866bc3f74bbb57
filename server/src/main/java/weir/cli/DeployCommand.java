package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.compile.Compiled;
import weir.graph.Graph;
import weir.graph.RuleSet;
import weir.source.Origins;
import weir.source.Position;
import weir.source.Source;

@Command(
        name = "deploy",
        description = {
            "Sends texts to a server, which runs them from then on.",
            "All are checked first; if one has errors, none is sent. Files that a text uses go with it. The server is --server, else WEIR_SERVER, else "
                    + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir deploy orders.weir",
            "  weir deploy workflows/ --server https://weir.example.com",
            "  weir deploy orders.weir --replace"
        })
final class DeployCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--replace", description = "Takes over workflows and rules of the same names from other files.")
    private boolean replace;

    @Option(names = "--json", description = "An array of {kind, name, version, hash, file}.")
    private boolean json;

    DeployCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Map<Source, String> named = new LinkedHashMap<>();
        for (var source : new Texts(terminal).all(files)) {
            var name = name(language.sound(source));
            if (name.isPresent()) {
                named.put(source, name.get());
            } else {
                terminal.err()
                        .println("weir: " + source.name()
                                + " declares no workflow and no rules; nothing of it is sent.");
            }
        }
        if (named.isEmpty()) {
            throw Failure.usage("there is nothing to deploy in " + String.join(", ", files) + ".");
        }
        ArrayNode deployed = new ObjectMapper().createArrayNode();
        try (var remote = Remote.of(terminal, server)) {
            for (var one : named.entrySet()) {
                deploy(remote, one.getKey(), language.deployable(one.getKey()), one.getValue(), deployed);
            }
        }
        if (json) {
            terminal.out().println(deployed.toPrettyString());
        }
        return Exit.OK;
    }

    /// The first thing that the text declares; the server deploys all of it.
    private static Optional<String> name(Compiled compiled) {
        return Stream.concat(
                        compiled.graphs().stream().map(Graph::workflow),
                        compiled.library().rules().stream().map(RuleSet::name))
                .findFirst();
    }

    /// @param whole the text as it is sent, with the files that it uses
    private void deploy(Remote remote, Source source, Source whole, String name, ArrayNode deployed)
            throws Failure, InterruptedException {
        var answer = remote.deploy(name, whole.text(), whole.name(), replace);
        if (answer.status() != 200) {
            throw Failure.failed("%s does not take %s: %s".formatted(remote, source.name(), complaint(answer, whole)));
        }
        var body = answer.body();
        for (var warning : body.path("warnings")) {
            // What the compiler has to say was said before; this is what only the server knows.
            if (warning.path("code").asText().equals("W3006")) {
                terminal.err()
                        .println(terminal.paintErr(Terminal.Style.BAD, "!") + " "
                                + warning.path("message").asText() + " "
                                + warning.path("hint").asText());
            }
        }
        for (var gone : body.path("gone")) {
            String called = gone.path("name").asText();
            terminal.err()
                    .println(terminal.paintErr(Terminal.Style.BAD, "!") + " " + whole.name()
                            + " does not declare " + called + " any more; it stays deployed"
                            + (gone.path("kind").asText().equals("workflow")
                                    ? " until `weir workflows retire " + called + "`."
                                    : "."));
        }
        for (var one : told(body, name)) {
            deployed.addObject()
                    .put("kind", one.path("kind").asText("workflow"))
                    .put("name", one.path("name").asText())
                    .put("version", one.path("version").asInt())
                    .put("hash", one.path("hash").asText())
                    .put("file", one.path("file").asText(source.name()));
            if (!json) {
                terminal.out()
                        .printf(
                                "%s %s%s, version %d (%s)%n",
                                terminal.paint(Terminal.Style.GOOD, "✓"),
                                one.path("kind").asText().equals("rules") ? "rules " : "",
                                one.path("name").asText(),
                                one.path("version").asInt(),
                                one.path("file").asText(source.name()));
            }
        }
    }

    /// Everything that was deployed; of an older server only what was named.
    private static Iterable<JsonNode> told(JsonNode body, String name) {
        return body.path("deployed").isEmpty() && body.path("name").asText().equals(name)
                ? List.of(body)
                : body.path("deployed");
    }

    /// The server's compiler may be another one than ours.
    private static String complaint(Remote.Answer answer, Source whole) {
        var first = answer.body().path("diagnostics").path(0);
        var start = first.path("start");
        int offset = whole.offset(
                new Position(start.path("line").asInt(1), start.path("column").asInt(1)));
        return first.isMissingNode()
                ? answer.detail()
                : "%s (%s): %s"
                        .formatted(
                                first.path("code").asText(),
                                Origins.of(whole).place(offset),
                                first.path("message").asText());
    }
}
