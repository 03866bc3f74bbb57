package weir.store.redis;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.store.Journal.Due;
import weir.store.Queue;
import weir.store.StoreProblem;

/// The queue in a Redis, or spread by run over the nodes of a Redis Cluster. While a node is away nothing is queued and
/// nothing claimed there, without an exception: what was to be queued is due in the journal, and found there.
public final class RedisQueue implements Queue {
    /// How many shards there are on a cluster. All processes must agree: it says where a run is.
    public static final int SHARDS_OF_CLUSTER = 16;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Clients clients;
    private final List<Shard> shards;
    /// Whose turn it is to be asked first.
    private final AtomicInteger turn = new AtomicInteger();

    private RedisQueue(Clients clients, int shards) {
        this.clients = clients;
        this.shards = IntStream.range(0, shards)
                .mapToObj(number -> new Shard(clients, number, shards == 1))
                .toList();
    }

    /// Connects when it is first used: Redis may come later.
    ///
    /// @param uri `redis://user:password@host:port/database`, or
    /// `redis+cluster://user:password@host:port,host:port`
    ///     for a cluster; with `rediss` for TLS
    /// @throws IllegalArgumentException when it is something else
    public static RedisQueue open(URI uri) {
        var address = RedisAddress.of(uri);
        return new RedisQueue(new Clients(address), address.cluster() ? SHARDS_OF_CLUSTER : 1);
    }

    /// Which shard of a cluster a run is in.
    public static int shardOnCluster(UUID run) {
        return Math.floorMod(run.hashCode(), SHARDS_OF_CLUSTER);
    }

    private Shard shard(UUID run) {
        return shards.get(shards.size() == 1 ? 0 : shardOnCluster(run));
    }

    @Override
    public int ensure(Collection<Due> runs) {
        var parts = runs.stream().collect(Collectors.groupingBy(run -> shard(run.run())));
        int missing = atOnce(parts.keySet(), shard -> shard.ensure(parts.getOrDefault(shard, List.of()))).stream()
                .mapToInt(Integer::intValue)
                .sum();
        if (missing > 0 && shards.size() > 1) {
            shards.getFirst().ringBell(missing);
        }
        return missing;
    }

    @Override
    public List<UUID> claim(int wanted, Duration lease, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long now = System.currentTimeMillis();
            var taken = take(wanted, now, now + lease.toMillis());
            if (!taken.runs().isEmpty()) {
                return taken.runs();
            }
            long left = Math.min(end - System.nanoTime(), LONGEST_WAIT.toNanos());
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return List.of();
            }
            await(TimeUnit.NANOSECONDS.toMillis(left), taken.next());
        }
    }

    /// Every shard gives its share first, so that what is first in one does not wait behind all of another; then
    /// those that have more fill up.
    private Shard.Taken take(int wanted, long now, long deadline) {
        int asked = Math.min(wanted, shards.size());
        int share = wanted / asked;
        int first = Math.floorMod(turn.getAndAdd(asked), shards.size());
        var runs = new ArrayList<UUID>();
        Long next = null;
        var shares = atOnce(order(first, asked), shard -> shard.take(share, now, deadline));
        for (var taken : shares) {
            runs.addAll(taken.runs());
            next = earlier(next, taken.next());
        }
        var rest = order(first + asked, shards.size() - asked);
        var rich = order(first, asked);
        for (int i = asked - 1; i >= 0; i--) {
            if (shares.get(i).runs().size() < share) {
                rich.remove(i);
            }
        }
        rest.addAll(rich);
        for (var shard : rest) {
            if (runs.size() < wanted) {
                var taken = shard.take(wanted - runs.size(), now, deadline);
                runs.addAll(taken.runs());
                next = earlier(next, taken.next());
            }
        }
        return new Shard.Taken(runs, next);
    }

    /// So many shards from one on, all round.
    private List<Shard> order(int first, int count) {
        var order = new ArrayList<Shard>();
        for (int i = 0; i < count; i++) {
            order.add(shards.get((first + i) % shards.size()));
        }
        return order;
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : Long.valueOf(Math.min(one, other));
    }

    /// Waits for a token, or until the next scheduled run becomes ready.
    ///
    /// @param next in ms since 1970
    private void await(long milliseconds, @Nullable Long next) {
        long wait = next == null ? milliseconds : Math.min(milliseconds, next - System.currentTimeMillis());
        if (wait > 0) {
            var first = shards.getFirst();
            first.await(shards.size() == 1 ? first.keys().wake() : first.keys().bell(), wait);
        }
    }

    @Override
    public void done(Collection<UUID> runs) {
        runs.stream().collect(Collectors.groupingBy(this::shard)).forEach((shard, part) -> shard.done(part));
    }

    @Override
    public int sweep(Instant now) {
        int back = sum(shard -> shard.sweep(now.toEpochMilli()));
        if (back > 0 && shards.size() > 1) {
            shards.getFirst().ringBell(back);
        }
        return back;
    }

    private int sum(Function<Shard, Integer> number) {
        return atOnce(shards, number).stream().mapToInt(Integer::intValue).sum();
    }

    /// A node that hangs costs its own time only.
    private static <T> List<T> atOnce(Collection<Shard> shards, Function<Shard, T> task) {
        if (shards.size() == 1) {
            return List.of(task.apply(shards.iterator().next()));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = shards.stream()
                    .map(shard -> CompletableFuture.supplyAsync(() -> task.apply(shard), threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    @Override
    public boolean lostEverything() {
        // Each is asked, also after the first that says yes.
        return sum(shard -> shard.lostEverything() ? 1 : 0) > 0;
    }

    @Override
    public Depth depth() {
        return atOnce(shards, Shard::depth).stream().reduce(Depth.NOTHING, Depth::plus);
    }

    @Override
    public long waiting(int org) {
        return sum(shard -> shard.waiting(org));
    }

    /// For whoever wants to know whether it works at all, which everything else here hides.
    ///
    /// @throws StoreProblem when a shard does not answer
    public void requireReachable() {
        shards.forEach(Shard::requireReachable);
    }

    @Override
    public void close() {
        clients.close();
    }
}
