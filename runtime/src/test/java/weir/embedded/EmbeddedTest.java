package weir.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = TestServers.folder();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Binaries.delete(folder);
    }

    private DataDirectory open() throws EmbeddedProblem {
        return DataDirectory.open(folder, TestServers.binaries());
    }

    private static Connection connect(URI uri) throws SQLException {
        var account = uri.getUserInfo().split(":");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), account[0], account[1]);
    }

    private static String ask(URI uri, String sql) throws SQLException {
        try (var connection = connect(uri);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void tell(URI uri, String sql) throws SQLException {
        try (var connection = connect(uri);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "still not after " + PATIENCE);
            Thread.sleep(20);
        }
    }

    @Test
    void dataIsFoundAgainAfterARestart() throws Exception {
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data)) {
            tell(postgres.uri(), "CREATE TABLE kept AS SELECT 'here' AS answer");
        }
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data)) {
            assertEquals("here", ask(postgres.uri(), "SELECT answer FROM kept"));
        }
    }

    @Test
    void commitsAreOnTheDiskAndOrderDoesNotDependOnTheMachine() throws Exception {
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data)) {
            assertEquals("on", ask(postgres.uri(), "SHOW fsync"));
            assertEquals("on", ask(postgres.uri(), "SHOW synchronous_commit"));
            assertEquals("on", ask(postgres.uri(), "SHOW data_checksums"));
            assertEquals("UTF8", ask(postgres.uri(), "SHOW server_encoding"));
            assertEquals("true", ask(postgres.uri(), "SELECT ('Z' < 'a')::text"));
        }
    }

    @Test
    void onlyTheOwnerOfTheDataCanReadPasswords() throws Exception {
        try (var data = open();
                var redis = EmbeddedRedis.start(data)) {
            assertTrue(redis.uri().getUserInfo().length() > 20);
            for (var file : List.of("secrets/redis", "redis/redis.conf")) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
            }
        }
    }

    @Test
    void killedServersComeBackAtTheSameAddress() throws Exception {
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data);
                var redis = EmbeddedRedis.start(data)) {
            tell(postgres.uri(), "CREATE TABLE kept AS SELECT 1 AS answer");
            long killed = kill(postgres.process().orElseThrow());
            await(() -> postgres.process()
                            .filter(process -> process.pid() != killed)
                            .isPresent()
                    && answers(postgres.uri()));
            assertEquals("1", ask(postgres.uri(), "SELECT answer FROM kept"));
            long killedRedis = kill(redis.process().orElseThrow());
            await(() -> redis.process()
                    .filter(process -> process.pid() != killedRedis)
                    .isPresent());
        }
    }

    private static boolean answers(URI uri) {
        try {
            return ask(uri, "SELECT 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static long kill(ProcessHandle process) {
        process.destroyForcibly();
        return process.pid();
    }

    /// A process that starts both servers, says where they are, and waits to be killed.
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            var data = DataDirectory.open(Path.of(arguments[0]), TestServers.binaries());
            var postgres = EmbeddedPostgres.start(data);
            var redis = EmbeddedRedis.start(data);
            System.out.println(postgres.process().orElseThrow().pid() + " "
                    + redis.process().orElseThrow().pid() + " " + postgres.uri());
            Thread.sleep(PATIENCE);
        }
    }

    private record Started(Process process, ProcessHandle postgres, ProcessHandle redis, URI uri) {}

    private Started startVictim() throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var words = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine()
                .split(" ");
        return new Started(
                process,
                ProcessHandle.of(Long.parseLong(words[0])).orElseThrow(),
                ProcessHandle.of(Long.parseLong(words[1])).orElseThrow(),
                URI.create(words[2]));
    }

    @Test
    void serversDoNotOutliveAKilledProcess() throws Exception {
        var victim = startVictim();
        tell(victim.uri(), "CREATE TABLE kept AS SELECT 1 AS answer");
        victim.process().destroyForcibly();
        victim.postgres().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        victim.redis().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data)) {
            assertEquals("1", ask(postgres.uri(), "SELECT answer FROM kept"));
        }
    }

    @Test
    void serversThatOutlivedTheirWatchdogAreStoppedAndStartedAgain() throws Exception {
        var victim = startVictim();
        tell(victim.uri(), "CREATE TABLE kept AS SELECT 1 AS answer");
        // Everything but the two servers.
        var watchdogs = victim.process()
                .descendants()
                .filter(process -> process.pid() != victim.postgres().pid()
                        && process.pid() != victim.redis().pid()
                        && process.parent().map(ProcessHandle::pid).orElse(0L)
                                != victim.postgres().pid())
                .toList();
        victim.process().destroyForcibly();
        watchdogs.forEach(ProcessHandle::destroyForcibly);
        victim.process().waitFor();
        assertTrue(victim.postgres().isAlive());
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data);
                var redis = EmbeddedRedis.start(data)) {
            assertFalse(victim.postgres().isAlive());
            assertFalse(victim.redis().isAlive());
            assertEquals("1", ask(postgres.uri(), "SELECT answer FROM kept"));
            assertTrue(redis.process().isPresent());
        }
    }

    @Test
    void aSecondServerOnTheSameDataIsRefused() throws Exception {
        try (var first = open()) {
            var problem = assertThrows(EmbeddedProblem.class, this::open);
            assertTrue(problem.getMessage().startsWith("Another Weir server is using the data in " + first.home()));
        }
        open().close();
    }

    @Test
    void noDatabaseIsMadeBesideDataThatCannotBeRead() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        try (var data = open()) {
            var incomplete = assertThrows(EmbeddedProblem.class, () -> EmbeddedPostgres.start(data));
            assertTrue(incomplete.getMessage().contains("has no PG_VERSION"), incomplete.getMessage());
            Files.writeString(folder.resolve("postgres/PG_VERSION"), "16\n");
            var old = assertThrows(EmbeddedProblem.class, () -> EmbeddedPostgres.start(data));
            assertTrue(old.getMessage().contains("is of PostgreSQL 16, this build brings 18"), old.getMessage());
        }
    }

    @Test
    void aHalfMadeDatabaseIsMadeAgain() throws Exception {
        Files.createDirectories(folder.resolve("postgres.new/base"));
        try (var data = open();
                var postgres = EmbeddedPostgres.start(data)) {
            assertTrue(answers(postgres.uri()));
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var problem = assertThrows(EmbeddedProblem.class, () -> DataDirectory.open(file, TestServers.binaries()));
        assertTrue(problem.getMessage().contains(file.toString())
                && problem.getMessage().contains("--data DIR"));
    }

    @Test
    void aRedisFileThatCannotBeReadDoesNotKeepItFromStarting() throws Exception {
        try (var data = open()) {
            EmbeddedRedis.start(data).close();
            try (var files = Files.walk(folder.resolve("redis/appendonlydir"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.writeString(file, "nonsense nonsense nonsense\n");
                }
            }
            try (var redis = EmbeddedRedis.start(data)) {
                assertTrue(redis.process().isPresent());
            }
        }
    }

    @Test
    void binariesOfThisPlatformOnlyAreLookedFor() {
        assertEquals(List.of("/postgres-darwin-arm_64.txz"), Binaries.postgresNames("Mac OS X", "aarch64"));
        assertEquals(List.of("/redis-server-7.0.15-linux-amd64"), Binaries.redisNames("Linux", "amd64"));
        assertEquals(List.of(), Binaries.redisNames("Windows 11", "amd64"));
    }
}
