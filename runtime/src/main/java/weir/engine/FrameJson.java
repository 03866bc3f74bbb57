package weir.engine;

import java.time.Instant;
import java.util.List;
import weir.eval.Datetimes;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Frames as the journal keeps them: UTF-8 JSON `{"at": milliseconds, "entries": […]}`, values in their exact form
/// ([Json#exactText]). The seq stands beside the bytes.
public final class FrameJson {
    private FrameJson() {}

    /// @throws JsonProblem when a value in it is nested too deep
    public static byte[] bytes(Frame frame) {
        var entries = new Value[frame.entries().size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = EntryJson.record(frame.entries().get(i));
        }
        return Json.exactBytes(RecordValue.builder()
                .put("at", Value.of((double) frame.at().toEpochMilli()))
                .put("entries", ListValue.owning(entries))
                .build());
    }

    /// The entries as live updates show them: kinds without the version of their format, and `at` when it was
    /// decided. What only a replay needs is left out.
    public static List<RecordValue> shown(Frame frame) {
        return frame.entries().stream()
                .map(entry -> shown(EntryJson.record(entry), frame.at()))
                .toList();
    }

    private static RecordValue shown(RecordValue entry, Instant at) {
        var shown = RecordValue.builder();
        entry.forEach((name, value) -> {
            switch (name) {
                case "kind" -> {
                    var kind = ((StringValue) value).value();
                    shown.put(name, Value.of(kind.substring(0, kind.indexOf('/'))));
                }
                case "at" -> shown.put("until", time(value));
                case "until", "next" -> shown.put(name, time(value));
                case "seed" -> {}
                default -> shown.put(name, value);
            }
        });
        return shown.put("at", Value.of(Datetimes.text(at))).build();
    }

    /// A time as people and programs read it.
    private static Value time(Value stored) {
        return stored instanceof NumberValue(double milliseconds)
                ? Value.of(Datetimes.text(Instant.ofEpochMilli((long) milliseconds)))
                : stored;
    }

    /// @throws JournalFormatException when a newer build wrote it
    /// @throws JsonProblem when these are no frame's bytes
    public static Frame read(int seq, byte[] bytes) {
        var fields = new EntryFields("frame", (RecordValue) Json.readExact(bytes));
        var at = Instant.ofEpochMilli(fields.whole("at"));
        var entries = fields.list("entries").asList().stream()
                .map(entry -> EntryJson.entry((RecordValue) entry))
                .toList();
        fields.close();
        return new Frame(seq, at, entries);
    }
}
