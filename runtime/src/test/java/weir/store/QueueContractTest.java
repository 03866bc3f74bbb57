package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;
import weir.embedded.TestCluster;
import weir.embedded.TestServers;
import weir.graph.Graph.Priority;
import weir.store.Journal.Due;
import weir.store.memory.MemoryStore;
import weir.store.redis.RedisQueue;

/// The promises of [Queue].
@ParameterizedClass
@EnumSource(QueueContractTest.Kind.class)
final class QueueContractTest {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    enum Kind {
        MEMORY,
        REDIS,
        CLUSTER
    }

    @Parameter
    private Kind kind;

    private Queue queue;
    private Runnable lose;

    @BeforeEach
    void open() {
        switch (kind) {
            case MEMORY -> {
                var store = new MemoryStore();
                queue = store.queue();
                lose = store::loseQueue;
            }
            case REDIS -> {
                lose = () -> {
                    try (var redis = RedisClient.create(TestServers.redis())) {
                        redis.flushAll();
                    }
                };
                openEmpty(TestServers.redis());
            }
            case CLUSTER -> {
                lose = TestCluster.shared()::forgetEverything;
                openEmpty(TestCluster.shared().uri());
            }
        }
    }

    private void openEmpty(URI uri) {
        lose.run();
        queue = RedisQueue.open(uri);
        // An empty Redis is one that lost everything.
        assertTrue(queue.lostEverything());
    }

    @AfterEach
    void close() {
        queue.close();
    }

    /// Order is promised within a shard; these are all in one.
    private static Due due(int org, Priority priority, Instant readyAt) {
        return new Due(inOneShard(), org, priority, readyAt);
    }

    private static UUID inOneShard() {
        return Stream.generate(Samples::id)
                .filter(id -> RedisQueue.shardOnCluster(id) == 3)
                .findFirst()
                .orElseThrow();
    }

    private static Due due() {
        return due(1, Priority.NORMAL, Instant.now().minusMillis(10));
    }

    private static List<UUID> ids(List<Due> runs) {
        return runs.stream().map(Due::run).toList();
    }

    @Test
    void whatWasEnsuredIsClaimedOnceInTheOrderOfBecomingReady() {
        var now = Instant.now();
        var first = due(1, Priority.NORMAL, now.minusMillis(300));
        var second = due(1, Priority.NORMAL, now.minusMillis(200));
        var third = due(1, Priority.NORMAL, now.minusMillis(100));
        assertEquals(3, queue.ensure(List.of(third, first, second)));
        assertEquals(ids(List.of(first, second)), queue.claim(2, LEASE, AT_ONCE));
        assertEquals(ids(List.of(third)), queue.claim(2, LEASE, AT_ONCE));
        assertEquals(List.of(), queue.claim(2, LEASE, AT_ONCE));
    }

    @Test
    void ensuringIsIdempotent() {
        var run = due();
        var later = due(1, Priority.NORMAL, Instant.now().plusSeconds(60));
        assertEquals(2, queue.ensure(List.of(run, later)));
        assertEquals(0, queue.ensure(List.of(run, later, run)));
        queue.claim(1, LEASE, AT_ONCE);
        assertEquals(0, queue.ensure(List.of(run)), "a claim in flight is left alone");
        queue.done(List.of(run.run()));
        assertEquals(1, queue.ensure(List.of(run)), "it may be ready again");
    }

