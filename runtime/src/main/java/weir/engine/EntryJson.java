package weir.engine;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.eval.Datetimes;
import weir.eval.Evaluation.Fired;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Entries as records for JSON: `{"kind": "planned/1", …}`, the kind with the version of its format. A change of a
/// kind's fields makes a new version; what an older build wrote is read for ever, as golden files hold it.
public final class EntryJson {
    private EntryJson() {}

    /// An entry for people: the kind without the version of its format, and when it was decided. Secrets show their
    /// names when this is written as plain JSON.
    public static RecordValue shown(Entry entry, Instant at) {
        var stored = record(entry);
        String kind = ((StringValue) stored.valueAt(0)).value();
        var shown = RecordValue.builder()
                .put("kind", Value.of(kind.substring(0, kind.indexOf('/'))))
                .put("at", Value.of(Datetimes.text(at)));
        for (int i = 1; i < stored.size(); i++) {
            shown.put(stored.nameAt(i), stored.valueAt(i));
        }
        return shown.build();
    }

    static RecordValue record(Entry entry) {
        return switch (entry) {
            case Entry.Started started -> started(started);
            case Entry.Deadline(Instant at) ->
                kind("deadline/1").put("at", time(at)).build();
            case Entry.LetMade(String path, Value value, List<Fired> fired) -> {
                var record = kind("let/1", path).put("value", value);
                yield (fired.isEmpty() ? record : record.put("fired", fired(fired))).build();
            }
            case Entry.RulesFired(String path, List<Fired> fired) ->
                kind("rules/1", path).put("fired", fired(fired)).build();
            case Entry.Branched(String path, String way) ->
                kind("branch/1", path).put("way", Value.of(way)).build();
            case Entry.Listed(String path, ListValue list, int atOnce) ->
                kind("items/1", path)
                        .put("list", list)
                        .put("atOnce", Value.of(atOnce))
                        .build();
            case Entry.Exposed(String path, String experiment, String key, String way) ->
                kind("exposed/1", path)
                        .put("experiment", Value.of(experiment))
                        .put("key", Value.of(key))
                        .put("way", Value.of(way))
                        .build();
            case Entry.Repeating repeating -> {
                var record = kind("repeat/1", repeating.path()).put("times", Value.of(repeating.times()));
                put(record, "every", repeating.every());
                put(record, "carried", repeating.carried());
                yield record.build();
            }
            case Entry.Passed passed -> {
                var record = kind("pass/1", passed.path())
                        .put("pass", Value.of(passed.pass()))
                        .put("last", Value.of(passed.last()));
                put(record, "carried", passed.carried());
                put(record, "next", passed.next());
                yield record.build();
            }
            case Entry.StepPlanned planned -> planned(planned);
            case Entry.AttemptFailed(String path, int attempt, RunError error, Instant next) ->
                kind("retry/1", path)
                        .put("attempt", Value.of(attempt))
                        .put("error", error(error))
                        .put("next", time(next))
                        .build();
            case Entry.AttemptBegun(String path, int attempt) ->
                kind("attempt/1", path).put("attempt", Value.of(attempt)).build();
            case Entry.AttemptPostponed(String path, int attempt, Instant next) ->
                kind("postponed/1", path)
                        .put("attempt", Value.of(attempt))
                        .put("next", time(next))
                        .build();
            case Entry.StepSkipped(String path, int attempt) ->
                kind("skipped/1", path).put("attempt", Value.of(attempt)).build();
            case Entry.StepDone(String path, int attempt, Value output) ->
                kind("done/1", path)
                        .put("attempt", Value.of(attempt))
                        .put("output", output)
                        .build();
            case Entry.StepFailed(String path, int attempt, RunError error) ->
                kind("failed/1", path)
                        .put("attempt", Value.of(attempt))
                        .put("error", error(error))
                        .build();
            case Entry.Raised(String path, RunError error) ->
                kind("raised/1", path).put("error", error(error)).build();
            case Entry.Waiting(String path, Instant until) ->
                kind("waiting/1", path).put("until", time(until)).build();
            case Entry.Woke(String path) -> kind("woke/1", path).build();
            case Entry.Logged(String path, Value value) ->
                kind("log/1", path).put("value", value).build();
            case Entry.Asked asked -> {
                var record = kind("asked/1", asked.path())
                        .put("generation", Value.of(asked.generation()))
                        .put("task", Value.of(asked.task().toString()))
                        .put("question", Value.of(asked.question()))
                        .put("who", asked.who());
                put(record, "until", asked.until());
                yield record.build();
            }
            case Entry.Awaited(String path, String event, @Nullable Instant until) -> {
                var record = kind("awaited/1", path).put("event", Value.of(event));
                put(record, "until", until);
                yield record.build();
            }
            case Entry.Emitted(String path, String event, Value payload) ->
                kind("emitted/1", path)
                        .put("event", Value.of(event))
                        .put("payload", payload)
                        .build();
            case Entry.MessageTaken(int n, Message message) ->
                MessageJson.put(kind("message/1").put("n", Value.of(n)), message)
                        .build();
            case Entry.Parked(RunError error) ->
                kind("parked/1").put("error", error(error)).build();
            case Entry.Ended ended -> ended(ended);
        };
    }

