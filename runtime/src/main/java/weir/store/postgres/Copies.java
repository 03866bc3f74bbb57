package weir.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import weir.store.StoreProblem;

/// Everything that a store holds, table by table, as it is at one moment, while others go on writing. It can be read
/// into an empty database of any version of PostgreSQL. Workers are left out, and what they held is free afterwards:
/// nobody who worked on the original can write to the copy.
public final class Copies implements AutoCloseable {
    private static final String TABLES = """
        SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'weir'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND c.relname NOT IN ('flyway_schema_history', 'workers', 'sweeping') AND c.relname !~ '_(kept|old)$'
            AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname, a.attnum
        """;
    private static final String VERSION = "SELECT version FROM weir.flyway_schema_history"
            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";
    private static final String SEQUENCES = """
        SELECT format('SELECT setval(%L, greatest(1, (SELECT max(%I) FROM weir.%I)))',
            pg_get_serial_sequence('weir.' || c.relname, a.attname), a.attname, c.relname)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'weir'::regnamespace AND a.attidentity <> '' AND NOT a.attisdropped
        """;
    private static final String FREE =
            "UPDATE weir.live SET owner = 0, state = 0, wake_at = now() WHERE owner NOT IN (0, -1)";

    private final Connection connection;
    private final Contents contents;

    private Copies(Connection connection, Contents contents) {
        this.connection = connection;
        this.contents = contents;
    }

    /// @param schema the version of the tables
    /// @param months those that have partitions, as `202601`
    /// @param tables their columns, by name
    /// @param runs how many there are, ended or not
    public record Contents(String schema, List<String> months, Map<String, List<String>> tables, long runs) {
        public Contents {
            months = List.copyOf(months);
            tables = Map.copyOf(tables);
        }
    }

    /// Begins to copy; what is written from now on is not in the copy.
    ///
    /// @throws StoreProblem when the database cannot be read
    public static Copies of(PostgresAddress address) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
            connection.setAutoCommit(false);
            run(connection, "SET row_security = off");
            run(connection, "COMMIT");
            run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            run(connection, "LOCK TABLE ONLY weir.done, ONLY weir.entries IN ACCESS SHARE MODE");
            var tables = new LinkedHashMap<String, List<String>>();
            for (var row : rows(connection, TABLES)) {
                tables.computeIfAbsent(row.getFirst(), name -> new ArrayList<>())
                        .add(row.getLast());
            }
            var months = rows(connection, "SELECT month, '' FROM weir.months()").stream()
                    .map(List::getFirst)
                    .toList();
            long runs = Long.parseLong(
                    text(connection, "SELECT (SELECT count(*) FROM weir.live) + (SELECT count(*) FROM weir.done)"));
            return new Copies(connection, new Contents(text(connection, VERSION), months, tables, runs));
        } catch (SQLException problem) {
            closeQuietly(connection);
            throw problem("be copied", problem);
        }
    }

    public Contents contents() {
        return contents;
    }

    /// Writes a table's rows.
    public void write(String table, OutputStream out) throws IOException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT " + columns(contents, table) + " FROM weir." + table + ") TO STDOUT", out);
        } catch (SQLException problem) {
            throw problem("be copied", problem);
        }
    }

    private static String columns(Contents contents, String table) {
        var columns = contents.tables().get(table);
        if (columns == null || !table.matches("[a-z_]+") || !columns.stream().allMatch(c -> c.matches("[a-z_]+"))) {
            throw new IllegalArgumentException("no table of a store: " + table);
        }
        return "\"" + String.join("\", \"", columns) + "\"";
    }

    /// Gives a table's rows.
    public interface Source {
        InputStream open(String table) throws IOException;
    }

    /// Fills an empty database with tables of the version that was copied; opening a store brings them up to date.
    ///
    /// @throws StoreProblem when it is not empty, or the copy is of a newer build
    public static void read(PostgresAddress address, Contents contents, Source source) throws IOException {
        prepare(address, contents.schema());
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password())) {
            connection.setAutoCommit(false);
            // Rows come table by table and refer to each other; they were right where they come from.
            run(connection, "SET session_replication_role = replica");
            for (var month : contents.months()) {
                if (!month.matches("\\d{6}")) {
                    throw new IOException("the copy names a month \"" + month + "\"");
                }
                run(connection, "SELECT weir.make_month(to_timestamp('" + month + "', 'YYYYMM'))");
            }
            for (var table : contents.tables().keySet()) {
                try (var in = source.open(table)) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY weir." + table + " (" + columns(contents, table) + ") FROM STDIN", in);
                }
            }
            for (var sequence : rows(connection, SEQUENCES)) {
                run(connection, sequence.getFirst());
            }
            run(connection, FREE);
            connection.commit();
            connection.setAutoCommit(true);
            run(connection, "ANALYZE");
        } catch (SQLException problem) {
            throw problem("be filled", problem);
        }
    }

    private static void prepare(PostgresAddress address, String schema) {
        try {
            var flyway = Database.migrations(address).target(schema).load();
            var known = flyway.info().all();
            var newest = known[known.length - 1].getVersion();
            if (MigrationVersion.fromVersion(schema).compareTo(newest) > 0) {
                throw new StoreProblem(
                        StoreProblem.Kind.REJECTED,
                        "the copy was made by a newer Weir (tables of version " + schema + ", this one knows " + newest
                                + "): read it with that one",
                        null);
            }
            if (flyway.info().applied().length > 0) {
                throw new StoreProblem(
                        StoreProblem.Kind.REJECTED, "the database at " + address + " is not empty", null);
            }
            flyway.migrate();
        } catch (FlywayException problem) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "cannot make tables in the PostgreSQL at " + address + ": " + problem.getMessage(),
                    problem);
        }
    }

    private static StoreProblem problem(String what, SQLException problem) {
        return new StoreProblem(
                StoreProblem.Kind.UNAVAILABLE, "the database cannot " + what + ": " + problem.getMessage(), problem);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var result = new ArrayList<List<String>>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                result.add(List.of(rows.getString(1), columns > 1 ? rows.getString(2) : ""));
            }
            return result;
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException broken) {
                // Nothing hangs on it any more.
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }
}
