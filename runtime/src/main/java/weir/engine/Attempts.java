package weir.engine;

import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Frame;
import weir.eval.Program;
import weir.model.Type;
import weir.source.Span;
import weir.value.Crossing;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// What steps decide: their plan, and what follows from an attempt's outcome.
final class Attempts {
    private static final int MOST_RETRIES = 1_000_000;

    private final RunState run;
    private final Evaluator evaluator;
    private final Instant now;

    Attempts(RunState run, Evaluator evaluator, Instant now) {
        this.run = run;
        this.evaluator = evaluator;
        this.now = now;
    }

    /// A step's [Entry.StepPlanned], or its [Entry.StepFailed] when its expressions fail.
    @Nullable
    Entry plan(Step step) {
        int generation = step.generation + 1;
        return evaluator.decide(
                step.path,
                step.path + "#" + generation,
                Attempts::failed,
                evaluation -> planned(step, generation, evaluation));
    }

    /// The run's [Entry.Deadline], which begins with the first thing that takes time, or its failure when its
    /// expression fails.
    ///
    /// @param path of what takes time first
    /// @param failure what a failure at a path is
    @Nullable
    Entry deadline(String path, Program timeout, BiFunction<String, RunError, Entry> failure) {
        return evaluator.decide(path, "", failure, evaluation -> {
            Value value = timeout.run(run.root.frame, evaluation);
            return new Entry.Deadline(now.plusMillis(Conversions.milliseconds(
                    value, "`timeout`", run.plan.graph().at())));
        });
    }

    static Entry failed(String path, RunError error) {
        return new Entry.StepFailed(path, 0, error);
    }

    private Entry planned(Step step, int generation, Evaluation evaluation) {
        var frame = step.frame;
        var policy = step.plan.policy();
        var at = step.plan.node().at();
        var arguments = RecordValue.builder();
        for (var argument : step.plan.arguments()) {
            var value = argument.value().run(frame, evaluation);
            arguments.put(argument.name(), Conversions.sayable(value, argument.name(), at));
        }
        String key;
        if (policy.key() == null) {
            key = run.origin() + "/" + step.path + "/" + generation;
        } else {
            key = Conversions.key(policy.key().run(frame, evaluation), at);
            key = generation == 1 ? key : key + "~" + generation;
        }
        Long timeout = policy.timeout() == null
                ? null
                : (Long) Conversions.milliseconds(policy.timeout().run(frame, evaluation), "`timeout`", at);
        String connection = policy.connection() == null
                ? null
                : Conversions.text(policy.connection().run(frame, evaluation));
        return new Entry.StepPlanned(
                step.path,
                generation,
                Crossing.of(arguments.build()),
                key,
                timeout,
                connection,
                terms(policy.terms(), frame, at, evaluation));
    }

    private static Terms terms(PlanNode.Terms terms, Frame frame, Span at, Evaluation evaluation) {
        Terms.Once once = null;
        if (terms.onceKey() != null && terms.onceWithin() != null) {
            String key = Conversions.key(terms.onceKey().run(frame, evaluation), at);
            long within =
                    Conversions.milliseconds(terms.onceWithin().run(frame, evaluation), "`once per … within`", at);
            once = new Terms.Once(key, within);
        }
        Terms.Rate rate = null;
        if (terms.count() != null && terms.per() != null) {
            int count = Conversions.count(
                    terms.count().run(frame, evaluation), 1, Integer.MAX_VALUE, "`at most … per`", at);
            rate = new Terms.Rate(
                    count, Conversions.milliseconds(terms.per().run(frame, evaluation), "`at most … per`", at));
        }
        String queue =
                terms.queue() == null ? null : Conversions.word(terms.queue().run(frame, evaluation), "`queue`", at);
        return new Terms(once, rate, queue);
    }

    /// What becomes of an attempt that gave a result.
    Entry.Placed completed(Step step, Value output) {
        Type check = step.plan.check();
        Value crossed = Crossing.of(output);
        if (check != null) {
            var fitted = Fitting.fit(crossed, check, run.plan.library());
            if (!fitted.fits()) {
                return failed(
                        step, RunError.of("does_not_fit", "the result does not fit its type: " + fitted.sentence()));
            }
            crossed = fitted.value();
        }
        return new Entry.StepDone(step.path, step.attempt, crossed);
    }

