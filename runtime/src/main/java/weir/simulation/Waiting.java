package weir.simulation;

import weir.source.Span;

/// What a run waits for from outside.
///
/// @param workflow whose run it is
/// @param path where it waits
/// @param what the event's name, or the question
/// @param at the statement
public record Waiting(String workflow, String path, Kind kind, String what, Span at) {
    public enum Kind {
        EVENT,
        ANSWER
    }
}
