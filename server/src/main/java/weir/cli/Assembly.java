package weir.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.embedded.EmbeddedProblem;
import weir.integrations.BlobUpkeep;
import weir.integrations.Blobs;
import weir.integrations.RecentConnections;
import weir.integrations.SealedConnections;
import weir.model.StandardCatalog;
import weir.sandbox.Tenants;
import weir.server.Backend;
import weir.server.Config;
import weir.server.Metrics;
import weir.server.RunMetrics;
import weir.server.StoreMetrics;
import weir.store.Retention;
import weir.store.StoreProblem;
import weir.store.postgres.PostgresAddress;
import weir.store.postgres.PostgresStore;
import weir.store.redis.RedisQueue;
import weir.worker.EnvironmentSecrets;
import weir.worker.Plans;
import weir.worker.Runs;
import weir.worker.Worker;

/// The parts of a process that drives runs, put together: what `serve` and `worker` have in common. What reads a clock,
/// the environment or the network is handed in here and nowhere else. Closing stops the parts in the opposite order.
final class Assembly implements AutoCloseable {
    private final Parts parts;
    private final String name;
    private final Tenants tenants;
    private final Backend backend;

    private Assembly(Parts parts, String name, Tenants tenants, Backend backend) {
        this.parts = parts;
        this.name = name;
        this.tenants = tenants;
        this.backend = backend;
    }

    /// Starts driving runs.
    static Assembly start(Terminal terminal, Config config, Databases databases, Worker.Options options)
            throws Failure, EmbeddedProblem, InterruptedException {
        var parts = new Parts();
        String name = processName();
        try {
            var store = parts.keep(store(databases, name, retention(terminal)));
            var queue = parts.keep(queue(databases));
            boolean strangers = !config.isLoopback() || !databases.ownPostgres();
            var tenants = parts.keep(Sandboxes.open(terminal, strangers));
            var backend = backend(terminal, config, parts, store, queue, tenants, options);
            return new Assembly(parts, name, tenants, backend);
        } catch (Failure | EmbeddedProblem | InterruptedException | RuntimeException problem) {
            parts.close();
            throw problem;
        }
    }

    private static Backend backend(
            Terminal terminal,
            Config config,
            Parts parts,
            PostgresStore store,
            RedisQueue queue,
            Tenants tenants,
            Worker.Options options)
            throws Failure {
        var settings = Settings.read(terminal);
        var catalog = StandardCatalog.catalog();
        var compiler = new Compiler(catalog, Availability.SERVER);
        var clock = InstantSource.system();
        var secrets = new EnvironmentSecrets(terminal.environment());
        var vault = Settings.vault(terminal, config.data());
        var connections = new SealedConnections(new RecentConnections(store.connections(), clock), vault, clock);
        var metrics = new Metrics();
        StoreMetrics.tell(metrics, store);
        var blobs = new Blobs(config.data().resolve("files"));
        parts.keep(new BlobUpkeep(blobs, store.views(), clock).started());
        var scripts = tenants.of(Backend.ORGANISATION);
        var plans = new Plans(store.registry(), settings.values(), tenants::of);
        var runs = parts.keep(
                new Runs(store.journal(), queue, store.views(), store.registry(), plans, store.post(), clock));
        parts.keep(new Worker(
                options.withParked(deadLetters(terminal, options.parked())),
                store.journal(),
                queue,
                plans,
                runs,
                Handlers.all(new Handlers.Ground(
                        settings.addresses(config.isLoopback()),
                        connections,
                        store.keptValues(),
                        blobs,
                        settings.folder())),
                secrets,
                clock,
                new RunMetrics(metrics)));
        var views = store.views();
        return new Backend(
                store.registry(),
                views,
                queue,
                runs,
                plans,
                // Texts that come over the network name no files of this machine.
                source -> compiler.compile(source, Files.NONE),
                catalog,
                secrets,
                connections,
                settings.values(),
                scripts,
                clock,
                metrics,
                Sandboxes.watched(
                        tenants, metrics, Map.of("postgres", store::requireReady, "redis", queue::requireReachable)));
    }

    private static Duration deadLetters(Terminal terminal, Duration standard) throws Failure {
        try {
            return Config.deadLetters(terminal.environment(), standard);
        } catch (Config.Unusable unusable) {
            throw Failure.missing(String.valueOf(unusable.getMessage()));
        }
    }

    private static Retention retention(Terminal terminal) throws Failure {
        try {
            return Config.retention(terminal.environment());
        } catch (Config.Unusable wrong) {
            throw Failure.missing(String.valueOf(wrong.getMessage()));
        }
    }

    private static PostgresStore store(Databases databases, String name, Retention retention)
            throws Failure, EmbeddedProblem, InterruptedException {
        try {
            var store = PostgresStore.open(PostgresAddress.of(databases.postgres()), name, retention);
            if (databases.ownPostgres()) {
                // Whoever used it before is gone, so nobody has to be waited for to be sure of it.
                store.journal().freeDead(Duration.ZERO);
            }
            return store;
        } catch (StoreProblem away) {
            throw Failure.missing(sentence("PostgreSQL", away));
        } catch (IllegalArgumentException wrong) {
            throw Failure.missing(sentence("WEIR_POSTGRES", wrong));
        }
    }

    private static RedisQueue queue(Databases databases) throws Failure, EmbeddedProblem, InterruptedException {
        try {
            return RedisQueue.open(databases.redis());
        } catch (IllegalArgumentException wrong) {
            throw Failure.missing(sentence("WEIR_REDIS", wrong));
        }
    }

    private static String sentence(String what, RuntimeException why) {
        // What libraries have to say may go over many lines; the first one names the cause.
        String reason =
                String.valueOf(why.getMessage()).lines().findFirst().orElse("").strip();
        return what + ": " + reason + (reason.endsWith(".") ? "" : ".");
    }

    /// Makes ready what the first script would otherwise wait a second for; call it when nothing else is urgent.
    void prewarm() {
        tenants.prewarm();
    }

    /// What people know this process by.
    String name() {
        return name;
    }

    private static String processName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "localhost";
        }
        return host + "/" + ProcessHandle.current().pid();
    }

    /// What the HTTP server stands on.
    Backend backend() {
        return backend;
    }

    @Override
    public void close() {
        parts.close();
    }
}
