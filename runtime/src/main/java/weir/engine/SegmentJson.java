package weir.engine;

import java.util.Objects;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// What the run of a loop and those of its segments say to each other, as JSON.
final class SegmentJson {
    private SegmentJson() {}

    static RecordValue.Builder put(RecordValue.Builder record, Report report) {
        return switch (report) {
            case Report.Finished(ListValue yields, int since, boolean undoable) ->
                record.put("report", Value.of("finished"))
                        .put("yields", yields)
                        .put("since", Value.of(since))
                        .put("undoable", Value.of(undoable));
            case Report.Left(var way) -> put(record.put("report", Value.of("left")), way);
            case Report.Stopped(boolean undoable, var givenUp) -> {
                record.put("report", Value.of("stopped")).put("undoable", Value.of(undoable));
                yield givenUp == null ? record : record.put("error", ErrorJson.record(givenUp));
            }
            case Report.Undone(boolean undoable) ->
                record.put("report", Value.of("undone")).put("undoable", Value.of(undoable));
            case Report.UndoFailed(var error) ->
                record.put("report", Value.of("undo_failed")).put("error", ErrorJson.record(error));
        };
    }

    private static RecordValue.Builder put(RecordValue.Builder record, Report.Way way) {
        return switch (way) {
            case Report.Way.Failed(var error, boolean last) ->
                record.put("way", Value.of("failed"))
                        .put("error", ErrorJson.record(error))
                        .put("last", Value.of(last));
            case Report.Way.Yielded(String target, Value value) ->
                record.put("way", Value.of("yielded"))
                        .put("target", Value.of(target))
                        .put("value", value);
            case Report.Way.Returned(Value value) ->
                record.put("way", Value.of("returned")).put("value", value);
            case Report.Way.Halted(var error) ->
                record.put("way", Value.of("halted")).put("error", ErrorJson.record(error));
        };
    }

    static Report report(EntryFields fields) {
        String kind = fields.text("report");
        return switch (kind) {
            case "finished" ->
                new Report.Finished(fields.list("yields"), fields.number("since"), fields.flag("undoable"));
            case "left" -> new Report.Left(way(fields));
            case "stopped" ->
                new Report.Stopped(
                        fields.flag("undoable"),
                        fields.optional("error") instanceof RecordValue error ? ErrorJson.read(error) : null);
            case "undone" -> new Report.Undone(fields.flag("undoable"));
            case "undo_failed" -> new Report.UndoFailed(ErrorJson.read(fields));
            default -> throw new JournalFormatException("the report `" + kind + "`");
        };
    }

    private static Report.Way way(EntryFields fields) {
        String kind = fields.text("way");
        return switch (kind) {
            case "failed" -> new Report.Way.Failed(ErrorJson.read(fields), fields.flag("last"));
            case "yielded" -> new Report.Way.Yielded(fields.text("target"), fields.value("value"));
            case "returned" -> new Report.Way.Returned(fields.value("value"));
            case "halted" -> new Report.Way.Halted(ErrorJson.read(fields));
            default -> throw new JournalFormatException("the way `" + kind + "`");
        };
    }

    static RecordValue record(int turn, Order order) {
        var record = new EntryBuilder().put("turn", turn);
        return switch (order) {
            case Order.Walk(Segment segment) ->
                record.put("order", "walk").put("segment", segment.record()).build();
            case Order.Quit(boolean cancelled) ->
                record.put("order", "quit").put("cancelled", cancelled).build();
            case Order.Undo(boolean all, boolean again, boolean letGo) ->
                record.put("order", "undo")
                        .put("all", all)
                        .put("again", again)
                        .put("letGo", letGo)
                        .build();
            case Order.Release() -> record.put("order", "release").build();
        };
    }

    static Message.Ordered ordered(RecordValue record) {
        var fields = new EntryFields("ordered", record);
        int turn = fields.number("turn");
        String kind = fields.text("order");
        Order order = switch (kind) {
            case "walk" -> new Order.Walk(Segment.read(fields.record("segment")));
            case "quit" -> new Order.Quit(fields.flag("cancelled"));
            case "undo" -> new Order.Undo(fields.flag("all"), fields.flag("again"), fields.flag("letGo"));
            case "release" -> new Order.Release();
            default -> throw new JournalFormatException("the order `" + kind + "`");
        };
        fields.close();
        return new Message.Ordered(turn, Objects.requireNonNull(order));
    }
}
