package weir.store.redis;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// After a failure nobody asks for a while, twice as long each time, at most a second.
final class Patience {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private long pause = FIRST_PAUSE;
    /// As `System.nanoTime`, null when the last answer was a good one.
    private volatile @Nullable Long awayUntil;

    boolean isAway() {
        var until = awayUntil;
        return until != null && until - System.nanoTime() > 0;
    }

    /// Whether the last answer was a failure, and no other one was asked for since.
    boolean isTroubled() {
        return awayUntil != null;
    }

    /// @return whether this is news
    synchronized boolean failed() {
        boolean news = awayUntil == null;
        awayUntil = System.nanoTime() + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        return news;
    }

    /// @return whether this is news
    boolean answered() {
        return awayUntil != null && reset();
    }

    private synchronized boolean reset() {
        boolean news = awayUntil != null;
        awayUntil = null;
        pause = FIRST_PAUSE;
        return news;
    }

    /// Waits until it is worth asking again, at most so many milliseconds.
    void await(long milliseconds) {
        var until = awayUntil;
        long left = until == null ? 0 : TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()) + 1;
        try {
            Thread.sleep(Math.clamp(left, 0, milliseconds));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
