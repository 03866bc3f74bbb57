package weir.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import weir.graph.Graph.Priority;
import weir.store.Queue;

/// How full the queue was at the last look, so that nobody who starts a run or reads metrics has to ask for it; and who
/// is turned away then: what is accepted shall also be done.
final class QueueDepth {
    /// A commit that takes longer shows a database that cannot keep up.
    private static final Duration STALLED = Duration.ofSeconds(1);

    private static final int SOON = 2;
    private static final int LATEST = 60;

    private final Queue queue;
    private final Limits limits;
    private final LongSupplier stalledMs;
    private volatile Queue.Depth last = Queue.Depth.NOTHING;
    private volatile long waiting;
    /// Runs a second by which it became less since the look before, 0 when it did not.
    private volatile double drain;

    private long lookedAt;

    /// @param all how many ready runs may wait; near it less urgent ones are turned away first
    /// @param organisation how many of one organisation may wait
    record Limits(int all, int organisation) {
        /// How many may wait before runs of that priority are turned away.
        long of(Priority priority) {
            return switch (priority) {
                case LOW -> all - all / 2;
                case NORMAL -> all - all / 4;
                case HIGH -> all - all / 8;
                case CRITICAL -> all;
            };
        }
    }

    /// @param stalledMs for how long the journal's commit under way has taken
    QueueDepth(Queue queue, Limits limits, LongSupplier stalledMs) {
        this.queue = queue;
        this.limits = limits;
        this.stalledMs = stalledMs;
    }

    /// Called often, from one thread.
    void look() {
        long before = last.pending();
        long now = System.nanoTime();
        last = queue.depth();
        waiting = queue.waiting(Backend.ORGANISATION);
        drain = lookedAt == 0 ? 0 : Math.max(0, (before - last.pending()) * 1e9 / Math.max(1, now - lookedAt));
        lookedAt = now;
    }

    Queue.Depth last() {
        return last;
    }

    /// @throws Problem.Thrown 429 when the organisation has too much waiting or the database does not keep up, 503
    ///     when there is too much for all and others are more urgent
    void admit(Priority priority) {
        if (stalledMs.getAsLong() > STALLED.toMillis()) {
            throw Problem.of(
                            429,
                            "journal_slow",
                            "The database is slow",
                            "A commit has taken longer than a second. Nothing was started; try again later.")
                    .retryAfter(SOON)
                    .thrown();
        }
        if (waiting >= limits.organisation()) {
            throw Problem.of(
                            429,
                            "queue_full",
                            "Too many runs wait",
                            waiting + " runs wait for a worker, and " + limits.organisation()
                                    + " may (WEIR_QUEUE_ORGANISATION_RUNS). Nothing was started; try again later.")
                    .retryAfter(patience(waiting - limits.organisation()))
                    .thrown();
        }
        long limit = limits.of(priority);
        if (last.pending() >= limit) {
            throw Problem.of(
                            503,
                            "overloaded",
                            "More urgent runs go first",
                            last.pending() + " runs wait for a worker, and new ones of priority "
                                    + priority.name().toLowerCase(java.util.Locale.ROOT) + " are taken below " + limit
                                    + " (WEIR_QUEUE_RUNS). Nothing was started; try again later.")
                    .retryAfter(patience(last.pending() - limit))
                    .thrown();
        }
    }

    /// Seconds until there is room again, as far as one can tell by how fast it becomes less.
    private int patience(long over) {
        double seconds = drain > 0 ? (over + 1) / drain : SOON;
        return (int) Math.clamp(Math.ceil(seconds), SOON, LATEST);
    }
}
