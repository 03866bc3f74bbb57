package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.graph.Graph.Priority;
import weir.store.Journal;
import weir.store.Views.State;
import weir.store.postgres.PostgresAddress;
import weir.store.postgres.PostgresStore;
import weir.value.Value;

/// `weir doctor`, `weir backup` and `weir restore`.
final class CareTest {
    private static final int ORG = 1;
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        // Not under a home directory: the user that PostgreSQL runs as could not enter it.
        folder = Files.createTempDirectory(
                "weir-care", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    @AfterEach
    void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record Answer(int exit, String said) {}

    private Answer weir(Map<String, String> environment, String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var all = new HashMap<>(environment);
        all.putIfAbsent("WEIR_PORT", "0");
        var terminal = new Terminal(InputStream.nullInputStream(), out, out, all, folder, Terminal.Screens.NONE);
        int exit = new Weir(terminal, arguments).run(arguments);
        return new Answer(exit, said.toString(StandardCharsets.UTF_8));
    }

    private Answer weir(String... arguments) {
        return weir(Map.of(), arguments);
    }

    private static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "weir-test-binaries-" + System.getProperty("user.name"));
    }

    /// A store on data in a folder, like that of a server that runs.
    private final class Opened implements AutoCloseable {
        private final DataDirectory data;
        private final EmbeddedPostgres postgres;
        private final PostgresStore store;

        Opened(String name) throws Exception {
            data = DataDirectory.open(folder.resolve(name), binaries());
            postgres = EmbeddedPostgres.start(data);
            store = PostgresStore.open(PostgresAddress.of(postgres.uri()), "test");
        }

        UUID start() throws Exception {
            long now = System.currentTimeMillis();
            var id = new UUID(now << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
            var frame = new Frame(1, Instant.ofEpochMilli(now), List.of(new Entry.Logged("a", Value.of("begun"))));
            var birth = new Journal.Birth(
                    id, ORG, 7, 1, Priority.NORMAL, 0, Instant.now(), null, List.of(frame), List.of());
            store.journal().accept(birth).get(30, TimeUnit.SECONDS);
            return id;
        }

        Journal.Claim append(UUID run, Journal.Disposition disposition) throws Exception {
            var claim = store.journal().claim(List.of(run)).getFirst();
            var frame = new Frame(2, Instant.now(), List.of(new Entry.Logged("a", Value.of("went on"))));
            var append =
                    new Journal.Append(run, claim.epoch(), claim.head(), List.of(frame), disposition, 0, 0, List.of());
            assertTrue(store.journal().append(append).get(30, TimeUnit.SECONDS).accepted());
            return claim;
        }

        State state(UUID run) {
            return store.views().find(ORG, run).orElseThrow().state();
        }

        @Override
        public void close() {
            store.close();
            postgres.close();
            data.close();
        }
    }

    @Test
    void whatWasBackedUpWhileItRanGoesOnAfterItIsRestored() throws Exception {
        UUID ended;
        UUID waiting;
        UUID running;
        UUID later;
        Journal.Claim held;
        try (var before = new Opened("data")) {
            ended = before.start();
            before.append(ended, new Journal.Disposition.End(Entry.Status.SUCCEEDED));
            waiting = before.start();
            before.append(waiting, new Journal.Disposition.Release(Instant.now().plus(Duration.ofHours(1))));
            running = before.start();
            held = before.append(running, new Journal.Disposition.Keep());
            Files.createDirectories(folder.resolve("data/files/1"));
            Files.writeString(folder.resolve("data/files/1/a"), "a file");
            Files.writeString(folder.resolve("data/secrets/master.key"), "a key");
            var made = weir("backup", "--data", "data", "monday.zip");
            assertEquals(0, made.exit(), made.said());
            assertTrue(made.said().startsWith("Backed up 3 runs to monday.zip"), made.said());
            later = before.start();
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(folder.resolve("monday.zip")));
            assertEquals(2, weir("backup", "--data", "data", "monday.zip").exit());
        }
        var restored = weir("restore", "--data", "again", "monday.zip");
        assertEquals(0, restored.exit(), restored.said());
        var refused = weir("restore", "--data", "again", "monday.zip");
        assertEquals(3, refused.exit());
        assertTrue(refused.said().contains("nothing is written over it"), refused.said());
        assertEquals("a file", Files.readString(folder.resolve("again/files/1/a")));
        assertEquals("a key", Files.readString(folder.resolve("again/secrets/master.key")));
        try (var after = new Opened("again")) {
            assertEquals(State.SUCCEEDED, after.state(ended));
            assertEquals(State.WAITING, after.state(waiting));
            assertTrue(after.store.views().find(ORG, later).isEmpty());
            // Nobody holds what somebody held, and who held it there has lost it.
            assertEquals(State.QUEUED, after.state(running));
            var claim = after.store.journal().claim(List.of(running)).getFirst();
            assertTrue(claim.epoch() > held.epoch());
            assertEquals(2, claim.frames().size());
            assertEquals(0, after.store.strayRows());
        }
    }

    @Test
    void aServerThatIsStoppedIsBackedUpToo() throws Exception {
        UUID run;
        try (var before = new Opened("data")) {
            run = before.start();
        }
        assertEquals(0, weir("backup", "--data", "data", "stopped.zip").exit());
        assertEquals(0, weir("restore", "--data", "again", "stopped.zip").exit());
        try (var after = new Opened("again")) {
            assertEquals(State.QUEUED, after.state(run));
        }
    }

    @Test
    void whatIsNoBackupOrNoDataIsNamedInOneSentence() throws Exception {
        Files.writeString(folder.resolve("no.zip"), "no zip");
        var noBackup = weir("restore", "--data", "again", "no.zip");
        assertEquals(3, noBackup.exit());
        assertTrue(noBackup.said().contains("no.zip is no backup"), noBackup.said());
        assertFalse(Files.exists(folder.resolve("again/postgres")));
        assertEquals(2, weir("restore", "--data", "again", "none.zip").exit());
        var noData = weir("backup", "--data", "nothing", "a.zip");
        assertEquals(3, noData.exit());
        assertTrue(noData.said().contains("there is no data in"), noData.said());
        var theirs = weir(Map.of("WEIR_POSTGRES", "postgres://u:p@db/x"), "backup", "a.zip");
        assertTrue(theirs.said().contains("pg_dump"), theirs.said());
    }

    @Test
    void theDoctorLooksAtAServerThatRunsAndAtOneThatDoesNot() throws Exception {
        var stopped = weir("doctor", "--data", "data");
        assertEquals(0, stopped.exit(), stopped.said());
        assertTrue(stopped.said().contains("the embedded one is not running"), stopped.said());
        try (var running = new Opened("data")) {
            running.start();
            var found = weir("doctor", "--data", "data");
            assertEquals(0, found.exit(), found.said());
            for (var part : List.of("postgres", "schema", "clock", "roles", "partitions", "runs", "disk", "java")) {
                assertTrue(found.said().lines().anyMatch(line -> line.startsWith("ok    " + part)), found.said());
            }
            var theirs = Map.of("WEIR_POSTGRES", running.postgres.uri().toString());
            assertTrue(weir(theirs, "doctor").said().contains("WEIR_MASTER_KEY is not set"));
        }
    }

    @Test
    void theDoctorSaysWhatToDoAndFailsWhenAServerCouldNotWork() {
        var away = weir(
                Map.of(
                        "WEIR_POSTGRES", "postgres://me:hidden-word@127.0.0.1:9/x",
                        "WEIR_REDIS", "redis://:hidden-word@127.0.0.1:9",
                        "WEIR_HOST", "0.0.0.0"),
                "doctor",
                "--json");
        assertEquals(1, away.exit());
        assertFalse(away.said().contains("hidden-word"), away.said());
        for (var part : List.of("settings", "postgres", "redis")) {
            assertTrue(
                    away.said().replaceAll("\\s+", " ").contains("{ \"level\" : \"fail\", \"part\" : \"" + part + "\""),
                    away.said());
        }
        assertTrue(away.said().contains("WEIR_TOKEN"), away.said());
    }
}
