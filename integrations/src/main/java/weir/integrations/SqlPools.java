package weir.integrations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import weir.worker.AddressRules;
import weir.worker.StepFailure;

/// Connections to the databases of workflows: a few for each, closed when nobody uses them.
final class SqlPools implements AutoCloseable {
    private static final int MOST_POOLS = 32;
    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_MS = 10_000;
    private static final long IDLE_MS = 60_000;
    private static final long LIFE_MS = 600_000;
    private static final Set<String> MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final AddressRules rules;
    private final LinkedHashMap<Key, HikariDataSource> pools = new LinkedHashMap<>(16, 0.75f, true);

    /// Another password is another pool.
    private record Key(int org, String name, Map<String, String> fields) {
        @Override
        public String toString() {
            return org + "/" + name;
        }
    }

    SqlPools(AddressRules rules) {
        this.rules = rules;
    }

    Connection open(int org, Connections.Connection connection) throws StepFailure, SQLException {
        var key = new Key(org, connection.name(), connection.fields());
        @Nullable HikariDataSource known;
        synchronized (pools) {
            known = pools.get(key);
        }
        // Names are looked up outside of the lock.
        return (known == null ? pool(key, source(connection)) : known).getConnection();
    }

    private HikariDataSource pool(Key key, PGSimpleDataSource source) {
        synchronized (pools) {
            var pool = pools.computeIfAbsent(key, missing -> pool(source));
            if (pools.size() > MOST_POOLS) {
                var oldest = pools.pollFirstEntry();
                Thread.ofVirtual().start(oldest.getValue()::close);
            }
            return pool;
        }
    }

    private static HikariDataSource pool(PGSimpleDataSource source) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MS);
        config.setMaxLifetime(LIFE_MS);
        config.setConnectionTimeout(PATIENCE_MS);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setPoolName("weir-sql");
        return new HikariDataSource(config);
    }

    private PGSimpleDataSource source(Connections.Connection connection) throws StepFailure {
        URI uri = uri(connection);
        var source = new PGSimpleDataSource();
        String mode = mode(connection, uri);
        var address = Hosts.checked(rules, uri.getHost().replaceAll("[\\[\\]]", ""));
        // To the address that was checked; a certificate that is looked at says enough by itself.
        source.setServerNames(new String[] {mode.equals("verify-full") ? uri.getHost() : address.getHostAddress()});
        source.setPortNumbers(new int[] {uri.getPort() < 0 ? 5432 : uri.getPort()});
        source.setDatabaseName(uri.getPath().substring(1));
        source.setSslMode(mode);
        var given =
                uri.getUserInfo() == null ? new String[] {} : uri.getUserInfo().split(":", 2);
        String user = connection.get("user") != null ? connection.get("user") : given.length > 0 ? given[0] : null;
        String password =
                connection.get("password") != null ? connection.get("password") : given.length > 1 ? given[1] : null;
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("weir");
        source.setStringType("unspecified");
        source.setConnectTimeout(10);
        source.setLoginTimeout(15);
        source.setTcpKeepAlive(true);
        source.setPrepareThreshold(0);
        return source;
    }

    private static URI uri(Connections.Connection connection) throws StepFailure {
        try {
            var uri = URI.create(connection.need("url"));
            if (Set.of("postgres", "postgresql").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below, without the text, which may hold a password.
        }
        throw StepFailure.permanent(
                "bad_connection",
                "the `url` of the connection \"" + connection.name()
                        + "\" has to look like postgres://db.example.com:5432/name");
    }

    private static String mode(Connections.Connection connection, URI uri) throws StepFailure {
        String query = uri.getQuery();
        if (query == null || query.isEmpty()) {
            return "prefer";
        }
        String mode = query.startsWith("sslmode=") ? query.substring("sslmode=".length()) : "";
        if (!MODES.contains(mode)) {
            throw StepFailure.permanent(
                    "bad_connection",
                    "the `url` of the connection \"" + connection.name()
                            + "\" may end in ?sslmode=… (require, verify-full, …) and in nothing else");
        }
        return mode;
    }

    @Override
    public void close() {
        synchronized (pools) {
            pools.values().forEach(HikariDataSource::close);
            pools.clear();
        }
    }
}
