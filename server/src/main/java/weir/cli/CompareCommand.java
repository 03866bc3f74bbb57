package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.graph.Comparison;
import weir.graph.ComparisonJson;
import weir.graph.Graph;

@Command(
        name = "compare",
        description = {
            "Tells what differs between two texts or two versions, by meaning.",
            "Formatting and comments count for nothing. Exit code 0 when they mean the same, 1 when they do not.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {"Examples:", "  weir compare old/orders.weir orders.weir", "  weir compare order@3 order@4 --json"})
final class CompareCommand implements Callable<Integer> {
    private static final Pattern VERSION = Pattern.compile("(\\w+)@(\\d+)");

    private final Terminal terminal;
    private final Language language;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A text, or NAME@VERSION of a server.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one, of the same kind.")
    private String after = "";

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "The differences as JSON, by workflow.")
    private boolean json;

    CompareCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        var old = VERSION.matcher(before);
        var now = VERSION.matcher(after);
        boolean remote = old.matches() && now.matches();
        Map<String, JsonNode> differences = remote ? versions(old, now) : texts();
        boolean same =
                differences.values().stream().allMatch(one -> one.path("same").asBoolean());
        if (json) {
            terminal.out().println(new ObjectMapper().valueToTree(differences).toPrettyString());
        } else {
            differences.forEach(this::show);
        }
        return same ? Exit.OK : Exit.FAILED;
    }

    private Map<String, JsonNode> versions(Matcher old, Matcher now) throws Failure, InterruptedException {
        if (!old.group(1).equals(now.group(1))) {
            throw Failure.usage(
                    "versions are compared of one workflow, not of " + old.group(1) + " and " + now.group(1) + ".");
        }
        try (var remote = Remote.of(terminal, server)) {
            var answer = remote.get("/api/v1/workflows/%s/versions/%s/compare/%s"
                    .formatted(Remote.encoded(old.group(1)), old.group(2), now.group(2)));
            if (answer.status() != 200) {
                throw Failure.failed(answer.detail());
            }
            return Map.of(old.group(1), answer.body());
        }
    }

    private Map<String, JsonNode> texts() throws Failure {
        var old = language.bundled(new Texts(terminal).one(before));
        var now = language.bundled(new Texts(terminal).one(after));
        var graphs = new LinkedHashMap<String, Graph>();
        language.sound(old).graphs().forEach(graph -> graphs.put(graph.workflow(), graph));
        var differences = new LinkedHashMap<String, JsonNode>();
        for (var graph : language.sound(now).graphs()) {
            var other = graphs.remove(graph.workflow());
            differences.put(
                    graph.workflow(),
                    other == null ? whole("added") : ComparisonJson.of(Comparison.of(other, graph), old, now));
        }
        graphs.keySet().forEach(name -> differences.put(name, whole("removed")));
        return differences;
    }

    private static ObjectNode whole(String change) {
        return new ObjectMapper().createObjectNode().put("same", false).put("change", change);
    }

    private void show(String workflow, JsonNode difference) {
        String whole = difference.path("change").asText("");
        terminal.out()
                .println(terminal.paint(Terminal.Style.STRONG, workflow)
                        + (difference.path("same").asBoolean() ? "  means the same" : "  " + whole));
        difference.path("head").forEach(one -> terminal.out().println("  ~ " + one.asText()));
        difference
                .path("library")
                .forEach(one -> terminal.out()
                        .println("  " + mark(one.path("change").asText()) + " "
                                + one.path("name").asText()));
        difference.path("statements").forEach(this::statement);
        for (var run : difference.path("runs").path("wouldNotFit")) {
            terminal.out()
                    .println("  ! run " + run.path("id").asText() + " could not be resumed there: "
                            + run.path("detail").asText());
        }
    }

    private void statement(JsonNode one) {
        String change = one.path("change").asText();
        var notes = new StringJoiner(", ", "  (", ")").setEmptyValue("");
        if (one.has("was")) {
            notes.add("was " + one.path("was").asText());
        }
        one.path("fields").forEach(field -> notes.add(field.asText()));
        if (one.path("moved").asBoolean()) {
            notes.add("moved");
        }
        terminal.out().println("  " + mark(change) + " " + one.path("id").asText() + notes);
        if (one.has("before") && !one.path("before").equals(one.path("after"))) {
            terminal.out().println("      - " + one.path("before").asText());
        }
        if (one.has("after") && !one.path("before").equals(one.path("after"))) {
            terminal.out().println("      + " + one.path("after").asText());
        }
    }

    private static String mark(String change) {
        return switch (change) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
    }
}
