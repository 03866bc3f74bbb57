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
    private volatile boolean empty;

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

    /// Whether the queue had nothing for this process when it was looked at last, and nothing was put there since.
    boolean foundNothing() {
        return empty;
    }

    /// Something was put into the queue.
    void expectWork() {
        empty = false;
    }

    @Override
    public Next act(List<Look> looks) {
        // First said, then looked: so whoever makes room in between says it.
        full = true;
        int free = options.capacity() - worker.running();
        if (free <= 0) {
            empty = false;
            return new Next.Within(PAUSE);
        }
        full = false;
        boolean found = look(Math.min(free, BATCH));
        return new Next.Within(found ? Duration.ZERO : options.poll());
    }

    private boolean look(int wanted) {
        // First said, then looked: what is put there in between counts.
        empty = true;
        boolean found = true;
        try {
            found = worker.claim(wanted);
        } finally {
            if (found) {
                empty = false;
            }
        }
        return found;
    }
}
