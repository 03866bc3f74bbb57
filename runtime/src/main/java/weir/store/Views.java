package weir.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Frame;

/// What can be read about runs, by organisation.
public interface Views {
    /// @param workflow its id, or null: all
    /// @param status null: all; FAILED includes parked runs
    /// @param before only runs older than this one (a cursor), or null
    record Query(
            int org,
            @Nullable Integer workflow,
            @Nullable State status,
            @Nullable UUID before,
            int limit) {}

    /// What a run is doing, as people call it.
    enum State {
        QUEUED,
        RUNNING,
        WAITING,
        PAUSED,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        PARKED
    }

    /// @param endedAt null while it has not ended
    /// @param wakeAt when it is due next, null when it has ended or is running
    record Row(
            UUID run,
            int workflow,
            int version,
            State state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant wakeAt) {}

    /// Newest first.
    List<Row> list(Query query);

    Optional<Row> find(int org, UUID run);

    /// The frames of a run with seq > after, in order.
    List<Frame> frames(int org, UUID run, int after);

    /// The first and the last frame of each of these runs, for lists: what started them and how they came out.
    Map<UUID, Ends> ends(int org, Collection<UUID> runs);

    /// @param last the same as `first` when there is only one
    record Ends(Frame first, Frame last) {}

    /// Runs by state for one workflow since then (finished ones) and now (others), for the list of workflows.
    List<Count> counts(int org, Instant since);

    record Count(int workflow, State state, long runs) {}

    /// The workers that live, by name.
    List<Worker> workers();

    /// @param seenAt its last heartbeat
    /// @param runs how many it worked on then
    record Worker(String name, Instant seenAt, int runs) {}
}
