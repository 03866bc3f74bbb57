package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Value;

/// Entries about what a run tells others and wants to be told as JSON.
final class OthersEntryJson {
    private OthersEntryJson() {}

    static RecordValue record(Entry.OfOthers entry) {
        return switch (entry) {
            case Entry.Asked asked ->
                EntryBuilder.of("asked/1", asked.path())
                        .put("generation", asked.generation())
                        .put("task", asked.task().toString())
                        .put("question", asked.question())
                        .put("who", (Value) asked.who())
                        .put("until", asked.until())
                        .build();
            case Entry.Awaited awaited ->
                EntryBuilder.of("awaited/1", awaited.path())
                        .put("event", awaited.event())
                        .put("until", awaited.until())
                        .build();
            case Entry.EventIgnored ignored ->
                EntryBuilder.of("ignored/1", ignored.path())
                        .put("event", ignored.event())
                        .put("error", ignored.why())
                        .build();
            case Entry.Emitted emitted ->
                EntryBuilder.of("emitted/1", emitted.path())
                        .put("event", emitted.event())
                        .put("payload", emitted.payload())
                        .build();
        };
    }

    /// The entry, or null when it is about something else.
    static @Nullable Entry read(String kind, EntryFields fields) {
        return switch (kind) {
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
            case "ignored/1" ->
                new Entry.EventIgnored(fields.text("path"), fields.text("event"), ErrorJson.read(fields));
            case "emitted/1" -> new Entry.Emitted(fields.text("path"), fields.text("event"), fields.value("payload"));
            default -> null;
        };
    }
}
