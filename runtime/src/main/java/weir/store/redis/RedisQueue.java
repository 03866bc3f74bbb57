package weir.store.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.StoreProblem;

/// The queue of one shard. While Redis is away nothing is queued and nothing claimed, without an exception: what was to
/// be queued is due in the journal, and found there.
public final class RedisQueue implements Queue {
    private static final Logger LOG = System.getLogger(RedisQueue.class.getName());
    private static final Script ENSURE = Script.load("ensure.lua");
    private static final Script CLAIM = Script.load("claim.lua");
    private static final Script SWEEP = Script.load("sweep.lua");
    private static final Script DEPTH = Script.load("depth.lua");

    /// How many runs one organisation gets before the next one's turn.
    private static final int QUANTUM = 8;
    /// A script holds up everybody else while it runs.
    private static final int PAGE = 500;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final RedisClient redis;
    private final Patience patience = new Patience();
    private final List<String> keys;
    private final String processing;
    private final String wake;
    private final String boot;
    /// What a claimed run is called in Redis, until it is done or its lease is over.
    private final Map<UUID, Claimed> claimed = new ConcurrentHashMap<>();

    private @Nullable String lastBoot;

    private record Claimed(String job, long deadline) {}

    private RedisQueue(RedisClient redis, int shard) {
        this.redis = redis;
        var prefix = "weir:{" + shard + "}:";
        this.processing = prefix + "processing";
        this.wake = prefix + "wake";
        this.boot = prefix + "boot";
        this.keys = List.of(prefix + "ring", processing, prefix + "scheduled", prefix + "floor", wake);
    }

    /// Connects when it is first used: Redis may come later.
    ///
    /// @param uri `redis://user:password@host:port/database`, or `rediss://…` for TLS
    /// @throws IllegalArgumentException when it is something else
    public static RedisQueue open(URI uri) {
        return new RedisQueue(Clients.open(uri), 0);
    }

    @Override
    public int ensure(Collection<Due> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        return softly(0, () -> {
            int missing = 0;
            var all = List.copyOf(runs);
            for (int from = 0; from < all.size(); from += PAGE) {
                var arguments = new ArrayList<String>();
                arguments.add(Long.toString(System.currentTimeMillis()));
                for (var run : all.subList(from, Math.min(from + PAGE, all.size()))) {
                    arguments.add(Integer.toString(run.org()));
                    arguments.add(Integer.toString(run.priority().ordinal()));
                    arguments.add(run.run().toString());
                    arguments.add(Long.toString(run.readyAt().toEpochMilli()));
                }
                missing += number(ENSURE.run(redis, keys, arguments).getFirst());
            }
            return missing;
        });
    }

    @Override
    public List<UUID> claim(int wanted, Duration lease, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long now = System.currentTimeMillis();
            var answer = softly(List.<String>of(), () -> take(wanted, now, now + lease.toMillis()));
            if (answer.size() > 1) {
                return answer.stream().skip(1).map(RedisQueue::run).toList();
            }
            long left = Math.min(end - System.nanoTime(), LONGEST_WAIT.toNanos());
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return List.of();
            }
            await(left, answer.isEmpty() ? "" : answer.getFirst());
        }
    }

    /// The answer of `claim.lua`.
    private List<String> take(int wanted, long now, long deadline) {
        var answer = CLAIM
                .run(
                        redis,
                        keys,
                        List.of(
                                Long.toString(now),
                                Long.toString(deadline),
                                Integer.toString(wanted),
                                Integer.toString(QUANTUM)))
                .stream()
                .map(Object::toString)
                .toList();
        answer.stream().skip(1).forEach(job -> claimed.put(run(job), new Claimed(job, deadline)));
        return answer;
    }

    /// Waits for a token, or until the next scheduled run becomes ready.
    private void await(long nanos, String nextScheduled) {
        long wait = nanos / 1_000_000;
        if (!nextScheduled.isEmpty()) {
            wait = Math.min(wait, (long) Double.parseDouble(nextScheduled) - System.currentTimeMillis());
        }
        if (wait <= 0) {
            return;
        }
        if (patience.isAway()) {
            patience.await(wait);
            return;
        }
        double seconds = wait / 1e3;
        softly(0, () -> {
            redis.blpop(seconds, wake);
            return 0;
        });
    }

    private static UUID run(String job) {
        return UUID.fromString(job.substring(job.lastIndexOf(' ') + 1));
    }

    @Override
    public void done(Collection<UUID> runs) {
        var jobs = runs.stream()
                .map(claimed::remove)
                .filter(Objects::nonNull)
                .map(Claimed::job)
                .toArray(String[]::new);
        if (jobs.length > 0) {
            softly(0L, () -> redis.zrem(processing, jobs));
        }
    }

    @Override
    public int sweep(Instant now) {
        claimed.values().removeIf(one -> one.deadline() < now.toEpochMilli());
        return softly(0, () -> {
            int back = 0;
            boolean more = true;
            while (more) {
                var moved = SWEEP.run(redis, keys, List.of(Long.toString(now.toEpochMilli()), Integer.toString(PAGE)));
                back += number(moved.get(0));
                more = number(moved.get(0)) == PAGE || number(moved.get(1)) == PAGE;
            }
            return back;
        });
    }

    /// A key tells one life of the data from the next: whoever does not find it makes it anew.
    @Override
    public synchronized boolean lostEverything() {
        return softly(false, () -> {
            var found = redis.get(boot);
            boolean lost = found == null;
            if (lost) {
                var random = new byte[8];
                new SecureRandom().nextBytes(random);
                redis.set(
                        boot,
                        HexFormat.of().formatHex(random),
                        SetParams.setParams().nx());
                found = redis.get(boot);
            }
            lost |= lastBoot != null && !lastBoot.equals(found);
            lastBoot = found;
            return lost;
        });
    }

    @Override
    public Depth depth() {
        return softly(new Depth(0, 0, 0, 0), () -> {
            var depth = DEPTH.run(redis, keys, List.of(Long.toString(System.currentTimeMillis())));
            return new Depth(number(depth.get(0)), number(depth.get(1)), number(depth.get(2)), number(depth.get(3)));
        });
    }

    /// For whoever wants to know whether it works at all, which everything else here hides.
    ///
    /// @throws StoreProblem when Redis does not answer
    public void requireReachable() {
        try {
            redis.ping();
        } catch (JedisException away) {
            throw new StoreProblem(StoreProblem.Kind.UNAVAILABLE, "Redis does not answer; runs wait.", away);
        }
    }

    private static int number(@Nullable Object answer) {
        return answer instanceof Number number ? Math.toIntExact(number.longValue()) : 0;
    }

    /// @param otherwise the answer while Redis is away
    private <T> T softly(T otherwise, Supplier<T> task) {
        if (patience.isAway()) {
            return otherwise;
        }
        try {
            var answer = task.get();
            if (patience.answered()) {
                LOG.log(Level.INFO, "Redis is back");
            }
            return answer;
        } catch (JedisException problem) {
            if (patience.failed()) {
                LOG.log(Level.WARNING, "Redis is away, runs wait: {0}", problem.getMessage());
            }
            return otherwise;
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
