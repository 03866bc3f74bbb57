package weir.worker;

import java.time.Duration;
import java.util.List;

/// Claims runs from the queue, as many as there is room for.
final class Claimer implements Actor<Claimer.Look> {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BATCH = 64;

    private final Worker worker;
    private final Worker.Options options;
    private volatile boolean full;

    /// There may be something to claim: runs were queued here, or a run that was driven here is over.
    record Look() {}

    Claimer(Worker worker, Worker.Options options) {
        this.worker = worker;
        this.options = options;
    }

    /// Whether it waits for room.
    boolean isFull() {
        return full;
    }

    @Override
    public Next act(List<Look> looks) {
        // First said, then looked: so whoever makes room in between says it.
        full = true;
        int free = options.capacity() - worker.running();
        if (free <= 0) {
            return new Next.Within(PAUSE);
        }
        full = false;
        boolean found = worker.claim(Math.min(free, BATCH));
        return new Next.Within(found ? Duration.ZERO : options.poll());
    }
}
