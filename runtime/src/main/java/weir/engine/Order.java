package weir.engine;

/// What the run of a loop wants of a run that walks one of its segments.
public sealed interface Order {
    /// Walk the items again, with what is remembered of them.
    record Walk(Segment segment) implements Order {}

    /// Nothing starts any more; say when nothing is under way.
    ///
    /// @param cancelled whether only what can be undone is waited for
    record Quit(boolean cancelled) implements Order {}

    /// Take back what was done, last first, and say when it is.
    ///
    /// @param all whether everything is to be undone, or only what had to be before
    /// @param again whether what failed to be undone is tried again
    /// @param letGo whether it is left as it is
    record Undo(boolean all, boolean again, boolean letGo) implements Order {}

    /// Nobody asks for anything any more.
    record Release() implements Order {}
}
