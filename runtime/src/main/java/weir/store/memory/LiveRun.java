package weir.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Message;
import weir.store.Journal.Birth;
import weir.store.Journal.Due;
import weir.store.Journal.Told;
import weir.store.Slots;
import weir.store.Views.Row;
import weir.store.Views.State;

/// A run with its fence. Mutable: only touched under the lock of [MemoryRuns].
final class LiveRun {
    final Birth birth;
    final List<Frame> frames = new ArrayList<>();
    final List<Told> inbox = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    int epoch = 1;
    int taken;
    long owner;
    boolean parked;
    boolean paused;
    Instant wakeAt;
    Entry.@Nullable Status ended;

    @Nullable
    Instant endedAt;

    LiveRun(Birth birth) {
        this.birth = birth;
        this.owner = birth.owner();
        this.wakeAt = birth.wakeAt();
        add(birth.frames());
    }

    int head() {
        return frames.size();
    }

    /// Numbers the frames itself: what the caller thinks their numbers are does not count.
    void add(List<Frame> more) {
        more.forEach(frame -> frames.add(new Frame(head() + 1, frame.at(), frame.entries())));
    }

    boolean ownedBy(long worker) {
        return ended == null && owner == worker;
    }

    boolean free() {
        return ownedBy(0);
    }

    void release(Instant until) {
        owner = 0;
        parked = false;
        paused = false;
        wakeAt = until;
    }

    void pause(Instant look) {
        release(look);
        paused = true;
    }

    void park(Instant expires) {
        release(expires);
        parked = true;
    }

    void end(Entry.Status status, Instant at) {
        owner = 0;
        parked = false;
        ended = status;
        endedAt = at;
    }

    void tell(Message message, String source, Instant now, boolean inTurn) {
        if (sources.contains(source)) {
            return;
        }
        sources.add(source);
        inbox.add(new Told(inbox.size() + 1, message));
        if (free() && parked && inTurn) {
            owner = Slots.GATE;
        } else if (free()) {
            release(now);
        }
    }

    List<Told> messages(int after) {
        return List.copyOf(inbox.subList(Math.min(after, inbox.size()), inbox.size()));
    }

    Due due() {
        return new Due(birth.id(), birth.org(), birth.priority(), wakeAt);
    }

    State state(Instant now) {
        return switch (ended) {
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
            case CANCELLED -> State.CANCELLED;
            case null -> {
                if (owner == Slots.GATE) {
                    yield State.QUEUED;
                }
                if (owner != 0) {
                    yield State.RUNNING;
                }
                if (paused) {
                    yield State.PAUSED;
                }
                if (parked) {
                    yield State.PARKED;
                }
                yield wakeAt.isAfter(now) ? State.WAITING : State.QUEUED;
            }
        };
    }

    Row row(Instant now) {
        return new Row(
                birth.id(),
                birth.workflow(),
                birth.version(),
                state(now),
                started(birth.id()),
                endedAt,
                free() ? wakeAt : null);
    }

    /// The first 48 bits of a UUIDv7 are its time in milliseconds.
    static Instant started(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
