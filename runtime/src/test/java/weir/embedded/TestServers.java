package weir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// One PostgreSQL and one Redis for all tests of a JVM, with empty data that is deleted at its end.
public final class TestServers {
    private static final TestServers INSTANCE = start();

    private final DataDirectory data;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;

    private TestServers(DataDirectory data, EmbeddedPostgres postgres, EmbeddedRedis redis) {
        this.data = data;
        this.postgres = postgres;
        this.redis = redis;
    }

    /// Unpacked once a machine: not under a home directory, which the user that PostgreSQL runs as could not enter.
    static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "weir-test-binaries-" + System.getProperty("user.name"));
    }

    /// An empty folder that any user can enter.
    static Path folder() throws IOException {
        return Files.createTempDirectory(
                "weir-test", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    private static TestServers start() {
        try {
            var data = DataDirectory.open(folder(), binaries());
            var servers = new TestServers(data, EmbeddedPostgres.start(data), EmbeddedRedis.start(data));
            Runtime.getRuntime().addShutdownHook(new Thread(servers::stop));
            return servers;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (EmbeddedProblem problem) {
            throw new IllegalStateException(problem);
        }
    }

    private void stop() {
        postgres.close();
        redis.close();
        data.close();
        try {
            Binaries.delete(data.home());
        } catch (IOException left) {
            System.err.println("could not delete " + data.home());
        }
    }

    public static URI postgres() {
        return INSTANCE.postgres.uri();
    }

    public static URI redis() {
        return INSTANCE.redis.uri();
    }

    /// Kills it and waits until it is there again.
    public static void killPostgres() throws IOException, InterruptedException {
        var killed = INSTANCE.postgres.process().orElseThrow();
        killed.destroyForcibly();
        killed.onExit().join();
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (INSTANCE.postgres.process().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL did not come back");
            }
            Thread.sleep(50);
        }
    }

    /// Kills it; it comes back by itself.
    public static void killRedis() throws IOException {
        INSTANCE.redis.process().orElseThrow().destroyForcibly();
    }
}