    /// What becomes of an attempt that failed.
    Entry.Placed failed(Step step, RunError cause) {
        var error = cause.at(step.label(), step.attempt);
        var retry = step.plan.policy().retry();
        try {
            if (retry != null
                    && !cause.permanent()
                    && step.attempt <= times(step, retry)
                    && isWanted(step, retry, error)) {
                return new Entry.AttemptFailed(
                        step.path, step.attempt, error, now.plusMillis(pause(step, retry, error)));
            }
            return new Entry.StepFailed(step.path, step.attempt, error);
        } catch (EvaluationError e) {
            return new Entry.StepFailed(
                    step.path, step.attempt, evaluator.error(e, step.label()).at(step.label(), step.attempt));
        }
    }

    /// What becomes of a child run that took longer than its `timeout`.
    Entry.Placed tookTooLong(Step step) {
        return failed(step, RunError.of("timeout", "the run of the workflow took longer than its `timeout`"));
    }

    private int times(Step step, PlanNode.Retry retry) {
        return Conversions.count(value(step, retry.times()), 0, MOST_RETRIES, "`retry … times`", at(step));
    }

    private boolean isWanted(Step step, PlanNode.Retry retry, RunError error) {
        if (retry.when() == null) {
            return true;
        }
        var frame = new Frame(step.frame, 1);
        frame.set(0, record(error));
        return Conversions.isTrue(retry.when().run(frame, evaluator.evaluation(place(step))));
    }

    private long pause(Step step, PlanNode.Retry retry, RunError error) {
        long from = retry.from() == null
                ? Backoff.FIRST
                : Conversions.milliseconds(value(step, retry.from()), "`retry … from`", at(step));
        long to = retry.to() == null
                ? Math.max(Backoff.LONGEST, from)
                : Conversions.milliseconds(value(step, retry.to()), "`retry … to`", at(step));
        double chance = evaluator.drawing(place(step) + "/pause").random();
        long asked = error.retryAfter() == null ? 0 : error.retryAfter();
        return Backoff.pause(step.attempt, from, to, chance, asked);
    }

    private Value value(Step step, Program program) {
        return program.run(step.frame, evaluator.evaluation(place(step)));
    }

    private static String place(Step step) {
        return step.path + "#" + step.generation + "/" + step.attempt;
    }

    private static Span at(Step step) {
        return step.plan.node().at();
    }

    /// What `catch`, `on error` and `retry … when` see.
    static RecordValue record(RunError error) {
        var record = RecordValue.builder()
                .put("step", error.step() == null ? NullValue.NULL : new StringValue(error.step()))
                .put("code", Value.of(error.code()))
                .put("message", Value.of(error.message()))
                .put("attempts", Value.of(error.attempts()));
        if (error.status() != null) {
            record.put("status", Value.of(error.status()));
        }
        if (error.body() != null) {
            record.put("body", error.body());
        }
        return record.build();
    }

    /// An attempt that is a child run has an id and a time of its own; of others the worker takes care.
    private void began(Step step) {
        step.deadline = null;
        if (step.plan.target() instanceof PlanNode.Target.Workflow) {
            step.child = Drawing.child(run, step.path, step.generation, step.attempt, now);
            if (step.timeout != null) {
                step.deadline = now.plusMillis(step.timeout);
                run.addDeadline(step, step.deadline);
            }
        } else if (step.plan.target() instanceof PlanNode.Target.SegmentUndo && step.segment != null) {
            step.segment.turn++;
            step.order = step.segment.undo();
            step.child = step.segment.child;
        }
    }

    /// Takes over what an entry says about a step.
    void apply(Step step, Entry.Placed entry) {
        run.removeDeadline(step);
        switch (entry) {
            case Entry.StepPlanned planned -> {
                step.phase = Phase.RUNNING;
                step.generation = planned.generation();
                step.attempt = 1;
                step.arguments = planned.arguments();
                step.key = planned.key();
                step.timeout = planned.timeout();
                step.connection = planned.connection();
                step.terms = planned.terms();
                began(step);
            }
            case Entry.AttemptFailed failed -> {
                step.phase = Phase.BACKOFF;
                step.attempt = failed.attempt() + 1;
                step.next = failed.next();
            }
            case Entry.AttemptBegun _ -> {
                step.phase = Phase.RUNNING;
                began(step);
            }
            case Entry.AttemptPostponed postponed -> {
                step.phase = Phase.BACKOFF;
                step.next = postponed.next();
            }
            case Entry.StepSkipped _ -> {
                step.phase = Phase.DONE;
                step.output = NullValue.NULL;
                step.arguments = RecordValue.EMPTY;
            }
            case Entry.StepDone done -> {
                step.phase = Phase.DONE;
                step.output = done.output();
                step.arguments = RecordValue.EMPTY;
            }
            case Entry.StepFailed _ -> step.phase = Phase.FAILED;
            // Default: no other entry is about a step.
            default -> throw new ReplayMismatch(entry);
        }
    }
}
