package weir.engine;

import static weir.engine.PlanNode.NOWHERE;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Repetition.Phase;
import weir.eval.Evaluation;
import weir.eval.Frame;
import weir.eval.Program;
import weir.value.Value;

/// Walks a `repeat` on, pass by pass. Each pass has a frame of its own and a path like an item (`id[2]/…`).
final class Repetitions {
    private static final int MOST_TIMES = 1_000_000;

    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;
    private final Instant now;

    Repetitions(RunState run, Evaluator evaluator, Machine machine, Departures departures, Instant now) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
        this.now = now;
    }

    Progress run(Repetition repetition) {
        while (true) {
            var progress = switch (repetition.phase) {
                case NEW -> begin(repetition);
                case READY -> pass(repetition);
                case PASSED -> passed(repetition);
                case PASSING, WAITING -> Progress.BLOCKED;
                case DONE -> Progress.ENDED;
            };
            if (progress != null) {
                return progress;
            }
        }
    }

    private @Nullable Progress begin(Repetition repetition) {
        if (run.recall.of(repetition.path) instanceof Recall.Passes passes) {
            repetition.sees(passes.walk());
            repetition.takeOver(passes);
            follow(repetition, passes.passed());
            return null;
        }
        Entry entry = evaluator.decide(repetition, repetition.path, evaluation -> repeating(repetition, evaluation));
        switch (entry) {
            case null -> {
                return Progress.SUSPENDED;
            }
            case Entry.Repeating repeating -> {
                repetition.times = repeating.times();
                repetition.every = repeating.every();
                repetition.carried = repeating.carried();
                repetition.phase = Phase.READY;
                return null;
            }
            case Entry.Raised(String _, RunError error) -> {
                return departures.raise(repetition, error, false);
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        }
    }

    private static Entry repeating(Repetition repetition, Evaluation evaluation) {
        var plan = repetition.plan;
        var frame = repetition.around.frame;
        var at = plan.node().at();
        int times =
                Conversions.count(plan.times().run(frame, evaluation), 1, MOST_TIMES, "`repeat at most … times`", at);
        @Nullable
        Long every = plan.every() == null
                ? null
                : (Long) Conversions.milliseconds(plan.every().run(frame, evaluation), "`every`", at);
        return new Entry.Repeating(repetition.path, times, every, value(plan.first(), frame, evaluation));
    }

    private static @Nullable Value value(@Nullable Program program, Frame frame, Evaluation evaluation) {
        return program == null ? null : Journaled.of(program.run(frame, evaluation));
    }

    private @Nullable Progress pass(Repetition repetition) {
        var plan = repetition.plan;
        var frame = new Frame(repetition.around.frame, plan.frameSize());
        if (plan.carriedSlot() != NOWHERE && repetition.carried != null) {
            frame.set(plan.carriedSlot(), repetition.carried);
        }
        var pass = Block.item(repetition, plan, plan.body(), repetition.path, repetition.number, frame);
        repetition.begun = now;
        repetition.pass = pass;
        repetition.phase = Phase.PASSING;
        Progress progress = machine.run(pass);
        if (progress != Progress.ENDED) {
            return progress;
        }
        pass.over = true;
        repetition.ended(pass);
        return null;
    }

    /// Decides what follows from a pass that is over.
    private @Nullable Progress passed(Repetition repetition) {
        Entry entry = evaluator.decide(
                repetition,
                repetition.path,
                Paths.item(repetition.path, repetition.number),
                evaluation -> passed(repetition, evaluation));
        switch (entry) {
            case null -> {
                return Progress.SUSPENDED;
            }
            case Entry.Passed passed
            when passed.pass() == repetition.number -> {
                follow(repetition, passed);
                if (run.isFinal()) {
                    run.recall.over(repetition, passed);
                }
                return null;
            }
            case Entry.Raised(String _, RunError error) -> {
                return departures.raise(repetition, error, false);
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        }
    }

    private void follow(Repetition repetition, Entry.Passed passed) {
        repetition.pass = null;
        repetition.carried = passed.carried();
        repetition.number = passed.pass() + 1;
        repetition.until = passed.next();
        if (passed.last()) {
            repetition.phase = Phase.DONE;
        } else if (passed.next() == null) {
            repetition.phase = Phase.READY;
        } else {
            repetition.phase = Phase.WAITING;
            run.await(repetition);
        }
    }

    private Entry passed(Repetition repetition, Evaluation evaluation) {
        var plan = repetition.plan;
        var pass = repetition.pass;
        if (pass == null) {
            throw new IllegalStateException("no pass of " + repetition.path + " is over");
        }
        boolean last = (plan.until() != null && Conversions.isTrue(plan.until().run(pass.frame, evaluation)))
                || repetition.number + 1 >= repetition.times;
        if (last) {
            return new Entry.Passed(repetition.path, repetition.number, true, null, null);
        }
        @Nullable Value carried = value(plan.next(), pass.frame, evaluation);
        @Nullable Instant next = repetition.every == null ? null : repetition.begun.plusMillis(repetition.every);
        return new Entry.Passed(
                repetition.path, repetition.number, false, carried, next == null || next.isAfter(now) ? next : null);
    }

    /// The time of the next pass has come.
    void woke(Repetition repetition) {
        repetition.until = null;
        repetition.phase = Phase.READY;
    }
}
