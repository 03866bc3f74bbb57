package weir.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Departure;
import weir.engine.Activation.Fork;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Race;
import weir.engine.Activation.Role;
import weir.engine.Activation.Step;
import weir.value.Value;

/// How blocks, and with the last of them the run, are left before their end: see [Engine].
///
/// First nothing in the block starts any more and attempts under way are awaited, then what has to be undone is undone
/// ([Undoing]), then follows what the block was left for.
final class Departures {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Undoing undoing;
    private final Races races;

    Departures(RunState run, Evaluator evaluator, Machine machine, Undoing undoing, Races races) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.undoing = undoing;
        this.races = races;
    }

    // ---- why something is left

    Progress raise(Activation from, RunError error, boolean last) {
        Activation at = from;
        while (at.parent != null && !catches(at)) {
            at = at.parent;
        }
        if (at instanceof Block block && block.role == Role.TRIED && block.owner != null) {
            run.recall.caught(block.path(block.owner), error);
        }
        return leave(from, at, new Outcome.Failed(error, last));
    }

    private static boolean catches(Activation at) {
        return at instanceof Block block
                && (block.role == Role.TRIED || block.role == Role.FAILURE || block.parent instanceof Race);
    }

    /// A block gets its value.
    Progress yields(Activation from, Block target, Value value) {
        return target.parent instanceof Race race
                ? leave(from, race, new Outcome.Won(target, value))
                : leave(from, target, new Outcome.Yielded(value));
    }

    /// The workflow returns; in `on failure` that is only its end.
    Progress returns(Activation from, Value value) {
        return leave(from, top(from), new Outcome.Returned(value));
    }

    /// The workflow's body, or the block of `on failure`.
    private static Activation top(Activation from) {
        Activation at = from;
        while (at.parent != null && !at.isOnFailure()) {
            at = at.parent;
        }
        return at;
    }

    /// Leaves a block: from now on nothing in it starts.
    Progress leave(Activation from, Activation target, Outcome outcome) {
        Set<Step> awaited =
                target instanceof Race || hasSiblings(from, target) ? awaited(target, outcome) : new LinkedHashSet<>(0);
        target.departure = new Departure(outcome, awaited);
        machine.messages().withdraw(target, step -> isCancelled(step, outcome));
        return Progress.LEFT;
    }

    /// Whether something beside `from` may be under way in `target`.
    private static boolean hasSiblings(Activation from, Activation target) {
        for (@Nullable Activation at = from; at != null && at != target; at = at.parent) {
            if (at instanceof Fork || at instanceof Loop || at instanceof Race) {
                return true;
            }
        }
        return false;
    }

    /// The attempts in something that is left that are waited for; others are abandoned. What was left by a
    /// failure, a yield or a return waits for all. What is cancelled waits for those that can be undone, because
    /// only their outcome says whether there is something to undo, and for child runs, which undo themselves. Undos
    /// go on in any case.
    private Set<Step> awaited(Activation target, Outcome outcome) {
        var awaited = new LinkedHashSet<Step>(0);
        for (var step : List.copyOf(run.steps.values())) {
            // What an earlier walk did, and this one has not come to, is undone in the workflow's body.
            boolean within =
                    target.parent == null ? step.undoes != null || step.isWithin(target) : step.isWithin(target);
            if (!within) {
                continue;
            }
            if (step.undoes != null) {
                awaited.add(step);
            } else if (step.phase == Phase.RUNNING) {
                if (isCancelled(step, outcome)
                        && step.child == null
                        && step.plan.policy().undo() == null) {
                    abandon(step);
                } else {
                    awaited.add(step);
                }
            }
        }
        return awaited;
    }

    private static boolean isCancelled(Step step, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Cancelled() -> true;
            case Outcome.Won(Block branch, Value _) -> !step.isWithin(branch);
            case Outcome.Failed _,
                    Outcome.Yielded _,
                    Outcome.Returned _,
                    Outcome.Halted _,
                    Outcome.Resumed _,
                    Outcome.Finished _,
                    Outcome.Beyond _,
                    Outcome.Quit _ -> false;
        };
    }

    private void abandon(Step step) {
        step.phase = Phase.ABANDONED;
        machine.abandon(step);
    }

    // ---- the way out

    /// An attempt in something that is being left has its outcome.
    void awaited(Step step) {
        Activation outermost = null;
        // What an earlier walk did, and this one has not come to, stands in the workflow's body only.
        Activation first = step.isWithin(run.root) ? step.parent : run.root;
        for (@Nullable Activation at = first; at != null; at = at.parent) {
            if (at.departure != null) {
                at.departure.awaited.remove(step);
                outermost = at;
            }
            if (at.isOnFailure() && !at.over) {
                break;
            }
        }
        if (outermost != null) {
            machine.settle(outermost, depart(outermost));
        }
    }

    Progress depart(Activation left) {
        var departure = left.departure;
        if (departure == null) {
            throw new IllegalStateException("it is not left");
        }
        if (left == run.root && run.segment != null) {
            return machine.orders().depart(departure);
        }
        if (left instanceof Race race && !race.decided && !races.decide(race, departure)) {
            return Progress.SUSPENDED;
        }
        if (!departure.awaited.isEmpty()) {
            return Progress.BLOCKED;
        }
        if (!departure.settled) {
            departure.settled = true;
            settle(left, departure.outcome);
        }
        Progress progress = undoing.next(left, departure);
        return progress == Progress.ENDED ? undone(left, departure.outcome) : progress;
    }

    /// No attempt is awaited any more: it is clear what has to be undone.
    private void settle(Activation left, Outcome outcome) {
        switch (outcome) {
            case Outcome.Failed _, Outcome.Cancelled() -> undoing.leave(left, null);
            case Outcome.Won(Block branch, Value _) -> undoing.leave(left, branch);
            case Outcome.Yielded _, Outcome.Returned _, Outcome.Halted _, Outcome.Resumed _ -> {}
            case Outcome.Finished _, Outcome.Beyond _, Outcome.Quit _ ->
                throw new IllegalStateException("only a segment is left so");
        }
        if (left.parent == null) {
            run.deadline = null;
        }
    }

    /// Everything is undone.
    private Progress undone(Activation left, Outcome outcome) {
        if (left.isOnFailure()) {
            return closed(left);
        }
        if (left.parent == null) {
            return conclude(outcome);
        }
        if (run.undoables.givenUp(left) != null) {
            return halt(left);
        }
        return switch (left) {
            case Race race -> {
                race.value = outcome instanceof Outcome.Won(Block _, Value value) ? value : race.value;
                forget(race);
                yield Progress.ENDED;
            }
            case Block block -> left(block, outcome);
            case Step step -> {
                step.departure = null;
                yield outcome instanceof Outcome.Failed(RunError error, boolean _)
                        ? machine.handled(step, error)
                        : Progress.ENDED;
            }
            case Fork _, Loop _, Waiting _ -> throw new IllegalStateException("only blocks, races and steps are left");
        };
    }

    private Progress left(Block block, Outcome outcome) {
        forget(block);
        if (!(outcome instanceof Outcome.Failed failed)) {
            block.value = outcome instanceof Outcome.Yielded(Value value) ? value : block.value;
            return Progress.ENDED;
        }
        if (block.parent instanceof Race race) {
            race.lost = failed;
            return Progress.ENDED;
        }
        if (block.parent instanceof Block around && block.owner instanceof PlanNode.Try tried) {
            block.over = true;
            return machine.handle(around, tried, tried.errorSlot(), tried.handler(), failed.error());
        }
        throw new IllegalStateException("nothing catches a failure here");
    }

    /// What waits inside something that was left does not any more.
    private void forget(Activation left) {
        run.steps.values().removeIf(step -> {
            boolean isLeft = step.isWithin(left);
            if (isLeft) {
                run.recall.open(step);
            }
            return isLeft;
        });
        run.waitsWithin(left).forEach(run::forget);
    }

    /// An undo failed for good: the run rests, even when something waits to go on. In `on failure` it is over.
    private Progress halt(Activation left) {
        var undoable = run.undoables.givenUp(left);
        if (undoable != null && top(left).isOnFailure()) {
            return leave(left, top(left), new Outcome.Failed(Undoing.error(undoable), false));
        }
        return leave(left, run.root, new Outcome.Halted());
    }

    // ---- the run's end

    /// `on failure` is over.
    Progress closed(Activation onFailure) {
        onFailure.over = true;
        forget(onFailure);
        return depart(run.root);
    }

    private Progress conclude(Outcome outcome) {
        if (run.onFailure != null && !run.onFailure.over) {
            return Progress.BLOCKED;
        }
        var plan = run.plan.onFailure();
        if (outcome instanceof Outcome.Failed(RunError error, boolean _) && plan != null && run.onFailure == null) {
            var onFailure = Block.onFailure(run.root, plan);
            onFailure.frame.set(0, Attempts.record(error));
            run.onFailure = onFailure;
            return machine.run(onFailure);
        }
        Entry end = end(outcome);
        var undoable = run.undoables.givenUp(run.root);
        if (undoable != null) {
            end = new Entry.Parked(Undoing.error(undoable));
        }
        if (end == null) {
            run.walkAgain();
            machine.proceed();
            return Progress.BLOCKED;
        }
        return conclude(end);
    }

    /// How the run ends, or null when it goes on.
    private static @Nullable Entry end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned(Value value) -> new Entry.Ended(Entry.Status.SUCCEEDED, value, null);
            case Outcome.Cancelled() -> new Entry.Ended(Entry.Status.CANCELLED, null, null);
            case Outcome.Failed(RunError error, boolean last) ->
                last ? new Entry.Ended(Entry.Status.FAILED, null, error) : new Entry.Parked(error);
            case Outcome.Resumed(Entry.Ended end) -> end;
            case Outcome.Halted() -> null;
            case Outcome.Yielded _, Outcome.Won _, Outcome.Finished _, Outcome.Beyond _, Outcome.Quit _ ->
                throw new IllegalStateException("a run returns");
        };
    }

    /// Ends or parks the run. A child run never rests: its parent does.
    private Progress conclude(Entry decision) {
        Entry last = decision instanceof Entry.Parked(RunError error) && run.started.parent() != null
                ? new Entry.Ended(Entry.Status.FAILED, null, error)
                : decision;
        Entry entry = evaluator.decide("", evaluation -> last);
        return switch (entry) {
            case null -> {
                run.interrupted.add(run.root);
                yield Progress.SUSPENDED;
            }
            case Entry.Ended ended -> {
                end(ended);
                yield Progress.BLOCKED;
            }
            case Entry.Parked(RunError error) -> {
                park(error);
                yield Progress.BLOCKED;
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    /// The run is over, and what is under way is of no interest any more.
    void end(Entry.Ended ended) {
        abandon();
        machine.segments().release();
        run.ended = ended;
        run.root.over = true;
        run.steps.clear();
        run.interrupted.clear();
    }

    /// The run rests where it stands.
    void park(RunError error) {
        abandon();
        run.parked = error;
        run.deadline = null;
        run.interrupted.clear();
        if (run.root.departure == null) {
            run.root.departure = new Departure(new Outcome.Failed(error, false), new LinkedHashSet<>(0));
        }
    }

    private void abandon() {
        machine.messages().withdraw(run.root, step -> true);
        for (var step : run.steps.values()) {
            if (step.phase == Phase.RUNNING && step.child == null) {
                abandon(step);
            }
        }
    }

    // ---- what comes from outside

    /// Whether it is being left because somebody cancelled it.
    boolean isCancelled() {
        var departure = run.root.departure;
        return run.parked == null && departure != null && departure.outcome instanceof Outcome.Cancelled;
    }

    /// The segment that the run walks is left because the run of the loop wants so.
    void quit(Outcome outcome) {
        run.interrupted.clear();
        run.root.departure = new Departure(outcome, awaited(run.root, outcome));
        machine.messages().withdraw(run.root, step -> isCancelled(step, outcome));
        depart(run.root);
    }

    /// The run is left. A run that rests because of a failed undo does without it; one that is being cancelled goes
    /// on with that.
    void cancel() {
        if (isCancelled()) {
            return;
        }
        if (run.parked != null) {
            run.undoables.letGo();
        }
        run.parked = null;
        leaveAtOnce(new Outcome.Cancelled());
    }

    /// The run's time is over. If it is being left anyway, what it waits for is not awaited any longer.
    void timeout() {
        var departure = run.root.departure;
        leaveAtOnce(
                departure != null
                        ? departure.outcome
                        : new Outcome.Failed(RunError.of("timeout", "the run took longer than its `timeout`"), false));
    }

    private void leaveAtOnce(Outcome outcome) {
        if (run.onFailure != null) {
            run.onFailure.over = true;
        }
        run.deadline = null;
        run.interrupted.clear();
        run.root.departure = new Departure(outcome, awaited(run.root, new Outcome.Cancelled()));
        machine.messages().withdraw(run.root, step -> true);
        depart(run.root);
    }

    /// Goes on with a parked run. What failed to be undone is tried again; then the run ends if that was decided,
    /// or its workflow is walked again from the begin, where what was finished and not undone is only recalled. Its
    /// timeout begins anew with its next step.
    void unpark() {
        var departure = run.root.departure;
        Entry end = departure == null ? null : end(departure.outcome);
        run.parked = null;
        run.deadline = null;
        run.undoables.again();
        run.root.departure = new Departure(
                new Outcome.Resumed(end instanceof Entry.Ended ended ? ended : null), new LinkedHashSet<>(0));
        depart(run.root);
    }
}
