package weir.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.value.RecordValue;
import weir.value.Value;

/// What the engine asks the worker to do, after the decision's entries are durable.
public sealed interface Effect {
    /// Where in the run it comes from.
    String path();

    /// Performs an action and tells the outcome by [Input.Completed] or [Input.Failed], or by [Input.Skipped] or
    /// [Input.Postponed] when its terms say so. Asked for again when the run is claimed anew.
    ///
    /// @param timeout milliseconds for this attempt, or null
    /// @param connection the named connection to use, or null
    record Perform(
            String path,
            int attempt,
            String integration,
            String version,
            String action,
            RecordValue arguments,
            String key,
            @Nullable Long timeout,
            @Nullable String connection,
            Terms terms)
            implements Effect {}

    /// Stops an attempt whose outcome nobody wants any more.
    record Abandon(String path, int attempt) implements Effect {}

    /// What the run tells others. It belongs to the decision's frame: whoever makes the frame durable makes this
    /// durable with it, and delivers it afterwards, at least once. It is asked for only once; each kind says what
    /// makes two deliveries the same.
    sealed interface Outgoing extends Effect {}

    /// Starts a run of another workflow, once an id. The parent is told by [Message.ChildEnded].
    ///
    record StartChild(String path, UUID child, String workflow, RecordValue input) implements Outgoing {}

    /// Nobody waits for a child any more: it is to be cancelled.
    record CancelChild(String path, UUID child) implements Outgoing {}

    /// A child pauses with its parent, and goes on with it.
    ///
    /// @param n the number of the message that says so to the parent: once a number
    record PauseChild(String path, UUID child, int n, boolean goOn) implements Outgoing {}

    /// Starts a run of the same version that walks a segment of a loop, once an id. The run is told by
    /// [Message.Reported].
    record StartSegment(String path, UUID child, Segment segment) implements Outgoing {}

    /// Tells a run that walks a segment what to do, once a turn.
    record Instruct(String path, UUID child, Message.Ordered ordered) implements Outgoing {}

    /// A run that walks a segment says something to the run of the loop, once a turn.
    record Report(String path, UUID parent, Message.Reported reported) implements Outgoing {}

    /// Asks a person, once a task. The run is told by [Message.Answered].
    ///
    /// @param who `{ role }` or `{ person }`
    /// @param answer the fields that the answer may have besides `approved`, `by`, `comment`, or null
    /// @param until when the question is given up, or null
    record Ask(
            String path,
            UUID task,
            String question,
            RecordValue who,
            @Nullable Type answer,
            @Nullable Instant until) implements Outgoing {}

    /// The answer does not matter any more.
    record Withdraw(String path, UUID task) implements Outgoing {}

    /// From now on the run is told of these events by [Message.Published], each once a path and turn, beginning
    /// with those that were published since the run began, in the order of their positions.
    ///
    /// @param after the last position that is of no interest; 0: all are
    /// @param turn the how manyth time the run listens at the path, from 1: again when it was resumed. What it was
    /// told in an earlier turn it is told once more
    record Listen(String path, String event, long after, int turn) implements Outgoing {}

    /// They do not matter any more.
    ///
    /// @param turn what began in a later turn goes on
    record Unlisten(String path, int turn) implements Outgoing {}

    /// A child run says how it ended to the run whose step it was, once a child.
    record ReportEnd(String path, UUID parent, Message.ChildEnded ended) implements Outgoing {}

    /// Sends an event, once an id.
    ///
    /// @param id unique in the organisation
    record Publish(String path, String id, String event, Value payload) implements Outgoing {}
}
