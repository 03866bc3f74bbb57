package weir.cli;

import java.net.URI;
import java.util.Objects;
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
    private final Parts parts = new Parts();
    private final boolean own;
    private final boolean ownPostgres;
    private final FutureTask<URI> postgres;
    private final FutureTask<URI> redis;

    private Databases(Config config) throws EmbeddedProblem {
        String givenPostgres = config.postgres();
        String givenRedis = config.redis();
        own = givenPostgres == null || givenRedis == null;
        ownPostgres = givenPostgres == null;
        DataDirectory data = own ? parts.keep(DataDirectory.open(config.data())) : null;
        postgres = started(() -> givenPostgres == null
                ? parts.keep(EmbeddedPostgres.start(Objects.requireNonNull(data)))
                        .uri()
                : uri("WEIR_POSTGRES", givenPostgres, "postgresql://user:password@host:5432/database"));
        redis = started(() -> givenRedis == null
                ? parts.keep(EmbeddedRedis.start(Objects.requireNonNull(data))).uri()
                : uri(
                        "WEIR_REDIS",
                        givenRedis,
                        "redis://:password@host:6379, or redis+cluster://:password@host:6379,host:6379"));
    }

    /// Starts what is not given, both at once. Returns when both take requests.
    static Databases open(Config config) throws EmbeddedProblem, Failure, InterruptedException {
        var databases = new Databases(config);
        try {
            databases.postgres();
            databases.redis();
            return databases;
        } catch (EmbeddedProblem | Failure | InterruptedException | RuntimeException problem) {
            databases.close();
            throw problem;
        }
    }

    private static FutureTask<URI> started(Callable<URI> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("weir-start").start(task);
        return task;
    }

    private static URI uri(String variable, String text, String example) throws Failure {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw Failure.missing(variable + " is no URL; it looks like " + example + ".");
        }
    }

    private static URI result(FutureTask<URI> task) throws EmbeddedProblem, Failure, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            @Nullable Throwable cause = failed.getCause();
            if (cause instanceof EmbeddedProblem problem) {
                throw problem;
            }
            if (cause instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(cause);
        }
    }

    URI postgres() throws EmbeddedProblem, Failure, InterruptedException {
        return result(postgres);
    }

    URI redis() throws EmbeddedProblem, Failure, InterruptedException {
        return result(redis);
    }

    /// Whether our data directory holds what one of them keeps.
    boolean own() {
        return own;
    }

    /// Whether PostgreSQL is ours alone: nobody but this process can be using it.
    boolean ownPostgres() {
        return ownPostgres;
    }

    /// Stops what was started, also when one of them failed to.
    @Override
    public void close() {
        for (var starting : java.util.List.of(postgres, redis)) {
            try {
                var _ = starting.get();
            } catch (ExecutionException failed) {
                // Whoever opened them was told.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        parts.close();
    }
}
