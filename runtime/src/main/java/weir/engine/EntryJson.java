package weir.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.value.Value;

/// Entries as JSON: `{"kind": "planned/1", …}`, the kind with the version of its format. A change of a kind's fields
/// makes a new version; what an older build wrote is read for ever ([EntryReader]), as golden files hold it.
final class EntryJson {
    private EntryJson() {}

    static void write(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        switch (entry) {
            case Entry.Started started -> {
                kind(json, "started/1");
                json.writeStringField("workflow", started.workflow());
                json.writeNumberField("version", started.version());
                json.writeStringField("hash", started.hash());
                json.writeNumberField("level", started.level());
                json.writeNumberField("seed", started.seed());
                value(json, "input", started.input());
                text(json, "trigger", started.trigger());
            }
            case Entry.Deadline(Instant at) -> {
                kind(json, "deadline/1");
                time(json, "at", at);
            }
            case Entry.LetMade(String path, Value value, List<Fired> fired) -> {
                kind(json, "let/1", path);
                value(json, "value", value);
                fired(json, fired);
            }
            case Entry.RulesFired(String path, List<Fired> fired) -> {
                kind(json, "rules/1", path);
                fired(json, fired);
            }
            case Entry.Branched(String path, String way) -> {
                kind(json, "branch/1", path);
                text(json, "way", way);
            }
            case Entry.Listed listed -> {
                kind(json, "items/1", listed.path());
                value(json, "list", listed.list());
                json.writeNumberField("atOnce", listed.atOnce());
            }
            case Entry.StepPlanned planned -> writePlanned(json, planned);
            case Entry.AttemptFailed(String path, int attempt, RunError error, Instant next) -> {
                kind(json, "retry/1", path);
                json.writeNumberField("attempt", attempt);
                error(json, error);
                time(json, "next", next);
            }
            case Entry.StepDone(String path, int attempt, Value output) -> {
                kind(json, "done/1", path);
                json.writeNumberField("attempt", attempt);
                value(json, "output", output);
            }
            case Entry.StepFailed(String path, int attempt, RunError error) -> {
                kind(json, "failed/1", path);
                json.writeNumberField("attempt", attempt);
                error(json, error);
            }
            case Entry.Raised(String path, RunError error) -> {
                kind(json, "raised/1", path);
                error(json, error);
            }
            case Entry.Waiting(String path, Instant until) -> {
                kind(json, "waiting/1", path);
                time(json, "until", until);
            }
            case Entry.Woke(String path) -> kind(json, "woke/1", path);
            case Entry.Logged(String path, Value value) -> {
                kind(json, "log/1", path);
                value(json, "value", value);
            }
            case Entry.MessageTaken(int n, Message message) -> writeTaken(json, n, message);
            case Entry.Parked(RunError error) -> {
                kind(json, "parked/1");
                error(json, error);
            }
            case Entry.Ended(Entry.Status status, @Nullable Value output, @Nullable RunError error) -> {
                kind(json, "ended/1");
                json.writeStringField("status", status.name().toLowerCase(Locale.ROOT));
                if (output != null) {
                    value(json, "output", output);
                }
                if (error != null) {
                    error(json, error);
                }
            }
        }
        json.writeEndObject();
    }

    private static void writePlanned(JsonGenerator json, Entry.StepPlanned planned) throws IOException {
        kind(json, "planned/1", planned.path());
        json.writeNumberField("generation", planned.generation());
        value(json, "arguments", planned.arguments());
        text(json, "key", planned.key());
        if (planned.timeout() != null) {
            json.writeNumberField("timeout", planned.timeout());
        }
        if (planned.connection() != null) {
            text(json, "connection", planned.connection());
        }
    }

    private static void writeTaken(JsonGenerator json, int n, Message message) throws IOException {
        kind(json, "message/1");
        json.writeNumberField("n", n);
        switch (message) {
            case Message.Cancel(String reason) -> text(json, "cancel", reason);
            case Message.Resume(String reason) -> text(json, "resume", reason);
        }
    }

    private static void kind(JsonGenerator json, String kind) throws IOException {
        json.writeStringField("kind", kind);
    }

    private static void kind(JsonGenerator json, String kind, String path) throws IOException {
        json.writeStringField("kind", kind);
        json.writeStringField("path", path);
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        JournalValues.writeText(json, text);
    }

    private static void time(JsonGenerator json, String name, Instant time) throws IOException {
        json.writeNumberField(name, time.toEpochMilli());
    }

    private static void value(JsonGenerator json, String name, Value value) throws IOException {
        json.writeFieldName(name);
        JournalValues.write(json, value);
    }

    private static void fired(JsonGenerator json, List<Fired> fired) throws IOException {
        if (fired.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("fired");
        for (var one : fired) {
            json.writeStartObject();
            json.writeStringField("rules", one.rules());
            json.writeFieldName("rows");
            int[] rows = one.rows().stream().mapToInt(Integer::intValue).toArray();
            json.writeArray(rows, 0, rows.length);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void error(JsonGenerator json, RunError error) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("code", error.code());
        text(json, "message", error.message());
        if (error.step() != null) {
            text(json, "step", error.step());
        }
        json.writeNumberField("attempts", error.attempts());
        if (error.status() != null) {
            json.writeNumberField("status", error.status());
        }
        if (error.body() != null) {
            value(json, "body", error.body());
        }
        if (error.retryAfter() != null) {
            json.writeNumberField("retryAfter", error.retryAfter());
        }
        json.writeEndObject();
    }

    /// Reads the entry whose object begins at the current token, up to its end.
    static Entry read(JsonParser json) throws IOException {
        return new EntryReader(json).entry();
    }
}
