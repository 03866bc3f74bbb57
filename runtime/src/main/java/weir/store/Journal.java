package weir.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Message;
import weir.graph.Graph.Priority;

/// The journal: the truth about every run. Appends of many callers are committed together; a future completes when its
/// frame is durable (or refused), exceptionally with [StoreProblem] when the outcome cannot be known or the store is
/// away.
public interface Journal extends AutoCloseable {
    /// Of a run that is born claimed: what its owner appends under.
    int FIRST_EPOCH = 1;

    /// A new run.
    ///
    /// @param id a UUIDv7
    /// @param owner this worker's incarnation when the run is born claimed, 0 when it goes through the queue
    /// @param once what makes a second start give the first run, or null
    /// @param letters what its first frame tells others
    /// @param parent the run whose loop it walks a segment of, which no list of runs holds; null: a whole workflow
    record Birth(
            UUID id,
            int org,
            int workflow,
            int version,
            Priority priority,
            long owner,
            Instant wakeAt,
            @Nullable Once once,
            List<Frame> frames,
            List<Letter> letters,
            @Nullable UUID parent) {
        /// Of a whole workflow.
        public Birth(
                UUID id,
                int org,
                int workflow,
                int version,
                Priority priority,
                long owner,
                Instant wakeAt,
                @Nullable Once once,
                List<Frame> frames,
                List<Letter> letters) {
            this(id, org, workflow, version, priority, owner, wakeAt, once, frames, letters, null);
        }
    }

    /// @param scope what the key is unique in (an Idempotency-Key per workflow, a webhook's delivery ids, …)
    /// @param body a hash of the request: the same key with another body is a conflict
    record Once(int scope, byte[] key, Duration within, byte[] body) {}

    sealed interface Accepted {
        /// It is durable.
        record Fresh(UUID run) implements Accepted {}

        /// The key was used before, for this run.
        record Known(UUID run) implements Accepted {}

        /// The key was used before with another body.
        record Conflict(UUID run) implements Accepted {}
    }

    CompletableFuture<Accepted> accept(Birth birth);

    /// Frees a key that stands for that run, so that a start with it gives another run.
    ///
    /// @return whether it stood for it
    boolean freeKey(int org, int scope, byte[] key, UUID run);

    /// The next frames of a run that its owner holds.
    ///
    /// @param epoch from the claim
    /// @param head the seq of the last frame before these
    /// @param frames in order, seq = head + 1 …; may be empty when only the disposition changes
    /// @param letters what the frames tell others; durable with them, to be delivered afterwards
    record Append(
            UUID run,
            int epoch,
            int head,
            List<Frame> frames,
            Disposition disposition,
            int inboxSeen,
            int taken,
            List<Letter> letters) {}

    /// What becomes of the ownership with an append.
    sealed interface Disposition {
        record Keep() implements Disposition {}

        /// Released until then; refused when a message came in that `inboxSeen` does not count.
        record Release(Instant wakeAt) implements Disposition {}

        /// Parked (failed, resumable): released, wakes only by a message or at its expiry.
        record Park(Instant expires) implements Disposition {}

        /// Paused: released, wakes only by a message, and is looked at then. Refused like a release.
        record Pause(Instant look) implements Disposition {}

        /// Given back to wait for its turn ([Slots]): to go on it needs one, and it has none. What it was told
        /// beyond `taken` is heard then. Refused when a message came in that `inboxSeen` does not count.
        record Gate() implements Disposition {}

        record End(Entry.Status status) implements Disposition {}
    }

    /// @param accepted whether the fence let it through; if not, forget the run (or, for a refused release, look at
    /// the inbox)
    /// @param inbox how many messages the run has been told so far
    /// @param owned whether the run is still ours after it
    record Appended(boolean accepted, int inbox, boolean owned) {}

    CompletableFuture<Appended> append(Append append);

    /// A run that now belongs to this worker, with its whole journal, read after the claim was committed.
    ///
    /// @param messages those beyond `taken`, in order
    record Claim(
            UUID run,
            int org,
            int workflow,
            int version,
            int epoch,
            int head,
            int inbox,
            int taken,
            List<Frame> frames,
            List<Told> messages) {}

    /// @param n from 1
    record Told(int n, Message message) {}

    /// Claims those of the runs that nobody owns. Never waits for a row.
    List<Claim> claim(Collection<UUID> runs);

    /// Messages of a run that we own, beyond `after`.
    List<Told> messages(UUID run, int after);

    /// Those of the runs (all ours) that were told something beyond what they have taken; one look for many runs.
    Collection<UUID> told(Collection<UUID> runs);

    /// Lets go of runs that we own but no longer know the state of (an unknown outcome, a failure of our own): they
    /// are due at once for anybody, under a new epoch. Runs that are not ours are left alone.
    void disown(Collection<UUID> runs);

    /// Tells a run something, once per `source`.
    ///
    /// @return false when the run has ended or does not exist
    boolean tell(UUID run, Message message, String source);

    /// The same for a run that has to wait for its turn: when it rests, it goes to the gate instead of being due
    /// ([Slots]).
    boolean tellInTurn(UUID run, Message message, String source);

    /// Runs that nobody owns and that are due before `before`, the earliest first.
    default List<Due> due(Instant before, int limit) {
        return due(Instant.EPOCH, before, limit);
    }

    /// The same, of those that are due at `from` or later.
    List<Due> due(Instant from, Instant before, int limit);

    /// @param readyAt when it is due
    record Due(UUID run, int org, Priority priority, Instant readyAt) {}

    /// This worker's random incarnation; a new one after every reconnect to a store that may have lost something.
    long incarnation();

    /// Says that this worker lives; called once a second.
    void heartbeat(int running);

    /// Takes the runs of workers that have been silent for that long away from them, so that they are due at once.
    ///
    /// @return how many
    int freeDead(Duration silence);

    /// How this worker's starts and appends were written so far, for metrics.
    Written written();

    /// @param commits how many commits it took
    /// @param items how many starts and appends they held together
    /// @param waiting how many are handed over and not written yet
    /// @param stalledMs for how long the commit that is under way has taken, 0 when there is none
    record Written(long commits, long items, int waiting, long stalledMs) {
        public static final Written NOTHING = new Written(0, 0, 0, 0);

        public Written plus(Written other) {
            return new Written(
                    commits + other.commits,
                    items + other.items,
                    waiting + other.waiting,
                    Math.max(stalledMs, other.stalledMs));
        }
    }

    /// Waits until everything handed over is durable, then lets go of the store.
    @Override
    void close();
}
