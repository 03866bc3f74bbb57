package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbStatement;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import weir.store.StoreProblem;

/// The rim to Helidon's DbClient, over the pools that are there. It is for plain reading and writing; what has to be
/// fast or exact takes a connection. Rows have to be read to the end: a query left half read keeps its connection.
final class Helidon {
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + " LOCK TABLE ONLY weir.done, ONLY weir.entries IN ACCESS SHARE MODE";

    private Helidon() {}

    /// The pool is handed in, because DbClient 4.1.7 does not find one by itself under Helidon 4.5.
    static DbClient client(DataSource source) {
        return JdbcClientBuilder.create()
                .connectionPool(new JdbcConnectionPool() {
                    @Override
                    public Connection connection() {
                        try {
                            return source.getConnection();
                        } catch (SQLException away) {
                            throw new StoreProblem(
                                    StoreProblem.Kind.UNAVAILABLE, "PostgreSQL is away; try again later.", away);
                        }
                    }

                    @Override
                    public String dbType() {
                        return "jdbc:postgresql";
                    }
                })
                .build();
    }

    /// Does something in one transaction that sees and changes what belongs to one organisation.
    static <T> T within(DbClient client, int org, Function<DbTransaction, T> task) {
        return inTransaction(client, transaction -> {
            become(transaction, org);
            return task.apply(transaction);
        });
    }

    /// The same for reading: all that is asked sees runs as they are at one moment. The tables are locked before
    /// that moment, so that no month changes places after it (see [Sweep]): what was copied later would not be
    /// seen.
    static <T> T atOneMoment(DbClient client, int org, Function<DbTransaction, T> task) {
        return inTransaction(client, transaction -> {
            transaction.createDmlStatement(ONE_MOMENT).execute();
            become(transaction, org);
            return task.apply(transaction);
        });
    }

    private static void become(DbTransaction transaction, int org) {
        transaction
                .createQuery("SELECT set_config('weir.org', :org, true)")
                .addParam("org", Integer.toString(org))
                .execute()
                .forEach(row -> {});
    }

    /// Again when a connection turns out to be broken: everything that is done here may be done twice.
    static <T> T inTransaction(DbClient client, Function<DbTransaction, T> task) {
        for (int attempt = 0; ; attempt++) {
            try {
                return attempt(client, task);
            } catch (StoreProblem problem) {
                if (problem.kind() != StoreProblem.Kind.UNKNOWN_OUTCOME || attempt > Database.API_CONNECTIONS) {
                    throw problem;
                }
            }
        }
    }

    private static <T> T attempt(DbClient client, Function<DbTransaction, T> task) {
        var transaction = client.transaction();
        try {
            var result = task.apply(transaction);
            transaction.commit();
            return result;
        } catch (RuntimeException problem) {
            try {
                transaction.rollback();
            } catch (RuntimeException alsoBroken) {
                problem.addSuppressed(alsoBroken);
            }
            throw problem(problem);
        }
    }

    private static RuntimeException problem(RuntimeException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreProblem known) {
                return known;
            }
            if (cause instanceof SQLException sql) {
                return Failure.of(sql).problem("answer a request", sql);
            }
        }
        return problem;
    }

    static <T> List<T> query(DbTransaction transaction, String sql, Map<String, ?> values, Function<DbRow, T> read) {
        return params(transaction.createQuery(sql), values).execute().map(read).toList();
    }

    static void change(DbTransaction transaction, String sql, Map<String, ?> values) {
        params(transaction.createDmlStatement(sql), values).execute();
    }

    private static <S extends DbStatement<S>> S params(S statement, Map<String, ?> values) {
        values.forEach((name, value) -> statement.addParam(name, value));
        return statement;
    }

    static Instant instant(DbRow row, String column) {
        return row.column(column).get(Timestamp.class).toInstant();
    }
}
