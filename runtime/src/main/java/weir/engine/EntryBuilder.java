package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Value;

/// Makes the record of something stored; [EntryFields] takes it apart. What is null is left out.
final class EntryBuilder {
    private final RecordValue.Builder record = RecordValue.builder();

    /// @param kind with the version of its format (`planned/1`)
    static EntryBuilder of(String kind) {
        return new EntryBuilder().put("kind", kind);
    }

    static EntryBuilder of(String kind, String path) {
        return of(kind).put("path", path);
    }

    EntryBuilder put(String name, @Nullable Value value) {
        if (value != null) {
            record.put(name, value);
        }
        return this;
    }

    EntryBuilder put(String name, @Nullable String value) {
        return put(name, value == null ? null : Value.of(value));
    }

    EntryBuilder put(String name, long value) {
        return put(name, Value.of((double) value));
    }

    EntryBuilder put(String name, boolean value) {
        return put(name, Value.of(value));
    }

    EntryBuilder put(String name, @Nullable Long value) {
        return put(name, value == null ? null : Value.of((double) value));
    }

    EntryBuilder put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : value.toEpochMilli());
    }

    EntryBuilder put(String name, @Nullable RunError error) {
        return put(name, error == null ? null : ErrorJson.record(error));
    }

    RecordValue.Builder record() {
        return record;
    }

    RecordValue build() {
        return record.build();
    }
}
