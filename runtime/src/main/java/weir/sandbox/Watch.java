package weir.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.source.Span;

/// Looks at running scripts every few milliseconds, and stops those that take more than they may. Stopping waits for
/// the script, so it happens on a thread of its own: one that will not stop must not keep the others from being looked
/// at.
final class Watch implements AutoCloseable {
    private static final long EVERY_MILLIS = 2;
    /// After so many looks at nothing the watch sleeps: most processes have nothing to run most of the time.
    private static final int QUIET_LOOKS = 100;
    /// How much of the processor a script may take to stop.
    private static final Duration PATIENCE = Duration.ofMillis(300);
    /// How long it may take by the clock, on a machine that is busy with others.
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(5);

    private static final long ALWAYS = 256L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Limits limits;
    private final Duration patience;
    private final BooleanSupplier full;
    private final long room;
    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    Watch(Limits limits) {
        this(limits, PATIENCE, () -> false, Runtime.getRuntime().maxMemory() / 2);
    }

    /// @param patience how much of the processor a script may take to stop
    /// @param full whether there is no room in this process any more: who runs then is given up at once
    /// @param room what all that run at once may have allocated together; garbage included, so they hold less. Each
    ///     may have [#ALWAYS] in any case
    Watch(Limits limits, Duration patience, BooleanSupplier full, long room) {
        this.room = room;
        this.limits = limits;
        this.patience = patience;
        this.full = full;
        this.thread = Thread.ofPlatform().daemon().name("script-watch").start(this::look);
    }

    /// The processor time that the calling thread has used, in nanoseconds.
    static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /// Watches what the calling thread does until it is closed.
    ///
    /// @param stop stops it, from another thread
    /// @param giveUp is told why when it does not stop
    Guard over(Runnable stop, Consumer<EvaluationError> giveUp) {
        var guard = new Guard(stop, giveUp);
        guards.add(guard);
        if (asleep) {
            LockSupport.unpark(thread);
        }
        return guard;
    }

    final class Guard implements AutoCloseable {
        private final Runnable stop;
        private final Consumer<EvaluationError> giveUp;
        private final long id = Thread.currentThread().threadId();
        private final long start = System.nanoTime();
        private final long cpu = THREADS.getThreadCpuTime(id);
        private final long allocated = THREADS.getThreadAllocatedBytes(id);
        private volatile @Nullable EvaluationError reason;
        /// What it had allocated when it was looked at.
        private volatile long made;

        private @Nullable Pauses pauses;
        private long stopped;
        private long cpuStopped;
        private boolean givenUp;
        private boolean closed;

        private Guard(Runnable stop, Consumer<EvaluationError> giveUp) {
            this.stop = stop;
            this.giveUp = giveUp;
        }

        /// Why it was stopped, or null.
        @Nullable
        EvaluationError reason() {
            return reason;
        }

        /// Once it is closed, nothing is stopped: another script may run there by then.
        private synchronized void look() {
            if (closed) {
                return;
            }
            var known = reason;
            if (known == null) {
                var over = over();
                if (over != null) {
                    stop(over);
                }
            } else if (!givenUp && (isStubborn() || full.getAsBoolean())) {
                givenUp = true;
                giveUp.accept(known);
            }
        }

        private void stop(EvaluationError over) {
            reason = over;
            stopped = System.nanoTime();
            cpuStopped = THREADS.getThreadCpuTime(id);
            if (full.getAsBoolean()) {
                // Stopping it takes memory.
                givenUp = true;
                giveUp.accept(over);
            } else {
                Thread.ofPlatform().daemon().name("script-stop").start(stop);
            }
        }

        private boolean isStubborn() {
            return THREADS.getThreadCpuTime(id) - cpuStopped > patience.toNanos()
                    || System.nanoTime() - stopped > LONGEST_PATIENCE.toNanos();
        }

        private @Nullable EvaluationError over() {
            if (full.getAsBoolean()) {
                return limit("limit_memory", "all memory of its process", Limits.Limit.ALLOCATED);
            }
            made = THREADS.getThreadAllocatedBytes(id) - allocated;
            var standstill = pauses == null ? new Pauses() : pauses;
            pauses = standstill;
            if (THREADS.getThreadCpuTime(id) - cpu + standstill.charged(made)
                    > limits.cpu().toNanos()) {
                return limit("limit_time", limits.cpu().toMillis() + " ms of CPU time", Limits.Limit.CPU);
            }
            if (System.nanoTime() - start > limits.time().toNanos()) {
                return limit("limit_time", limits.time().toMillis() + " ms", Limits.Limit.TIME);
            }
            if (made > ALWAYS && isOneTooMany()) {
                return limit(
                        "limit_memory",
                        (made >> 20) + " MiB of memory, and with others all there is",
                        Limits.Limit.ALLOCATED);
            }
            if (made > limits.allocated()) {
                return limit("limit_memory", (limits.allocated() >> 20) + " MiB of memory", Limits.Limit.ALLOCATED);
            }
            return null;
        }

        /// Whether there is too little room for all, and this one takes the most.
        private boolean isOneTooMany() {
            long all = 0;
            for (var each : guards) {
                if (each.made > made) {
                    return false;
                }
                all += each.made;
            }
            return all > room;
        }

        private static EvaluationError limit(String code, String much, Limits.Limit limit) {
            return new EvaluationError(code, "this script took more than " + much + limit.told(), Span.NONE);
        }

        @Override
        public synchronized void close() {
            closed = true;
            guards.remove(this);
        }
    }

    private void look() {
        try {
            int quiet = 0;
            while (!closed) {
                guards.forEach(Guard::look);
                quiet = guards.isEmpty() ? quiet + 1 : 0;
                if (quiet < QUIET_LOOKS) {
                    Thread.sleep(EVERY_MILLIS);
                } else {
                    sleepUntilAScriptRuns();
                    quiet = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleepUntilAScriptRuns() {
        asleep = true;
        if (guards.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
