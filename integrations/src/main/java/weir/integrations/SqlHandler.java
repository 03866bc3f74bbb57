package weir.integrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// The `sql` integration: one statement a step, in a transaction of its own, on a PostgreSQL that a connection names.
/// Values go in by placeholders only. A query cannot change anything; a batch is carried out wholly or not at all. An
/// attempt that is abandoned or out of time is cancelled in the database too.
public final class SqlHandler implements Handler, AutoCloseable {
    static final int MOST_ROWS = 50_000;
    private static final int CHUNK = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /// How long a statement that was told to stop may take to do so.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Connections connections;
    private final SqlPools pools;

    public SqlHandler(AddressRules rules, Connections connections) {
        this.connections = connections;
        this.pools = new SqlPools(rules);
    }

    private interface Work {
        Value on(Connection connection, AtomicReference<@Nullable PreparedStatement> running)
                throws SQLException, StepFailure;
    }

    @Override
    public Value perform(Call call) throws StepFailure, InterruptedException {
        var arguments = Arguments.of(call);
        var text = SqlText.of(arguments.text("sql"));
        return switch (call.action()) {
            case "query" -> within(call, true, (connection, running) -> query(connection, text, arguments, running));
            case "execute" ->
                within(call, false, (connection, running) -> execute(connection, text, arguments, running));
            case "batch" -> {
                var rows = arguments.list("rows");
                check(text, rows);
                yield within(call, false, (connection, running) -> batch(connection, text, rows, running));
            }
            default -> throw Arguments.unknownAction(call);
        };
    }

    private Value query(
            Connection connection,
            SqlText text,
            Arguments arguments,
            AtomicReference<@Nullable PreparedStatement> running)
            throws SQLException, StepFailure {
        try (var statement = prepared(connection, text, arguments, running)) {
            statement.setFetchSize(CHUNK);
            if (!statement.execute()) {
                throw StepFailure.permanent("bad_sql", "this statement gives no rows; use sql.execute");
            }
            return RecordValue.of("rows", SqlValues.rows(statement.getResultSet(), MOST_ROWS));
        }
    }

    private Value execute(
            Connection connection,
            SqlText text,
            Arguments arguments,
            AtomicReference<@Nullable PreparedStatement> running)
            throws SQLException, StepFailure {
        try (var statement = prepared(connection, text, arguments, running)) {
            boolean gives = statement.execute();
            var rows = gives ? SqlValues.rows(statement.getResultSet(), MOST_ROWS) : ListValue.EMPTY;
            return RecordValue.builder()
                    .put("count", Value.of(gives ? rows.size() : Math.max(0, statement.getUpdateCount())))
                    .put("rows", rows)
                    .build();
        }
    }

    private Value batch(
            Connection connection, SqlText text, ListValue rows, AtomicReference<@Nullable PreparedStatement> running)
            throws SQLException, StepFailure {
        long count = 0;
        try (var statement = connection.prepareStatement(text.jdbc())) {
            running.set(statement);
            for (int i = 0; i < rows.size(); i++) {
                set(statement, text, rows.get(i), true);
                statement.addBatch();
                if (i % CHUNK == CHUNK - 1 || i == rows.size() - 1) {
                    for (int changed : statement.executeBatch()) {
                        count += Math.max(0, changed);
                    }
                }
            }
        }
        return RecordValue.of("count", Value.of((double) count));
    }

    private static PreparedStatement prepared(
            Connection connection,
            SqlText text,
            Arguments arguments,
            AtomicReference<@Nullable PreparedStatement> running)
            throws SQLException, StepFailure {
        var statement = connection.prepareStatement(text.jdbc());
        running.set(statement);
        try {
            set(statement, text, arguments.optional("params"), false);
            return statement;
        } catch (SQLException | StepFailure | RuntimeException wrong) {
            statement.close();
            throw wrong;
        }
    }

    // ---- placeholders

    /// @param lenient whether what a record lacks is null
    private static void set(PreparedStatement statement, SqlText text, @Nullable Value params, boolean lenient)
            throws SQLException, StepFailure {
        int place = 1;
        for (String wanted : text.places()) {
            SqlValues.set(statement, place++, value(wanted, params, lenient));
        }
    }

