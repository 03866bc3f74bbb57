package weir.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Entries about the way that a run takes as JSON.
final class WayEntryJson {
    private WayEntryJson() {}

    static RecordValue record(Entry.OfWay entry) {
        return switch (entry) {
            case Entry.LetMade made ->
                EntryBuilder.of("let/1", made.path())
                        .put("value", made.value())
                        .put("fired", made.fired().isEmpty() ? null : fired(made.fired()))
                        .build();
            case Entry.RulesFired rules ->
                EntryBuilder.of("rules/1", rules.path())
                        .put("fired", fired(rules.fired()))
                        .build();
            case Entry.Branched branched ->
                EntryBuilder.of("branch/1", branched.path())
                        .put("way", branched.way())
                        .build();
            case Entry.Listed listed -> {
                var split = listed.split();
                var record = EntryBuilder.of(split == null ? "items/1" : "items/2", listed.path())
                        .put("list", listed.list())
                        .put("atOnce", listed.atOnce());
                yield (split == null ? record : record.put("size", split.size()).put("open", split.open())).build();
            }
            case Entry.Exposed exposed ->
                EntryBuilder.of("exposed/1", exposed.path())
                        .put("experiment", exposed.experiment())
                        .put("key", exposed.key())
                        .put("way", exposed.way())
                        .build();
            case Entry.Repeating repeating ->
                EntryBuilder.of("repeat/1", repeating.path())
                        .put("times", repeating.times())
                        .put("every", repeating.every())
                        .put("carried", repeating.carried())
                        .build();
            case Entry.Passed passed ->
                EntryBuilder.of("pass/1", passed.path())
                        .put("pass", passed.pass())
                        .put("last", passed.last())
                        .put("carried", passed.carried())
                        .put("next", passed.next())
                        .build();
            case Entry.Raised raised ->
                EntryBuilder.of("raised/1", raised.path())
                        .put("error", raised.error())
                        .build();
            case Entry.Waiting waiting ->
                EntryBuilder.of("waiting/1", waiting.path())
                        .put("until", waiting.until())
                        .build();
            case Entry.Woke woke -> EntryBuilder.of("woke/1", woke.path()).build();
            case Entry.Logged logged ->
                EntryBuilder.of("log/1", logged.path())
                        .put("value", logged.value())
                        .build();
        };
    }

    private static Value fired(List<Fired> fired) {
        return ListValue.of(fired.stream()
                .map(one -> new EntryBuilder()
                        .put("rules", one.rules())
                        .put(
                                "rows",
                                ListValue.of(one.rows().stream().map(Value::of).toList()))
                        .build())
                .toList());
    }

    /// The entry, or null when it is about something else.
    static @Nullable Entry read(String kind, EntryFields fields) {
        return switch (kind) {
            case "let/1" -> new Entry.LetMade(fields.text("path"), fields.value("value"), readFired(fields));
            case "rules/1" -> new Entry.RulesFired(fields.text("path"), readFired(fields));
            case "branch/1" -> new Entry.Branched(fields.text("path"), fields.text("way"));
            case "items/1" -> new Entry.Listed(fields.text("path"), fields.list("list"), fields.number("atOnce"));
            case "items/2" ->
                new Entry.Listed(
                        fields.text("path"),
                        fields.list("list"),
                        fields.number("atOnce"),
                        new Entry.Split(fields.number("size"), fields.number("open")));
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
            case "raised/1" -> new Entry.Raised(fields.text("path"), ErrorJson.read(fields));
            case "waiting/1" -> new Entry.Waiting(fields.text("path"), fields.time("until"));
            case "woke/1" -> new Entry.Woke(fields.text("path"));
            case "log/1" -> new Entry.Logged(fields.text("path"), fields.value("value"));
            default -> null;
        };
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
