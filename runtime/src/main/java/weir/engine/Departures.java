package weir.engine;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Departure;
import weir.engine.Activation.Fork;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Pause;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Role;
import weir.engine.Activation.Step;
import weir.value.Value;

/// How blocks, and with the last of them the run, are left before their end: see [Engine].
final class Departures {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;

    Departures(RunState run, Evaluator evaluator, Machine machine) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
    }

    Progress raise(Activation from, RunError error, boolean last) {
        Activation at = from;
        while (at.parent != null && !(at instanceof Block block && block.role == Role.TRIED)) {
            at = at.parent;
        }
        return leave(from, at, new Outcome.Failed(error, last));
    }

    /// Leaves a block: from now on nothing in it starts, and when the attempts that are under way in it have their
    /// outcome, it is over.
    Progress leave(Activation from, Activation target, Outcome outcome) {
        var awaited = new LinkedHashSet<Step>(0);
        if (hasSiblings(from, target)) {
            for (var step : run.steps.values()) {
                if (step.phase == Phase.RUNNING && step.isWithin(target)) {
                    awaited.add(step);
                }
            }
        }
        target.departure = new Departure(outcome, awaited);
        machine.messages().withdraw(target);
        return Progress.LEFT;
    }

    /// Whether something beside `from` may be under way in `target`.
    private static boolean hasSiblings(Activation from, Activation target) {
        for (@Nullable Activation at = from; at != null && at != target; at = at.parent) {
            if (at instanceof Fork || at instanceof Loop) {
                return true;
            }
        }
        return false;
    }

    /// An attempt in something that is being left has its outcome.
    void awaited(Step step) {
        Activation outermost = null;
        for (var at = step.parent; at != null; at = at.parent) {
            if (at.departure != null) {
                at.departure.awaited().remove(step);
                outermost = at;
            }
        }
        if (outermost != null) {
            machine.settle(outermost, depart(outermost));
        }
    }

    Progress depart(Activation left) {
        var departure = left.departure;
        if (departure == null || !(left instanceof Block block)) {
            throw new IllegalStateException("only blocks are left");
        }
        if (!departure.awaited().isEmpty()) {
            return Progress.BLOCKED;
        }
        return switch (departure.outcome()) {
            case Outcome.Yielded(Value value) -> {
                block.value = value;
                forget(block);
                yield Progress.ENDED;
            }
            case Outcome.Returned(Value value) -> conclude(new Entry.Ended(Entry.Status.SUCCEEDED, value, null));
            case Outcome.Cancelled() -> conclude(new Entry.Ended(Entry.Status.CANCELLED, null, null));
            case Outcome.Failed(RunError error, boolean last) -> {
                if (block.parent instanceof Block around && block.owner instanceof PlanNode.Try tried) {
                    block.over = true;
                    forget(block);
                    yield machine.handle(around, tried, tried.errorSlot(), tried.handler(), error);
                }
                yield conclude(
                        last || run.started.parent() != null
                                ? new Entry.Ended(Entry.Status.FAILED, null, error)
                                : new Entry.Parked(error));
            }
        };
    }

    /// What waits inside a block that was left does not any more.
    private void forget(Block left) {
        run.steps.values().removeIf(step -> step.isWithin(left));
        run.waitsWithin(left).forEach(run::forget);
    }

    /// Ends or parks the run.
    private Progress conclude(Entry decision) {
        Entry entry = evaluator.decide("", evaluation -> decision);
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
        run.ended = ended;
        run.root.over = true;
        run.steps.clear();
        run.interrupted.clear();
    }

    /// The run rests where it stands.
    void park(RunError error) {
        abandon();
        run.parked = error;
        run.interrupted.clear();
        run.root.departure = new Departure(new Outcome.Failed(error, false), new LinkedHashSet<>(0));
    }

    private void abandon() {
        machine.messages().withdraw(run.root);
        for (var step : run.steps.values()) {
            if (step.phase == Phase.RUNNING && step.child == null) {
                machine.stop(step);
            }
        }
    }

    /// The run ends at once.
    void cancel() {
        run.parked = null;
        leaveAtOnce(new Outcome.Cancelled());
    }

    /// The run's time is over. If it is being left anyway, what it waits for is not awaited any longer.
    void timeout() {
        var departure = run.root.departure;
        leaveAtOnce(
                departure != null
                        ? departure.outcome()
                        : new Outcome.Failed(RunError.of("timeout", "the run took longer than its `timeout`"), false));
    }

    private void leaveAtOnce(Outcome outcome) {
        run.root.departure = new Departure(outcome, new LinkedHashSet<>(0));
        depart(run.root);
    }

    /// Goes on with a parked run: failed steps under a new generation, everything else where it stands. Its timeout
    /// begins anew with its next step.
    void unpark() {
        run.parked = null;
        run.deadline = null;
        run.root.departure = null;
        thaw(run.root);
        machine.performAgain();
        machine.proceed();
    }

    private void thaw(Activation at) {
        if (at.departure != null) {
            run.interrupted.add(at);
            return;
        }
        switch (at) {
            case Block block -> {
                if (block.child == null) {
                    run.interrupted.add(block);
                } else {
                    thaw(block.child);
                }
            }
            case Fork fork -> {
                fork.running.forEach(this::thaw);
                run.interrupted.add(fork);
            }
            case Loop loop -> {
                loop.running.forEach(this::thaw);
                run.interrupted.add(loop);
            }
            case Step step -> {
                if (step.child != null && step.phase == Phase.RUNNING) {
                    // It was told to stop: it starts as another run.
                    step.phase = Phase.NEW;
                    run.steps.remove(step.path);
                }
                if (step.phase == Phase.BACKOFF) {
                    run.addTimer(step);
                } else {
                    run.interrupted.add(step);
                }
            }
            case Pause pause -> {
                if (pause.until == null) {
                    run.interrupted.add(pause);
                } else {
                    run.await(pause);
                }
            }
            case Question _, EventWait _ -> run.interrupted.add(at);
            case Repetition repetition -> {
                if (repetition.phase == Repetition.Phase.PASSING && repetition.pass != null) {
                    thaw(repetition.pass);
                } else if (repetition.phase == Repetition.Phase.WAITING) {
                    run.await(repetition);
                } else {
                    run.interrupted.add(repetition);
                }
            }
        }
    }
}
