package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;
import static weir.store.Samples.texts;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import weir.embedded.TestServers;
import weir.engine.Message;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.postgres.PostgresAddress;

/// Several workers that claim, append, release and tell, and take each other's runs away in the middle of it. Whatever
/// the order, a journal holds exactly what was acknowledged, and whoever claims has read all of it.
final class ThievesTest {
    private static final int WORKERS = 6;
    private static final int RUNS = 40;
    private static final int ROUNDS = 120;

    /// Head → what was acknowledged to lie there.
    private final Map<UUID, Map<Integer, String>> acknowledged = new ConcurrentHashMap<>();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aJournalHoldsExactlyWhatWasAcknowledged(Backend backend) throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("thieves: -Dweir.seed=" + seed);
        try (var store = backend.open();
                var threads = Executors.newFixedThreadPool(WORKERS)) {
            var runs = new ArrayList<UUID>();
            var first = store.worker();
            for (int i = 0; i < RUNS; i++) {
                var id = Samples.id();
                get(first.accept(birth(id)));
                acknowledged.put(id, new ConcurrentHashMap<>(Map.of(1, "started")));
                runs.add(id);
            }
            var jobs = new ArrayList<Callable<Void>>();
            for (int i = 0; i < WORKERS; i++) {
                var journal = store.worker();
                var random = new Random(seed + i);
                int number = i;
                jobs.add(() -> {
                    work(journal, number, random, runs);
                    return null;
                });
            }
            for (var done : threads.invokeAll(jobs)) {
                done.get();
            }
            assertEquals(List.of(), violations);
            for (var run : runs) {
                assertEquals(
                        List.copyOf(new TreeMap<>(acknowledged.get(run)).values()),
                        texts(store.views().frames(Samples.ORG, run, 0)),
                        "run " + run);
            }
            assertEquals(0, deadlocks(backend));
            assertTrue(accepted.get() > 0 && refused.get() > 0, "the workers never met: " + accepted + "/" + refused);
        }
    }

    /// Since the database was made.
    private static long deadlocks(Backend backend) throws SQLException {
        if (backend == Backend.MEMORY) {
            return 0;
        }
        var address = PostgresAddress.of(TestServers.postgres());
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sum(deadlocks) FROM pg_stat_database")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void work(Journal journal, int number, Random random, List<UUID> runs) {
        var held = new HashMap<UUID, Held>();
        for (int round = 0; round < ROUNDS; round++) {
            switch (random.nextInt(10)) {
                case 0 -> journal.freeDead(Duration.ofMillis(-1));
                case 1 -> journal.heartbeat(held.size());
                case 2 -> journal.tell(some(runs, random), new Message.Resume("x"), number + "/" + round);
                case 3, 4, 5 ->
                    journal.claim(List.of(some(runs, random), some(runs, random), some(runs, random)))
                            .forEach(claim -> held.put(claim.run(), checked(claim)));
                default -> append(journal, number + "/" + round, random, held);
            }
        }
        held.values().forEach(one -> journal.disown(List.of(one.claim.run())));
    }

    private static UUID some(List<UUID> runs, Random random) {
        return runs.get(random.nextInt(runs.size()));
    }

    /// A run as its worker knows it.
    private static final class Held {
        final Claim claim;
        int head;
        int inbox;

        Held(Claim claim) {
            this.claim = claim;
            this.head = claim.head();
            this.inbox = claim.inbox();
        }
    }

    /// Everything acknowledged up to its head, at the time it was claimed or later, must be what was read.
    private Held checked(Claim claim) {
        var read = texts(claim.frames());
        for (int head = 1; head <= claim.head(); head++) {
            var known = acknowledged.get(claim.run()).get(head);
            if (known != null && !known.equals(read.get(head - 1))) {
                violations.add(claim.run() + " read " + read.get(head - 1) + " at " + head + ", acknowledged " + known);
            }
        }
        if (claim.messages().size() != claim.inbox() - claim.taken()) {
            violations.add(claim.run() + " has " + claim.messages() + " of " + claim.inbox() + " messages");
        }
        return new Held(claim);
    }

    private void append(Journal journal, String name, Random random, Map<UUID, Held> held) {
        var pending = new HashMap<Held, CompletableFuture<Journal.Appended>>();
        var texts = new HashMap<Held, String>();
        for (var one : List.copyOf(held.values())) {
            boolean release = random.nextInt(3) == 0;
            Disposition disposition = release ? new Disposition.Release(Instant.now()) : Samples.KEEP;
            var text = name + "/" + one.claim.run();
            var append = Samples.append(one.claim.run(), one.claim.epoch(), one.head, disposition, text);
            texts.put(one, text);
            pending.put(one, journal.append(Samples.heard(append, one.inbox)));
        }
        pending.forEach((one, answer) -> {
            var appended = get(answer);
            if (appended.accepted()) {
                accepted.incrementAndGet();
                one.head++;
                var before = acknowledged.get(one.claim.run()).put(one.head, texts.get(one));
                if (before != null) {
                    violations.add(one.claim.run() + " acknowledged twice at " + one.head);
                }
            } else {
                refused.incrementAndGet();
            }
            one.inbox = appended.inbox();
            if (!appended.owned()) {
                held.remove(one.claim.run());
            }
        });
    }
}
