package weir.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Orders runs that are ready and wakes workers. It decides nothing: what it loses or repeats costs time, never
/// correctness, because the journal's claim decides who owns a run.
public interface Queue extends AutoCloseable {
    /// Makes sure that these runs are queued (idempotent). Those with `readyAt` in the future are scheduled.
    ///
    /// @return how many were really missing
    int ensure(Collection<Journal.Due> runs);

    /// Takes up to `wanted` ready runs, fairly between organisations, by priority within one; they stay in
    /// processing until [#done] or until `lease` is over. Waits up to `patience` when there are none.
    List<UUID> claim(int wanted, Duration lease, Duration patience);

    /// The journal knows their owner now (or knows that there is nothing to do).
    void done(Collection<UUID> runs);

    /// Moves what is due from scheduled to pending, and claims whose lease is over back to pending.
    ///
    /// @return how many claims went back
    int sweep(Instant now);

    /// Whether everything that the queue (or a shard of it) held was lost since the last call, or runs could not be
    /// queued, so that the journal's due runs must be queued anew.
    boolean lostEverything();

    Depth depth();

    /// How many ready runs of an organisation wait for a worker.
    long waiting(int org);

    /// @param oldestAgeMs how long the first pending run has been ready, 0 when none
    record Depth(long pending, long scheduled, long processing, long oldestAgeMs) {
        public static final Depth NOTHING = new Depth(0, 0, 0, 0);

        /// Of two parts together.
        public Depth plus(Depth other) {
            return new Depth(
                    pending + other.pending,
                    scheduled + other.scheduled,
                    processing + other.processing,
                    Math.max(oldestAgeMs, other.oldestAgeMs));
        }
    }

    @Override
    void close();
}
