package weir.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import weir.store.Views;

/// How many runs of each workflow there are in each state, a moment ago. Counting goes over all runs of the last days,
/// so many lists that are asked for at once share one count, and counting takes a tenth of one connection at most.
final class RunCounts {
    /// How far back finished runs are counted.
    private static final Duration COUNTED = Duration.ofDays(7);

    private static final Duration RECENT = Duration.ofMillis(100);
    private static final int SHARE = 10;

    private final Views views;
    private final InstantSource clock;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile @Nullable Seen last;

    /// @param until as `System.nanoTime`
    private record Seen(Map<Integer, Map<Views.State, Long>> counts, long until) {
        boolean isRecent() {
            return System.nanoTime() - until < 0;
        }
    }

    RunCounts(Views views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    /// By the number of the workflow. While somebody counts, others get what was counted before.
    Map<Integer, Map<Views.State, Long>> get() {
        var seen = last;
        if (seen != null && (seen.isRecent() || !counting.tryLock())) {
            return seen.counts();
        }
        if (seen == null) {
            counting.lock();
        }
        try {
            seen = last;
            if (seen == null || !seen.isRecent()) {
                seen = count();
                last = seen;
            }
            return seen.counts();
        } finally {
            counting.unlock();
        }
    }

    private Seen count() {
        long began = System.nanoTime();
        var counts = new HashMap<Integer, Map<Views.State, Long>>();
        for (var count : views.counts(Backend.ORGANISATION, clock.instant().minus(COUNTED))) {
            counts.computeIfAbsent(count.workflow(), id -> new EnumMap<>(Views.State.class))
                    .merge(count.state(), count.runs(), Long::sum);
        }
        long now = System.nanoTime();
        return new Seen(counts, now + Math.max(RECENT.toNanos(), SHARE * (now - began)));
    }
}
