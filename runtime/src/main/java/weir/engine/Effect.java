package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;

/// What the engine asks the worker to do, after the decision's entries are durable.
public sealed interface Effect {
    /// Performs an action and tells the outcome by [Input.Completed] or [Input.Failed].
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
            @Nullable String connection)
            implements Effect {}

    /// Stops an attempt whose outcome nobody wants any more.
    record Abandon(String path, int attempt) implements Effect {}
}
