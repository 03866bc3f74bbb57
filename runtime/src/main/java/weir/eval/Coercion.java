package weir.eval;

import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// ECMAScript's conversions between types. A secret converts to nothing: every use but joining it to texts fails.
final class Coercion {
    private Coercion() {}

    static boolean truth(Value value) {
        return switch (value) {
            case BooleanValue truth -> truth.isTrue();
            case NullValue _, UndefinedValue _ -> false;
            case NumberValue(double number) -> number != 0 && !Double.isNaN(number);
            case StringValue(String text) -> !text.isEmpty();
            case ListValue _, RecordValue _ -> true;
            case SecretValue _ -> throw secret();
        };
    }

    static double number(Value value) {
        return switch (value) {
            case NumberValue(double number) -> number;
            case NullValue _ -> 0;
            case UndefinedValue _ -> Double.NaN;
            case BooleanValue truth -> truth.isTrue() ? 1 : 0;
            case StringValue(String text) -> NumberText.number(text);
            case ListValue list -> NumberText.number(text(list));
            case RecordValue record -> NumberText.number(text(record));
            case SecretValue _ -> throw secret();
        };
    }

    static String text(Value value) {
        return switch (value) {
            case StringValue(String text) -> text;
            case NumberValue(double number) -> Numerals.text(number);
            case NullValue _ -> "null";
            case UndefinedValue _ -> "undefined";
            case BooleanValue truth -> truth.toString();
            case ListValue list -> joined(list, ",");
            case RecordValue record -> text(record);
            case SecretValue _ -> throw secret();
        };
    }

    /// What JavaScript finds when it looks for `toString`: the record's own field, which is no function, or its
    /// standard one.
    private static String text(RecordValue record) {
        if (record.has("toString")) {
            throw Failure.type("a record with a field `toString` cannot be converted to a text");
        }
        return "[object Object]";
    }

    /// Items as texts, missing ones as nothing; not longer than texts are unless a setting says so.
    private static String joined(ListValue list, String separator) {
        return joined(list, separator, Evaluation.MAX_TEXT);
    }

    /// @param most code units; beyond, it fails
    static String joined(ListValue list, String separator, int most) {
        var text = new StringBuilder();
        join(list, separator, most, text);
        return text.toString();
    }

    private static void join(ListValue list, String separator, int most, StringBuilder into) {
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                into.append(separator);
            }
            var item = list.get(i);
            if (item instanceof ListValue inner) {
                join(inner, ",", most, into);
            } else if (!item.isMissing()) {
                into.append(text(item));
            }
            if (into.length() > most) {
                throw new Failure(
                        "limit_size",
                        "the items of this list make a text of more than %,d characters".formatted(most)
                                + Budget.told(Budget.Limit.TEXT));
            }
        }
    }

    /// Lists and records become texts, the others stay.
    static Value primitive(Value value) {
        return switch (value) {
            case ListValue list -> new StringValue(joined(list, ","));
            case RecordValue record -> new StringValue(text(record));
            case StringValue _, NumberValue _, NullValue _, UndefinedValue _, BooleanValue _ -> value;
            case SecretValue _ -> throw secret();
        };
    }

    /// ToIntegerOrInfinity.
    static double integer(Value value) {
        double number = number(value);
        if (Double.isNaN(number)) {
            return 0;
        }
        return number < 0 ? Math.ceil(number) + 0.0 : Math.floor(number);
    }

    /// ToInt32.
    static int int32(double number) {
        int quick = (int) number;
        if (quick == number) {
            return quick;
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return 0;
        }
        if (Math.abs(number) < 0x1p63) {
            return (int) (long) number;
        }
        double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
        return (int) (long) (whole % 0x1p32);
    }

    /// ToUint32.
    static long uint32(double number) {
        return int32(number) & 0xFFFFFFFFL;
    }

    /// An index counted from the end when it is negative, held within 0 … length.
    static int relative(Value value, int length) {
        double index = integer(value);
        return (int) (index < 0 ? Math.max(length + index, 0) : Math.min(index, length));
    }

    static boolean isStrictlyEqual(Value left, Value right) {
        return switch (left) {
            case NumberValue(double number) ->
                right instanceof SecretValue
                        ? isThere(left)
                        : right instanceof NumberValue(double other) && number == other;
            case StringValue(String text) ->
                right instanceof SecretValue
                        ? isThere(left)
                        : right instanceof StringValue(String other) && text.equals(other);
            case SecretValue _ -> isThere(right);
            case NullValue _, UndefinedValue _, BooleanValue _, ListValue _, RecordValue _ ->
                right instanceof SecretValue ? isThere(left) : left.isIdentical(right);
        };
    }

    /// A secret may be asked whether it is there, and nothing else.
    private static boolean isThere(Value other) {
        if (!other.isMissing()) {
            throw secret();
        }
        return false;
    }

    /// As `===`, but NaN is NaN.
    static boolean isSameValueZero(Value left, Value right) {
        return isStrictlyEqual(left, right) || (isNaN(left) && isNaN(right));
    }

    static boolean isNaN(Value value) {
        return value instanceof NumberValue(double number) && Double.isNaN(number);
    }

    static Failure secret() {
        return Failure.type("a secret can only be joined to texts and handed to what takes a secret");
    }
}
