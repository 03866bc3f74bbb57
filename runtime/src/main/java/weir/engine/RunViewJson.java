package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.eval.Datetimes;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// A run's view as the value that the API, live updates and `weir run --json` write. Secrets show their names only.
public final class RunViewJson {
    private RunViewJson() {}

    public static RecordValue of(UUID id, RunView run) {
        return RecordValue.builder()
                .put("id", Value.of(id.toString()))
                .put("workflow", Value.of(run.workflow()))
                .put("version", Value.of(run.version()))
                .put("status", word(run.status()))
                .put("resumable", Value.of(run.resumable()))
                .put("paused", Value.of(run.paused()))
                .put("trigger", Value.of(run.trigger()))
                .put("origin", text(run.origin() == null ? null : run.origin().toString()))
                .put("startedAt", time(run.startedAt()))
                .put("endedAt", time(run.endedAt()))
                .put("input", run.input())
                .put("output", orNull(run.output()))
                .put("error", error(run.error()))
                .put("steps", list(run.steps(), RunViewJson::step))
                .put("logs", list(run.logs(), RunViewJson::log))
                .put("wakeAt", time(run.wakeAt()))
                .build();
    }

    private static Value step(StepView step) {
        var record = RecordValue.builder()
                .put("path", Value.of(step.path()))
                .put("node", Value.of(step.node()))
                .put("name", text(step.name()))
                .put("kind", Value.of(step.kind()))
                .put("action", text(step.action()))
                .put("status", word(step.status()))
                .put("attempt", Value.of(step.attempt()))
                .put("startedAt", time(step.startedAt()))
                .put("endedAt", time(step.endedAt()))
                .put("input", orNull(step.input()))
                .put("output", orNull(step.output()))
                .put("error", error(step.error()))
                .put("key", text(step.key()))
                .put("attempts", list(step.attempts(), RunViewJson::attempt))
                .put("until", time(step.until()));
        if (!step.fired().isEmpty()) {
            record.put(
                    "fired",
                    list(
                            step.fired(),
                            fired -> RecordValue.builder()
                                    .put("rules", Value.of(fired.rules()))
                                    .put("rows", list(fired.rows(), Value::of))
                                    .build()));
        }
        if (step.undone()) {
            record.put("undone", Value.of(true));
        }
        if (step.child() != null) {
            record.put("child", Value.of(step.child().toString()));
        }
        return record.build();
    }

    private static Value attempt(StepView.Attempt attempt) {
        return RecordValue.builder()
                .put("attempt", Value.of(attempt.attempt()))
                .put("startedAt", time(attempt.startedAt()))
                .put("endedAt", time(attempt.endedAt()))
                .put("error", error(attempt.error()))
                .put("nextAttemptAt", time(attempt.nextAttemptAt()))
                .build();
    }

    private static Value log(RunView.Log log) {
        return RecordValue.builder()
                .put("at", time(log.at()))
                .put("path", Value.of(log.path()))
                .put("value", log.value())
                .build();
    }

    /// `{ code, message, step, attempts, status, body }`, or null.
    public static Value error(@Nullable RunError error) {
        if (error == null) {
            return NullValue.NULL;
        }
        return RecordValue.builder()
                .put("code", Value.of(error.code()))
                .put("message", Value.of(error.message()))
                .put("step", text(error.step()))
                .put("attempts", Value.of(error.attempts()))
                .put("status", error.status() == null ? NullValue.NULL : Value.of(error.status()))
                .put("body", orNull(error.body()))
                .build();
    }

    /// ISO 8601 in UTC with milliseconds, or null.
    private static Value time(@Nullable Instant time) {
        return time == null ? NullValue.NULL : Value.of(Datetimes.text(time));
    }

    private static Value text(@Nullable String text) {
        return text == null ? NullValue.NULL : new StringValue(text);
    }

    private static Value orNull(@Nullable Value value) {
        return value == null ? NullValue.NULL : value;
    }

    private static Value word(Enum<?> word) {
        return Value.of(word.name().toLowerCase(Locale.ROOT));
    }

    private static <T> Value list(List<T> items, Function<T, Value> one) {
        return ListValue.of(items.stream().map(one).toList());
    }
}