    private static RecordValue.Builder kind(String kind) {
        return RecordValue.builder().put("kind", Value.of(kind));
    }

    private static RecordValue.Builder kind(String kind, String path) {
        return kind(kind).put("path", Value.of(path));
    }

    static void put(RecordValue.Builder record, String name, @Nullable Value value) {
        if (value != null) {
            record.put(name, value);
        }
    }

    private static void put(RecordValue.Builder record, String name, @Nullable Long value) {
        if (value != null) {
            record.put(name, Value.of(value));
        }
    }

    private static void put(RecordValue.Builder record, String name, @Nullable Instant value) {
        if (value != null) {
            record.put(name, time(value));
        }
    }

    private static RecordValue started(Entry.Started started) {
        var parent = started.parent();
        var record = kind(parent == null ? "started/1" : "started/2")
                .put("workflow", Value.of(started.workflow()))
                .put("version", Value.of(started.version()))
                .put("hash", Value.of(started.hash()))
                .put("level", Value.of(started.level()))
                .put("seed", Value.of(Long.toHexString(started.seed())))
                .put("input", started.input())
                .put("trigger", Value.of(started.trigger()));
        if (parent != null) {
            record.put(
                    "parent",
                    RecordValue.builder()
                            .put("run", Value.of(parent.run().toString()))
                            .put("path", Value.of(parent.path()))
                            .build());
        }
        return record.build();
    }

    private static RecordValue terms(Terms terms) {
        var record = RecordValue.builder();
        if (terms.once() != null) {
            record.put(
                    "once",
                    RecordValue.builder()
                            .put("key", Value.of(terms.once().key()))
                            .put("within", Value.of(terms.once().within()))
                            .build());
        }
        if (terms.rate() != null) {
            record.put(
                    "rate",
                    RecordValue.builder()
                            .put("count", Value.of(terms.rate().count()))
                            .put("per", Value.of(terms.rate().per()))
                            .build());
        }
        if (terms.queue() != null) {
            record.put("queue", Value.of(terms.queue()));
        }
        return record.build();
    }

    private static RecordValue planned(Entry.StepPlanned planned) {
        boolean plain = planned.terms().equals(Terms.NONE);
        var record = kind(plain ? "planned/1" : "planned/2", planned.path())
                .put("generation", Value.of(planned.generation()))
                .put("arguments", planned.arguments())
                .put("key", Value.of(planned.key()));
        if (planned.timeout() != null) {
            record.put("timeout", Value.of(planned.timeout()));
        }
        if (planned.connection() != null) {
            record.put("connection", Value.of(planned.connection()));
        }
        if (!plain) {
            record.put("terms", terms(planned.terms()));
        }
        return record.build();
    }

