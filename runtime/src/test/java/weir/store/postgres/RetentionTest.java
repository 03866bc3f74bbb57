package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.ORG;
import static weir.store.Samples.append;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.engine.Entry.Status;
import weir.store.Journal;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.Retention;
import weir.store.Samples;

/// What is forgotten of old months, what stays, and that nothing is lost on the way.
final class RetentionTest {
    private static final Retention RETENTION = new Retention(Duration.ofDays(30), null, Duration.ofDays(30));
    private static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC).minusMonths(9);

    private final PostgresAddress address = PostgresAddress.of(TestServers.postgres());
    private PostgresStore store;
    private Journal journal;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        store = PostgresStore.open(address, "test");
        journal = store.journal();
        database = Database.open(address, "sweeper");
        sql("DELETE FROM weir.sweeps");
    }

    @AfterEach
    void close() {
        database.close();
        store.close();
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(address.jdbc(), address.user(), address.password());
    }

    private void sql(String sql) throws SQLException {
        try (var connection = owner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = owner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private static UUID id(YearMonth month) {
        long middle = month.atDay(14).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        var random = ThreadLocalRandom.current();
        return new UUID(
                (middle + random.nextLong(86_400_000)) << 16 | 0x7000 | random.nextLong(0x1000),
                random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }

    private Claim started(YearMonth month) {
        var id = id(month);
        get(journal.accept(birth(id)));
        return journal.claim(List.of(id)).getFirst();
    }

    private UUID ended(YearMonth month, Status status) throws SQLException {
        var claim = started(month);
        assertTrue(get(journal.append(append(claim, new Disposition.End(status), "step")))
                .accepted());
        return claim.run();
    }

    private UUID endedThen(YearMonth month, Status status) throws SQLException {
        var run = ended(month, status);
        sql("UPDATE weir.done SET ended = '" + month.atEndOfMonth() + "' WHERE id = '" + run + "'");
        return run;
    }

    private List<String> texts(UUID run) {
        return Samples.texts(store.views().frames(ORG, run, 0));
    }

    private void sweep() throws Exception {
        new Sweep(RETENTION).once(database);
    }

    private Sweep.Month month() throws SQLException {
        var name = MONTH.toString().replace("-", "");
        try (var connection = owner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT weir.partition_start(since), weir.partition_start(until) FROM weir.months() WHERE month = '"
                                + name + "'")) {
            assertTrue(rows.next());
            return new Sweep.Month(name, rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
        }
    }

    private void makeMonth() throws SQLException {
        sql("SELECT weir.make_month('" + MONTH.atDay(1) + "')");
    }

    @Test
    void whatIsOverIsForgottenAndAllElseOfItsMonthStays() throws Exception {
        makeMonth();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        var cancelled = endedThen(MONTH, Status.CANCELLED);
        var failed = endedThen(MONTH, Status.FAILED);
        var late = ended(MONTH, Status.SUCCEEDED);
        var alive = started(MONTH);
        for (var run : List.of(over, failed)) {
            sql("INSERT INTO weir.tasks (id, org, run, path, question, state) VALUES (gen_random_uuid(), 1, '" + run
                    + "', 'p', 'q', 1)");
        }
        var sweep = new Sweep(RETENTION);
        sweep.once(database);
        assertEquals(List.of(List.of(), List.of()), List.of(texts(over), texts(cancelled)));
        assertTrue(store.views().find(ORG, over).isEmpty());
        for (var run : List.of(failed, late)) {
            assertEquals(List.of("started", "step"), texts(run));
            assertTrue(store.views().find(ORG, run).isPresent());
        }
        assertEquals(0, number("SELECT count(*) FROM weir.tasks WHERE run = '" + over + "'"));
        assertEquals(1, number("SELECT count(*) FROM weir.tasks WHERE run = '" + failed + "'"));
        assertTrue(get(journal.append(append(alive, KEEP, "goes on"))).accepted());
        assertEquals(List.of("started", "goes on"), texts(alive.run()));
        assertEquals(
                List.of(1L, 1L, 0L),
                List.of(
                        sweep.forgotten().get("succeeded"),
                        sweep.forgotten().get("cancelled"),
                        sweep.forgotten().get("failed")));
        assertEquals(0, number("SELECT count(*) FROM pg_class WHERE relname ~ '_(kept|old)$' AND relkind = 'r'"));
    }

    @Test
    void aMonthOfWhichNothingIsKeptIsGone() throws Exception {
        // One that no other test of this database has runs in.
        var empty = MONTH.minusYears(5);
        sql("SELECT weir.make_month('" + empty.atDay(1) + "')");
        var run = endedThen(empty, Status.SUCCEEDED);
        sweep();
        assertTrue(store.views().find(ORG, run).isEmpty());
        assertEquals(
                0,
                number("SELECT count(*) FROM weir.months() WHERE month = '"
                        + empty.toString().replace("-", "") + "'"));
    }

    @Test
    void everyMonthIsLookedThroughOnceADay() throws Exception {
        makeMonth();
        sweep();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        sweep();
        assertEquals(List.of("started", "step"), texts(over));
        sql("UPDATE weir.sweeps SET at = at - interval '25 hours'");
        sweep();
        assertEquals(List.of(), texts(over));
    }

    @Test
    void whatRunsWriteWhileTheirMonthIsCopiedStays() throws Exception {
        makeMonth();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        var alive = started(MONTH);
        var ending = started(MONTH);
        var idle = started(MONTH);
        var sweep = new Sweep(RETENTION);
        try (var connection = database.alone()) {
            assertEquals(Map.of(Status.SUCCEEDED, 1L), sweep.begin(connection, month()));
            assertTrue(get(journal.append(append(alive, KEEP, "before"))).accepted());
            sweep.copy(connection, month());
            assertTrue(get(journal.append(append(alive.run(), alive.epoch(), alive.head() + 1, KEEP, "after")))
                    .accepted());
            assertTrue(
                    get(journal.append(append(ending, Samples.SUCCEED, "end"))).accepted());
            assertTrue(sweep.swap(connection, month()));
        }
        assertEquals(List.of("started", "before", "after"), texts(alive.run()));
        assertEquals(List.of("started", "end"), texts(ending.run()));
        assertEquals(List.of("started"), texts(idle.run()));
        assertTrue(store.views().find(ORG, ending.run()).isPresent());
        assertEquals(List.of(), texts(over));
    }

    @Test
    void aSweepThatDiesAnywhereHasChangedNothingAndIsDoneAgain() throws Exception {
        makeMonth();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        var failed = endedThen(MONTH, Status.FAILED);
        var alive = started(MONTH);
        var sweep = new Sweep(RETENTION);
        for (int stage = 0; stage < 3; stage++) {
            try (var dying = database.alone()) {
                sweep.begin(dying, month());
                if (stage > 0) {
                    sweep.copy(dying, month());
                }
                if (stage == 2) {
                    dying.setAutoCommit(false);
                    assertTrue(sweep.swap(dying, month()));
                }
                kill(dying);
            }
            assertEquals(List.of("started", "step"), texts(over));
            assertEquals(List.of("started", "step"), texts(failed));
            assertEquals(List.of("started"), texts(alive.run()));
            try (var next = database.alone();
                    var statement = next.createStatement()) {
                statement.execute("SELECT weir.drop_swept()");
            }
        }
        sql("DELETE FROM weir.sweeps");
        sweep();
        assertEquals(List.of(), texts(over));
        assertEquals(List.of("started", "step"), texts(failed));
        assertTrue(get(journal.append(append(alive, KEEP, "goes on"))).accepted());
    }

    private void kill(Connection connection) throws SQLException {
        int backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        sql("SELECT pg_terminate_backend(" + backend + ", 10000)");
        assertThrows(SQLException.class, () -> connection.createStatement().execute("SELECT 1"));
    }

    @Test
    void onlyOneSweepsAtATime() throws Exception {
        makeMonth();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        try (var other = database.alone();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('weir.sweep'))");
            sweep();
            assertEquals(List.of("started", "step"), texts(over));
        }
        sweep();
        assertEquals(List.of(), texts(over));
    }

    @Test
    void runsAreWrittenWhileSomebodyKeepsTheSwapWaiting() throws Exception {
        makeMonth();
        var over = endedThen(MONTH, Status.SUCCEEDED);
        var sweeping = new Sweep(RETENTION);
        var appended = new ArrayList<UUID>();
        var done = new AtomicBoolean();
        try (var reader = owner();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM weir.entries");
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    sweeping.once(database);
                } catch (Exception problem) {
                    throw new IllegalStateException(problem);
                } finally {
                    done.set(true);
                }
            });
            for (int i = 0; i < 50; i++) {
                var id = id(MONTH);
                get(journal.accept(birth(id)));
                appended.add(id);
                Thread.sleep(20);
            }
            assertTrue(!done.get(), "the swap waits for the reader");
            reader.commit();
            thread.join();
        }
        assertEquals(List.of(), texts(over));
        appended.forEach(run -> assertTrue(journal.claim(List.of(run)).size() == 1));
    }

    @Test
    void rowsWithoutAMonthGetOne() throws Exception {
        var strange = YearMonth.now(ZoneOffset.UTC)
                .plusMonths(50 + ThreadLocalRandom.current().nextInt(40));
        var run = ended(strange, Status.SUCCEEDED);
        assertTrue(store.strayRows() >= 2);
        try (var connection = database.alone();
                var statement = connection.createStatement()) {
            statement.execute("SELECT weir.make_partitions(3)");
        }
        assertEquals(0, store.strayRows());
        assertEquals(List.of("started", "step"), texts(run));
        var name = strange.toString().replace("-", "");
        sql("DROP TABLE weir.done_" + name + ", weir.entries_" + name);
    }
}
