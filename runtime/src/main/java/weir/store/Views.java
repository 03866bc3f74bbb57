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
    /// @param since only runs that began then or later, or null
    record Query(
            int org,
            @Nullable Integer workflow,
            @Nullable State status,
            @Nullable UUID before,
            @Nullable Instant since,
            int limit) {
        /// However old.
        public Query(int org, @Nullable Integer workflow, @Nullable State status, @Nullable UUID before, int limit) {
            this(org, workflow, status, before, null, limit);
        }
    }

    /// The lowest id that a run can have which began at that time: `before` of it are the runs that began earlier.
    static UUID lowest(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

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

    /// The same with the ends of each run, all as they are at one moment.
    default List<Listed> page(Query query) {
        var rows = list(query);
        var ends = ends(query.org(), rows.stream().map(Row::run).toList());
        return rows.stream().map(row -> new Listed(row, ends.get(row.run()))).toList();
    }

    /// @param ends null when its journal is not there (any more)
    record Listed(Row row, @Nullable Ends ends) {}

    /// A run and its whole journal, as they are at one moment.
    default Optional<Seen> see(int org, UUID run) {
        return find(org, run).map(row -> new Seen(row, frames(org, run, 0)));
    }

    record Seen(Row row, List<Frame> frames) {}

    Optional<Row> find(int org, UUID run);

    /// The frames of a run with seq > after, in order.
    List<Frame> frames(int org, UUID run, int after);

    /// The first and the last frame of each of these runs, for lists: what started them and how they came out.
    Map<UUID, Ends> ends(int org, Collection<UUID> runs);

    /// @param last the same as `first` when there is only one
    record Ends(Frame first, Frame last) {}

    /// Counted no further; that many means as many or more.
    long COUNTED_TO = 1_000;

    /// Runs by workflow and state, for the list of workflows: ended ones that began since then, and others now. A
    /// look, no statistics: ended runs of a workflow and state are counted to [#COUNTED_TO], and of live ones the
    /// newest 20,000.
    List<Count> counts(int org, Instant since);

    record Count(int workflow, State state, long runs) {}

    /// The runs that failed and may be resumed.
    Parked parked(int org);

    /// @param runs counted to 20,000
    /// @param first which is over first, null when there is none
    record Parked(long runs, @Nullable UUID first) {}

    /// The workers that live, by name.
    List<Worker> workers();

    /// @param seenAt its last heartbeat
    /// @param runs how many it worked on then
    record Worker(String name, Instant seenAt, int runs) {}
}
