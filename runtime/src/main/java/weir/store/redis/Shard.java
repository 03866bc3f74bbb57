package weir.store.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import weir.store.Journal.Due;
import weir.store.Queue.Depth;
import weir.store.StoreProblem;

/// One shard of the queue: its keys have one hash tag, so they lie on one node of a cluster. While that node is away
/// nothing is queued here and nothing claimed, without an exception and without a word to the other shards.
final class Shard {
    private static final Logger LOG = System.getLogger(Shard.class.getName());
    private static final Script ENSURE = Script.load("ensure.lua");
    private static final Script CLAIM = Script.load("claim.lua");
    private static final Script SWEEP = Script.load("sweep.lua");
    private static final Script DEPTH = Script.load("depth.lua");
    private static final Script BELL = Script.load("bell.lua");

    /// How many runs one organisation gets before the next one's turn.
    private static final int QUANTUM = 8;
    /// A script holds up everybody else while it runs.
    private static final int PAGE = 500;

    private final Clients clients;
    private final int number;
    private final boolean sole;
    private final Patience patience = new Patience();
    private final Keys keys;
    private final String boot;
    /// What a claimed run is called in Redis, until it is done or its lease is over.
    private final Map<UUID, Claimed> claimed = new ConcurrentHashMap<>();
    /// Whether runs could not be queued since somebody last asked.
    private final AtomicBoolean owes = new AtomicBoolean();

    private @Nullable String lastBoot;

    private record Claimed(String job, long deadline) {}

    /// @param sole whether it is the only one. Among others only the sweep tries one that was away again, so that a
    ///     node that hangs holds up nobody who works with the others
    Shard(Clients clients, int number, boolean sole) {
        this.clients = clients;
        this.number = number;
        this.sole = sole;
        this.keys = new Keys("weir:{" + number + "}:");
        this.boot = "weir:{" + number + "}:boot";
    }

    /// The names of the keys, in the order in which `common.lua` knows them.
    ///
    /// @param prefix with the hash tag
    record Keys(String prefix) {
        String processing() {
            return prefix + "processing";
        }

        /// For claimers that found nothing here.
        String wake() {
            return prefix + "wake";
        }

        /// For claimers that found nothing in any shard.
        String bell() {
            return prefix + "bell";
        }

        String queue(int org) {
            return prefix + "q:" + org;
        }

        private List<String> waking(String list) {
            return List.of(prefix + "ring", processing(), prefix + "scheduled", prefix + "floor", list);
        }

        List<String> all() {
            return waking(wake());
        }
    }

    Keys keys() {
        return keys;
    }

    /// As [weir.store.Queue#ensure].
    int ensure(List<Due> runs) {
        var answer = softly(-1, redis -> {
            int missing = 0;
            for (int from = 0; from < runs.size(); from += PAGE) {
                var page = runs.subList(from, Math.min(from + PAGE, runs.size()));
                missing += number(ENSURE.run(redis, keys.all(), arguments(page)).getFirst());
            }
            return missing;
        });
        if (answer < 0) {
            owes.set(true);
        }
        return Math.max(0, answer);
    }

    private static List<String> arguments(List<Due> runs) {
        var arguments = new ArrayList<String>(1 + 4 * runs.size());
        arguments.add(Long.toString(System.currentTimeMillis()));
        for (var run : runs) {
            arguments.add(Integer.toString(run.org()));
            arguments.add(Integer.toString(run.priority().ordinal()));
            arguments.add(run.run().toString());
            arguments.add(Long.toString(run.readyAt().toEpochMilli()));
        }
        return arguments;
    }

    /// Tells claimers that wait for all shards that there is something in some of them.
    void ringBell(int runs) {
        softly(0, redis -> {
            BELL.run(redis, keys.waking(keys.bell()), List.of(Integer.toString(runs)));
            return 0;
        });
    }

    /// @param next when the first scheduled run becomes ready in ms, or null when there is none
    record Taken(List<UUID> runs, @Nullable Long next) {
        static final Taken NOTHING = new Taken(List.of(), null);
    }

