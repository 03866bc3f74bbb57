package weir.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections of the engine's role, each of them introduced to the [Worker] before anybody gets it.
final class EngineSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    /// Many short statements, the same ones all the time: planned once, and never by what helps large reports.
    private static final String OPTIONS = "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off"
            + " -c enable_mergejoin=off -c enable_seqscan=off -c statement_timeout=10s"
            + " -c idle_in_transaction_session_timeout=5s -c lock_timeout=8s";

    private final transient Worker worker;

    /// @param durable whether a commit is on the disk when it is answered
    EngineSource(PostgresAddress address, Worker worker, boolean durable) {
        this.worker = worker;
        setUrl(address.jdbc());
        setUser(address.user());
        setPassword(address.password());
        setApplicationName("weir engine");
        setOptions(durable ? OPTIONS : OPTIONS + " -c synchronous_commit=off");
        setPrepareThreshold(1);
        setTcpKeepAlive(true);
        setConnectTimeout(5);
        setSocketTimeout(30);
        setLoginTimeout(10);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var become = connection.createStatement()) {
            become.execute("SET ROLE weir_engine");
            worker.meet(connection);
            return connection;
        } catch (SQLException | RuntimeException problem) {
            connection.close();
            throw problem;
        }
    }
}
