package weir.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose script is next, when several organisations share a few threads: the one's that has used the least processor
/// time. Who comes back after a while starts level with the others, without saved-up credit and without debt.
///
/// Nobody can be stopped in the middle, so a script that takes its full second would make the others wait as long.
/// Therefore nobody has all threads, nor have all those together whose scripts were slow lately: one is left for
/// others.
///
/// Shared between threads.
final class FairQueue<T> {
    /// Whoever had a script lately that took longer is slow.
    private static final long QUICK_NANOS = 100_000_000;
    /// How much of what was remembered stays with each script.
    private static final double MEMORY = 0.8;
    private static final long SECOND = 1_000_000_000;
    /// Beyond so many lines, those that are of no use are cleared away.
    private static final int TIDY_LINES = 1_000;

    private final int mostThreads;
    /// How many of them one organisation may have, or all the slow ones.
    private final int mostOfOne;
    private final Map<Integer, Line> lines = new HashMap<>();
    private final Set<Line> waiting = new LinkedHashSet<>();
    private long floor;
    private int slowRunning;
    private int tasks;
    private int threads;
    private int parked;
    private boolean closed;

    /// @param threads how many may run scripts
    FairQueue(int threads) {
        this.mostThreads = threads;
        this.mostOfOne = Math.max(1, threads - 1);
    }

    /// The tasks of one organisation.
    private static final class Line {
        private final int organisation;
        private final Queue<Object> tasks = new ArrayDeque<>();
        /// Processor time in all, counted from where the others were when it came.
        private long used;
        /// What its longest script took, lately: half of it is forgotten each second, and some with each
        /// script.
        private double lately;
        private long then = System.nanoTime();
        private int running;

        Line(int organisation) {
            this.organisation = organisation;
        }

        boolean isSlow(long now) {
            return lately(now) > QUICK_NANOS;
        }

        double lately(long now) {
            return lately == 0 ? 0 : lately * Math.pow(0.5, (now - then) / (double) SECOND);
        }

        void charge(long nanos, long now) {
            used += nanos;
            lately = Math.max(nanos, MEMORY * lately(now));
            then = now;
        }

        boolean isOver(long floor, long now) {
            return running == 0 && tasks.isEmpty() && used <= floor && !isSlow(now);
        }
    }

    /// A task whose turn it is. Has to be given back by [#end].
    ///
    /// @param slow whether it counts as one of the slow
    record Turn<T>(T task, int organisation, boolean slow) {}

    /// @return whether a thread has to be started that calls [#take]
    /// @throws IllegalStateException when nothing is taken any more
    synchronized boolean submit(int organisation, T task) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        var line = lines.computeIfAbsent(organisation, Line::new);
        if (line.tasks.isEmpty()) {
            line.used = line.running == 0 ? Math.max(line.used, floor) : line.used;
            waiting.add(line);
        }
        line.tasks.add(task);
        tasks++;
        notify();
        return needsThread();
    }

    private boolean needsThread() {
        boolean needed = tasks > parked && threads < mostThreads;
        threads += needed ? 1 : 0;
        return needed;
    }

    /// The next task, for a thread.
    ///
    /// @param millis how long to wait for one
    /// @return null when the thread is needed no more and has to end
    synchronized @Nullable Turn<T> take(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        var turn = next(System.nanoTime());
        while (turn == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || closed) {
                threads--;
                return null;
            }
            park(left);
            turn = next(System.nanoTime());
        }
        return turn;
    }

    private void park(long millis) {
        parked++;
        try {
            wait(millis);
        } catch (InterruptedException late) {
            // Stopping a script interrupts its thread, maybe a moment after it ended.
        } finally {
            parked--;
        }
    }

    private @Nullable Turn<T> next(long now) {
        Line best = null;
        for (var line : waiting) {
            if ((best == null || line.used < best.used) && mayRun(line, now)) {
                best = line;
            }
        }
        return best == null ? null : turn(best, best.isSlow(now));
    }

    private boolean mayRun(Line line, long now) {
        return line.running < mostOfOne && (slowRunning < mostOfOne || !line.isSlow(now));
    }

    @SuppressWarnings("unchecked") // Only tasks get into a line.
    private Turn<T> turn(Line line, boolean slow) {
        var task = (T) Objects.requireNonNull(line.tasks.poll());
        if (line.tasks.isEmpty()) {
            waiting.remove(line);
        }
        tasks--;
        line.running++;
        slowRunning += slow ? 1 : 0;
        floor = Math.max(floor, line.used);
        return new Turn<>(task, line.organisation, slow);
    }

    /// @param nanos of processor time that it took
    synchronized void end(Turn<T> turn, long nanos) {
        long now = System.nanoTime();
        var line = lines.computeIfAbsent(turn.organisation, Line::new);
        line.charge(nanos, now);
        line.running--;
        slowRunning -= turn.slow ? 1 : 0;
        if (tasks > 0) {
            notify();
        }
        if (lines.size() > TIDY_LINES) {
            lines.values().removeIf(one -> one.isOver(floor, now));
        }
    }

    /// The thread of a task is given up, because the task does not end.
    ///
    /// @return whether another thread has to be started
    synchronized boolean lost(Turn<T> turn, long nanos) {
        end(turn, nanos);
        threads--;
        return needsThread();
    }

    /// How many tasks wait for their turn.
    synchronized int waiting() {
        return tasks;
    }

    /// How many threads there are.
    synchronized int threads() {
        return threads;
    }

    /// Nothing is taken any more.
    ///
    /// @return the tasks that were still waiting
    @SuppressWarnings("unchecked") // Only tasks get into a line.
    synchronized List<T> close() {
        closed = true;
        notifyAll();
        var left = new ArrayList<T>();
        for (var line : waiting) {
            line.tasks.forEach(task -> left.add((T) task));
            line.tasks.clear();
        }
        waiting.clear();
        tasks = 0;
        return left;
    }
}
