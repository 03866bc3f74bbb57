package weir.engine;

import java.time.Instant;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.RecordValue;
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