    private static RecordValue ended(Entry.Ended ended) {
        var record =
                kind("ended/1").put("status", Value.of(ended.status().name().toLowerCase(Locale.ROOT)));
        if (ended.output() != null) {
            record.put("output", ended.output());
        }
        if (ended.error() != null) {
            record.put("error", error(ended.error()));
        }
        return record.build();
    }

    private static Value time(Instant time) {
        return Value.of((double) time.toEpochMilli());
    }

    private static Value fired(List<Fired> fired) {
        return ListValue.of(fired.stream()
                .map(one -> RecordValue.builder()
                        .put("rules", Value.of(one.rules()))
                        .put(
                                "rows",
                                ListValue.of(one.rows().stream().map(Value::of).toList()))
                        .build())
                .toList());
    }

    static RecordValue error(RunError error) {
        var record =
                RecordValue.builder().put("code", Value.of(error.code())).put("message", Value.of(error.message()));
        if (error.step() != null) {
            record.put("step", Value.of(error.step()));
        }
        record.put("attempts", Value.of(error.attempts()));
        if (error.status() != null) {
            record.put("status", Value.of(error.status()));
        }
        if (error.body() != null) {
            record.put("body", error.body());
        }
        if (error.retryAfter() != null) {
            record.put("retryAfter", Value.of(error.retryAfter()));
        }
        if (error.permanent()) {
            record.put("permanent", BooleanValue.TRUE);
        }
        return record.build();
    }

    static Entry entry(RecordValue record) {
        String kind = new EntryFields("entry", record).text("kind");
        var fields = new EntryFields(kind, record);
        fields.value("kind");
        Entry entry = entry(kind, fields);
        fields.close();
        return entry;
    }

    private static Entry entry(String kind, EntryFields fields) {
        return switch (kind) {
            case "started/1", "started/2" ->
                new Entry.Started(
                        fields.text("workflow"),
                        fields.number("version"),
                        fields.text("hash"),
                        fields.number("level"),
                        Long.parseUnsignedLong(fields.text("seed"), 16),
                        fields.record("input"),
                        fields.text("trigger"),
                        kind.equals("started/1") ? null : readParent(fields.record("parent")));
            case "deadline/1" -> new Entry.Deadline(fields.time("at"));
            case "let/1" -> new Entry.LetMade(fields.text("path"), fields.value("value"), readFired(fields));
            case "rules/1" -> new Entry.RulesFired(fields.text("path"), readFired(fields));
            case "branch/1" -> new Entry.Branched(fields.text("path"), fields.text("way"));
            case "items/1" -> new Entry.Listed(fields.text("path"), fields.list("list"), fields.number("atOnce"));
            case "exposed/1" ->
                new Entry.Exposed(
                        fields.text("path"), fields.text("experiment"), fields.text("key"), fields.text("way"));
            case "repeat/1" ->
                new Entry.Repeating(
                        fields.text("path"),
                        fields.number("times"),
                        fields.optionalWhole("every"),
                        fields.optional("carried"));
            case "pass/1" ->
                new Entry.Passed(
                        fields.text("path"),
                        fields.number("pass"),
                        fields.flag("last"),
                        fields.optional("carried"),
                        fields.optionalTime("next"));
            case "planned/1", "planned/2" ->
                new Entry.StepPlanned(
                        fields.text("path"),
                        fields.number("generation"),
                        fields.record("arguments"),
                        fields.text("key"),
                        fields.optionalWhole("timeout"),
                        fields.optionalText("connection"),
                        kind.equals("planned/1") ? Terms.NONE : readTerms(fields.record("terms")));
            case "retry/1" ->
                new Entry.AttemptFailed(
                        fields.text("path"), fields.number("attempt"), readError(fields), fields.time("next"));
            case "attempt/1" -> new Entry.AttemptBegun(fields.text("path"), fields.number("attempt"));
            case "postponed/1" ->
                new Entry.AttemptPostponed(fields.text("path"), fields.number("attempt"), fields.time("next"));
            case "skipped/1" -> new Entry.StepSkipped(fields.text("path"), fields.number("attempt"));
            case "done/1" -> new Entry.StepDone(fields.text("path"), fields.number("attempt"), fields.value("output"));
            case "failed/1" -> new Entry.StepFailed(fields.text("path"), fields.number("attempt"), readError(fields));
            case "raised/1" -> new Entry.Raised(fields.text("path"), readError(fields));
            case "waiting/1" -> new Entry.Waiting(fields.text("path"), fields.time("until"));
            case "woke/1" -> new Entry.Woke(fields.text("path"));
            case "log/1" -> new Entry.Logged(fields.text("path"), fields.value("value"));
            case "asked/1" ->
                new Entry.Asked(
                        fields.text("path"),
                        fields.number("generation"),
                        fields.id("task"),
                        fields.text("question"),
                        fields.record("who"),
                        fields.optionalTime("until"));
            case "awaited/1" ->
                new Entry.Awaited(fields.text("path"), fields.text("event"), fields.optionalTime("until"));
            case "emitted/1" -> new Entry.Emitted(fields.text("path"), fields.text("event"), fields.value("payload"));
            case "message/1" -> new Entry.MessageTaken(fields.number("n"), MessageJson.read(fields));
            case "parked/1" -> new Entry.Parked(readError(fields));
            case "ended/1" ->
                new Entry.Ended(
                        Entry.Status.valueOf(fields.text("status").toUpperCase(Locale.ROOT)),
                        fields.optional("output"),
                        fields.optional("error") instanceof RecordValue error ? readError(error) : null);
            default -> throw new JournalFormatException("the entry `" + kind + "`");
        };
    }

