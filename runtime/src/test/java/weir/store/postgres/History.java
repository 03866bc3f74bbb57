package weir.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.value.RecordValue;
import weir.value.Value;

/// Fills a store with ended runs of a year, made by PostgreSQL itself: many organisations (one has 70 of 100 runs, one
/// has ten in all), 40 workflows of which the first has the most, 90 of 100 runs succeeded, 8 failed, 2 were cancelled.
/// Beside them some runs that wait and some that rest because they failed.
final class History {
    static final int MAIN = 1;
    static final int SMALL = 99;
    static final int WORKFLOWS = 40;
    private static final int MONTHS = 12;
    private static final int BATCH = 250_000;

    private final PostgresAddress address;

    History(PostgresAddress address) {
        this.address = address;
    }

    /// @param runs how many have ended
    /// @param alive how many wait, and how many rest
    void fill(long runs, int alive) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password())) {
            run(connection, "SET synchronous_commit = off");
            var first = YearMonth.now(ZoneOffset.UTC).minusMonths(MONTHS - 1);
            for (int i = 0; i < MONTHS; i++) {
                run(connection, "SELECT weir.make_month('" + first.plusMonths(i).atDay(1) + "')");
            }
            long since = first.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
            // To now, and not into what has not happened yet.
            long until = System.currentTimeMillis() - 60_000;
            for (long from = 0; from < runs; from += BATCH) {
                ended(connection, from, Math.min(runs, from + BATCH), runs, since, until);
            }
            alive(connection, alive, until);
            run(connection, "ANALYZE weir.done, weir.entries, weir.live");
        }
    }

    private static void ended(Connection connection, long from, long to, long runs, long since, long until)
            throws SQLException {
        var sql = """
            WITH r AS MATERIALIZED (
                SELECT i, (? + ((? - ?) * (i::numeric / ?))::bigint) AS ms, md5(i::text) AS h FROM generate_series(?::bigint, ?::bigint - 1) i
            ), d AS (
                INSERT INTO weir.done (id, org, workflow, version, epoch, head, status, ended, parent)
                SELECT (lpad(to_hex(ms), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid,
                    CASE WHEN i % (? / 10 + 1) = 7 THEN 99 WHEN i % 10 < 7 THEN 1 WHEN i % 10 < 9 THEN 2 ELSE 3 + (i / 10 % 15) END,
                    1 + (abs(hashint8(i)) % 40) * (abs(hashint8(i + 1)) % 40) / 40,
                    1, 1, 2, CASE WHEN abs(hashint8(i + 2)) % 50 < 45 THEN 1 WHEN abs(hashint8(i + 2)) % 50 < 49 THEN 2 ELSE 3 END,
                    to_timestamp(ms / 1e3) + interval '2 seconds', NULL
                FROM r RETURNING id, org, status, ended
            )
            INSERT INTO weir.entries (run, seq, epoch, org, at, n, frame)
            SELECT d.id, f.seq, 1, d.org, d.ended, 1, CASE f.seq WHEN 1 THEN ?::bytea ELSE CASE d.status WHEN 1 THEN ?::bytea ELSE ?::bytea END END
            FROM d CROSS JOIN generate_series(1, 2) f(seq)
            """;
        try (var statement = connection.prepareStatement(sql)) {
            int p = 0;
            statement.setLong(++p, since);
            statement.setLong(++p, until);
            statement.setLong(++p, since);
            statement.setLong(++p, runs);
            statement.setLong(++p, from);
            statement.setLong(++p, to);
            statement.setLong(++p, runs);
            statement.setBytes(++p, begun());
            statement.setBytes(++p, over(Entry.Status.SUCCEEDED));
            statement.setBytes(++p, over(Entry.Status.FAILED));
            statement.executeUpdate();
        }
    }

    private static byte[] begun() {
        return bytes(1, new Entry.Logged("begun", RecordValue.of("order", Value.of("o-1"))));
    }

    private static byte[] over(Entry.Status status) {
        return bytes(2, new Entry.Logged("over", Value.of(status.name())));
    }

    private static byte[] bytes(int seq, Entry entry) {
        return FrameBytes.write(new Frame(seq, Instant.EPOCH, List.of(entry)));
    }

    private static void alive(Connection connection, int runs, long until) throws SQLException {
        var sql = """
            WITH l AS (
                INSERT INTO weir.live (id, org, workflow, version, epoch, head, owner, state, priority, wake_at)
                SELECT (lpad(to_hex(? - i * 60000), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '9' || substr(md5(i::text), 4, 15))::uuid,
                    1, 1 + i % 40, 1, 1, 1, 0, CASE WHEN i % 2 = 0 THEN 8 ELSE 2 END, 1, now() + interval '1 day'
                FROM generate_series(1, ?) i RETURNING id, org
            )
            INSERT INTO weir.entries (run, seq, epoch, org, n, frame) SELECT id, 1, 1, org, 1, ? FROM l
            """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, until);
            statement.setInt(2, 2 * runs);
            statement.setBytes(3, begun());
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
