package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry.Status;
import weir.store.Retention;

/// Forgets ended runs whose retention is over, month by month: what is still to be kept is copied beside the month,
/// then takes its place. The functions in the database say how; this holds the lock of the one who sweeps, and asks
/// for the swap until nobody is in its way.
final class Sweep {
    private static final Logger LOG = System.getLogger(Sweep.class.getName());
    private static final Sql DUE = Sql.load("sweep_due.sql");
    private static final Sql BEGIN = Sql.load("sweep_begin.sql");
    private static final Sql PAGE = Sql.load("sweep_page.sql");
    private static final Sql FORGET = Sql.load("sweep_forget.sql");
    private static final UUID FIRST = new UUID(0, 0);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    private static final int PAGE_RUNS = 5_000;
    private static final int SWAP_ATTEMPTS = 40;
    private static final Duration SWAP_PAUSE = Duration.ofMillis(500);
    /// Counting a large month takes longer than statements usually may.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Retention retention;
    private final Map<Status, LongAdder> forgotten = new ConcurrentHashMap<>();

    Sweep(Retention retention) {
        this.retention = retention;
    }

    /// A month, and the runs that lie in it.
    record Month(String name, UUID since, UUID until) {}

    /// How many ended runs this process has forgotten.
    Map<String, Long> forgotten() {
        var counts = new TreeMap<String, Long>();
        for (var status : Status.values()) {
            var sum = forgotten.get(status);
            counts.put(status.name().toLowerCase(java.util.Locale.ROOT), sum == null ? 0 : sum.sum());
        }
        return counts;
    }

    /// Sweeps every month that is due, unless somebody else is sweeping.
    void once(Database database) throws SQLException, InterruptedException {
        var shortest = retention.shortest();
        if (shortest.isEmpty()) {
            return;
        }
        try (var connection = database.alone()) {
            patient(connection);
            if (!ask(connection, "SELECT pg_try_advisory_lock(hashtext('weir.sweep'))")) {
                return;
            }
            run(connection, "SELECT weir.drop_swept()");
            var due = DUE.query(
                    connection,
                    row -> new Month(row.getString(1), row.getObject(2, UUID.class), row.getObject(3, UUID.class)),
                    shortest.get().toSeconds());
            for (var month : due) {
                sweep(connection, month);
            }
        }
    }

    private static void patient(Connection connection) throws SQLException {
        Executor direct = Runnable::run;
        connection.setNetworkTimeout(direct, (int) PATIENCE.multipliedBy(2).toMillis());
        run(connection, "SET statement_timeout = " + PATIENCE.toMillis());
    }

    private void sweep(Connection connection, Month month) throws SQLException, InterruptedException {
        var counts = begin(connection, month);
        if (counts.isEmpty()) {
            return;
        }
        copy(connection, month);
        if (swap(connection, month)) {
            run(connection, "SELECT weir.drop_swept()");
            FORGET.update(connection, month.since(), month.until());
            counts.forEach((status, runs) ->
                    forgotten.computeIfAbsent(status, s -> new LongAdder()).add(runs));
            LOG.log(Level.INFO, "forgot ended runs of {0} whose time is over: {1}", month.name(), counts);
        }
    }

    Map<Status, Long> begin(Connection connection, Month month) throws SQLException {
        var counts = new TreeMap<Status, Long>();
        BEGIN.query(
                connection,
                row -> counts.put(State.status(row.getInt(1)), row.getLong(2)),
                kept(month).toArray());
        return counts;
    }

    void copy(Connection connection, Month month) throws SQLException, InterruptedException {
        @Nullable UUID after = FIRST;
        while (after != null) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var values = kept(month);
            values.add(after);
            values.add(PAGE_RUNS);
            after = PAGE.query(connection, row -> new Page(row.getObject(1, UUID.class)), values.toArray())
                    .getFirst()
                    .last();
        }
        run(connection, "SELECT weir.catch_up('" + month.name() + "')");
    }

    private record Page(@Nullable UUID last) {}

    private List<@Nullable Object> kept(Month month) {
        var values = new ArrayList<@Nullable Object>();
        values.add(month.name());
        for (var status : List.of(Status.SUCCEEDED, Status.FAILED, Status.CANCELLED)) {
            var kept = retention.of(status);
            values.add(kept == null ? null : kept.toSeconds());
        }
        return values;
    }

    /// @return false when somebody was in the way all the time: tomorrow again
    boolean swap(Connection connection, Month month) throws SQLException, InterruptedException {
        for (int attempt = 0; attempt < SWAP_ATTEMPTS; attempt++) {
            try {
                run(connection, "SELECT weir.swap('" + month.name() + "')");
                return true;
            } catch (SQLException held) {
                if (!LOCK_NOT_AVAILABLE.equals(held.getSQLState()) && !DEADLOCK.equals(held.getSQLState())) {
                    throw held;
                }
                Thread.sleep(SWAP_PAUSE);
                run(connection, "SELECT weir.catch_up('" + month.name() + "')");
            }
        }
        LOG.log(Level.WARNING, "runs of {0} are forgotten tomorrow: the tables were always in use", month.name());
        return false;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
