package weir.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Departure;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.engine.Undoables.Undoable;

/// Takes back what was done in a block that is left: last first, one after the other. An undo is a step of its own,
/// with its own retries and key. When a block further out is left meanwhile, that one goes on with it.
final class Undoing {
    private final RunState run;
    private final Attempts attempts;
    private final Machine machine;
    private final Instant now;

    Undoing(RunState run, Attempts attempts, Machine machine, Instant now) {
        this.run = run;
        this.attempts = attempts;
        this.machine = machine;
        this.now = now;
    }

    /// A block is left, and everything that can be undone in it has to be.
    ///
    /// @param kept what in it stays done, or null
    void leave(Activation left, @Nullable Activation kept) {
        for (var step : List.copyOf(run.steps.values())) {
            boolean stays = kept != null && step.isWithin(kept);
            if (isUndoneInAnyCase(step) && step.isWithin(left) && !stays) {
                run.undoables.add(step);
                run.steps.remove(step.path);
                run.recall.open(step);
            }
        }
        run.undoables.leave(left, kept);
    }

    private static boolean isUndoneInAnyCase(Step step) {
        var undo = step.plan.policy().undo();
        return undo != null && !undo.readsResult() && step.hasBegun();
    }

    /// Whether there is something to undo when everything is left.
    boolean hasWork() {
        return !run.undoables.isEmpty() || run.steps.values().stream().anyMatch(Undoing::isUndoneInAnyCase);
    }

    /// Begins the next undo.
    ///
    /// @return [Progress#ENDED] when there is none left
    Progress next(Activation left, Departure departure) {
        for (var undoable = run.undoables.next(left); undoable != null; undoable = run.undoables.next(left)) {
            var plan = undoable.step.plan.policy().undo();
            if (plan == null) {
                throw new IllegalStateException(undoable.step.path + " has no undo");
            }
            var undo = undoable.step.undo(plan);
            undo.generation = run.recall.generation(undo.path);
            switch (attempts.plan(undo)) {
                case null -> {
                    run.interrupted.add(left);
                    return Progress.SUSPENDED;
                }
                case Entry.StepPlanned planned -> {
                    attempts.apply(undo, planned);
                    run.steps.put(undo.path, undo);
                    departure.awaited.add(undo);
                    run.undoBegan(now);
                    machine.perform(undo);
                    return Progress.BLOCKED;
                }
                case Entry.StepFailed failed -> {
                    attempts.apply(undo, failed);
                    over(undo, undoable, failed.error());
                }
                // Default: no other entry has its place here.
                case Entry other -> throw new ReplayMismatch(other);
            }
        }
        return Progress.ENDED;
    }

    /// An undo has its outcome.
    ///
    /// @param error why it failed for good, or null
    void over(Step undo, @Nullable RunError error) {
        run.undoEnded(now);
        var undoable = undo.undoes == null ? null : run.undoables.at(undo.undoes.path);
        if (undoable == null) {
            throw new IllegalStateException(undo.path + " undoes nothing");
        }
        over(undo, undoable, error);
    }

    private void over(Step undo, Undoable undoable, @Nullable RunError error) {
        run.recall.open(undo);
        if (error != null && !(undo.plan.policy().onError() instanceof PlanNode.OnError.Continue)) {
            undoable.givenUp = error;
        } else {
            run.undoables.undone(undoable.step.path);
            if (undoable.step.segment == null) {
                remember(undoable.step);
            } else if (undoable.step.segment.undoable) {
                run.undoables.add(undoable.step);
            }
        }
    }

    /// It has to be done again, unless its `on error` waits for its undo.
    private void remember(Step undone) {
        if (undone.departure != null && undone.departure.outcome instanceof Outcome.Failed(RunError error, boolean _)) {
            run.recall.handled(undone, error);
            undone.around.sees(run.recall.walk());
        } else {
            run.recall.open(undone);
        }
    }

    /// Why a run rests that has an undo that failed.
    static RunError error(Undoable undoable) {
        var cause = undoable.givenUp;
        if (cause != null && undoable.step.segment != null) {
            return cause;
        }
        String label = undoable.step.label();
        return new RunError(
                "undo_failed",
                "undoing `" + label + "` failed" + (cause == null ? "" : ": " + cause.message()),
                label,
                cause == null ? 0 : cause.attempts(),
                cause == null ? null : cause.status(),
                cause == null ? null : cause.body());
    }

    /// Whether a step that is given up has to be undone although it has no result.
    static boolean isDue(Step step) {
        var undo = step.plan.policy().undo();
        return undo != null && !undo.readsResult() && step.phase == Phase.FAILED && step.hasBegun();
    }
}
