package weir.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// What a run can be told from outside.
public sealed interface Message {
    /// @param reason who wants it and why, for the journal
    record Cancel(String reason) implements Message {}

    /// Go on from the failed step of a parked run.
    record Resume(String reason) implements Message {}

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

    /// A person has answered. The answer fits its type.
    record Answered(String path, UUID task, Value answer) implements Message {}

    /// An event that a `wait for` listens to.
    ///
    /// @param position its place in the order of the organisation's events
    record Published(String path, long position, String event, Value payload) implements Message {}
}
