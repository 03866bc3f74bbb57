package weir.store.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/// Connections to a Redis.
final class Clients {
    private static final int CONNECTIONS = 16;
    private static final int TIMEOUT_MS = 2_000;
    private static final int BLOCKING_TIMEOUT_MS = 5_000;
    private static final int DEFAULT_PORT = 6379;

    private Clients() {}

    static RedisClient open(URI uri) {
        var scheme = uri.getScheme();
        if (scheme == null || !(scheme.equals("redis") || scheme.equals("rediss")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address of a Redis has the form redis://user:password@host:port/database.");
        }
        var config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MS)
                .socketTimeoutMillis(TIMEOUT_MS)
                .blockingSocketTimeoutMillis(BLOCKING_TIMEOUT_MS)
                .clientName("weir")
                .ssl(scheme.equals("rediss"));
        if (uri.getUserInfo() != null) {
            int colon = uri.getUserInfo().indexOf(':');
            if (colon > 0) {
                config.user(uri.getUserInfo().substring(0, colon));
            }
            config.password(uri.getUserInfo().substring(colon + 1));
        }
        if (uri.getPath() != null && uri.getPath().length() > 1) {
            config.database(Integer.parseInt(uri.getPath().substring(1)));
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MS));
        return RedisClient.builder()
                .hostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort())
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }
}
