package weir.engine;

import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Long loops from the side of the run whose they are: it begins segments, of which each is walked by a run of its own
/// ([Orders] is the other side), and hears what becomes of them.
///
/// A segment is a step of the loop. Its run lives until this one ends, because what it remembers is needed when the
/// workflow is walked again; only when nothing can be undone it is released as soon as it is over. It is told to stop
/// when something around it is left, and to take back what it has done when its turn to be undone comes; each order has
/// a number, and what answers an older one does not matter.
final class Segments {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;

    Segments(RunState run, Evaluator evaluator, Machine machine, Departures departures) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
    }

    /// Into which segments a loop is split, or null. How it was walked before stays.
    Entry.@Nullable Split split(Loop loop, int size) {
        var before = run.recall.listed(loop.path);
        if (before != null) {
            return before.split();
        }
        var how = run.plan.splitting();
        return how == null || size <= how.above() || loop.plan.division() == null
                ? null
                : new Entry.Split(how.size(), how.open());
    }

    /// Shares what may run at once among the segments that may be open.
    static void share(Loop loop, Entry.Split split, int size) {
        int all = (size + split.size() - 1) / split.size();
        int open = Math.max(1, Math.min(Math.min(split.open(), loop.atOnce), all));
        for (int i = 0; i < open; i++) {
            loop.free.add(loop.atOnce / open + (i < loop.atOnce % open ? 1 : 0));
        }
    }

    Progress open(Loop loop, ListValue list, Entry.Split split) {
        while (!loop.free.isEmpty() && loop.started < list.size()) {
            var division = Objects.requireNonNull(loop.plan.division(), "a loop that is split");
            int size = Math.min(split.size(), list.size() - loop.started);
            var step = Step.segment(loop, division, loop.started, size, loop.free.getFirst());
            var progress = begin(loop, step, list, division);
            if (progress == Progress.SUSPENDED || progress == Progress.LEFT) {
                return progress;
            }
            loop.started += size;
            if (progress == Progress.BLOCKED) {
                loop.free.removeFirst();
                loop.segments.add(step);
            }
        }
        return loop.segments.isEmpty() ? Progress.ENDED : Progress.BLOCKED;
    }

    private Progress begin(Loop loop, Step step, ListValue list, PlanNode.Division division) {
        var known = run.segments.get(step.path);
        if (known != null && known.released) {
            loop.around.sees(known.walk);
            loop.given.put(step.from, known.yields);
            return Progress.ENDED;
        }
        var untimed = machine.clock().begin(loop, loop.path);
        if (untimed != null) {
            return untimed;
        }
        int generation = known == null ? 1 : known.generation + 1;
        Entry entry = evaluator.decide(step.path, evaluation -> planned(step, generation));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.StepPlanned planned -> {
                begun(step, planned, list, division);
                yield Progress.BLOCKED;
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    private static Entry planned(Step step, int generation) {
        var range = RecordValue.builder()
                .put("from", Value.of(step.from))
                .put("items", Value.of(step.items))
                .put("atOnce", Value.of(step.atOnce))
                .build();
        return new Entry.StepPlanned(step.path, generation, range, "", null, null, Terms.NONE);
    }

    private void begun(Step step, Entry.StepPlanned planned, ListValue list, PlanNode.Division division) {
        var known = run.segments.get(step.path);
        var walker = known == null ? new SegmentRun(machine.child(step.path)) : known;
        var loop = (Loop) Objects.requireNonNull(step.parent);
        step.phase = Phase.RUNNING;
        step.generation = planned.generation();
        step.attempt = 1;
        step.segment = walker;
        step.child = walker.child;
        boolean anew = walker.anew;
        walker.generation = planned.generation();
        walker.turn++;
        walker.anew = false;
        run.segments.put(step.path, walker);
        run.steps.put(step.path, step);
        if (evaluator.isReplaying()) {
            return;
        }
        var segment = segment(loop, step, list, division, anew);
        machine.send(
                known == null
                        ? new Effect.StartSegment(step.path, walker.child, segment)
                        : new Effect.Instruct(
                                step.path, walker.child, new Message.Ordered(walker.turn, new Order.Walk(segment))));
    }

    private Segment segment(Loop loop, Step step, ListValue list, PlanNode.Division division, boolean anew) {
        var items = new ArrayList<Value>(step.items);
        for (int i = 0; i < step.items; i++) {
            items.add(list.get(step.from + i));
        }
        return new Segment(
                run.origin(),
                run.started.seed(),
                loop.path,
                step.from,
                ListValue.of(items),
                step.atOnce,
                run.recall.walk(),
                loop.since,
                run.isFinal(),
                anew,
                Outer.values(loop.around.frame, division.outer()));
    }

    /// A segment is over.
    static void ended(Loop loop, Step step) {
        loop.segments.remove(step);
        loop.free.addFirst(step.atOnce);
        loop.given.put(step.from, Objects.requireNonNull(step.segment).yields);
    }

    /// The run of a segment says something.
    ///
    /// @return whether it is decided what follows
    boolean reported(Message.Reported message) {
        var walker = run.segments.get(message.path());
        var step = run.steps.get(message.path());
        var undo = run.steps.get(Paths.undo(message.path()));
        if (walker == null || walker.turn != message.turn() || !walker.child.equals(message.child())) {
            return true;
        }
        return switch (message.report()) {
            case Report.Finished finished -> step == null || finished(step, walker, finished);
            case Report.Left(var way) -> step == null || left(step, way);
            case Report.Stopped stopped -> step == null || stopped(step, walker, stopped);
            case Report.Undone(boolean undoable) -> {
                walker.undoable = undoable;
                walker.partial = false;
                yield undo == null || undone(undo, new Entry.StepDone(undo.path, undo.attempt, NullValue.NULL));
            }
            case Report.UndoFailed(var error) ->
                undo == null || undone(undo, new Entry.StepFailed(undo.path, undo.attempt, error));
        };
    }

    private boolean finished(Step step, SegmentRun walker, Report.Finished finished) {
        walker.yields = finished.yields();
        walker.walk = run.recall.walk();
        walker.undoable = finished.undoable();
        settle(step);
        if (!finished.undoable() && run.isFinal()) {
            walker.released = true;
            release(step.path, walker);
        }
        step.around.sees(finished.since());
        machine.settle(step, Progress.ENDED);
        return true;
    }

    private void settle(Step step) {
        step.phase = Phase.DONE;
        run.steps.remove(step.path);
        if (step.segment != null && step.segment.undoable) {
            run.undoables.add(step);
        }
    }

    private boolean left(Step step, Report.Way way) {
        var progress = switch (way) {
            case Report.Way.Failed(var error, boolean last) -> departures.raise(step, error, last);
            case Report.Way.Yielded(String target, Value value) -> {
                @Nullable Activation at = step;
                while (at != null
                        && !(at instanceof Block around
                                && around.owner != null
                                && around.owner.node().id().equals(target))) {
                    at = at.parent;
                }
                yield at == null
                        ? departures.leave(step, run.root, new Outcome.Beyond(target, value))
                        : departures.yields(step, (Block) at, value);
            }
            case Report.Way.Returned(Value value) -> departures.returns(step, value);
            case Report.Way.Halted(var error) -> {
                run.undoables.giveUp(step, error);
                yield departures.leave(step, run.root, new Outcome.Halted());
            }
        };
        machine.settle(step, progress);
        return true;
    }

    private boolean stopped(Step step, SegmentRun walker, Report.Stopped stopped) {
        walker.undoable = stopped.undoable();
        settle(step);
        if (stopped.givenUp() != null) {
            run.undoables.giveUp(step, stopped.givenUp());
        }
        departures.awaited(step);
        return true;
    }

    private boolean undone(Step undo, Entry.Placed outcome) {
        Entry entry = evaluator.decide(undo.path, evaluation -> outcome);
        if (entry == null) {
            return false;
        }
        machine.happened(undo, (Entry.Placed) entry);
        return true;
    }

    /// The run ends: whoever walks its segments may, too.
    void release() {
        run.segments.forEach((path, walker) -> {
            if (!walker.released) {
                walker.released = true;
                release(path, walker);
            }
        });
    }

    private void release(String path, SegmentRun walker) {
        walker.turn++;
        machine.send(new Effect.Instruct(path, walker.child, new Message.Ordered(walker.turn, new Order.Release())));
    }
}
