package weir.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.graph.Graph.Priority;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.Samples;
import weir.store.StoreProblem;

final class RedisAwayTest {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private static Due due() {
        return new Due(Samples.id(), 1, Priority.NORMAL, Instant.now());
    }

    @Test
    void withoutRedisNothingIsQueuedAndNobodyIsTold() {
        // The discard port: nobody listens there.
        try (var queue = RedisQueue.open(URI.create("redis://127.0.0.1:9"))) {
            assertEquals(0, queue.ensure(List.of(due())));
            assertEquals(List.of(), queue.claim(1, LEASE, Duration.ofMillis(50)));
            queue.done(List.of(Samples.id()));
            assertEquals(0, queue.sweep(Instant.now()));
            assertFalse(queue.lostEverything());
            assertEquals(new Queue.Depth(0, 0, 0, 0), queue.depth());
            assertThrows(StoreProblem.class, queue::requireReachable);
        }
    }

    @Test
    void whenRedisComesBackEverythingWorksAgain() throws Exception {
        try (var queue = RedisQueue.open(TestServers.redis())) {
            queue.requireReachable();
            queue.lostEverything();
            queue.ensure(List.of(due()));
            TestServers.killRedis();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            var run = due();
            while (!(queue.ensure(List.of(run)) == 1
                    || queue.claim(10, LEASE, Duration.ofMillis(50)).contains(run.run()))) {
                assertTrue(System.nanoTime() < deadline, "Redis did not come back");
            }
        }
    }

    @Test
    void anAddressOfAnotherKindIsRefusedWithoutRepeatingIt() {
        var problem = assertThrows(
                IllegalArgumentException.class, () -> RedisQueue.open(URI.create("http://:secret@localhost")));
        assertFalse(problem.getMessage().contains("secret"));
    }
}
