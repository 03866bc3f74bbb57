package weir.engine;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Step;

/// The steps of a run that can be undone, in the order in which they were done.
final class Undoables {
    private final LinkedHashMap<String, Undoable> byPath = new LinkedHashMap<>();

    /// How many are due, so that blocks that are left with nothing to undo cost nothing.
    private int due;

    /// A step that is done, or one that began and whose undo needs no result.
    static final class Undoable {
        Step step;
        /// Whether its block was left, so that it has to be undone.
        boolean due;
        /// Why its undo failed for good, until somebody resumes the run.
        @Nullable
        RunError givenUp;

        Undoable(Step step) {
            this.step = step;
        }
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    /// Takes a step whose attempts are over, if it has an undo that can run.
    void add(Step step) {
        var undo = step.plan.policy().undo();
        if (undo != null && (undo.readsResult() ? step.phase == Activation.Phase.DONE : step.hasBegun())) {
            undone(step.path);
            byPath.put(step.path, new Undoable(step));
        }
    }

    /// Something in a segment could not be undone, in a block that was left.
    void giveUp(Step segment, RunError error) {
        undone(segment.path);
        var undoable = new Undoable(segment);
        undoable.due = true;
        undoable.givenUp = error;
        byPath.put(segment.path, undoable);
        due++;
        if (segment.segment != null) {
            segment.segment.partial = true;
        }
    }

    /// A step that was done in an earlier walk has a place in this one.
    void found(Step step) {
        var undoable = byPath.get(step.path);
        if (undoable != null) {
            undoable.step = step;
        }
    }

    /// What is in a block that is left has to be undone.
    ///
    /// @param kept what in it has not to be, or null
    void leave(Activation left, @Nullable Activation kept) {
        for (var undoable : byPath.values()) {
            var segment = undoable.step.segment;
            if (segment != null && segment.partial && isWithin(undoable, left)) {
                segment.partial = false;
                undoable.givenUp = null;
            }
            if (!undoable.due && isWithin(undoable, left) && (kept == null || !undoable.step.isWithin(kept))) {
                undoable.due = true;
                due++;
            }
        }
    }

    /// The last one that is to be undone, or null.
    @Nullable
    Undoable next(Activation left) {
        if (due == 0) {
            return null;
        }
        for (var undoable : byPath.sequencedValues().reversed()) {
            if (undoable.due && undoable.givenUp == null && isWithin(undoable, left)) {
                return undoable;
            }
        }
        return null;
    }

    /// The first whose undo has failed for good, or null.
    @Nullable
    Undoable givenUp(Activation left) {
        if (due == 0) {
            return null;
        }
        for (var undoable : byPath.values()) {
            if (undoable.givenUp != null && isWithin(undoable, left)) {
                return undoable;
            }
        }
        return null;
    }

    /// Everything of the run is in the workflow's body, also what an earlier walk did and this one has not come to.
    private static boolean isWithin(Undoable undoable, Activation left) {
        return left.parent == null || undoable.step.isWithin(left);
    }

    @Nullable
    Undoable at(String path) {
        return byPath.get(path);
    }

    void undone(String path) {
        var undone = byPath.remove(path);
        if (undone != null && undone.due) {
            due--;
        }
    }

    /// What failed to be undone is tried again.
    void again() {
        byPath.values().forEach(undoable -> {
            undoable.givenUp = null;
            if (undoable.step.segment != null) {
                undoable.step.segment.again = true;
            }
        });
    }

    /// What failed to be undone is left as it is.
    void letGo() {
        for (var undoable : byPath.values()) {
            var segment = undoable.step.segment;
            if (segment != null && undoable.givenUp != null) {
                undoable.givenUp = null;
                segment.letGo = true;
            }
        }
        byPath.values().removeIf(undoable -> undoable.givenUp != null);
        due = (int) byPath.values().stream().filter(undoable -> undoable.due).count();
    }

    @Override
    public String toString() {
        return byPath.values().stream()
                .map(one -> one.step.path + (one.due ? " due" : "") + (one.givenUp == null ? "" : " given up"))
                .toList()
                .toString();
    }

    void forgetWithin(Activation block) {
        byPath.values().removeIf(undoable -> undoable.step.isWithin(block));
        due = (int) byPath.values().stream().filter(undoable -> undoable.due).count();
    }
}
