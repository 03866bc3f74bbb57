package weir.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedProblem;
import weir.server.Config;
import weir.server.Server;
import weir.worker.Worker;

@Command(
        name = "serve",
        description = {
            "Starts the server: studio, API, and everything that runs.",
            "PostgreSQL and Redis come with it, and keep their data in --data; WEIR_POSTGRES and WEIR_REDIS name others."
                    + " On the first start the examples are deployed. Other machines are let in only with WEIR_TOKEN set."
        },
        footer = {
            "Examples:",
            "  weir serve",
            "  weir serve --port 9000 --data ./data",
            "  WEIR_TOKEN=$(openssl rand -hex 32) weir serve --host 0.0.0.0",
            "",
            "Environment: WEIR_DATA, WEIR_PORT, WEIR_HOST, WEIR_HOSTS, WEIR_TOKEN, WEIR_POSTGRES, WEIR_REDIS,",
            "  WEIR_SECRET_<NAME> for secret(\"<NAME>\"), WEIR_SETTINGS, WEIR_EGRESS_ALLOW, OPENAI_API_KEY, OPENAI_BASE_URL,",
            "  WEIR_MODEL; WEIR_DEBUG=1 shows where failures come from."
        })
final class ServeCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    private final Terminal terminal;

    @Option(names = "--port", paramLabel = "N", description = "Where it listens (8080); 0 takes any free one.")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address it listens on (127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data lies (WEIR_DATA, else ~/.weir, for root /var/lib/weir).")
    private @Nullable String data;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Logs.toTerminal(terminal);
        return Lasting.run(this::serve);
    }

    private void serve(Lasting lasting) throws Failure, EmbeddedProblem, Config.Unusable, InterruptedException {
        var config = config();
        config.check();
        var options = Worker.Options.embedded().withDirect(Config.directStarts(terminal.environment()));
        requireFreePort(config);
        try (var status = StatusLine.on(terminal)) {
            status.say("starting PostgreSQL and Redis");
            try (var databases = Databases.open(config)) {
                toFile(terminal, config, databases);
                config.lines().forEach(line -> LOG.log(System.Logger.Level.INFO, line));
                status.say("bringing the tables up to date");
                try (var assembly = Assembly.start(terminal, config, databases, options)) {
                    status.say("opening the doors");
                    try (var server = Server.start(config, assembly.backend())) {
                        status.close();
                        new Welcome(terminal, config, databases.own()).print(server.address());
                        assembly.prewarm();
                        lasting.awaitEnd();
                        terminal.err().println("Stopping; what is under way goes on at the next start.");
                    }
                }
            }
        }
    }

    private Config config() throws Config.Unusable, Failure {
        var config = read(terminal, data);
        if (port != null) {
            if (port < 0 || port > 65_535) {
                throw Failure.usage("--port needs a number from 0 to 65535.");
            }
            config = config.withPort(port);
        }
        return host == null ? config : config.withHost(host);
    }

    /// The environment, with the data directory that is meant.
    ///
    /// @param data from the command line, or null
    static Config read(Terminal terminal, @Nullable String data) throws Config.Unusable, Failure {
        var config = Config.read(terminal.environment());
        if (data != null) {
            return config.withData(terminal.path(data));
        }
        Path standard = DataDirectory.standard();
        return terminal.variable("WEIR_DATA").isBlank()
                ? config.withData(standard)
                : config.withData(terminal.folder().resolve(config.data()));
    }

    /// Said at once, and not after the databases were started for nothing.
    private static void requireFreePort(Config config) throws Failure {
        if (config.port() == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
        } catch (IOException taken) {
            String who = Remote.isWeir(config.host(), config.port())
                    ? "a Weir server runs there already: stop it, or start this one with another --port and another --data."
                    : "another program has the port, or it is not allowed; choose another one with --port.";
            throw Failure.missing("cannot listen on %s:%d: %s".formatted(config.host(), config.port(), who));
        }
    }

    static void toFile(Terminal terminal, Config config, Databases databases) throws Failure {
        if (!databases.own()) {
            return;
        }
        Path file = config.data().resolve("log").resolve("weir.log");
        try {
            Logs.toFile(terminal, file);
        } catch (IOException unwritable) {
            throw Failure.missing("cannot write the log " + file + ": " + unwritable.getMessage() + ".");
        }
    }
}
