package weir.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.StepView.Attempt;
import weir.engine.StepView.Status;
import weir.eval.Evaluation.Fired;
import weir.value.RecordValue;
import weir.value.Value;

/// Collects what the entries about one path say.
final class StepRecord {
    /// Where it stands in the order in which things began.
    final int order;

    final Instant startedAt;
    Status status = Status.RUNNING;

    @Nullable
    RunError error;

    private final List<Attempt> attempts = new ArrayList<>();

    @Nullable
    Instant endedAt;

    private @Nullable Value input;
    private @Nullable Value output;
    private @Nullable String key;
    private @Nullable Instant until;
    /// Whether it is a `repeat`, which goes on when its time has come.
    private boolean repeats;
    /// Whether it is a `wait for`.
    private boolean listens;

    /// Of a step.
    int generation;

    /// The run that the last attempt is, when the step is another workflow.
    @Nullable
    UUID child;

    private @Nullable String way;
    private List<Fired> fired = List.of();
    /// Whether what it did was taken back.
    boolean undone;

    StepRecord(int order, Instant startedAt) {
        this.order = order;
        this.startedAt = startedAt;
    }

    void note(Entry.Placed entry, Instant at) {
        switch (entry) {
            case Entry.OfStep step -> step(step, at);
            case Entry.OfWay way -> way(way, at);
            case Entry.OfOthers others -> others(others, at);
        }
    }

    /// What became of a step and its attempts; also what an `ask` or a `wait for` gave.
    private void step(Entry.OfStep entry, Instant at) {
        switch (entry) {
            case Entry.StepPlanned planned -> {
                status = Status.RUNNING;
                input = planned.arguments();
                key = planned.key();
                generation = planned.generation();
                undone = false;
                endedAt = null;
                error = null;
                attempts.add(new Attempt(1, at, null, null, null));
            }
            case Entry.AttemptFailed failed -> {
                status = Status.RETRYING;
                until = failed.next();
                error = failed.error();
                closeAttempt(at, failed.error(), failed.next());
            }
            case Entry.AttemptPostponed postponed -> {
                status = Status.WAITING;
                until = postponed.next();
                closeAttempt(at, null, postponed.next());
            }
            case Entry.StepSkipped _ -> {
                end(Status.SKIPPED, at);
                closeAttempt(at, null, null);
            }
            case Entry.AttemptBegun begun -> {
                status = Status.RUNNING;
                until = null;
                attempts.add(new Attempt(begun.attempt(), at, null, null, null));
            }
            case Entry.StepDone done -> {
                end(Status.SUCCEEDED, at);
                output = done.output();
                closeAttempt(at, null, null);
            }
            case Entry.StepFailed failed -> {
                end(Status.FAILED, at);
                error = failed.error();
                if (failed.attempt() > 0) {
                    closeAttempt(at, failed.error(), null);
                }
            }
        }
    }

    /// Which way the run took, and with what.
    private void way(Entry.OfWay entry, Instant at) {
        switch (entry) {
            case Entry.LetMade made -> {
                fired = made.fired();
                // That of a `wait for` says only whether its `where` wants an event.
                if (!listens) {
                    end(Status.SUCCEEDED, at);
                    output = made.value();
                }
            }
            case Entry.RulesFired rules -> fired = rules.fired();
            case Entry.Branched branched -> {
                way = branched.way();
                output = Value.of(way);
            }
            case Entry.Exposed exposed -> {
                input = RecordValue.builder()
                        .put("experiment", Value.of(exposed.experiment()))
                        .put("key", Value.of(exposed.key()))
                        .build();
                output = Value.of(exposed.way());
            }
            case Entry.Listed listed ->
                input = RecordValue.builder()
                        .put("items", Value.of(listed.list().size()))
                        .put("atOnce", Value.of(listed.atOnce()))
                        .build();
            case Entry.Repeating repeating -> {
                repeats = true;
                input = RecordValue.of("times", Value.of(repeating.times()));
                if (repeating.every() != null) {
                    input = ((RecordValue) input).with("every", Value.of(repeating.every()));
                }
            }
            case Entry.Passed passed -> {
                until = passed.next();
                status = until == null ? Status.RUNNING : Status.WAITING;
                if (passed.last()) {
                    end(Status.SUCCEEDED, at);
                }
            }
            case Entry.Raised raised -> {
                end(Status.FAILED, at);
                error = raised.error();
            }
            case Entry.Waiting waiting -> {
                status = Status.WAITING;
                until = waiting.until();
            }
            case Entry.Woke _ -> {
                if (repeats) {
                    status = Status.RUNNING;
                    until = null;
                } else {
                    end(Status.SUCCEEDED, at);
                }
            }
            case Entry.Logged logged -> {
                end(Status.SUCCEEDED, at);
                output = logged.value();
            }
        }
    }

    /// What was told others, and what is waited for.
    private void others(Entry.OfOthers entry, Instant at) {
        switch (entry) {
            case Entry.Asked asked -> {
                endedAt = null;
                status = Status.WAITING;
                input = RecordValue.builder()
                        .put("task", Value.of(asked.task().toString()))
                        .put("question", Value.of(asked.question()))
                        .put("who", asked.who())
                        .build();
                until = asked.until();
            }
            case Entry.Awaited awaited -> {
                listens = true;
                endedAt = null;
                status = Status.WAITING;
                input = RecordValue.of("event", Value.of(awaited.event()));
                until = awaited.until();
            }
            case Entry.EventIgnored _ -> {}
            case Entry.Emitted emitted -> {
                end(Status.SUCCEEDED, at);
                input = RecordValue.of("event", Value.of(emitted.event()));
                output = emitted.payload();
            }
        }
    }

    void end(Status how, Instant at) {
        status = how;
        endedAt = at;
        error = null;
        until = null;
    }

    /// The number of the attempt under way or the last one.
    int attempt() {
        return attempts.isEmpty() ? 0 : attempts.getLast().attempt();
    }

    boolean isStep() {
        return key != null;
    }

    /// The way is the branch that won.
    void won() {
        if (way != null) {
            input = RecordValue.of("winner", Value.of(way));
            output = null;
        }
    }

    void gives(Value value) {
        output = value;
    }

    private void closeAttempt(Instant at, @Nullable RunError problem, @Nullable Instant next) {
        if (!attempts.isEmpty()) {
            var last = attempts.removeLast();
            attempts.add(new Attempt(last.attempt(), last.startedAt(), at, problem, next));
        }
    }

    /// @param action what a step calls, or null
    StepView view(String path, String node, @Nullable String name, String kind, @Nullable String action) {
        return new StepView(
                path, node, name, kind, action, status, attempt(), startedAt, endedAt, input, output, error, key,
                attempts, until, fired, undone, child);
    }
}