    @Test
    void manyAtOnceAreNeitherLostNorRepeated() throws Exception {
        var runs = IntStream.range(0, 3_000)
                .mapToObj(i -> new Due(Samples.id(), i % 7, Priority.NORMAL, Instant.now()))
                .toList();
        var claimed = new ArrayList<UUID>();
        var all = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(3)) {
            var claimers = Stream.generate(() -> threads.submit(() -> {
                        var mine = new ArrayList<UUID>();
                        while (!all.get() || queue.depth().pending() > 0) {
                            var got = queue.claim(50, LEASE, Duration.ofMillis(20));
                            mine.addAll(got);
                            queue.done(got);
                        }
                        return mine;
                    }))
                    .limit(3)
                    .toList();
            assertEquals(3_000, queue.ensure(runs));
            all.set(true);
            for (var claimer : claimers) {
                claimed.addAll(claimer.get());
            }
        }
        assertEquals(3_000, claimed.size());
        assertEquals(new HashSet<>(ids(runs)), new HashSet<>(claimed));
        assertEquals(new Queue.Depth(0, 0, 0, 0), queue.depth());
    }

    @Test
    void anOrganisationWithMuchToDoDoesNotKeepAnotherOneWaiting() {
        var now = Instant.now();
        queue.ensure(IntStream.range(0, 2_000)
                .mapToObj(i -> due(1, Priority.NORMAL, now.minusSeconds(60)))
                .toList());
        queue.claim(100, LEASE, AT_ONCE);
        var few = Stream.generate(() -> due(2, Priority.NORMAL, now)).limit(3).toList();
        queue.ensure(few);
        assertTrue(queue.claim(16, LEASE, AT_ONCE).containsAll(ids(few)));
    }

    @Test
    void organisationsThatAreBusyAllTheTimeGetTheSame() {
        var runs = IntStream.rangeClosed(1, 3)
                .mapToObj(org -> IntStream.range(0, 100 * org)
                        .mapToObj(i -> due(org, Priority.NORMAL, Instant.now()))
                        .toList())
                .toList();
        runs.forEach(queue::ensure);
        var claimed = queue.claim(240, LEASE, AT_ONCE);
        for (int org = 1; org <= 3; org++) {
            var theirs = new HashSet<>(ids(runs.get(org - 1)));
            // As fair as turns of eight can be.
            assertEquals(80, claimed.stream().filter(theirs::contains).count(), 8, "organisation " + org);
        }
    }

    @Test
    void moreUrgentRunsComeFirstButLowOnesAge() {
        var now = Instant.now();
        var low = due(1, Priority.LOW, now.minusSeconds(10));
        var normal = due(1, Priority.NORMAL, now);
        var high = due(1, Priority.HIGH, now);
        var critical = due(1, Priority.CRITICAL, now);
        var oldLow = due(1, Priority.LOW, now.minus(Duration.ofHours(2)));
        queue.ensure(List.of(low, normal, high, critical, oldLow));
        assertEquals(ids(List.of(oldLow, critical, high, normal, low)), queue.claim(5, LEASE, AT_ONCE));
    }

    @Test
    void aLowRunWaitsForAnHourOfMoreUrgentOnesAndNoLonger() {
        var begin = Instant.now().minus(Duration.ofHours(3));
        var low = due(1, Priority.LOW, begin);
        queue.ensure(List.of(low));
        // Every minute a critical run comes, and there is room for one run.
        int minute = 0;
        List<UUID> claimed = List.of();
        while (!claimed.equals(ids(List.of(low)))) {
            queue.ensure(List.of(due(
                    1, Priority.CRITICAL, begin.plus(Duration.ofMinutes(minute)).plusMillis(1))));
            claimed = queue.claim(1, LEASE, AT_ONCE);
            minute++;
        }
        assertEquals(61, minute);
    }

    @Test
    void aBacklogOfAnOrganisationDelaysANewcomerByOneTurn() {
        var now = Instant.now();
        int backlog = 100_000;
        queue.ensure(IntStream.range(0, backlog)
                .mapToObj(i -> new Due(Samples.id(), 1, Priority.CRITICAL, now.minusSeconds(3_600)))
                .toList());
        for (int newcomer = 2; newcomer < 12; newcomer++) {
            queue.claim(40, LEASE, AT_ONCE);
            var one = due(newcomer, Priority.LOW, now);
            queue.ensure(List.of(one));
            int claims = 1;
            while (!queue.claim(8, LEASE, AT_ONCE).contains(one.run())) {
                claims++;
            }
            assertTrue(claims <= 2 * (kind == Kind.CLUSTER ? 2 : 1), "it came in claim " + claims);
        }
        assertEquals(backlog, queue.waiting(1) + queue.depth().processing() - 10);
        assertEquals(0, queue.waiting(2));
    }

    @Test
    void aScheduledRunIsClaimedWhenItsTimeHasCome() {
        var run = due(1, Priority.NORMAL, Instant.now().plusMillis(300));
        queue.ensure(List.of(run));
        assertEquals(List.of(), queue.claim(1, LEASE, AT_ONCE));
        assertEquals(1, queue.depth().scheduled());
        assertEquals(List.of(run.run()), queue.claim(1, LEASE, PATIENT));
        assertFalse(Instant.now().isBefore(run.readyAt().minusMillis(1)));
    }

    @Test
    void whoeverWaitsIsWokenByWhatComes() throws Exception {
        var claim = CompletableFuture.supplyAsync(() -> queue.claim(1, LEASE, PATIENT));
        Thread.sleep(200);
        var run = due();
        queue.ensure(List.of(run));
        assertEquals(List.of(run.run()), claim.get());
        var scheduled = CompletableFuture.supplyAsync(() -> queue.claim(1, LEASE, PATIENT));
        Thread.sleep(200);
        var soon = due(1, Priority.NORMAL, Instant.now().plusMillis(100));
        queue.ensure(List.of(soon));
        assertEquals(List.of(soon.run()), scheduled.get());
    }

    @Test
    void aClaimWhoseLeaseIsOverGoesBack() {
        var runs = List.of(due(), due(3, Priority.HIGH, Instant.now()));
        queue.ensure(runs);
        assertEquals(2, queue.claim(2, LEASE, AT_ONCE).size());
        assertEquals(2, queue.depth().processing());
        assertEquals(0, queue.sweep(Instant.now()));
        assertEquals(2, queue.sweep(Instant.now().plus(LEASE).plusSeconds(1)));
        assertEquals(Set.copyOf(ids(runs)), Set.copyOf(queue.claim(2, LEASE, AT_ONCE)));
    }

    @Test
    void aClaimThatIsDoneDoesNotGoBack() {
        var run = due();
        queue.ensure(List.of(run));
        queue.claim(1, LEASE, AT_ONCE);
        queue.done(List.of(run.run(), Samples.id()));
        assertEquals(0, queue.sweep(Instant.now().plus(LEASE).plusSeconds(1)));
        assertEquals(new Queue.Depth(0, 0, 0, 0), queue.depth());
    }

    @Test
    void sweepingPromotesWhatIsDue() {
        queue.ensure(List.of(due(1, Priority.NORMAL, Instant.now().plusSeconds(60))));
        assertEquals(0, queue.sweep(Instant.now().plusSeconds(61)));
        assertEquals(1, queue.depth().pending());
    }

    @Test
    void theDepthSaysHowLongTheFirstRunHasBeenReady() {
        queue.ensure(List.of(
                due(1, Priority.HIGH, Instant.now().minusSeconds(100)),
                due(1, Priority.HIGH, Instant.now().minusSeconds(1)),
                due(2, Priority.NORMAL, Instant.now().minusSeconds(5)),
                due(2, Priority.NORMAL, Instant.now().plusSeconds(500))));
        var depth = queue.depth();
        assertEquals(List.of(3L, 1L, 0L), List.of(depth.pending(), depth.scheduled(), depth.processing()));
        assertTrue(depth.oldestAgeMs() >= 100_000 && depth.oldestAgeMs() < 160_000, depth.toString());
    }

    @Test
    void theLossOfEverythingIsNoticedOnce() {
        queue.ensure(List.of(due()));
        assertFalse(queue.lostEverything());
        lose.run();
        assertTrue(queue.lostEverything());
        assertFalse(queue.lostEverything());
        assertEquals(List.of(), queue.claim(1, LEASE, AT_ONCE));
        assertEquals(1, queue.ensure(List.of(due())));
    }
}
