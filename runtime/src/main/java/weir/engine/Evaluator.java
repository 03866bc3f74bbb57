package weir.engine;

import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Frame;
import weir.eval.Program;
import weir.model.Type;
import weir.source.Span;
import weir.value.Value;

/// Evaluates expressions of a run and gets the entries that come from it: by deciding, or from the journal in a replay.
final class Evaluator {
    private final RunState run;
    private final Recorder recorder;
    private final Instant now;

    Evaluator(RunState run, Recorder recorder, Instant now) {
        this.run = run;
        this.recorder = recorder;
        this.now = now;
    }

    /// What an expression gave.
    sealed interface Given {
        record Of(Value value) implements Given {}

        record Failed(RunError error) implements Given {}

        /// A replay has come to the end of what was decided.
        record Undecided() implements Given {}
    }

    /// Makes an entry of expressions.
    @FunctionalInterface
    interface Decider {
        Entry decide(Evaluation evaluation);
    }

    /// The entry that says how it goes on at a path. When its expressions fail, it is what `failed` makes of the
    /// error.
    ///
    /// @return null when a replay has come to the end of what was decided
    @Nullable
    Entry decide(String path, String place, BiFunction<String, RunError, Entry> failed, Decider decider) {
        if (recorder.isReplaying()) {
            return replayed(path);
        }
        var evaluation = evaluation(place);
        Entry entry;
        try {
            entry = decider.decide(evaluation);
        } catch (EvaluationError e) {
            entry = failed.apply(path, error(e, path));
        }
        if (!evaluation.fired().isEmpty()) {
            recorder.add(new Entry.RulesFired(path, evaluation.fired()));
        }
        recorder.add(entry);
        return entry;
    }

    @Nullable
    Entry decide(String path, Decider decider) {
        return decide(path, path, Entry.Raised::new, decider);
    }

    private @Nullable Entry replayed(String path) {
        if (recorder.peek(path) instanceof Entry.RulesFired) {
            recorder.take();
        }
        Entry next = recorder.peek();
        if (next == null) {
            return null;
        }
        if (next instanceof Entry.Placed placed && !placed.path().equals(path)) {
            throw new ReplayMismatch(next);
        }
        recorder.take();
        return next;
    }

    /// The value of an expression. It is recorded only if it could be another one when it is computed again.
    Given value(String path, Frame frame, Program program, @Nullable Type check, Span at) {
        return value(path, path, frame, program, check, at);
    }

    /// @param place where its draws come from, when a path has several values
    Given value(String path, String place, Frame frame, Program program, @Nullable Type check, Span at) {
        if (recorder.isReplaying()) {
            return replayedValue(path, place, frame, program, check, at);
        }
        var evaluation = evaluation(place);
        try {
            Value value = checked(program.run(frame, evaluation), check, at);
            if (evaluation.recordable()) {
                recorder.add(new Entry.LetMade(path, value, evaluation.fired()));
            }
            return new Given.Of(value);
        } catch (EvaluationError e) {
            var error = error(e, path);
            recorder.add(new Entry.Raised(path, error));
            return new Given.Failed(error);
        }
    }

    private Given replayedValue(
            String path, String place, Frame frame, Program program, @Nullable Type check, Span at) {
        if (recorder.peek(path) instanceof Entry.LetMade made) {
            recorder.take();
            return new Given.Of(made.value());
        }
        if (recorder.peek(path) instanceof Entry.Raised raised) {
            recorder.take();
            return new Given.Failed(raised.error());
        }
        var evaluation = evaluation(place);
        try {
            Value value = checked(program.run(frame, evaluation), check, at);
            if (!evaluation.recordable()) {
                return new Given.Of(value);
            }
        } catch (EvaluationError e) {
            // It would have been recorded: it was not evaluated yet.
        }
        Entry next = recorder.peek();
        if (next != null) {
            throw new ReplayMismatch(next);
        }
        return new Given.Undecided();
    }

    private Value checked(Value value, @Nullable Type check, Span at) {
        if (check == null) {
            return value;
        }
        var fitted = Fitting.fit(value, check, run.plan.library());
        if (!fitted.fits()) {
            throw new EvaluationError("does_not_fit", "the value does not fit its type: " + fitted.sentence(), at);
        }
        return fitted.value();
    }

    Evaluation evaluation(String place) {
        return new Evaluation(drawing(place), Evaluation.STANDARD_OPERATIONS);
    }

    Drawing drawing(String place) {
        return new Drawing(run.run, run.started.seed(), place, now);
    }

    RunError error(EvaluationError e, String step) {
        return RunError.of(e.code(), e.sentence() + run.plan.place(e.at())).at(step, 0);
    }
}
