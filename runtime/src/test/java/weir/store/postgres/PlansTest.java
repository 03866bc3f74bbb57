package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.store.Backend;
import weir.store.Views;

/// How PostgreSQL answers what people ask: by walking indexes as far as a page goes, never by reading a month.
final class PlansTest {
    private static final PostgresAddress ADDRESS = PostgresAddress.of(TestServers.postgres());

    @BeforeAll
    static void fill() throws SQLException {
        Backend.POSTGRES.open().close();
        new History(ADDRESS).fill(150_000, 500);
    }

    private static String plan(String file, Map<String, Object> values) throws SQLException {
        var sql = Sql.read(file);
        for (var value : values.entrySet()) {
            var literal = value.getValue() instanceof Integer number ? number.toString() : "'" + value.getValue() + "'";
            sql = sql.replace(":" + value.getKey(), literal);
        }
        try (var connection = DriverManager.getConnection(ADDRESS.jdbc(), ADDRESS.user(), ADDRESS.password())) {
            connection.setAutoCommit(false);
            run(connection, "SET LOCAL jit = off");
            run(connection, "SET LOCAL ROLE weir_api");
            run(connection, "SET LOCAL weir.org = '1'");
            var plan = new StringBuilder();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF) " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void requireNoMonthIsRead(String plan) {
        assertFalse(plan.matches("(?s).*Seq Scan on (done|entries)_\\d{6}[^\\n]*actual rows=[1-9][^\\n]*.*"), plan);
        // Filtered away one by one, a month (12,500 runs) would be read through an index all the same.
        assertFalse(plan.matches("(?s).*Rows Removed by Filter: ([5-9]\\d{3}|\\d{5,}).*"), plan);
        // An index that is walked in order gives its first rows without the others.
        assertFalse(
                plan.matches("(?s).*Scan[^\\n]* on (done|entries)_\\d{6}[^\\n]*actual rows=\\d{4,}[^\\n]*loops=1\\).*"),
                plan);
    }

    private static Map<String, Object> list(int workflow, String state, UUID before, Instant since) {
        return Map.of(
                "org",
                1,
                "workflow",
                workflow,
                "state",
                state,
                "before",
                before.toString(),
                "since",
                Views.lowest(since).toString(),
                "limit",
                50);
    }

    @Test
    void listsWalkAnIndexForEachStatus() throws SQLException {
        var now = Instant.now();
        var old = Views.lowest(now.minus(Duration.ofDays(200)));
        for (int workflow : new int[] {-1, 3}) {
            for (var state : new String[] {"", "SUCCEEDED", "FAILED", "CANCELLED", "PARKED"}) {
                requireNoMonthIsRead(plan("list.sql", list(workflow, state, new UUID(-1, -1), Instant.EPOCH)));
                requireNoMonthIsRead(plan("list.sql", list(workflow, state, old, Instant.EPOCH)));
                requireNoMonthIsRead(plan("list.sql", list(workflow, state, old, now.minus(Duration.ofDays(207)))));
            }
        }
    }

    @Test
    void monthsOutsideOfTheTimeAreLeftOut() throws SQLException {
        var now = Instant.now();
        var plan = plan(
                "list.sql",
                list(-1, "FAILED", Views.lowest(now.minus(Duration.ofDays(200))), now.minus(Duration.ofDays(207))));
        assertTrue(plan.split("on done_\\d{6}", -1).length <= 3, plan);
    }

    @Test
    void aRunAndItsJournalAreFoundByTheirKeys() throws SQLException {
        var run = Views.lowest(Instant.now().minus(Duration.ofDays(100))).toString();
        for (var file : new String[] {"find.sql", "frames.sql"}) {
            requireNoMonthIsRead(plan(file, Map.of("org", 1, "run", run, "after", 0)));
        }
        requireNoMonthIsRead(plan("ends.sql", Map.of("org", 1, "runs", run)));
    }

    @Test
    void countsHopFromOneWorkflowToTheNextAndStopAtTheirBound() throws SQLException {
        var now = Instant.now();
        for (int days : new int[] {7, 365}) {
            var since = Views.lowest(now.minus(Duration.ofDays(days))).toString();
            requireNoMonthIsRead(plan("counts.sql", Map.of("org", 1, "since", since, "month", since)));
        }
    }
}
