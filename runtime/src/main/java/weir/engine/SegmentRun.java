package weir.engine;

import java.util.UUID;
import weir.value.ListValue;

/// What a run knows of the run that walks a segment of one of its loops. That one lives until it is released, because
/// what it remembers is needed when the workflow is walked again.
final class SegmentRun {
    final UUID child;

    /// How often it was told to walk.
    int generation;

    /// The number of the last thing that it was told; a report to an older one does not matter any more.
    int turn;

    /// The walk in which it was finished.
    int walk;

    /// Whether it was finished for good and released.
    boolean released;

    /// Whether what happened in it belongs to other items.
    boolean anew;

    /// Whether it said that there is something to undo.
    boolean undoable;

    /// Whether only what had to be undone before is to be.
    boolean partial;

    /// Whether the next undo tries again what failed.
    boolean again;

    /// Whether the next undo lets go of what failed.
    boolean letGo;

    ListValue yields = ListValue.EMPTY;

    SegmentRun(UUID child) {
        this.child = child;
    }

    /// What it is to do when it is to undo.
    Order.Undo undo() {
        var order = new Order.Undo(!partial, again, letGo);
        again = false;
        letGo = false;
        return order;
    }

    @Override
    public String toString() {
        return child + " generation " + generation + " turn " + turn + (released ? " released" : "")
                + (undoable ? " undoable" : "");
    }
}
