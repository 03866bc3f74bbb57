package weir.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Something happened that one loop waits for; many calls before it looks count once.
final class Signal {
    private final Semaphore permits = new Semaphore(0);

    void give() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /// Waits for a signal, at most that long.
    void await(Duration patience) throws InterruptedException {
        if (permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            permits.drainPermits();
        }
    }
}
