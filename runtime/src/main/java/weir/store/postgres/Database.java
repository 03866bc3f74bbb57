package weir.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;
import weir.store.StoreProblem;

/// The pools: the engine's, which see every organisation and stay inside this package, and the one for requests.
final class Database implements AutoCloseable {
    private static final Sql BACKEND = Sql.load("backend.sql");
    private static final int ENGINE_CONNECTIONS = 6;
    private static final int CLAIM_CONNECTIONS = 3;
    static final int API_CONNECTIONS = 8;
    private static final long KEEPALIVE_MS = 120_000;
    private static final long PATIENCE_MS = 3_000;
    /// Longer than any statement of ours may take.
    private static final long LONGEST_STATEMENT_MS = 12_000;

    private final Worker worker;
    private final HikariDataSource engine;
    private final HikariDataSource claims;
    private final HikariDataSource api;
    private final EngineSource alone;

    private Database(
            EngineSource alone, Worker worker, HikariDataSource engine, HikariDataSource claims, HikariDataSource api) {
        this.alone = alone;
        this.worker = worker;
        this.engine = engine;
        this.claims = claims;
        this.api = api;
    }

    /// Brings the tables up to date, then connects.
    ///
    /// @throws StoreProblem when it cannot be reached, or its tables not be made
    static Database open(PostgresAddress address, String name) {
        migrate(address);
        var worker = new Worker(name);
        var durable = new EngineSource(address, worker, true);
        return new Database(
                durable,
                worker,
                pool(new HikariConfig(), "weir-engine", durable, ENGINE_CONNECTIONS),
                pool(new HikariConfig(), "weir-claims", new EngineSource(address, worker, false), CLAIM_CONNECTIONS),
                apiPool(address));
    }

    private static void migrate(PostgresAddress address) {
        try {
            migrations(address).load().migrate();
        } catch (FlywayException problem) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "Cannot bring the tables of the PostgreSQL at " + address + " up to date: " + problem.getMessage(),
                    problem);
        }
    }

    /// How the tables of a database come to be.
    static FluentConfiguration migrations(PostgresAddress address) {
        return Flyway.configure(Database.class.getClassLoader())
                .dataSource(address.jdbc(), address.user(), address.password())
                .schemas("weir")
                .locations("classpath:weir/store/postgres/migration");
    }

    private static HikariDataSource apiPool(PostgresAddress address) {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbc());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("weir api");
        source.setOptions("-c jit=off -c statement_timeout=10s -c idle_in_transaction_session_timeout=5s");
        // Planned for the values it is asked with: filters that are not used fall away.
        source.setPrepareThreshold(0);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(5);
        source.setSocketTimeout(30);
        var pool = new HikariConfig();
        pool.setConnectionInitSql("SET ROLE weir_api");
        return pool(pool, "weir-api", source, API_CONNECTIONS);
    }

    private static HikariDataSource pool(HikariConfig pool, String name, DataSource source, int connections) {
        pool.setDataSource(source);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        // A connection lives until it breaks, and one that breaks means something (see Worker).
        pool.setIdleTimeout(0);
        pool.setMaxLifetime(0);
        pool.setKeepaliveTime(KEEPALIVE_MS);
        pool.setPoolName(name);
        pool.setConnectionTimeout(PATIENCE_MS);
        return new HikariDataSource(pool);
    }

    Worker worker() {
        return worker;
    }

    /// A connection that sees every organisation. Nothing has been sent when this fails.
    Connection engine() throws SQLException {
        return engine.getConnection();
    }

    /// A connection whose commits are not awaited: for what a crash may forget. They are seen by everybody at once,
    /// and are on the disk before any commit that follows them and is awaited.
    Connection forgetful() throws SQLException {
        return claims.getConnection();
    }

    /// A connection of the engine that no pool has: for what changes the session or holds its locks.
    Connection alone() throws SQLException {
        return alone.getConnection();
    }

    DataSource api() {
        return api;
    }

    /// For what is asked by id alone.
    DataSource engineSource() {
        return engine;
    }

    /// What is done with a connection.
    interface Task<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Does something that may be done twice: again when a connection turns out to be broken, as after a restart of
    /// the server all those in the pool are.
    ///
    /// @param what it is (`claim runs`), for the message
    <T> T repeatable(String what, Task<T> task) {
        for (int attempt = 0; ; attempt++) {
            Connection connection;
            try {
                connection = engine.getConnection();
            } catch (SQLException away) {
                throw new StoreProblem(
                        StoreProblem.Kind.UNAVAILABLE, "PostgreSQL is away: cannot " + what + " now", away);
            }
            try (connection) {
                return task.on(connection);
            } catch (SQLException problem) {
                if (Failure.of(problem) != Failure.UNKNOWN || attempt > ENGINE_CONNECTIONS) {
                    throw Failure.of(problem).problem(what, problem);
                }
            }
        }
    }

    <T> T attempt(Task<T> task) throws SQLException {
        try (var connection = engine.getConnection()) {
            return task.on(connection);
        }
    }

    /// Waits until the server's process behind a broken connection is gone, so that what it did can be read: until
    /// then a statement that was sent may still be carried out.
    void awaitEnd(int backend) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_STATEMENT_MS * 1_000_000;
        while (attempt(connection -> !BACKEND.query(connection, row -> row.getInt(1), backend)
                        .isEmpty())
                && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        api.close();
        claims.close();
        engine.close();
    }
}
