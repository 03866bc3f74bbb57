package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tasks",
        description = {
            "Lists what runs ask people.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {"Examples:", "  weir tasks --role finance", "  weir tasks --status answered --json"})
final class TasksCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--role", paramLabel = "ROLE", description = "Only what is asked of this role.")
    private String role = "";

    @Option(names = "--person", paramLabel = "EMAIL", description = "Only what is asked of this person.")
    private String person = "";

    @Option(names = "--status", paramLabel = "STATUS", description = "open (the standard), answered or withdrawn.")
    private String status = "open";

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "What the server says.")
    private boolean json;

    TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        try (var remote = Remote.of(terminal, server)) {
            var answer = remote.get("/api/v1/tasks?status=%s&role=%s&person=%s"
                    .formatted(Remote.encoded(status), Remote.encoded(role), Remote.encoded(person)));
            if (answer.status() != 200) {
                throw Failure.failed(answer.detail());
            }
            if (json) {
                terminal.out().println(answer.body().toPrettyString());
            } else {
                show(answer.body().path("tasks"));
            }
        }
        return Exit.OK;
    }

    private void show(JsonNode tasks) {
        if (tasks.isEmpty()) {
            terminal.out()
                    .println(status.equals("open") ? "Nobody is asked anything." : "No question was " + status + ".");
        }
        for (var task : tasks) {
            terminal.out()
                    .println(terminal.paint(
                            Terminal.Style.STRONG, task.path("question").asText()));
            terminal.out()
                    .println("  " + whose(task) + ", asked by "
                            + task.path("workflow").asText() + " on "
                            + task.path("askedAt").asText()
                            + (task.path("until").isNull()
                                    ? ""
                                    : ", until " + task.path("until").asText()));
            terminal.out().println("  " + next(task));
        }
    }

    /// How an open question is answered; of another what became of it.
    private static String next(JsonNode task) {
        String state = task.path("status").asText("open");
        if (state.equals("open")) {
            return "weir answer " + task.path("id").asText() + " --approve";
        }
        var answer = task.path("answer");
        if (!answer.isObject()) {
            return state;
        }
        String comment = answer.path("comment").asText("");
        return (answer.path("approved").asBoolean() ? "approved" : "refused") + " by "
                + answer.path("by").asText("somebody")
                + (comment.isEmpty() ? "" : ": " + comment);
    }

    private static String whose(JsonNode task) {
        return task.path("role").isNull()
                ? "for " + task.path("person").asText()
                : "for the role " + task.path("role").asText();
    }
}
