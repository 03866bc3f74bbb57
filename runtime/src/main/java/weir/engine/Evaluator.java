package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
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

    void record(Entry entry) {
        recorder.add(entry);
    }

    boolean isReplaying() {
        return recorder.isReplaying();
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
        if (!recorder.isDeciding()) {
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

    /// The same for what an earlier walk may have decided.
    ///
    /// @param at whose decision it is
    @Nullable
    Entry decide(Activation at, String path, Decider decider) {
        return decide(at, path, path, decider);
    }

    /// @param memory where it is remembered, when several are made at one path
    @Nullable
    Entry decide(Activation at, String path, String memory, Decider decider) {
        var recalled = run.recall.decision(memory, at.since);
        if (recalled != null) {
            at.sees(recalled.walk());
            return recalled.entry();
        }
        Entry entry = decide(path, decider);
        if (entry != null) {
            run.recall.note(entry, run.segments);
            at.sees(run.recall.walk());
        }
        return entry;
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

    /// The value of an expression of a block. It is recorded only if it could be another one when it is computed
    /// again.
    Given value(Block block, String path, Program program, @Nullable Type check, Span at) {
        var recalled = run.recall.decision(path, block.since);
        if (recalled != null && recalled.entry() instanceof Entry.LetMade made) {
            block.sees(recalled.walk());
            return new Given.Of(made.value());
        }
        int before = recorder.count();
        var given = value(path, path, block.frame, program, check, at);
        if (given instanceof Given.Of(Value value) && recorder.count() > before) {
            run.recall.note(new Entry.LetMade(path, value, List.of()), run.segments);
            block.sees(run.recall.walk());
        }
        return given;
    }

    /// The same for a value that is not remembered.
    ///
    /// @param place where its draws come from, when a path has several values
    Given value(String path, String place, Frame frame, Program program, @Nullable Type check, Span at) {
        return value(path, place, frame, program, check, at, Entry.Raised::new);
    }

    /// @param failed the entry of an expression that fails
    Given value(
            String path,
            String place,
            Frame frame,
            Program program,
            @Nullable Type check,
            Span at,
            BiFunction<String, RunError, Entry> failed) {
        if (!recorder.isDeciding()) {
            return replayedValue(path, place, frame, program, check, at);
        }
        var evaluation = evaluation(place);
        try {
            Value value = checked(program.run(frame, evaluation), check, at);
            if (evaluation.recordable()) {
                value = Journaled.of(value);
                recorder.add(new Entry.LetMade(path, value, evaluation.fired()));
            }
            return new Given.Of(value);
        } catch (EvaluationError e) {
            var error = error(e, path);
            recorder.add(failed.apply(path, error));
            return new Given.Failed(error);
        }
    }

    /// Whether an event was ignored there, as a replay finds out.
    boolean ignored(String path) {
        boolean ignored = recorder.peek(path) instanceof Entry.EventIgnored;
        if (ignored) {
            recorder.take();
        }
        return ignored;
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
        return run.plan.programs().evaluation(drawing(place));
    }

    Drawing drawing(String place) {
        int walk = run.recall.walk();
        return new Drawing(run.origin(), run.started.seed(), walk == 0 ? place : place + "@" + walk, now);
    }

    RunError error(EvaluationError e, String step) {
        return RunError.of(e.code(), e.sentence() + run.plan.place(e.at())).at(step, 0);
    }
}
