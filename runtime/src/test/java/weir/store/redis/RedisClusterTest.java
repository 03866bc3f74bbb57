package weir.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.TestCluster;
import weir.graph.Graph.Priority;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.Samples;

/// What a cluster adds to the contract: many nodes, of which some are away, and slots that move.
final class RedisClusterTest {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final TestCluster CLUSTER = TestCluster.shared();

    private Queue queue;

    @BeforeEach
    void open() {
        CLUSTER.forgetEverything();
        queue = RedisQueue.open(CLUSTER.uri());
        assertTrue(queue.lostEverything());
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private static List<Due> due(int org, int runs) {
        return IntStream.range(0, runs)
                .mapToObj(i -> new Due(Samples.id(), org, Priority.NORMAL, Instant.now()))
                .toList();
    }

    /// What the reconciler does: whatever nobody has yet is due in the journal, and is queued again.
    private Set<UUID> claimAll(List<Due> runs, Set<UUID> before) {
        var claimed = new HashSet<>(before);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (claimed.size() < runs.size()) {
            assertTrue(System.nanoTime() < deadline, claimed.size() + " of " + runs.size() + " were claimed");
            queue.sweep(Instant.now());
            queue.lostEverything();
            queue.ensure(
                    runs.stream().filter(run -> !claimed.contains(run.run())).toList());
            claim(claimed);
        }
        return claimed;
    }

    private void claim(Set<UUID> claimed) {
        for (var got = queue.claim(64, LEASE, SHORT); !got.isEmpty(); got = queue.claim(64, LEASE, SHORT)) {
            claimed.addAll(got);
            queue.done(got);
        }
    }

    @Test
    void runsAreSpreadOverAllNodes() {
        queue.ensure(due(1, 1_000));
        for (int node = 0; node < TestCluster.NODES; node++) {
            long queued = CLUSTER.queuedAt(node);
            assertTrue(queued > 100, "node " + node + " has " + queued);
        }
        assertEquals(1_000, queue.depth().pending());
    }

    @Test
    void aNewcomerIsServedInTheNextClaimHoweverMuchAnotherHasToDo() {
        queue.ensure(due(1, 20_000));
        for (int i = 0; i < 10; i++) {
            queue.claim(64, LEASE, SHORT);
        }
        for (int i = 0; i < 20; i++) {
            var one = due(2, 1);
            queue.ensure(one);
            assertTrue(queue.claim(64, LEASE, SHORT).contains(one.getFirst().run()), "newcomer " + i);
        }
    }

    @Test
    void aKilledNodeHoldsUpNobodyElseAndGoesOnWhenItIsBack() throws Exception {
        var runs = due(1, 500);
        queue.ensure(runs);
        CLUSTER.kill(1);
        var claimed = new HashSet<UUID>();
        try {
            var while_away = due(2, 200);
            queue.ensure(while_away);
            claim(claimed);
            long elsewhere = runs.stream()
                    .filter(run -> CLUSTER_NODE_OF_SHARD[RedisQueue.shardOnCluster(run.run())] != 1)
                    .filter(run -> claimed.contains(run.run()))
                    .count();
            long possible = runs.stream()
                    .filter(run -> CLUSTER_NODE_OF_SHARD[RedisQueue.shardOnCluster(run.run())] != 1)
                    .count();
            assertEquals(possible, elsewhere);
            claimed.removeIf(run -> runs.stream().noneMatch(one -> one.run().equals(run)));
        } finally {
            CLUSTER.restart(1);
        }
        assertEquals(500, claimAll(runs, claimed).size());
    }

    /// Slots keep their nodes while one is dead.
    private static final int[] CLUSTER_NODE_OF_SHARD = IntStream.range(0, RedisQueue.SHARDS_OF_CLUSTER)
            .map(CLUSTER::nodeOf)
            .toArray();

    @Test
    void whatCouldNotBeQueuedCountsAsLost() throws Exception {
        CLUSTER.kill(2);
        try {
            assertTrue(queue.ensure(due(1, 300)) < 300);
        } finally {
            CLUSTER.restart(2);
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        boolean lost = false;
        while (!lost) {
            assertTrue(System.nanoTime() < deadline);
            queue.sweep(Instant.now());
            lost = queue.lostEverything();
        }
        assertFalse(queue.lostEverything());
    }

    @Test
    void aNodeThatHangsDoesNotHoldUpClaimsOfTheOthers() throws Exception {
        CLUSTER.pause(0, true);
        try {
            queue.ensure(due(1, 50));
            queue.claim(64, LEASE, SHORT);
            // It is known now, and only the sweep waits for it.
            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                queue.ensure(due(1, 50));
                assertFalse(queue.claim(64, LEASE, SHORT).isEmpty());
            }
            long took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            assertTrue(took < 20 * 2_000, "each waited for the node: " + took + " ms");
        } finally {
            CLUSTER.pause(0, false);
            CLUSTER.awaitHealth();
        }
    }

    @Test
    void aSlotThatMovesWhileRunsAreClaimedLosesNone() {
        int shard = 5;
        int home = CLUSTER.nodeOf(shard);
        var runs = IntStream.range(0, 2_000)
                .mapToObj(i -> new Due(Samples.id(), i % 5, Priority.NORMAL, Instant.now()))
                .toList();
        queue.ensure(runs);
        var claimed = new HashSet<UUID>();
        for (int to : List.of((home + 1) % TestCluster.NODES, home)) {
            CLUSTER.move(shard, to, () -> {
                var got = queue.claim(32, LEASE, SHORT);
                claimed.addAll(got);
                queue.done(got);
                queue.sweep(Instant.now());
            });
            assertEquals(to, CLUSTER.nodeOf(shard));
        }
        assertEquals(2_000, claimAll(runs, claimed).size());
        assertEquals(0, queue.depth().pending());
    }

    @Test
    void theLossOfOneNodeIsTheLossOfEverything() {
        var runs = due(1, 300);
        queue.ensure(runs);
        assertFalse(queue.lostEverything());
        CLUSTER.tell(1, redis.clients.jedis.Protocol.Command.FLUSHALL);
        assertTrue(queue.lostEverything());
        assertEquals(300, claimAll(runs, Set.of()).size());
    }
}
