package weir.simulation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.value.Value;

/// What is around local runs: the time, and what happens to their effects.
interface World {
    Instant now();

    /// An effect of a run. What is not seen to here (children, events) the runs see to among themselves.
    ///
    /// @return whether it is seen to
    boolean take(LocalRun run, Effect effect);

    /// The runs that an event starts.
    default List<EventChains.Begun> startedBy(String event, Value payload) {
        return List.of();
    }

    /// The process of the runs died: what only it knew is forgotten.
    default void die() {}

    /// Queues something. May be called from any thread.
    void add(Happening happening);

    /// The next thing that happens.
    ///
    /// @param due when the next timer of a run strikes, or null when there is none
    Happening next(@Nullable Instant due) throws InterruptedException;
}
