package weir.simulation;

import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// What a run waits for from outside.
///
/// @param workflow whose run it is
/// @param path where it waits
/// @param what the event's name, or the question
/// @param at the statement
/// @param ignored why the last event of that name was nothing for it; null when none came that would have been
public record Waiting(
        String workflow,
        String path,
        Kind kind,
        String what,
        Span at,
        @Nullable String ignored) {
    Waiting(String workflow, String path, Kind kind, String what, Span at) {
        this(workflow, path, kind, what, at, null);
    }

    Waiting ignoring(@Nullable String reason) {
        return new Waiting(workflow, path, kind, what, at, reason);
    }

    public enum Kind {
        EVENT,
        ANSWER
    }
}
