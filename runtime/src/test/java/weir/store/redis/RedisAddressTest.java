package weir.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

final class RedisAddressTest {
    private static RedisAddress address(String text) {
        return RedisAddress.of(URI.create(text));
    }

    @Test
    void aSingleServerHasUserPasswordAndDatabase() {
        assertEquals(
                new RedisAddress(false, true, Set.of(new HostAndPort("queue.example", 6380)), "weir", "a:b@c", 3),
                address("rediss://weir:a:b%40c@queue.example:6380/3"));
        assertEquals(
                new RedisAddress(false, false, Set.of(new HostAndPort("localhost", 6379)), null, "secret", 0),
                address("redis://:secret@localhost"));
        assertEquals(
                new RedisAddress(false, false, Set.of(new HostAndPort("[::1]", 7000)), null, null, 0),
                address("redis://[::1]:7000"));
    }

    @Test
    void aClusterNamesSomeOfItsNodes() {
        assertEquals(
                new RedisAddress(
                        true,
                        true,
                        Set.of(new HostAndPort("a", 1), new HostAndPort("b", 6379), new HostAndPort("c", 3)),
                        "u",
                        "p+q",
                        0),
                address("rediss+cluster://u:p+q@a:1,b,c:3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://:secret@localhost",
                "redis://:secret@a,b",
                "redis+cluster://:secret@a:1/2",
                "redis://:secret@a:0",
                "redis://:secret@a:70000",
                "redis://:secret@a:x",
                "redis://:secret@a/x",
                "redis://:secret@",
                "redis+cluster://:secret@a:1,,b:2",
                "redis:secret"
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        var problem = assertThrows(IllegalArgumentException.class, () -> address(text));
        assertFalse(problem.getMessage().contains("secret"));
    }

    @Test
    void itsTextHasNoPassword() {
        assertFalse(address("redis+cluster://u:secret@a:1").toString().contains("secret"));
    }
}
