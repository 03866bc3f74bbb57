package weir.store.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.UUID;
import weir.store.Journal.Due;

/// Runs in the order of a number, each at most once: what a sorted set of Redis is.
final class RankedRuns {
    private record Ranked(long rank, Due run) {}

    private final TreeSet<Ranked> order = new TreeSet<>(Comparator.comparingLong(Ranked::rank)
            .thenComparing(ranked -> ranked.run().run()));
    private final Map<UUID, Ranked> byRun = new HashMap<>();

    /// A run that is there keeps its better rank.
    ///
    /// @return whether it was missing
    boolean add(Due run, long rank) {
        var ranked = new Ranked(rank, run);
        var before = byRun.get(run.run());
        if (before == null || rank < before.rank()) {
            if (before != null) {
                order.remove(before);
            }
            order.add(ranked);
            byRun.put(run.run(), ranked);
        }
        return before == null;
    }

    /// @throws NoSuchElementException when it is empty
    Due removeFirst() {
        var run = order.removeFirst().run();
        byRun.remove(run.run());
        return run;
    }

    /// @throws NoSuchElementException when it is empty
    Due first() {
        return order.first().run();
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    int size() {
        return order.size();
    }

    void clear() {
        order.clear();
        byRun.clear();
    }
}
