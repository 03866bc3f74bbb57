package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.Value;

/// What a run that walks a segment says to the run of the loop.
public sealed interface Report {
    /// All items are over.
    ///
    /// @param yields in the order of the items
    /// @param since the walk of the newest thing in them
    /// @param undoable whether there is something to undo
    record Finished(ListValue yields, int since, boolean undoable) implements Report {}

    /// Something in an item leaves the loop, or more. What is under way in the segment still is.
    record Left(Way way) implements Report {}

    /// It was told to stop, and nothing is under way any more.
    ///
    /// @param givenUp why something in it could not be undone, or null
    record Stopped(boolean undoable, @Nullable RunError givenUp) implements Report {}

    /// It was told to undo, and it is done.
    ///
    /// @param undoable whether there is still something to undo
    record Undone(boolean undoable) implements Report {}

    /// It was told to undo, and something could not be undone.
    record UndoFailed(RunError error) implements Report {}

    /// Why a loop is left from within.
    sealed interface Way {
        /// @param last whether nobody can resume the run after it
        record Failed(RunError error, boolean last) implements Way {}

        /// @param target the id of the statement whose block gets the value
        record Yielded(String target, Value value) implements Way {}

        record Returned(Value value) implements Way {}

        /// Something could not be undone: the run rests.
        record Halted(RunError error) implements Way {}
    }
}