    private static Entry.Parent readParent(RecordValue record) {
        var fields = new EntryFields("parent", record);
        var parent = new Entry.Parent(fields.id("run"), fields.text("path"));
        fields.close();
        return parent;
    }

    private static Terms readTerms(RecordValue record) {
        var fields = new EntryFields("terms", record);
        Terms.Once once = null;
        if (fields.optional("once") instanceof RecordValue of) {
            var inner = new EntryFields("once", of);
            once = new Terms.Once(inner.text("key"), inner.whole("within"));
            inner.close();
        }
        Terms.Rate rate = null;
        if (fields.optional("rate") instanceof RecordValue of) {
            var inner = new EntryFields("rate", of);
            rate = new Terms.Rate(inner.number("count"), inner.whole("per"));
            inner.close();
        }
        var terms = new Terms(once, rate, fields.optionalText("queue"));
        fields.close();
        return terms;
    }

    private static RunError readError(EntryFields fields) {
        return readError(fields.record("error"));
    }

    static RunError readError(RecordValue record) {
        var fields = new EntryFields("error", record);
        @Nullable Long status = fields.optionalWhole("status");
        var error = new RunError(
                fields.text("code"),
                fields.text("message"),
                fields.optionalText("step"),
                fields.number("attempts"),
                status == null ? null : status.intValue(),
                fields.optional("body"),
                fields.optionalWhole("retryAfter"),
                fields.optional("permanent") == BooleanValue.TRUE);
        fields.close();
        return error;
    }

    private static List<Fired> readFired(EntryFields fields) {
        if (!(fields.optional("fired") instanceof ListValue list)) {
            return List.of();
        }
        return list.asList().stream()
                .map(one -> new EntryFields("rules", (RecordValue) one))
                .map(one -> new Fired(
                        one.text("rules"),
                        one.list("rows").asList().stream()
                                .map(row -> (int) ((NumberValue) row).value())
                                .toList()))
                .toList();
    }
}
