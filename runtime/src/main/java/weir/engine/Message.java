package weir.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// What a run can be told from outside.
public sealed interface Message {
    /// @param reason who wants it and why, for the journal
    record Cancel(String reason) implements Message {}

    /// Start nothing more until it is told to go on: no step, no timer, nothing that it waits for. What is under
    /// way comes to its end, and what it is told meanwhile is kept.
    record Pause(String reason) implements Message {}

    /// Go on: a paused run where it stands, a parked one from its failed step.
    ///
    /// @param onto the version that a parked run goes on with, null: its own
    record Resume(String reason, @Nullable Onto onto) implements Message {
        public Resume(String reason) {
            this(reason, null);
        }
    }

    /// A version of the run's workflow.
    ///
    /// @param id the store's
    /// @param number within its workflow
    /// @param hash of its graph
    record Onto(int id, int number, String hash) {}

    /// A child run is over.
    ///
    /// @param path of the step that it was
    /// @param output what it returned, null when it failed or was cancelled
    /// @param error why it failed, null otherwise
    record ChildEnded(
            String path,
            UUID child,
            Entry.Status status,
            @Nullable Value output,
            @Nullable RunError error) implements Message {}

    /// The run of a loop wants something of this one, which walks a segment of it.
    ///
    /// @param turn from 2; an older one does not matter any more. It was started with the first
    record Ordered(int turn, Order order) implements Message {}

    /// A run that walks a segment of a loop of this one says something.
    ///
    /// @param path of the segment
    /// @param turn the number of the order that it answers
    record Reported(String path, UUID child, int turn, Report report) implements Message {}

    /// A person has answered. The answer fits its type.
    record Answered(String path, UUID task, Value answer) implements Message {}

    /// An event that a `wait for` listens to.
    ///
    /// @param position its place in the order of the organisation's events
    record Published(String path, long position, String event, Value payload) implements Message {}
}
