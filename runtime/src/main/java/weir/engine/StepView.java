package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.value.Value;

/// What became of a statement of a run, as people see it.
///
/// @param path the node's id with the items of the loops around it
/// @param node the node's id
/// @param kind `step`, `undo` (of the step whose path it has, with `/undo` behind), `let`, `wait`, `if`, `for` …
/// @param action what a step calls (`http.post`, or the name of a workflow), or null
/// @param attempt the attempt under way or the last one, from 1; 0 when it has none
/// @param input a step's arguments, a loop's `{ items, atOnce }`, a race's `{ winner }`
/// @param output a step's result, a `let`'s value, the way an `if` went, a loop's yields
/// @param key the idempotency key of a step, or null
/// @param until when a wait or the next attempt is due, or null
/// @param fired the rows of rule sets that gave a `let`'s value or a way
/// @param undone whether what a step did was taken back
/// @param child the run that the last attempt of a step is, when the step is another workflow, or null
public record StepView(
        String path,
        String node,
        @Nullable String name,
        String kind,
        @Nullable String action,
        Status status,
        int attempt,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Value input,
        @Nullable Value output,
        @Nullable RunError error,
        @Nullable String key,
        List<Attempt> attempts,
        @Nullable Instant until,
        List<Fired> fired,
        boolean undone,
        @Nullable UUID child) {
    public StepView {
        attempts = List.copyOf(attempts);
        fired = List.copyOf(fired);
    }

    public enum Status {
        RUNNING,
        WAITING,
        RETRYING,
        SUCCEEDED,
        FAILED,
        /// It began, and then nobody wanted its end any more.
        SKIPPED
    }

    /// @param nextAttemptAt when the next one may begin if it failed and is tried again
    public record Attempt(
            int attempt,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable RunError error,
            @Nullable Instant nextAttemptAt) {}
}
