package weir.engine;

import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Entries as records for JSON: `{"kind": "planned/1", …}`, the kind with the version of its format. A change of a
/// kind's fields makes a new version; what an older build wrote is read for ever, as golden files hold it.
final class EntryJson {
    private EntryJson() {}

    static RecordValue record(Entry entry) {
        return switch (entry) {
            case Entry.Started started -> started(started);
            case Entry.Deadline deadline ->
                EntryBuilder.of("deadline/1").put("at", deadline.at()).build();
            case Entry.TimedOut() -> EntryBuilder.of("timed_out/1").build();
            case Entry.OfStep step -> StepEntryJson.record(step);
            case Entry.OfWay way -> WayEntryJson.record(way);
            case Entry.OfOthers others -> OthersEntryJson.record(others);
            case Entry.Replayed(var origin, String from, var facts) -> {
                var list = ListValue.of(facts.stream()
                        .map(EntryJson::record)
                        .map(Value.class::cast)
                        .toList());
                yield EntryBuilder.of("replayed/1")
                        .put("origin", origin.toString())
                        .put("from", from)
                        .put("facts", list)
                        .build();
            }
            case Entry.MessageTaken(int n, Message message) ->
                MessageJson.put(EntryBuilder.of(form(message)).put("n", n).record(), message)
                        .build();
            case Entry.MessageOpened(int n) ->
                EntryBuilder.of("message_opened/1").put("n", n).build();
            case Entry.Reported(int turn, Report report) ->
                SegmentJson.put(EntryBuilder.of("reported/1").put("turn", turn).record(), report)
                        .build();
            case Entry.Parked parked ->
                EntryBuilder.of("parked/1").put("error", parked.error()).build();
            case Entry.Ended ended ->
                EntryBuilder.of("ended/1")
                        .put("status", ended.status().name().toLowerCase(Locale.ROOT))
                        .put("output", ended.output())
                        .put("error", ended.error())
                        .build();
        };
    }

    /// Older builds know no others than the first.
    private static String form(Message message) {
        return switch (message) {
            case Message.Resume(String _, var onto) -> onto == null ? "message/1" : "message/2";
            case Message.Pause _, Message.Reported _, Message.Ordered _ -> "message/2";
            case Message.Cancel _, Message.ChildEnded _, Message.Answered _, Message.Published _ -> "message/1";
        };
    }

    private static RecordValue started(Entry.Started started) {
        var parent = started.parent();
        var record = EntryBuilder.of(
                        parent == null ? "started/1" : started.segment() == null ? "started/2" : "started/3")
                .put("workflow", started.workflow())
                .put("version", started.version())
                .put("hash", started.hash())
                .put("level", started.level())
                .put("seed", Long.toHexString(started.seed()))
                .put("input", started.input())
                .put("trigger", started.trigger());
        if (parent != null) {
            record.put(
                    "parent",
                    new EntryBuilder()
                            .put("run", parent.run().toString())
                            .put("path", parent.path())
                            .build());
        }
        if (started.segment() != null) {
            record.put("segment", started.segment().record());
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
            case "started/1", "started/2", "started/3" ->
                new Entry.Started(
                        fields.text("workflow"),
                        fields.number("version"),
                        fields.text("hash"),
                        fields.number("level"),
                        Long.parseUnsignedLong(fields.text("seed"), 16),
                        fields.record("input"),
                        fields.text("trigger"),
                        kind.equals("started/1") ? null : readParent(fields.record("parent")),
                        Segment.readOptional(fields.optional("segment")));
            case "reported/1" -> new Entry.Reported(fields.number("turn"), SegmentJson.report(fields));
            case "timed_out/1" -> new Entry.TimedOut();
            case "deadline/1" -> new Entry.Deadline(fields.time("at"));
            case "replayed/1" -> replayed(fields);
            case "message_opened/1" -> new Entry.MessageOpened(fields.number("n"));
            case "message/1", "message/2" -> new Entry.MessageTaken(fields.number("n"), MessageJson.read(fields));
            case "parked/1" -> new Entry.Parked(ErrorJson.read(fields));
            case "ended/1" ->
                new Entry.Ended(
                        Entry.Status.valueOf(fields.text("status").toUpperCase(Locale.ROOT)),
                        fields.optional("output"),
                        fields.optional("error") instanceof RecordValue error ? ErrorJson.read(error) : null);
            default -> placed(kind, fields);
        };
    }

    private static Entry placed(String kind, EntryFields fields) {
        @Nullable Entry entry = StepEntryJson.read(kind, fields);
        entry = entry != null ? entry : WayEntryJson.read(kind, fields);
        entry = entry != null ? entry : OthersEntryJson.read(kind, fields);
        if (entry == null) {
            throw new JournalFormatException("the entry `" + kind + "`");
        }
        return entry;
    }

    private static Entry.Replayed replayed(EntryFields fields) {
        var facts = new ArrayList<Entry.Placed>();
        for (var fact : (ListValue) fields.value("facts")) {
            if (!(entry((RecordValue) fact) instanceof Entry.Placed placed)) {
                throw new JournalFormatException("a fact of a replay that has no place");
            }
            facts.add(placed);
        }
        return new Entry.Replayed(fields.id("origin"), fields.text("from"), facts);
    }

    private static Entry.Parent readParent(RecordValue record) {
        var fields = new EntryFields("parent", record);
        var parent = new Entry.Parent(fields.id("run"), fields.text("path"));
        fields.close();
        return parent;
    }
}
