package weir.store;

import static weir.store.Samples.SUCCEED;
import static weir.store.Samples.append;
import static weir.store.Samples.get;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import weir.embedded.TestServers;
import weir.graph.Graph.Priority;
import weir.store.Journal.Birth;
import weir.store.Journal.Due;
import weir.store.postgres.PostgresAddress;
import weir.store.postgres.PostgresStore;
import weir.store.redis.RedisQueue;

/// What the stores can do on this machine, by themselves: `java … weir.store.StoreBench [seconds]`.
public final class StoreBench {
    private static final String PAYLOAD = "x".repeat(600);

    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        var time = Duration.ofSeconds(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
        try (var store = PostgresStore.open(PostgresAddress.of(TestServers.postgres()), "bench");
                var queue = RedisQueue.open(TestServers.redis())) {
            for (int callers : new int[] {256, 1, 16, 64, 256, 1024}) {
                journal("born claimed, two commits", callers, time, () -> bornClaimed(store.journal()));
            }
            var waiting = new ConcurrentHashMap<UUID, CompletableFuture<UUID>>();
            var going = new AtomicBoolean(true);
            var claimer = Thread.ofPlatform().start(() -> claimAll(store.journal(), queue, waiting, going));
            for (int callers : new int[] {1, 16, 64, 256}) {
                journal("through the queue", callers, time, () -> queued(store.journal(), queue, waiting));
            }
            going.set(false);
            claimer.join();
            for (int size : new int[] {1, 10, 100}) {
                queue(queue, size, time);
            }
            latency(queue);
        }
    }

    private static Birth birth(UUID id, long owner) {
        return new Birth(
                id,
                1,
                1,
                1,
                Priority.NORMAL,
                owner,
                Instant.now(),
                null,
                List.of(Samples.frame(1, PAYLOAD)),
                List.of());
    }

    /// Start, and end with a second frame.
    private static UUID bornClaimed(Journal journal) {
        var id = Samples.id();
        get(journal.accept(birth(id, journal.incarnation())));
        get(journal.append(append(id, 1, 1, SUCCEED, PAYLOAD)));
        return id;
    }

    /// Start and enqueue; one claimer takes what is ready, many at once, and ends it.
    private static UUID queued(Journal journal, Queue queue, Map<UUID, CompletableFuture<UUID>> waiting) {
        var id = Samples.id();
        var ended = new CompletableFuture<UUID>();
        waiting.put(id, ended);
        get(journal.accept(birth(id, 0)));
        queue.ensure(List.of(new Due(id, 1, Priority.NORMAL, Instant.now())));
        return get(ended);
    }

    private static void claimAll(
            Journal journal, Queue queue, Map<UUID, CompletableFuture<UUID>> waiting, AtomicBoolean going) {
        while (going.get()) {
            var runs = queue.claim(64, Duration.ofSeconds(5), Duration.ofMillis(200));
            if (runs.isEmpty()) {
                continue;
            }
            for (var claim : journal.claim(runs)) {
                var ended = waiting.remove(claim.run());
                journal.append(append(claim, SUCCEED, PAYLOAD)).thenAccept(answer -> ended.complete(claim.run()));
            }
            queue.done(runs);
        }
    }

    private static void journal(String what, int callers, Duration time, Callable<UUID> run) throws Exception {
        var before = cpu();
        var going = new AtomicBoolean(true);
        var done = new LongAdder();
        var latencies = new long[callers][];
        var jobs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            jobs.add(() -> {
                var mine = new ArrayList<Long>();
                while (going.get()) {
                    long from = System.nanoTime();
                    run.call();
                    mine.add(System.nanoTime() - from);
                    done.increment();
                }
                latencies[caller] = mine.stream().mapToLong(Long::longValue).toArray();
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = jobs.stream().map(threads::submit).toList();
            Thread.sleep(time);
            going.set(false);
            for (var future : futures) {
                future.get();
            }
        }
        var sorted =
                Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        var after = cpu();
        System.out.printf(
                "%-34s %5d callers %8.0f runs/s   p50 %6.2f ms   p99 %6.2f ms   CPU a run: us %.0f µs, PostgreSQL %.0f µs%n",
                what,
                callers,
                done.sum() / (time.toMillis() / 1e3),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                (after[0] - before[0]) / 1e3 / done.sum(),
                (after[1] - before[1]) / 1e3 / done.sum());
    }

    /// Nanoseconds of this process and of PostgreSQL.
    private static long[] cpu() {
        long postgres = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("bin/postgres"))
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
        long us = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
        return new long[] {us, postgres};
    }

    private static void queue(Queue queue, int size, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long done = 0;
        while (System.nanoTime() < end) {
            var runs = new ArrayList<Due>();
            for (int i = 0; i < size; i++) {
                runs.add(new Due(Samples.id(), i % 3, Priority.NORMAL, Instant.now()));
            }
            queue.ensure(runs);
            var claimed = queue.claim(size, Duration.ofSeconds(5), Duration.ofSeconds(1));
            queue.done(claimed);
            done += claimed.size();
        }
        System.out.printf("queue, one thread, in batches of %-4d %8.0f runs/s%n", size, done / (time.toMillis() / 1e3));
    }

    /// From the moment a run is queued to the moment a claimer that waited has it.
    private static void latency(Queue queue) throws Exception {
        var latencies = new long[500];
        try (var thread = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < latencies.length; i++) {
                var claim = thread.submit(() -> {
                    queue.done(queue.claim(1, Duration.ofSeconds(5), Duration.ofSeconds(5)));
                    return System.nanoTime();
                });
                Thread.sleep(5);
                long from = System.nanoTime();
                queue.ensure(List.of(new Due(Samples.id(), 1, Priority.NORMAL, Instant.now())));
                latencies[i] = claim.get() - from;
            }
        }
        Arrays.sort(latencies);
        System.out.printf(
                "queue, waking a claimer: p50 %.2f ms, p99 %.2f ms%n",
                latencies[latencies.length / 2] / 1e6, latencies[(int) (latencies.length * 0.99)] / 1e6);
    }
}
