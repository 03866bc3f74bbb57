package weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import weir.embedded.EmbeddedProblem;
import weir.server.Config;
import weir.worker.Worker;

@Command(
        name = "worker",
        description = {
            "Starts a worker alone, beside servers and other workers.",
            "Needs WEIR_POSTGRES and WEIR_REDIS: the same databases that the server uses."
        },
        footer = {
            "Examples:",
            "  WEIR_POSTGRES=postgresql://weir:…@db/weir WEIR_REDIS=redis://:…@queue:6379 weir worker"
        })
final class WorkerCommand implements Callable<Integer> {
    private final Terminal terminal;

    WorkerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Logs.toTerminal(terminal);
        return Lasting.run(this::work);
    }

    private void work(Lasting lasting) throws Failure, EmbeddedProblem, Config.Unusable, InterruptedException {
        var config = ServeCommand.read(terminal, null);
        var options = Worker.Options.alone().withDirect(Config.directStarts(terminal.environment()));
        if (config.postgres() == null || config.redis() == null) {
            throw Failure.missing(
                    "a worker alone needs databases that it can share: set WEIR_POSTGRES and WEIR_REDIS to the server's"
                            + " (`weir serve` has a worker of its own).");
        }
        try (var status = StatusLine.on(terminal)) {
            status.say("connecting");
            try (var databases = Databases.open(config);
                    var assembly = Assembly.start(terminal, config, databases, options)) {
                status.close();
                terminal.out().println("The worker " + assembly.name() + " is running; Ctrl-C stops it.");
                assembly.prewarm();
                lasting.awaitEnd();
                terminal.err().println("Stopping; what is under way goes on elsewhere.");
            }
        }
    }
}
