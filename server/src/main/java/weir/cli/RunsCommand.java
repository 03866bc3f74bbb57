package weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "runs",
        description = {
            "Shows the runs of a server and tells them what to do.",
            "cancel, pause and resume take ids, or --all with the filters of list: then --dry-run says how many runs that",
            "is and which would be refused.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir runs list --status parked",
            "  weir runs resume 019b76da-d442-71ad-9b46-397a66b5c8fa --onto 4",
            "  weir runs resume --all --workflow order --error http_503 --dry-run",
            "  weir runs replay 019b76da-d442-71ad-9b46-397a66b5c8fa --from charge --input '{\"qty\": 2}'"
        })
final class RunsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Operation {
        list,
        show,
        cancel,
        pause,
        resume,
        replay
    }

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "OPERATION", description = "${COMPLETION-CANDIDATES}")
    private Operation operation = Operation.list;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "The runs.")
    private List<String> ids = List.of();

    @Option(names = "--workflow", paramLabel = "NAME", description = "Only runs of this workflow.")
    private String workflow = "";

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only queued, running, waiting, paused, succeeded, failed, cancelled or parked ones.")
    private String status = "";

    @Option(names = "--error", paramLabel = "CODE", description = "With --all: only runs that failed with this code.")
    private String error = "";

    @Option(names = "--since", paramLabel = "TIME", description = "Only runs that started then or later.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "Only runs that started before.")
    private String until = "";

    @Option(names = "--limit", paramLabel = "N", description = "How many runs list shows at most; 50 as a rule.")
    private int limit = 50;

    @Option(names = "--all", description = "All runs that the filters find, in batches.")
    private boolean all;

    @Option(names = "--dry-run", description = "With --all: change nothing, say what would happen.")
    private boolean dryRun;

    @Option(names = "--onto", paramLabel = "VERSION", description = "The version that resume or replay goes on with.")
    private int onto;

    @Option(names = "--from", paramLabel = "PATH", description = "The step that replay begins at.")
    private String from = "";

    @Option(names = "--input", paramLabel = "JSON", description = "The input that replay takes instead of the run's.")
    private String input = "";

    @Option(names = "--outputs", paramLabel = "JSON", description = "Results by path that replay takes instead.")
    private String outputs = "";

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "What the server says.")
    private boolean json;

    RunsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        try (var remote = Remote.of(terminal, server)) {
            return switch (operation) {
                case list -> list(remote);
                case show -> each(remote);
                case cancel, pause, resume, replay -> all ? bulk(remote) : each(remote);
            };
        }
    }

    private int list(Remote remote) throws Failure, InterruptedException {
        var answer = remote.get("/api/v1/runs?workflow=%s&status=%s&since=%s&until=%s&limit=%d"
                .formatted(
                        Remote.encoded(workflow),
                        Remote.encoded(status),
                        Remote.encoded(since),
                        Remote.encoded(until),
                        limit));
        if (answer.status() != 200) {
            throw Failure.failed(answer.detail());
        }
        if (json) {
            print(answer.body());
            return Exit.OK;
        }
        if (answer.body().path("runs").isEmpty()) {
            terminal.out().println("There are no such runs.");
        }
        answer.body().path("runs").forEach(this::line);
        return Exit.OK;
    }

    private void line(JsonNode run) {
        String code = run.path("error").path("code").asText("");
        terminal.out()
                .println("%s  %-9s  %s  %s@%s%s"
                        .formatted(
                                run.path("id").asText(),
                                run.path("resumable").asBoolean()
                                        ? "parked"
                                        : run.path("status").asText(),
                                run.path("startedAt").asText(),
                                run.path("workflow").asText(),
                                run.path("version").asText(),
                                code.isEmpty() ? "" : "  " + code));
    }

    private int each(Remote remote) throws Failure, InterruptedException {
        if (ids.isEmpty()) {
            throw Failure.usage("say which run: weir runs " + operation + " ID"
                    + (operation == Operation.show || operation == Operation.replay
                            ? "."
                            : ", or --all with filters."));
        }
        int refused = 0;
        for (String id : ids) {
            var answer = operation == Operation.show
                    ? remote.get("/api/v1/runs/" + Remote.encoded(id))
                    : remote.post("/api/v1/runs/" + Remote.encoded(id) + "/" + operation, body().toString(), "");
            if (answer.status() >= 300) {
                refused++;
                terminal.err().println(id + ": " + answer.detail());
            } else {
                tell(id, answer.body());
            }
        }
        return refused == 0 ? Exit.OK : Exit.FAILED;
    }

    private void tell(String id, JsonNode answer) {
        if (json) {
            print(answer);
        } else if (operation == Operation.show) {
            show(answer);
        } else if (operation == Operation.replay) {
            terminal.out().println("run " + answer.path("id").asText() + " begins with what " + id + " did");
        } else {
            terminal.out().println(id + " is told to " + operation);
        }
    }

    private ObjectNode body() throws Failure {
        var body = JSON.createObjectNode();
        if (onto > 0 && (operation == Operation.resume || operation == Operation.replay)) {
            body.put("version", onto);
        }
        if (operation == Operation.replay) {
            if (!from.isEmpty()) {
                body.put("from", from);
            }
            put(body, "input", input);
            put(body, "outputs", outputs);
        }
        return body;
    }

    private static void put(ObjectNode body, String name, String text) throws Failure {
        if (!text.isEmpty()) {
            try {
                body.set(name, JSON.readTree(text));
            } catch (com.fasterxml.jackson.core.JacksonException wrong) {
                throw Failure.usage("--" + name + " is no JSON: " + wrong.getOriginalMessage());
            }
        }
    }

    private int bulk(Remote remote) throws Failure, InterruptedException {
        if (operation == Operation.replay) {
            throw Failure.usage("replay takes ids.");
        }
        long matched = 0;
        long done = 0;
        long refused = 0;
        String cursor = null;
        do {
            var answer = remote.post("/api/v1/runs/bulk", query(cursor).toString(), "");
            if (answer.status() != 200) {
                throw Failure.failed(answer.detail());
            }
            var batch = answer.body();
            matched += batch.path("matched").asLong();
            done += batch.path("done").asLong();
            refused += batch.path("refused").asLong();
            cursor = batch.path("next").isNull() ? null : batch.path("next").asText();
            if (json) {
                print(batch);
            } else {
                batch.path("refusals")
                        .forEach(one -> terminal.err()
                                .println(one.path("id").asText() + ": "
                                        + one.path("detail").asText()));
                if (cursor != null) {
                    terminal.err().println(matched + " so far …");
                }
            }
        } while (cursor != null);
        if (!json) {
            terminal.out()
                    .println(
                            dryRun
                                    ? "%d runs; %d would be refused".formatted(matched, refused)
                                    : "%d runs: %d told to %s, %d refused"
                                            .formatted(matched, done, operation, refused));
        }
        return refused == 0 || dryRun ? Exit.OK : Exit.FAILED;
    }

    private ObjectNode query(@Nullable String cursor) throws Failure {
        var query =
                body().put("action", operation.name().toLowerCase(Locale.ROOT)).put("dryRun", dryRun);
        put(query, "workflow", workflow, "status", status, "errorCode", error, "since", since, "until", until);
        return cursor == null ? query : query.put("cursor", cursor);
    }

    private static void put(ObjectNode query, String... namesAndTexts) {
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            if (!namesAndTexts[i + 1].isEmpty()) {
                query.put(namesAndTexts[i], namesAndTexts[i + 1]);
            }
        }
    }

    private void show(JsonNode run) {
        line(run);
        run.path("steps")
                .forEach(step -> terminal.out()
                        .println("  %-9s  %s%s"
                                .formatted(
                                        step.path("status").asText(),
                                        step.path("path").asText(),
                                        step.path("action").isNull()
                                                ? ""
                                                : "  " + step.path("action").asText())));
        if (run.path("error").isObject()) {
            terminal.out().println("  " + run.path("error").path("message").asText());
        }
    }

    private void print(JsonNode node) {
        terminal.out().println(node.toPrettyString());
    }
}
