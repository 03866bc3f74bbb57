package weir.engine;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Messages as JSON: in the journal, in the entry of their taking; and alone, on their way to a run.
public final class MessageJson {
    private MessageJson() {}

    /// @throws weir.value.JsonProblem when a value in it is nested too deep
    public static byte[] bytes(Message message) {
        return Json.exactBytes(put(RecordValue.builder(), message).build());
    }

    /// @throws JournalFormatException when a newer build wrote it
    public static Message read(byte[] bytes) {
        var fields = new EntryFields("message", (RecordValue) Json.readExact(bytes));
        var message = read(fields);
        fields.close();
        return message;
    }

    static RecordValue.Builder put(RecordValue.Builder record, Message message) {
        return switch (message) {
            case Message.Cancel(String reason) -> record.put("cancel", Value.of(reason));
            case Message.Pause(String reason) -> record.put("pause", Value.of(reason));
            case Message.Resume(String reason, var onto) -> {
                record.put("resume", Value.of(reason));
                yield onto == null
                        ? record
                        : record.put(
                                "onto",
                                RecordValue.builder()
                                        .put("id", Value.of(onto.id()))
                                        .put("number", Value.of(onto.number()))
                                        .put("hash", Value.of(onto.hash()))
                                        .build());
            }
            case Message.ChildEnded ended -> {
                var child = new EntryBuilder()
                        .put("path", ended.path())
                        .put("child", ended.child().toString())
                        .put("status", ended.status().name().toLowerCase(Locale.ROOT))
                        .put("output", ended.output())
                        .put("error", ended.error());
                yield record.put("ended", child.build());
            }
            case Message.Reported(String path, UUID child, int turn, Report report) ->
                record.put(
                        "reported",
                        SegmentJson.put(
                                        new EntryBuilder()
                                                .put("path", path)
                                                .put("child", child.toString())
                                                .put("turn", turn)
                                                .record(),
                                        report)
                                .build());
            case Message.Ordered(int turn, Order order) -> record.put("ordered", SegmentJson.record(turn, order));
            case Message.Answered(String path, UUID task, Value answer) ->
                record.put(
                        "answered",
                        RecordValue.builder()
                                .put("path", Value.of(path))
                                .put("task", Value.of(task.toString()))
                                .put("answer", answer)
                                .build());
            case Message.Published(String path, long position, String event, Value payload) ->
                record.put(
                        "published",
                        RecordValue.builder()
                                .put("path", Value.of(path))
                                .put("position", Value.of((double) position))
                                .put("event", Value.of(event))
                                .put("payload", payload)
                                .build());
        };
    }

    private static Message.@Nullable Onto onto(EntryFields fields) {
        if (!(fields.optional("onto") instanceof RecordValue record)) {
            return null;
        }
        var onto = new EntryFields("onto", record);
        var version = new Message.Onto(onto.number("id"), onto.number("number"), onto.text("hash"));
        onto.close();
        return version;
    }

    static Message read(EntryFields fields) {
        String cancel = fields.optionalText("cancel");
        if (cancel != null) {
            return new Message.Cancel(cancel);
        }
        String pause = fields.optionalText("pause");
        if (pause != null) {
            return new Message.Pause(pause);
        }
        if (fields.optional("ended") instanceof RecordValue record) {
            var ended = new EntryFields("ended", record);
            var message = new Message.ChildEnded(
                    ended.text("path"),
                    ended.id("child"),
                    Entry.Status.valueOf(ended.text("status").toUpperCase(Locale.ROOT)),
                    ended.optional("output"),
                    ended.optional("error") instanceof RecordValue error ? ErrorJson.read(error) : null);
            ended.close();
            return message;
        }
        if (fields.optional("reported") instanceof RecordValue record) {
            var reported = new EntryFields("reported", record);
            var message = new Message.Reported(
                    reported.text("path"), reported.id("child"), reported.number("turn"), SegmentJson.report(reported));
            reported.close();
            return message;
        }
        if (fields.optional("ordered") instanceof RecordValue record) {
            return SegmentJson.ordered(record);
        }
        if (fields.optional("answered") instanceof RecordValue record) {
            var answered = new EntryFields("answered", record);
            var message = new Message.Answered(answered.text("path"), answered.id("task"), answered.value("answer"));
            answered.close();
            return message;
        }
        if (fields.optional("published") instanceof RecordValue record) {
            var published = new EntryFields("published", record);
            var message = new Message.Published(
                    published.text("path"),
                    published.whole("position"),
                    published.text("event"),
                    published.value("payload"));
            published.close();
            return message;
        }
        return new Message.Resume(fields.text("resume"), onto(fields));
    }
}
