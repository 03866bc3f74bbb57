package weir.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "emit",
        description = {
            "Sends an event to a server: to runs that wait for it, and to workflows that begin with it.",
            "The server is --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir emit incident.resolved '{\"id\": \"i1\"}'",
            "  weir emit order.imported '{\"id\": \"o1\"}' --key import-7-o1"
        })
final class EmitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "EVENT", description = "The event's name.")
    private String event = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", description = "What it carries; null when left out.")
    private String payload = "null";

    @Option(names = "--key", paramLabel = "KEY", description = "The same key twice is one event.")
    private String key = "";

    @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
    private String server = "";

    EmitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        try {
            new ObjectMapper().readTree(payload);
        } catch (JacksonException wrong) {
            throw Failure.usage("what the event carries is not JSON: " + payload);
        }
        try (var remote = Remote.of(terminal, server)) {
            var answer = remote.post("/api/v1/events/" + Remote.encoded(event), payload, key);
            if (answer.status() != 202) {
                throw Failure.failed(answer.detail());
            }
            terminal.out().println(terminal.paint(Terminal.Style.GOOD, "✓") + " sent " + event);
        }
        return Exit.OK;
    }
}
