package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;

/// Entries about steps as JSON.
final class StepEntryJson {
    private StepEntryJson() {}

    static RecordValue record(Entry.OfStep entry) {
        return switch (entry) {
            case Entry.StepPlanned planned -> planned(planned);
            case Entry.AttemptFailed failed ->
                of("retry/1", failed.path(), failed.attempt())
                        .put("error", failed.error())
                        .put("next", failed.next())
                        .build();
            case Entry.AttemptBegun begun ->
                of("attempt/1", begun.path(), begun.attempt()).build();
            case Entry.AttemptPostponed postponed ->
                of("postponed/1", postponed.path(), postponed.attempt())
                        .put("next", postponed.next())
                        .build();
            case Entry.StepSkipped skipped ->
                of("skipped/1", skipped.path(), skipped.attempt()).build();
            case Entry.StepDone done ->
                of("done/1", done.path(), done.attempt())
                        .put("output", done.output())
                        .build();
            case Entry.StepFailed failed ->
                of("failed/1", failed.path(), failed.attempt())
                        .put("error", failed.error())
                        .build();
        };
    }

    private static EntryBuilder of(String kind, String path, int attempt) {
        return EntryBuilder.of(kind, path).put("attempt", attempt);
    }

    private static RecordValue planned(Entry.StepPlanned planned) {
        boolean plain = planned.terms().equals(Terms.NONE);
        return EntryBuilder.of(plain ? "planned/1" : "planned/2", planned.path())
                .put("generation", planned.generation())
                .put("arguments", planned.arguments())
                .put("key", planned.key())
                .put("timeout", planned.timeout())
                .put("connection", planned.connection())
                .put("terms", plain ? null : terms(planned.terms()))
                .build();
    }

    private static RecordValue terms(Terms terms) {
        var record = new EntryBuilder();
        if (terms.once() != null) {
            record.put(
                    "once",
                    new EntryBuilder()
                            .put("key", terms.once().key())
                            .put("within", terms.once().within())
                            .build());
        }
        if (terms.rate() != null) {
            record.put(
                    "rate",
                    new EntryBuilder()
                            .put("count", terms.rate().count())
                            .put("per", terms.rate().per())
                            .build());
        }
        return record.put("queue", terms.queue()).build();
    }

    /// The entry, or null when it is about something else.
    static @Nullable Entry read(String kind, EntryFields fields) {
        return switch (kind) {
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
                        fields.text("path"), fields.number("attempt"), ErrorJson.read(fields), fields.time("next"));
            case "attempt/1" -> new Entry.AttemptBegun(fields.text("path"), fields.number("attempt"));
            case "postponed/1" ->
                new Entry.AttemptPostponed(fields.text("path"), fields.number("attempt"), fields.time("next"));
            case "skipped/1" -> new Entry.StepSkipped(fields.text("path"), fields.number("attempt"));
            case "done/1" -> new Entry.StepDone(fields.text("path"), fields.number("attempt"), fields.value("output"));
            case "failed/1" ->
                new Entry.StepFailed(fields.text("path"), fields.number("attempt"), ErrorJson.read(fields));
            default -> null;
        };
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
}
