package weir.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "answer",
        description = {
            "Answers what a run asks.",
            "`weir tasks` lists the questions. The server is --server, else WEIR_SERVER, else " + Remote.STANDARD
                    + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir answer 0197… --approve",
            "  weir answer 0197… --refuse --comment \"too dear\" --by ann@example.com",
            "  weir answer 0197… --approve --field limit=200"
        })
final class AnswerCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The question's id.")
    private String id = "";

    @ArgGroup(multiplicity = "1")
    private Decision decision = new Decision();

    /// Yes or no.
    static final class Decision {
        @Option(names = "--approve", description = "Yes.")
        private boolean approve;

        @Option(names = "--refuse", description = "No.")
        private boolean refuse;
    }

    @Option(names = "--comment", paramLabel = "TEXT", description = "What there is to say.")
    private String comment = "";

    @Option(names = "--by", paramLabel = "WHO", description = "Who answers; else the name of this machine's user.")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--field", paramLabel = "NAME=JSON", description = "Another field of the answer.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    AnswerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        try (var remote = Remote.of(terminal, server)) {
            var answer = remote.post("/api/v1/tasks/" + Remote.encoded(id) + "/answer", body().toString(), "");
            if (answer.status() != 200) {
                throw Failure.failed(answer.detail());
            }
            terminal.out()
                    .println(terminal.paint(Terminal.Style.GOOD, "✓") + " "
                            + (decision.approve ? "approved: " : "refused: ")
                            + answer.body().path("question").asText());
        }
        return Exit.OK;
    }

    private ObjectNode body() throws Failure {
        var body = JSON.createObjectNode();
        body.put("approved", decision.approve && !decision.refuse);
        if (!by.isEmpty()) {
            body.put("by", by);
        }
        if (!comment.isEmpty()) {
            body.put("comment", comment);
        }
        for (var field : fields.entrySet()) {
            try {
                body.set(field.getKey(), JSON.readTree(field.getValue()));
            } catch (JacksonException wrong) {
                throw Failure.usage("--field " + field.getKey() + " is not JSON; a text needs quotes: '"
                        + field.getKey() + "=\"" + field.getValue() + "\"'.");
            }
        }
        return body;
    }
}
