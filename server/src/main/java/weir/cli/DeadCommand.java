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
        name = "dead",
        description = {
            "Sees to failed runs that wait for somebody: the dead letters.",
            "`retry` lets them go on from the step that failed, `drop` ends them. Without IDs they are for all that the",
            "options find: they say how many these are, and do it with --yes.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir dead list --workflow orders --code http_503",
            "  weir dead show 018f0000-0000-7000-8000-000000000000",
            "  weir dead retry --code http_503 --since 2026-01-31T12:00:00Z --yes"
        })
final class DeadCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/dead-letters";

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "list|show|retry|drop", description = "What to do.")
    private String deed = "list";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "Of runs.")
    private List<String> ids = List.of();

    @Option(names = "--workflow", paramLabel = "NAME", description = "Only runs of this workflow.")
    private @Nullable String workflow;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those whose error has this code.")
    private @Nullable String code;

    @Option(names = "--since", paramLabel = "TIME", description = "Only those that failed then or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that failed before.")
    private @Nullable String until;

    @Option(names = "--text", paramLabel = "TEXT", description = "Only those whose error says this.")
    private @Nullable String text;

    @Option(names = "--yes", description = "Do it to all that were found.")
    private boolean yes;

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    @Option(names = "--json", description = "What the server says.")
    private boolean json;

    DeadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        try (var remote = Remote.of(terminal, server)) {
            switch (deed) {
                case "list" -> list(remote);
                case "show" -> show(remote);
                case "retry", "drop" -> {
                    if (ids.isEmpty()) {
                        all(remote);
                    } else {
                        some(remote);
                    }
                }
                default -> throw Failure.usage("weir dead can list, show, retry and drop, not \"" + deed + "\".");
            }
        }
        return Exit.OK;
    }

    private static JsonNode body(Remote.Answer answer, int status) throws Failure {
        if (answer.status() != status) {
            throw Failure.failed(answer.detail());
        }
        return answer.body();
    }

    private void list(Remote remote) throws Failure, InterruptedException {
        String cursor = "";
        boolean none = true;
        do {
            var page = body(remote.get(PATH + "?limit=200" + filters() + cursor), 200);
            for (var letter : page.path("deadLetters")) {
                none = false;
                terminal.out().println(json ? letter.toString() : line(letter));
            }
            var next = page.path("next");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        if (none && !json) {
            terminal.out().println("No failed run waits for anybody.");
        }
    }

    private static String line(JsonNode letter) {
        var error = letter.path("error");
        return "%s  %s  %s  %s: %s"
                .formatted(
                        letter.path("id").asText(),
                        letter.path("failedAt").asText(),
                        letter.path("workflow").asText(),
                        error.path("code").asText(),
                        error.path("message").asText());
    }

    private String filters() {
        return filter("workflow", workflow)
                + filter("code", code)
                + filter("since", since)
                + filter("until", until)
                + filter("text", text);
    }

    private static String filter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + Remote.encoded(value);
    }

    private void show(Remote remote) throws Failure, InterruptedException {
        if (ids.isEmpty()) {
            throw Failure.usage("say which one: weir dead show ID; `weir dead list` has them.");
        }
        for (var id : ids) {
            var letter = body(remote.get(PATH + "/" + Remote.encoded(id)), 200);
            terminal.out().println(json ? letter.toPrettyString() : line(letter) + "\n" + steps(letter));
        }
    }

    private static String steps(JsonNode letter) {
        var lines = new StringBuilder();
        for (var step : letter.path("run").path("steps")) {
            lines.append("  %-10s %s\n"
                    .formatted(step.path("status").asText(), step.path("path").asText()));
        }
        return lines + "  It ends as failed on " + letter.path("expiresAt").asText() + ".";
    }

    private void some(Remote remote) throws Failure, InterruptedException {
        for (var id : ids) {
            body(remote.post(PATH + "/" + Remote.encoded(id) + "/" + deed, "{}", ""), 202);
            terminal.out().println(terminal.paint(Terminal.Style.GOOD, "✓") + " " + done() + " " + id);
        }
    }

    private String done() {
        return deed.equals("retry") ? "retried" : "dropped";
    }

    /// Counts first.
    private void all(Remote remote) throws Failure, InterruptedException {
        int matched = walk(remote, true);
        if (matched == 0) {
            terminal.out().println("No failed run fits.");
        } else if (!yes) {
            terminal.out()
                    .println(String.format(
                            Locale.ROOT, "%,d failed runs would be %s; say --yes to do it.", matched, done()));
        } else {
            int told = walk(remote, false);
            terminal.out()
                    .println(terminal.paint(Terminal.Style.GOOD, "✓")
                            + String.format(Locale.ROOT, " %s %,d runs", done(), told));
        }
    }

    /// @return how many were found, or told
    private int walk(Remote remote, boolean dry) throws Failure, InterruptedException {
        var wish = wish().put("dryRun", dry);
        int total = 0;
        while (true) {
            var page = body(remote.post(PATH + "/" + deed, wish.toString(), ""), 200);
            total += page.path(dry ? "matched" : "told").asInt();
            if (page.path("next").isNull()) {
                return total;
            }
            if (!dry) {
                terminal.err().println("  " + total + " so far");
            }
            wish.put("cursor", page.path("next").asText());
        }
    }

    private ObjectNode wish() {
        return JSON.createObjectNode()
                .put("workflow", workflow)
                .put("code", code)
                .put("since", since)
                .put("until", until)
                .put("text", text);
    }
}
