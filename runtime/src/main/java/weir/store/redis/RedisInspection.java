package weir.store.redis;

import java.net.URI;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisException;
import weir.store.StoreProblem;

/// A look at a Redis that changes nothing.
///
/// @param version as `7.0.15`
/// @param policy what it throws away when its memory is full; anything but `noeviction` may be part of the queue
public record RedisInspection(String version, String policy) {
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
    private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

    /// @throws StoreProblem when it cannot be reached
    public static RedisInspection of(URI uri) {
        try (var clients = new Clients(RedisAddress.of(uri))) {
            String server = clients.get().info("server");
            String memory = clients.get().info("memory");
            return new RedisInspection(found(VERSION, server), found(POLICY, memory));
        } catch (JedisException away) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "the Redis does not answer as it should: "
                            + String.valueOf(away.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    away);
        }
    }

    private static String found(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        return match.find() ? match.group(1) : "";
    }
}
