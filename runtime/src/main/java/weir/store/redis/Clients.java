package weir.store.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/// Connections to a Redis or to the nodes of a cluster, made when they are first needed: a cluster can only be asked
/// for its nodes when it is there, and it may come later than we do.
final class Clients implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int TIMEOUT_MS = 2_000;
    private static final int BLOCKING_TIMEOUT_MS = 5_000;
    /// With every redirection of a cluster, and every reconnect.
    private static final int ATTEMPTS = 4;

    private final RedisAddress address;
    private @Nullable UnifiedJedis client;
    private boolean closed;

    Clients(RedisAddress address) {
        this.address = address;
    }

    /// @throws redis.clients.jedis.exceptions.JedisException when it is away
    synchronized UnifiedJedis get() {
        var open = client;
        if (open == null) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            open = address.cluster() ? cluster() : single();
            client = open;
        }
        return open;
    }

    private UnifiedJedis single() {
        return RedisClient.builder()
                .hostAndPort(address.nodes().iterator().next())
                .clientConfig(configuration())
                .poolConfig(pool())
                .build();
    }

    private UnifiedJedis cluster() {
        return RedisClusterClient.builder()
                .nodes(address.nodes())
                .clientConfig(configuration())
                .poolConfig(pool())
                .maxAttempts(ATTEMPTS)
                .maxTotalRetriesDuration(Duration.ofMillis(TIMEOUT_MS))
                .build();
    }

    private JedisClientConfig configuration() {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MS)
                .socketTimeoutMillis(TIMEOUT_MS)
                .blockingSocketTimeoutMillis(BLOCKING_TIMEOUT_MS)
                .clientName("weir")
                .ssl(address.tls())
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .build();
    }

    private static ConnectionPoolConfig pool() {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MS));
        return pool;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
