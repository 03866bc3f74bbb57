package weir.cli;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.embedded.EmbeddedProblem;
import weir.embedded.EmbeddedRedis;
import weir.server.Config;

/// PostgreSQL and Redis: our own, unless the environment names others.
final class Databases implements AutoCloseable {
    private final URI postgres;
    private final URI redis;
    private final boolean own;
    private final Deque<AutoCloseable> opened;

    private Databases(URI postgres, URI redis, boolean own, Deque<AutoCloseable> opened) {
        this.postgres = postgres;
        this.redis = redis;
        this.own = own;
        this.opened = opened;
    }

    /// Starts what is not given, both at once. Returns when both take requests.
    static Databases open(Config config) throws EmbeddedProblem, InterruptedException, Failure {
        String givenPostgres = config.postgres();
        String givenRedis = config.redis();
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean own = givenPostgres == null || givenRedis == null;
        try {
            var data = own ? DataDirectory.open(config.data()) : null;
            if (data != null) {
                opened.push(data);
            }
            var redis = started(() -> givenRedis == null
                    ? keep(opened, EmbeddedRedis.start(required(data))).uri()
                    : uri("WEIR_REDIS", givenRedis));
            var postgres = started(() -> givenPostgres == null
                    ? keep(opened, EmbeddedPostgres.start(required(data))).uri()
                    : uri("WEIR_POSTGRES", givenPostgres));
            return new Databases(result(postgres), result(redis), own, opened);
        } catch (EmbeddedProblem | InterruptedException | Failure | RuntimeException problem) {
            close(opened);
            throw problem;
        }
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> opened, T one) {
        synchronized (opened) {
            opened.push(one);
        }
        return one;
    }

    private static DataDirectory required(@Nullable DataDirectory data) {
        return java.util.Objects.requireNonNull(data);
    }

    private static URI uri(String variable, String text) throws Failure {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw Failure.missing(variable + " is no URL; it looks like "
                    + (variable.endsWith("REDIS")
                            ? "redis://:password@host:6379."
                            : "postgresql://user:password@host:5432/database."));
        }
    }

    private static <T> T result(FutureTask<T> task) throws EmbeddedProblem, InterruptedException, Failure {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case EmbeddedProblem problem -> throw problem;
                case Failure failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    URI postgres() {
        return postgres;
    }

    URI redis() {
        return redis;
    }

    /// Whether one of them keeps its data in our data directory.
    boolean own() {
        return own;
    }

    @Override
    public void close() {
        close(opened);
    }

    private static void close(Deque<AutoCloseable> opened) {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                try {
                    opened.pop().close();
                } catch (Exception unexpected) {
                    System.getLogger(Databases.class.getName())
                            .log(System.Logger.Level.WARNING, "closing a database failed", unexpected);
                }
            }
        }
    }
}