    /// @param now and `deadline` in ms
    Taken take(int wanted, long now, long deadline) {
        return softly(Taken.NOTHING, redis -> {
            var numbers = List.of(
                    Long.toString(now), Long.toString(deadline), Integer.toString(wanted), Integer.toString(QUANTUM));
            var answer = CLAIM.run(redis, keys.all(), numbers).stream()
                    .map(Object::toString)
                    .toList();
            var runs = new ArrayList<UUID>(answer.size());
            for (var job : answer.subList(1, answer.size())) {
                var run = UUID.fromString(job.substring(job.lastIndexOf(' ') + 1));
                claimed.put(run, new Claimed(job, deadline));
                runs.add(run);
            }
            var next = answer.getFirst();
            return new Taken(runs, next.isEmpty() ? null : (long) Double.parseDouble(next));
        });
    }

    /// Waits for a token, so many milliseconds at most.
    void await(String list, long milliseconds) {
        if (patience.isAway()) {
            patience.await(milliseconds);
            return;
        }
        softly(0, redis -> {
            redis.blpop(milliseconds / 1e3, list);
            return 0;
        });
    }

    void done(Collection<UUID> runs) {
        var jobs = runs.stream()
                .map(claimed::remove)
                .filter(Objects::nonNull)
                .map(Claimed::job)
                .toArray(String[]::new);
        if (jobs.length > 0) {
            softly(0L, redis -> redis.zrem(keys.processing(), jobs));
        }
    }

    /// @param now in ms
    /// @return how many claims went back
    int sweep(long now) {
        claimed.values().removeIf(one -> one.deadline() < now);
        return trying(0, redis -> {
            int back = 0;
            boolean more = true;
            while (more) {
                var moved = SWEEP.run(redis, keys.all(), List.of(Long.toString(now), Integer.toString(PAGE)));
                back += number(moved.get(0));
                more = number(moved.get(0)) == PAGE || number(moved.get(1)) == PAGE;
            }
            return back;
        });
    }

    /// A key tells one life of the data from the next: whoever does not find it makes it anew.
    synchronized boolean lostEverything() {
        return softly(false, redis -> {
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
            return owes.getAndSet(false) || lost;
        });
    }

    int waiting(int org) {
        return softly(0, redis -> Math.toIntExact(redis.zcard(keys.queue(org))));
    }

    Depth depth() {
        return softly(Depth.NOTHING, redis -> {
            var depth = DEPTH.run(redis, keys.all(), List.of(Long.toString(System.currentTimeMillis())));
            return new Depth(number(depth.get(0)), number(depth.get(1)), number(depth.get(2)), number(depth.get(3)));
        });
    }

    /// @throws StoreProblem when it does not answer
    void requireReachable() {
        try {
            clients.get().get(boot);
        } catch (JedisException away) {
            throw new StoreProblem(StoreProblem.Kind.UNAVAILABLE, "Redis does not answer; runs wait.", away);
        }
    }

    private static int number(@Nullable Object answer) {
        return answer instanceof Number number ? Math.toIntExact(number.longValue()) : 0;
    }

    /// @param otherwise the answer while Redis is away
    private <T> T softly(T otherwise, Function<UnifiedJedis, T> task) {
        return !sole && patience.isTroubled() ? otherwise : trying(otherwise, task);
    }

    private <T> T trying(T otherwise, Function<UnifiedJedis, T> task) {
        if (patience.isAway()) {
            return otherwise;
        }
        try {
            var answer = task.apply(clients.get());
            if (patience.answered()) {
                LOG.log(Level.INFO, "Redis is back (shard {0})", number);
            }
            return answer;
        } catch (JedisException problem) {
            if (patience.failed()) {
                LOG.log(Level.WARNING, "Redis is away (shard {0}), runs wait: {1}", number, problem.getMessage());
            }
            return otherwise;
        }
    }
}
