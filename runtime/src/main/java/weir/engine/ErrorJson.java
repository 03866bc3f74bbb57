package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.BooleanValue;
import weir.value.RecordValue;

/// Errors of runs as the journal keeps them.
final class ErrorJson {
    private ErrorJson() {}

    static RecordValue record(RunError error) {
        var record = new EntryBuilder()
                .put("code", error.code())
                .put("message", error.message())
                .put("step", error.step())
                .put("attempts", (long) error.attempts());
        if (error.status() != null) {
            record.put("status", (long) error.status());
        }
        record.put("body", error.body()).put("retryAfter", error.retryAfter());
        if (error.permanent()) {
            record.put("permanent", BooleanValue.TRUE);
        }
        return record.build();
    }

    static RunError read(EntryFields fields) {
        return read(fields.record("error"));
    }

    static RunError read(RecordValue record) {
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
}
