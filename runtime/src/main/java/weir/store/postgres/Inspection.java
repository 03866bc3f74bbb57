package weir.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import weir.store.StoreProblem;

/// A look at a PostgreSQL that changes nothing: what it is, and whether Weir's tables in it are as they should be.
///
/// @param version of PostgreSQL, as `18.1`
/// @param replica whether it only reads
/// @param schema the version of the tables, empty when there are none yet
/// @param newestSchema the version that this build makes
/// @param skew of our clock against its
/// @param roles whether our login can become both roles
/// @param strayRows rows in no month's partition
/// @param overdue runs that nobody works on though they have been due for a minute
/// @param workers that said within five seconds that they live
public record Inspection(
        String version,
        boolean replica,
        String schema,
        String newestSchema,
        Duration skew,
        boolean roles,
        long strayRows,
        long overdue,
        long workers) {
    private static final String TABLES =
            "SELECT to_regclass('weir.flyway_schema_history') IS NOT NULL AND to_regclass('weir.sweeps') IS NOT NULL";
    private static final String SCHEMA = "SELECT version FROM weir.flyway_schema_history"
            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";
    private static final String ROLES = """
        SELECT count(*) = 2 FROM pg_roles WHERE rolname IN ('weir_engine', 'weir_api') AND pg_has_role(current_user, oid, 'MEMBER')
        """;
    private static final String OVERDUE = "SELECT count(*) FROM (SELECT FROM weir.live"
            + " WHERE owner = 0 AND wake_at < now() - interval '1 minute' LIMIT 100000) late";
    private static final String WORKERS = "SELECT count(*) FROM weir.workers WHERE seen > now() - interval '5 seconds'";

    /// @throws StoreProblem when it cannot be reached
    public static Inspection of(PostgresAddress address) {
        DriverManager.setLoginTimeout(5);
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password())) {
            Copies.run(connection, "SET statement_timeout = '5s'");
            var before = Instant.now();
            var theirs = Instant.ofEpochMilli(
                    Long.parseLong(text(connection, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")));
            var ours = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            boolean tables = is(connection, TABLES);
            var known = Database.migrations(address).load().info().all();
            return new Inspection(
                    text(connection, "SHOW server_version"),
                    is(connection, "SELECT pg_is_in_recovery()"),
                    tables ? text(connection, SCHEMA) : "",
                    known[known.length - 1].getVersion().toString(),
                    Duration.between(theirs, ours),
                    is(connection, ROLES),
                    tables ? Long.parseLong(text(connection, "SELECT weir.default_rows()")) : 0,
                    tables ? Long.parseLong(text(connection, OVERDUE)) : 0,
                    tables ? Long.parseLong(text(connection, WORKERS)) : 0);
        } catch (SQLException problem) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "the PostgreSQL at " + address + " does not answer as it should: " + problem.getMessage(),
                    problem);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static boolean is(Connection connection, String sql) throws SQLException {
        return text(connection, sql).equals("t");
    }
}
