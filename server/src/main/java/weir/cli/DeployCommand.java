package weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.compile.Compiled;
import weir.graph.Graph;
import weir.graph.RuleSet;
import weir.source.Source;

@Command(
        name = "deploy",
        description = {
            "Sends texts to a server, which runs them from then on.",
            "All are checked first; if one has errors, none is sent. Files that a text uses go with it. The server is --server, else WEIR_SERVER, else "
                    + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {"Examples:", "  weir deploy orders.weir", "  weir deploy workflows/ --server https://weir.example.com"
        })
final class DeployCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "An array of {name, version, hash, file}.")
    private boolean json;

    DeployCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Map<Source, String> named = new LinkedHashMap<>();
        for (var source : new Texts(terminal).all(files)) {
            named.put(source, name(language.sound(source), source));
        }
        ArrayNode deployed = new ObjectMapper().createArrayNode();
        try (var remote = Remote.of(terminal, server)) {
            for (var one : named.entrySet()) {
                deploy(remote, language.bundled(one.getKey()), one.getValue(), deployed);
            }
        }
        if (json) {
            terminal.out().println(deployed.toPrettyString());
        }
        return Exit.OK;
    }

    /// The first thing that the text declares; the server deploys all of it.
    private static String name(Compiled compiled, Source source) throws Failure {
        return Stream.concat(
                        compiled.graphs().stream().map(Graph::workflow),
                        compiled.library().rules().stream().map(RuleSet::name))
                .findFirst()
                .orElseThrow(() -> Failure.usage(source.name() + " declares no workflow and no rules."));
    }

    private void deploy(Remote remote, Source source, String name, ArrayNode deployed)
            throws Failure, InterruptedException {
        var answer = remote.deploy(name, source.text());
        if (answer.status() != 200) {
            throw Failure.failed("%s does not take %s: %s".formatted(remote, source.name(), complaint(answer)));
        }
        var body = answer.body();
        deployed.addObject()
                .put("name", body.path("name").asText())
                .put("version", body.path("version").asInt())
                .put("hash", body.path("hash").asText())
                .put("file", source.name());
        for (var warning : body.path("warnings")) {
            // What the compiler has to say was said before; this is what only the server knows.
            if (warning.path("code").asText().equals("W3006")) {
                terminal.err()
                        .println(terminal.paintErr(Terminal.Style.BAD, "!") + " "
                                + warning.path("message").asText() + " "
                                + warning.path("hint").asText());
            }
        }
        if (!json) {
            terminal.out()
                    .printf(
                            "%s %s, version %d (%s)%n",
                            terminal.paint(Terminal.Style.GOOD, "✓"),
                            body.path("name").asText(),
                            body.path("version").asInt(),
                            source.name());
        }
    }

    /// The server's compiler may be another one than ours.
    private static String complaint(Remote.Answer answer) {
        var first = answer.body().path("diagnostics").path(0);
        return first.isMissingNode()
                ? answer.detail()
                : "%s (line %d): %s"
                        .formatted(
                                first.path("code").asText(),
                                first.path("start").path("line").asInt(),
                                first.path("message").asText());
    }
}
