package weir.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// The fields of a stored record, each taken once; what nobody takes is from a newer build.
final class EntryFields {
    private final String kind;
    private final RecordValue record;
    private int taken;

    EntryFields(String kind, RecordValue record) {
        this.kind = kind;
        this.record = record;
    }

    @Nullable
    Value optional(String name) {
        Value value = record.get(name);
        if (value != null) {
            taken++;
        }
        return value;
    }

    Value value(String name) {
        Value value = optional(name);
        if (value == null) {
            throw new JournalFormatException("a `" + kind + "` without `" + name + "`");
        }
        return value;
    }

    String text(String name) {
        return ((StringValue) value(name)).value();
    }

    @Nullable
    String optionalText(String name) {
        return optional(name) instanceof StringValue(String text) ? text : null;
    }

    long whole(String name) {
        return (long) ((NumberValue) value(name)).value();
    }

    int number(String name) {
        return (int) whole(name);
    }

    @Nullable
    Long optionalWhole(String name) {
        return optional(name) instanceof NumberValue(double number) ? (long) number : null;
    }

    Instant time(String name) {
        return Instant.ofEpochMilli(whole(name));
    }

    @Nullable
    Instant optionalTime(String name) {
        @Nullable Long time = optionalWhole(name);
        return time == null ? null : Instant.ofEpochMilli(time);
    }

    boolean flag(String name) {
        return value(name) == BooleanValue.TRUE;
    }

    UUID id(String name) {
        return UUID.fromString(text(name));
    }

    ListValue list(String name) {
        return (ListValue) value(name);
    }

    RecordValue record(String name) {
        return (RecordValue) value(name);
    }

    /// @throws JournalFormatException when there is a field that was not taken
    void close() {
        if (taken != record.size()) {
            throw new JournalFormatException("every field of a `" + kind + "`");
        }
    }
}
