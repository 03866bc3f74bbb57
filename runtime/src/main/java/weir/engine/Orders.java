package weir.engine;

import java.util.LinkedHashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Departure;
import weir.engine.Activation.Outcome;
import weir.value.ListValue;

/// What a run that walks a segment of a loop is told by the run of the loop, and what it answers. It never ends, rests
/// or undoes something by itself: [Segments] says what becomes of it.
final class Orders {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;
    private final Undoing undoing;

    /// What is left to be done for the last order.
    enum Duty {
        WALK,
        QUIT,
        UNDO,
        NOTHING
    }

    Orders(RunState run, Evaluator evaluator, Machine machine, Departures departures, Undoing undoing) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
        this.undoing = undoing;
    }

    /// @return whether it is decided what follows
    boolean ordered(Message.Ordered message) {
        if (message.turn() <= run.turn) {
            return true;
        }
        switch (message.order()) {
            case Order.Walk(Segment segment) -> {
                run.turn = message.turn();
                run.walkAgain(segment);
                machine.proceed();
            }
            case Order.Quit(boolean cancelled) -> {
                run.turn = message.turn();
                run.duty = Duty.QUIT;
                if (cancelled) {
                    departures.quit(new Outcome.Cancelled());
                } else if (run.root.departure == null) {
                    departures.quit(new Outcome.Quit());
                } else {
                    departures.depart(run.root);
                }
            }
            case Order.Undo undo -> {
                run.turn = message.turn();
                undo(undo);
            }
            case Order.Release() -> {
                return released(message.turn());
            }
        }
        return true;
    }

    private boolean released(int turn) {
        Entry entry = evaluator.decide("", evaluation -> new Entry.Ended(Entry.Status.SUCCEEDED, null, null));
        if (entry == null) {
            return false;
        }
        if (!(entry instanceof Entry.Ended ended)) {
            throw new ReplayMismatch(entry);
        }
        run.turn = turn;
        departures.end(ended);
        return true;
    }

    private void undo(Order.Undo undo) {
        run.duty = Duty.UNDO;
        if (undo.letGo()) {
            run.undoables.letGo();
        } else if (undo.again()) {
            run.undoables.again();
        }
        if (undo.all()) {
            undoing.leave(run.root, null);
        }
        if (run.root.departure == null) {
            run.root.departure = new Departure(new Outcome.Quit(), new LinkedHashSet<>(0));
        }
        departures.depart(run.root);
    }

    /// The segment is left, or all its items are over: says so, and does what it was told.
    Progress depart(Departure departure) {
        return switch (run.duty) {
            case WALK -> report(ofWalk(departure.outcome));
            case QUIT -> departure.awaited.isEmpty() ? report(stopped()) : Progress.BLOCKED;
            case UNDO -> {
                Progress progress = undoing.next(run.root, departure);
                yield progress == Progress.ENDED ? report(undone()) : progress;
            }
            case NOTHING -> Progress.BLOCKED;
        };
    }

    private Report ofWalk(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Finished(ListValue yields) ->
                new Report.Finished(yields, run.root.since, !run.undoables.isEmpty());
            case Outcome.Failed(RunError error, boolean last) -> new Report.Left(new Report.Way.Failed(error, last));
            case Outcome.Beyond(String target, var value) -> new Report.Left(new Report.Way.Yielded(target, value));
            case Outcome.Returned(var value) -> new Report.Left(new Report.Way.Returned(value));
            case Outcome.Halted() ->
                new Report.Left(new Report.Way.Halted(
                        Objects.requireNonNull(givenUp(), "a run halts because of an undo that failed")));
            case Outcome.Yielded _, Outcome.Cancelled _, Outcome.Won _, Outcome.Resumed _, Outcome.Quit _ ->
                throw new IllegalStateException("nobody leaves a segment by " + outcome);
        };
    }

    private Report stopped() {
        return new Report.Stopped(undoing.hasWork(), givenUp());
    }

    private Report undone() {
        var error = givenUp();
        return error == null ? new Report.Undone(!run.undoables.isEmpty()) : new Report.UndoFailed(error);
    }

    private @Nullable RunError givenUp() {
        var undoable = run.undoables.givenUp(run.root);
        return undoable == null ? null : Undoing.error(undoable);
    }

    private Progress report(Report report) {
        Entry entry = evaluator.decide("", evaluation -> new Entry.Reported(run.turn, report));
        return switch (entry) {
            case null -> {
                run.interrupted.add(run.root);
                yield Progress.SUSPENDED;
            }
            case Entry.Reported reported -> {
                run.duty = Duty.NOTHING;
                var parent = Objects.requireNonNull(run.started.parent(), "a segment is of a loop of another run");
                machine.send(new Effect.Report(
                        "",
                        parent.run(),
                        new Message.Reported(parent.path(), run.run, reported.turn(), reported.report())));
                yield Progress.BLOCKED;
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }
}
