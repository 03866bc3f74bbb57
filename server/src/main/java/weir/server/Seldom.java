package weir.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Something that is said at most once in a while.
final class Seldom {
    private final long pause;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Seldom(Duration pause) {
        this.pause = pause.toNanos();
    }

    /// Whether it is time to say it again; then it is not for as long as the pause lasts.
    boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + pause);
    }
}
