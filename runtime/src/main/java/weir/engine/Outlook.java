package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run waits for after a decision.
public sealed interface Outlook {
    /// Attempts are under way.
    ///
    /// @param due when the next timer strikes, or null
    record Working(@Nullable Instant due) implements Outlook {}

    /// Only a timer or a message is waited for: the run can be released until then.
    ///
    /// @param until when the next timer strikes; null: only a message wakes it
    record Sleeping(@Nullable Instant until) implements Outlook {}

    /// Somebody paused it, and nothing is under way any more.
    record Paused() implements Outlook {}

    /// Only a person is left.
    ///
    /// @param error why
    record Resting(RunError error) implements Outlook {}

    record Over(Entry.Status status) implements Outlook {}
}
