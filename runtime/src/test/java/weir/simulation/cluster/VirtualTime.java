package weir.simulation.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/// What happens next, and when. Time passes only from one happening to the next.
final class VirtualTime implements InstantSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Happening> ahead =
            new PriorityQueue<>(Comparator.comparingLong(Happening::at).thenComparingLong(Happening::order));
    private long now;
    private long order;

    private record Happening(long at, long order, Runnable what) {}

    void in(Duration time, Runnable what) {
        ahead.add(new Happening(now + Math.max(1, time.toNanos() / 1_000), order++, what));
    }

    /// @return false when nothing will happen any more
    boolean step() {
        var next = ahead.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.what().run();
        return true;
    }

    Duration passed() {
        return Duration.of(now, ChronoUnit.MICROS);
    }

    @Override
    public Instant instant() {
        return START.plus(now, ChronoUnit.MICROS);
    }
}
