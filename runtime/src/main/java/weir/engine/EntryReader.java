package weir.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Reads one entry of any format version that was ever written: first its fields, then what they mean by its kind.
final class EntryReader {
    private final JsonParser json;
    private String kind = "";
    private @Nullable String path;
    private @Nullable String text;
    private @Nullable String workflow;
    private @Nullable String hash;
    private @Nullable String trigger;
    private @Nullable String connection;
    private @Nullable Value value;
    private @Nullable RunError error;
    private @Nullable Message message;
    private @Nullable Long time;
    private @Nullable Long timeout;
    private long seed;
    private int number;
    private int version;
    private int level;
    private List<Fired> fired = List.of();

    EntryReader(JsonParser json) {
        this.json = json;
    }

    Entry entry() throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            field(name);
        }
        return switch (kind) {
            case "started/1" ->
                new Entry.Started(
                        need(workflow), version, need(hash), level, seed, (RecordValue) need(value), need(trigger));
            case "deadline/1" -> new Entry.Deadline(time());
            case "let/1" -> new Entry.LetMade(need(path), need(value), fired);
            case "rules/1" -> new Entry.RulesFired(need(path), fired);
            case "branch/1" -> new Entry.Branched(need(path), need(text));
            case "items/1" -> new Entry.Listed(need(path), (ListValue) need(value), number);
            case "planned/1" ->
                new Entry.StepPlanned(need(path), number, (RecordValue) need(value), need(text), timeout, connection);
            case "retry/1" -> new Entry.AttemptFailed(need(path), number, need(error), time());
            case "done/1" -> new Entry.StepDone(need(path), number, need(value));
            case "failed/1" -> new Entry.StepFailed(need(path), number, need(error));
            case "raised/1" -> new Entry.Raised(need(path), need(error));
            case "waiting/1" -> new Entry.Waiting(need(path), time());
            case "woke/1" -> new Entry.Woke(need(path));
            case "log/1" -> new Entry.Logged(need(path), need(value));
            case "message/1" -> new Entry.MessageTaken(number, need(message));
            case "parked/1" -> new Entry.Parked(need(error));
            case "ended/1" -> new Entry.Ended(Entry.Status.valueOf(need(text).toUpperCase(Locale.ROOT)), value, error);
            default -> throw new JournalFormatException("the entry `" + kind + "`");
        };
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "kind" -> kind = json.getText();
            case "path" -> path = json.getText();
            case "workflow" -> workflow = json.getText();
            case "hash" -> hash = json.getText();
            case "trigger" -> trigger = json.getText();
            case "connection" -> connection = json.getText();
            case "way", "key", "status" -> text = json.getText();
            case "input", "value", "list", "arguments", "output" -> value = JournalValues.read(json);
            case "error" -> error = readError();
            case "cancel" -> message = new Message.Cancel(json.getText());
            case "resume" -> message = new Message.Resume(json.getText());
            case "at", "next", "until" -> time = json.getLongValue();
            case "timeout" -> timeout = json.getLongValue();
            case "seed" -> seed = json.getLongValue();
            case "atOnce", "attempt", "generation", "n" -> number = json.getIntValue();
            case "version" -> version = json.getIntValue();
            case "level" -> level = json.getIntValue();
            case "fired" -> fired = readFired();
            default -> throw new JournalFormatException("the field `" + name + "` of the entry `" + kind + "`");
        }
    }

    private RunError readError() throws IOException {
        String code = "";
        String sentence = "";
        String step = null;
        int attempts = 0;
        Integer status = null;
        Value body = null;
        Long retryAfter = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "code" -> code = json.getText();
                case "message" -> sentence = json.getText();
                case "step" -> step = json.getText();
                case "attempts" -> attempts = json.getIntValue();
                case "status" -> status = json.getIntValue();
                case "body" -> body = JournalValues.read(json);
                case "retryAfter" -> retryAfter = json.getLongValue();
                default -> throw new JournalFormatException("the field `" + name + "` of an error");
            }
        }
        return new RunError(code, sentence, step, attempts, status, body, retryAfter);
    }

    private List<Fired> readFired() throws IOException {
        var all = new ArrayList<Fired>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String rules = "";
            var rows = new ArrayList<Integer>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("rules")) {
                    rules = json.getText();
                } else {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        rows.add(json.getIntValue());
                    }
                }
            }
            all.add(new Fired(rules, List.copyOf(rows)));
        }
        return all;
    }

    private Instant time() throws IOException {
        return Instant.ofEpochMilli(need(time));
    }

    private <T> T need(@Nullable T field) throws IOException {
        if (field == null) {
            throw new IOException("the entry `" + kind + "` lacks a field");
        }
        return field;
    }
}
