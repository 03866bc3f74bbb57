package weir.server;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ends what the current thread reads from its client when it takes too long: the thread is interrupted, which closes
/// the connection. The socket's own timeout does nothing for that: the listener reads from channels, which know none.
final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Thread reader = Thread.currentThread();
    private final Future<?> alarm;
    private boolean over;
    private boolean rang;

    Deadline(Duration time) {
        alarm = CLOCK.schedule(this::ring, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("deadlines").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private synchronized void ring() {
        if (!over) {
            rang = true;
            reader.interrupt();
        }
    }

    /// From here on the thread is left alone; it does not stay interrupted by this.
    @Override
    public synchronized void close() {
        over = true;
        alarm.cancel(false);
        if (rang) {
            Thread.interrupted();
        }
    }
}
