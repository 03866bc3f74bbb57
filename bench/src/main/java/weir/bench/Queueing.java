package weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedProblem;
import weir.embedded.EmbeddedRedis;
import weir.graph.Graph.Priority;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.redis.RedisQueue;

/// What a run costs in the queue while a million others of one organisation wait, and how long these keep the run of
/// another one waiting, counted in claimed runs.
final class Queueing implements Figures {
    private static final int BACKLOG = 1_000_000;
    private static final int PAGE = 500;
    private static final int BATCH = 64;
    private static final int CLAIMS = 2_000;
    private static final int NEWCOMERS = 100;
    /// A few batches.
    private static final int LATEST_PLACE = 2 * BATCH;

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Map<String, Number> figures = new LinkedHashMap<>();
    private int latest;

    private Queueing() {}

    static Queueing run(Options options) throws IOException {
        var home = Files.createTempDirectory(options.folder(), "weir-bench-queue");
        try (var data = DataDirectory.open(home);
                var redis = EmbeddedRedis.start(data);
                var queue = RedisQueue.open(redis.uri())) {
            var report = new Queueing();
            report.measure(queue, redis.process().orElseThrow());
            return report;
        } catch (EmbeddedProblem problem) {
            throw new IOException(problem.getMessage(), problem);
        } finally {
            ServerUnderTest.delete(home);
        }
    }

    private interface Task {
        void run();
    }

    private void measure(Queue queue, ProcessHandle redis) {
        Progress.say("queueing " + BACKLOG + " runs");
        var enqueued = Instant.now().minusSeconds(60);
        each("enqueue", BACKLOG, redis, () -> {
            for (int i = 0; i < BACKLOG; i += PAGE) {
                queue.ensure(runs(1, PAGE, enqueued));
            }
        });
        var claimed = new ArrayList<List<UUID>>();
        each("claim", CLAIMS * BATCH, redis, () -> {
            for (int i = 0; i < CLAIMS; i++) {
                claimed.add(queue.claim(BATCH, LEASE, Duration.ZERO));
            }
        });
        each("finish", CLAIMS * BATCH, redis, () -> claimed.forEach(queue::done));
        Progress.say("bringing newcomers");
        long places = 0;
        for (int newcomer = 2; newcomer < 2 + NEWCOMERS; newcomer++) {
            int place = place(queue, newcomer);
            places += place;
            latest = Math.max(latest, place);
        }
        figures.put("backlog", queue.waiting(1));
        figures.put("newcomers", NEWCOMERS);
        figures.put("newcomer_place_mean", round((double) places / NEWCOMERS));
        figures.put("newcomer_place_max", latest);
    }

    /// After how many others the one run of an organisation is claimed.
    private static int place(Queue queue, int organisation) {
        var one = runs(organisation, 1, Instant.now());
        queue.ensure(one);
        int before = 0;
        while (true) {
            var batch = queue.claim(BATCH, LEASE, Duration.ZERO);
            queue.done(batch);
            int index = batch.indexOf(one.getFirst().run());
            if (index >= 0) {
                return before + index;
            }
            before += batch.size();
            if (batch.isEmpty()) {
                return Integer.MAX_VALUE;
            }
        }
    }

    private void each(String what, int runs, ProcessHandle redis, Task task) {
        var before = processor(redis);
        long begin = System.nanoTime();
        task.run();
        figures.put(what + "_us", round((System.nanoTime() - begin) / 1e3 / runs));
        figures.put(what + "_redis_us", round(processor(redis).minus(before).toNanos() / 1e3 / runs));
    }

    private static Duration processor(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static List<Due> runs(int organisation, int count, Instant ready) {
        var runs = new ArrayList<Due>(count);
        for (int i = 0; i < count; i++) {
            var random = ThreadLocalRandom.current();
            runs.add(new Due(new UUID(random.nextLong(), random.nextLong()), organisation, Priority.NORMAL, ready));
        }
        return runs;
    }

    @Override
    public boolean isRight() {
        return latest <= LATEST_PLACE;
    }

    @Override
    public String json() {
        var object = new ObjectMapper().createObjectNode().put("bench", "queue");
        figures.forEach(object::putPOJO);
        return object.put("cores", Runtime.getRuntime().availableProcessors()).toString();
    }

    @Override
    public String table() {
        var text = new StringBuilder("queue: microseconds a run behind a million others\n\n");
        figures.forEach((name, value) -> text.append(String.format(Locale.ROOT, "  %-22s %s%n", name, value)));
        return text.toString();
    }
}
