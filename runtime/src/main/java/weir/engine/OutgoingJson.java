package weir.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// What a run tells others, as JSON, on its way: `{"kind": "publish/1", …}`. The type of an answer stays behind: it is
/// in the graph.
public final class OutgoingJson {
    private OutgoingJson() {}

    /// @throws weir.value.JsonProblem when a value in it is nested too deep
    public static byte[] bytes(Effect.Outgoing outgoing) {
        return Json.exactBytes(record(outgoing));
    }

    private static RecordValue record(Effect.Outgoing outgoing) {
        return switch (outgoing) {
            case Effect.StartChild(String path, UUID child, String workflow, RecordValue input) ->
                kind("start/1", path)
                        .put("child", id(child))
                        .put("workflow", Value.of(workflow))
                        .put("input", input)
                        .build();
            case Effect.CancelChild(String path, UUID child) ->
                kind("cancel/1", path).put("child", id(child)).build();
            case Effect.PauseChild(String path, UUID child, int n, boolean goOn) ->
                kind("pause/1", path)
                        .put("child", id(child))
                        .put("n", Value.of(n))
                        .put("go_on", Value.of(goOn))
                        .build();
            case Effect.StartSegment(String path, UUID child, Segment segment) ->
                kind("segment/1", path)
                        .put("child", id(child))
                        .put("segment", segment.record())
                        .build();
            case Effect.Instruct(String path, UUID child, Message.Ordered ordered) ->
                MessageJson.put(kind("instruct/1", path).put("child", id(child)), ordered)
                        .build();
            case Effect.Report(String path, UUID parent, Message.Reported reported) ->
                MessageJson.put(kind("told/1", path).put("parent", id(parent)), reported)
                        .build();
            case Effect.Ask ask -> {
                var record = kind("ask/1", ask.path())
                        .put("task", id(ask.task()))
                        .put("question", Value.of(ask.question()))
                        .put("who", ask.who());
                yield (ask.until() == null
                                ? record
                                : record.put(
                                        "until", Value.of((double) ask.until().toEpochMilli())))
                        .build();
            }
            case Effect.Withdraw(String path, UUID task) ->
                kind("withdraw/1", path).put("task", id(task)).build();
            case Effect.Listen(String path, String event, long after, int turn) -> {
                boolean plain = after == 0 && turn == 1;
                var record = kind(plain ? "listen/1" : "listen/2", path).put("event", Value.of(event));
                yield (plain
                                ? record
                                : record.put("after", Value.of((double) after)).put("turn", Value.of(turn)))
                        .build();
            }
            case Effect.Unlisten(String path, int turn) ->
                kind("unlisten/2", path).put("turn", Value.of(turn)).build();
            case Effect.ReportEnd(String path, UUID parent, Message.ChildEnded ended) ->
                MessageJson.put(kind("report/1", path).put("parent", id(parent)), ended)
                        .build();
            case Effect.Publish(String path, String id, String event, Value payload) ->
                kind("publish/1", path)
                        .put("id", Value.of(id))
                        .put("event", Value.of(event))
                        .put("payload", payload)
                        .build();
        };
    }

    private static RecordValue.Builder kind(String kind, String path) {
        return RecordValue.builder().put("kind", Value.of(kind)).put("path", Value.of(path));
    }

    private static Value id(UUID id) {
        return Value.of(id.toString());
    }

    /// @throws JournalFormatException when a newer build wrote it
    public static Effect.Outgoing read(byte[] bytes) {
        var record = (RecordValue) Json.readExact(bytes);
        String kind = new EntryFields("letter", record).text("kind");
        var fields = new EntryFields(kind, record);
        fields.value("kind");
        var outgoing = outgoing(kind, fields.text("path"), fields);
        fields.close();
        return outgoing;
    }

    private static Effect.Outgoing outgoing(String kind, String path, EntryFields fields) {
        return switch (kind) {
            case "start/1" ->
                new Effect.StartChild(path, fields.id("child"), fields.text("workflow"), fields.record("input"));
            case "cancel/1" -> new Effect.CancelChild(path, fields.id("child"));
            case "pause/1" ->
                new Effect.PauseChild(
                        path,
                        fields.id("child"),
                        fields.number("n"),
                        fields.value("go_on") == weir.value.BooleanValue.TRUE);
            case "segment/1" ->
                new Effect.StartSegment(path, fields.id("child"), Segment.read(fields.record("segment")));
            case "instruct/1" -> {
                var child = fields.id("child");
                yield new Effect.Instruct(path, child, (Message.Ordered) MessageJson.read(fields));
            }
            case "told/1" -> {
                var parent = fields.id("parent");
                yield new Effect.Report(path, parent, (Message.Reported) MessageJson.read(fields));
            }
            case "ask/1" -> {
                @Nullable Instant until = fields.optionalTime("until");
                yield new Effect.Ask(
                        path, fields.id("task"), fields.text("question"), fields.record("who"), null, until);
            }
            case "withdraw/1" -> new Effect.Withdraw(path, fields.id("task"));
            case "listen/1" -> new Effect.Listen(path, fields.text("event"), 0, 1);
            case "listen/2" ->
                new Effect.Listen(path, fields.text("event"), fields.whole("after"), fields.number("turn"));
            case "unlisten/1" -> new Effect.Unlisten(path, 1);
            case "unlisten/2" -> new Effect.Unlisten(path, fields.number("turn"));
            case "report/1" -> {
                var parent = fields.id("parent");
                if (!(MessageJson.read(fields) instanceof Message.ChildEnded ended)) {
                    throw new JournalFormatException("an end of a child that is another message");
                }
                yield new Effect.ReportEnd(path, parent, ended);
            }
            case "publish/1" ->
                new Effect.Publish(path, fields.text("id"), fields.text("event"), fields.value("payload"));
            default -> throw new JournalFormatException("the letter `" + kind + "`");
        };
    }
}