    private static @Nullable Value value(String place, @Nullable Value params, boolean lenient) throws StepFailure {
        if (SqlText.isNumber(place)) {
            int index = place.length() > 6 ? 0 : Integer.parseInt(place);
            if (params instanceof ListValue list && index >= 1 && index <= list.size()) {
                return list.get(index - 1);
            }
            throw StepFailure.permanent("bad_argument", "the SQL has $" + place + ", for which no value is given");
        }
        if (params instanceof RecordValue record && (lenient || record.has(place))) {
            return record.get(place);
        }
        throw StepFailure.permanent(
                "bad_argument",
                "the SQL has :" + place + ", for which no value is given; write `" + place
                        + ": … ?? null` for what may be missing");
    }

    /// A placeholder that no row has a value for is misspelt.
    private static void check(SqlText text, ListValue rows) throws StepFailure {
        if (rows.size() > MOST_ROWS) {
            throw StepFailure.permanent(
                    "too_many_rows",
                    "a batch has at most " + MOST_ROWS + " rows; `chunks(rows, 1000)` cuts a list into several");
        }
        for (String place : text.places()) {
            boolean known = SqlText.isNumber(place)
                    || rows.size() == 0
                    || rows.asList().stream().anyMatch(row -> row instanceof RecordValue record && record.has(place));
            if (!known) {
                throw StepFailure.permanent("bad_argument", "the SQL has :" + place + ", for which no row has a value");
            }
        }
    }

    // ---- around a statement

    /// Does it in a transaction, on another thread: one that waits for a database is not interrupted, its statement
    /// is cancelled.
    private Value within(Call call, boolean reading, Work work) throws StepFailure, InterruptedException {
        var opened = connections.need(call);
        var timeout = call.timeout() == null ? LONGEST : call.timeout();
        var running = new AtomicReference<@Nullable PreparedStatement>();
        var task = new FutureTask<>(() -> inTransaction(call.org(), opened, reading, timeout, running, work));
        Thread.ofVirtual().name("weir-sql").start(task);
        try {
            return task.get();
        } catch (InterruptedException abandoned) {
            cancel(running.get(), task);
            throw abandoned;
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), opened.name());
        }
    }

    private static void cancel(@Nullable PreparedStatement statement, FutureTask<Value> task) {
        Thread.ofVirtual().name("weir-sql-cancel").start(() -> {
            try {
                if (statement != null) {
                    statement.cancel();
                }
                task.get(GRACE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (SQLException
                    | InterruptedException
                    | ExecutionException
                    | java.util.concurrent.TimeoutException gone) {
                // Its connection is closed with the thread.
                task.cancel(true);
            }
        });
    }

    private Value inTransaction(
            int org,
            Connections.Connection opened,
            boolean reading,
            Duration timeout,
            AtomicReference<@Nullable PreparedStatement> running,
            Work work)
            throws SQLException, StepFailure {
        try (var connection = pools.open(org, opened)) {
            connection.setReadOnly(reading);
            try {
                limit(connection, timeout);
                var value = work.on(connection, running);
                connection.commit();
                return value;
            } catch (SQLException | StepFailure | RuntimeException wrong) {
                rollback(connection);
                throw wrong;
            }
        }
    }

    private static void limit(Connection connection, Duration timeout) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT set_config('statement_timeout', ?, true)")) {
            statement.setString(1, Long.toString(Math.max(1, timeout.toMillis())));
            statement.execute();
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The pool throws it away.
        }
    }

    // ---- what went wrong

    private static final List<String> TRANSIENT = List.of("40", "53", "55", "57", "58");

    private static StepFailure failure(@Nullable Throwable cause, String connection) {
        return switch (cause) {
            case StepFailure failure -> failure;
            case SQLException problem -> failure(problem, connection);
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    /// Only the server's first sentence: its details repeat values.
    private static StepFailure failure(SQLException problem, String connection) {
        var last = problem;
        while (last.getNextException() != null) {
            last = last.getNextException();
        }
        String state = String.valueOf(last.getSQLState());
        if (state.equals("57014")) {
            return new StepFailure("timeout", "the statement was not done in time");
        }
        var server = last instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (server == null || state.startsWith("08")) {
            return new StepFailure(
                    "connection_failed",
                    "the database of the connection \"" + connection + "\" cannot be reached, or was lost");
        }
        String message = "PostgreSQL says: " + server.getMessage();
        boolean later = TRANSIENT.stream().anyMatch(state::startsWith);
        return later ? new StepFailure("sql_" + state, message) : StepFailure.permanent("sql_" + state, message);
    }

    @Override
    public void close() {
        pools.close();
    }
}
