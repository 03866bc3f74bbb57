package weir.value;

import org.jspecify.annotations.Nullable;

/// What a value becomes when it crosses a border of a step, an event or an answer: what JSON would keep of it.
/// Undefined members vanish, undefined items become null, numbers that are no JSON become null, minus zero becomes
/// zero.
public final class Crossing {
    private Crossing() {}

    /// The value itself when JSON keeps all of it.
    public static Value of(Value value) {
        return switch (value) {
            case UndefinedValue _ -> NullValue.NULL;
            case NumberValue(double number) -> number(value, number);
            case ListValue list -> list(list);
            case RecordValue record -> record(record);
            case NullValue _, BooleanValue _, StringValue _, SecretValue _ -> value;
        };
    }

    public static RecordValue of(RecordValue record) {
        return record(record);
    }

    private static Value number(Value value, double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return NullValue.NULL;
        }
        return number == 0 ? new NumberValue(0) : value;
    }

    private static ListValue list(ListValue list) {
        @Nullable Value[] changed = null;
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            var crossed = of(item);
            if (!crossed.isIdentical(item) && changed == null) {
                changed = new Value[list.size()];
                for (int k = 0; k < i; k++) {
                    changed[k] = list.get(k);
                }
            }
            if (changed != null) {
                changed[i] = crossed;
            }
        }
        return changed == null ? list : ListValue.owning(changed);
    }

    private static RecordValue record(RecordValue record) {
        for (int i = 0; i < record.size(); i++) {
            var field = record.valueAt(i);
            if (field == UndefinedValue.UNDEFINED || !of(field).isIdentical(field)) {
                return changed(record);
            }
        }
        return record;
    }

    private static RecordValue changed(RecordValue record) {
        var builder = RecordValue.builder();
        record.forEach((name, value) -> {
            if (value != UndefinedValue.UNDEFINED) {
                builder.put(name, of(value));
            }
        });
        return builder.build();
    }
}
