package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.append;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;
import static weir.store.Samples.heard;
import static weir.store.Samples.once;

import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.store.Journal;
import weir.store.Journal.Claim;
import weir.store.Retention;
import weir.store.Samples;
import weir.store.StoreProblem;

final class PostgresStoreTest {
    private final PostgresAddress address = PostgresAddress.of(TestServers.postgres());
    private PostgresStore store;
    private Journal journal;

    @BeforeEach
    void open() {
        store = PostgresStore.open(address, "test");
        journal = store.journal();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Claim started() {
        var id = Samples.id();
        get(journal.accept(birth(id)));
        return journal.claim(List.of(id)).getFirst();
    }

    private List<String> ask(String role, String org, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            statement.execute("SET weir.org = '" + org + "'");
            var answers = new ArrayList<String>();
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        }
    }

    @Test
    void whatCannotBeStoredIsRejectedAloneAndNotItsNeighbours() {
        // More messages taken than there were: a constraint of the table says no.
        var claims = IntStream.range(0, 20).mapToObj(i -> started()).toList();
        var answers = claims.stream()
                .map(claim -> {
                    var step = append(claim, KEEP, "step");
                    return journal.append(claims.indexOf(claim) % 7 == 3 ? heard(step, 5) : step);
                })
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            if (i % 7 == 3) {
                assertEquals(
                        StoreProblem.Kind.REJECTED,
                        assertThrows(StoreProblem.class, () -> get(answer)).kind());
            } else {
                assertTrue(get(answer).accepted());
            }
        }
    }

    @Test
    void aClaimDoesNotWaitForARowThatSomebodyHolds() throws SQLException {
        var held = Samples.id();
        var free = Samples.id();
        get(journal.accept(birth(held)));
        get(journal.accept(birth(free)));
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var row = connection.prepareStatement("SELECT FROM weir.live WHERE id = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            row.setObject(1, held);
            row.execute();
            assertEquals(
                    List.of(free),
                    journal.claim(List.of(held, free)).stream().map(Claim::run).toList());
            connection.rollback();
        }
        assertEquals(1, journal.claim(List.of(held, free)).size());
    }

    @Test
    void requestsSeeTheirOrganisationOnlyAndWithoutOneNothing() throws SQLException {
        var run = started().run().toString();
        var sql = "SELECT id FROM weir.live WHERE id = '" + run + "'";
        assertEquals(List.of(run), ask("weir_api", Integer.toString(Samples.ORG), sql));
        assertEquals(List.of(), ask("weir_api", "99", sql));
        assertEquals(List.of(), ask("weir_api", "", sql));
        assertEquals(List.of(run), ask("weir_engine", "", sql));
        for (var table : List.of("weir.done", "weir.entries", "weir.definitions", "weir.versions")) {
            assertEquals(List.of("0"), ask("weir_api", "", "SELECT count(*) FROM " + table));
        }
    }

    @Test
    void requestsCannotChangeRuns() {
        assertThrows(SQLException.class, () -> ask("weir_api", "1", "UPDATE weir.live SET owner = 0 RETURNING id"));
        assertThrows(SQLException.class, () -> ask("weir_api", "1", "SELECT * FROM weir.workers"));
        assertThrows(SQLException.class, () -> ask("weir_engine", "1", "DELETE FROM weir.entries RETURNING run"));
    }

    @Test
    void thePartitionsOfTheNextMonthsAreThere() throws SQLException {
        started();
        assertEquals(
                List.of("0"),
                ask(
                        "weir_engine",
                        "",
                        "SELECT count(*) FROM weir.entries WHERE tableoid ="
                                + " 'weir.entries_default'::regclass AND at > now() - interval '1 minute'"));
        assertEquals(List.of("0"), ask("weir_engine", "", "SELECT weir.make_partitions(3)"));
        assertEquals(
                List.of("10"),
                ask(
                        "weir_engine",
                        "",
                        "SELECT count(*) FROM pg_class WHERE relname ~" + " '^(done|entries)_[0-9]{6}$'"));
        assertEquals(
                List.of("e"),
                ask(
                        "weir_engine",
                        "",
                        "SELECT DISTINCT attstorage FROM pg_attribute"
                                + " WHERE attname = 'frame' AND attrelid::regclass::text LIKE 'weir.entries%'"));
    }

    @Test
    void largeFramesComeBackAsTheyWere() {
        var claim = started();
        var large = "many words, ✓ and \u0000 and \\u0000, ".repeat(20_000);
        assertTrue(get(journal.append(append(claim, KEEP, large))).accepted());
        assertEquals(List.of(large), Samples.texts(store.views().frames(Samples.ORG, claim.run(), 1)));
    }

    @Test
    void aKeyOfAnyLengthIsAKey() {
        var key = "k".repeat(100_000);
        var first = Samples.id();
        get(journal.accept(birth(first, 0, once(key, Duration.ofDays(1), "body"))));
        assertEquals(
                new Journal.Accepted.Known(first),
                get(journal.accept(birth(Samples.id(), 0, once(key, Duration.ofDays(1_000_000), "body")))));
    }

    @Test
    void upkeepForgetsKeysWhoseTimeIsOverAndMessagesOfEndedRuns() throws Exception {
        var claim = started();
        journal.tell(claim.run(), new weir.engine.Message.Cancel("x"), "source");
        get(journal.append(append(claim, Samples.SUCCEED)));
        var brief = Samples.id();
        get(journal.accept(birth(brief, 0, once("short " + brief, Duration.ZERO, "body"))));
        try (var database = Database.open(address, "upkeep")) {
            new Upkeep(database, Retention.FOREVER).once();
        }
        assertEquals(
                List.of("0"),
                ask("weir_engine", "", "SELECT count(*) FROM weir.inbox WHERE run = '" + claim.run() + "'"));
        assertEquals(
                List.of("0"), ask("weir_engine", "", "SELECT count(*) FROM weir.once WHERE run = '" + brief + "'"));
    }

    @Test
    void whatAWorkerLeavesBehindIsDueAtOnce() {
        UUID run;
        try (var leaving = PostgresStore.open(address, "leaving")) {
            run = Samples.id();
            get(leaving.journal().accept(birth(run, leaving.journal().incarnation(), null)));
        }
        assertEquals(1, journal.claim(List.of(run)).size());
        assertFalse(journal.due(Instant.now().plusSeconds(1), 1_000).stream()
                .anyMatch(due -> due.run().equals(run)));
    }

    @Test
    void closingWaitsForWhatWasHandedOver() {
        var leaving = PostgresStore.open(address, "leaving");
        var answers = IntStream.range(0, 500)
                .mapToObj(i -> leaving.journal().accept(birth(Samples.id())))
                .toList();
        leaving.close();
        assertTrue(answers.stream().allMatch(answer -> get(answer) instanceof Journal.Accepted.Fresh));
        assertThrows(StoreProblem.class, () -> get(leaving.journal().accept(birth(Samples.id()))));
    }

    @Test
    void anotherDatabaseBehindTheSameAddressMakesAnotherIncarnation() throws SQLException {
        var worker = new Worker("test");
        var registered = new ArrayList<Long>();
        worker.meet("system/00000001", registered::add);
        long first = worker.incarnation();
        worker.meet("system/00000001", registered::add);
        assertEquals(first, worker.incarnation());
        worker.meet("system/00000002", registered::add);
        assertNotEquals(first, worker.incarnation());
        assertEquals(List.of(first, worker.incarnation()), registered);
    }

    @Test
    void aStoreThatWorksIsReady() {
        store.requireReady();
    }

    @Test
    void addressesAreReadAndNeverShownWithTheirPassword() {
        var address = PostgresAddress.of(URI.create("postgres://me:p%40ss+%3A@db.example:6432/runs?sslmode=require"));
        assertEquals("jdbc:postgresql://db.example:6432/runs?sslmode=require", address.jdbc());
        assertEquals(List.of("me", "p@ss+:"), List.of(address.user(), address.password()));
        assertFalse(address.toString().contains("p@ss"));
        var problem = assertThrows(
                IllegalArgumentException.class, () -> PostgresAddress.of(URI.create("mysql://me:secret@host/x")));
        assertFalse(problem.getMessage().contains("secret"));
    }

    @Test
    void anOrdinaryLoginIsEnoughWhenItMayBecomeTheRoles() throws SQLException {
        var ordinary = new PostgresAddress(address.jdbc().replaceFirst("/weir$", "/ordinary"), "ordinary", "ordinary");
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE ordinary LOGIN PASSWORD 'ordinary'");
            statement.execute("CREATE DATABASE ordinary OWNER ordinary");
            var refused = assertThrows(StoreProblem.class, () -> PostgresStore.open(ordinary, "ordinary"));
            assertTrue(refused.getMessage().contains("GRANT weir_engine, weir_api TO ordinary"), refused.getMessage());
            statement.execute("GRANT weir_engine, weir_api TO ordinary");
        }
        try (var other = PostgresStore.open(ordinary, "ordinary")) {
            var run = Samples.id();
            get(other.journal().accept(birth(run)));
            assertEquals(1, other.journal().claim(List.of(run)).size());
            assertTrue(other.views().find(Samples.ORG, run).isPresent());
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedInOneSentence() {
        var problem = assertThrows(
                StoreProblem.class,
                () -> PostgresStore.open(PostgresAddress.of(URI.create("postgres://me:secret@127.0.0.1:9/x")), "t"));
        assertEquals(StoreProblem.Kind.UNAVAILABLE, problem.kind());
        assertTrue(problem.getMessage().contains("127.0.0.1:9"), problem.getMessage());
        assertFalse(problem.getMessage().contains("secret"));
    }
}
