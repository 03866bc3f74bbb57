package weir.engine;

import java.time.Instant;
import java.util.List;
import weir.eval.Datetimes;
import weir.eval.EvaluationError;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.Path;
import weir.value.PlainText;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// What statements need of values. The checker has proved most of it; what it could not prove fails here with a reason.
final class Conversions {
    /// No timer is longer: 100 years in milliseconds.
    private static final long LONGEST = 100L * 366 * 24 * 3_600_000;

    /// In UTF-16 code units; indexes take no more.
    private static final int LONGEST_NAME = 500;

    private Conversions() {}

    /// ECMAScript's ToBoolean.
    static boolean isTrue(Value value) {
        return switch (value) {
            case BooleanValue truth -> truth.isTrue();
            case NumberValue(double number) -> number != 0 && !Double.isNaN(number);
            case StringValue(String text) -> !text.isEmpty();
            case NullValue ignored -> false;
            case UndefinedValue ignored -> false;
            case ListValue ignored -> true;
            case RecordValue ignored -> true;
            case SecretValue ignored -> true;
        };
    }

    /// The value, which is going to be JSON. NaN and the infinities, which it cannot say, are no silent null.
    ///
    /// @param name what an error calls it
    static Value sayable(Value value, String name, Span at) {
        if (isSayable(value)) {
            return value;
        }
        throw new EvaluationError(
                "not_finite",
                unsayable(value, name) + ", which JSON cannot say: look with `Number.isFinite` before, or give `null`",
                at);
    }

    private static boolean isSayable(Value value) {
        return switch (value) {
            case NumberValue(double number) -> Double.isFinite(number);
            case ListValue list -> {
                boolean all = true;
                for (int i = 0; i < list.size() && all; i++) {
                    all = isSayable(list.get(i));
                }
                yield all;
            }
            case RecordValue record -> {
                boolean all = true;
                for (int i = 0; i < record.size() && all; i++) {
                    all = isSayable(record.valueAt(i));
                }
                yield all;
            }
            case NullValue _, UndefinedValue _, BooleanValue _, StringValue _, SecretValue _ -> true;
        };
    }

    /// The first such number with its path.
    private static String unsayable(Value value, String path) {
        if (value instanceof ListValue list) {
            for (int i = 0; i < list.size(); i++) {
                if (!isSayable(list.get(i))) {
                    return unsayable(list.get(i), Path.item(path, i));
                }
            }
        } else if (value instanceof RecordValue record) {
            for (int i = 0; i < record.size(); i++) {
                if (!isSayable(record.valueAt(i))) {
                    return unsayable(record.valueAt(i), Path.member(path, record.nameAt(i)));
                }
            }
        }
        return "`" + path + "` is "
                + (value instanceof NumberValue(double number) ? Numerals.text(number) : shown(value));
    }

    static long milliseconds(Value value, String what, Span at) {
        if (value instanceof NumberValue(double number) && number >= 0) {
            return (long) Math.min(number, LONGEST);
        }
        throw new EvaluationError("range_error", what + " must be a duration of at least 0, not " + shown(value), at);
    }

    static Instant time(Value value, String what, Span at) {
        var time = value instanceof StringValue(String text) ? Datetimes.parse(text) : null;
        if (time != null) {
            return time;
        }
        throw new EvaluationError("type_error", what + " must be a time, not " + shown(value), at);
    }

    static int count(Value value, int least, int most, String what, Span at) {
        if (value instanceof NumberValue(double number) && number >= least) {
            return (int) Math.min(number, most);
        }
        throw new EvaluationError(
                "range_error", what + " must be a number of at least " + least + ", not " + shown(value), at);
    }

    static String key(Value value, Span at) {
        return switch (value) {
            case StringValue(String text) when !text.isEmpty() -> plain(text, "a key", at);
            case NumberValue(double number) -> Numerals.text(number);
            case StringValue _,
                    BooleanValue _,
                    NullValue _,
                    UndefinedValue _,
                    ListValue _,
                    RecordValue _,
                    SecretValue _ ->
                throw new EvaluationError(
                        "type_error", "a key must be a text that is not empty, not " + shown(value), at);
        };
    }

    /// Whom an `ask` asks: `{ role }` or `{ person }`.
    static RecordValue who(Value value, Span at) {
        if (value instanceof RecordValue record && record.size() == 1) {
            for (String kind : List.of("role", "person")) {
                if (record.get(kind) instanceof StringValue(String name) && !name.isEmpty()) {
                    var _ = plain(name, "the name of a " + kind, at);
                    return record;
                }
            }
        }
        throw new EvaluationError(
                "type_error", "`ask … of` needs the name of a role or of a person, not " + shown(value), at);
    }

    /// A text that names something.
    static String word(Value value, String what, Span at) {
        if (value instanceof StringValue(String text) && !text.isEmpty()) {
            return bounded(plain(text, what, at), what, at);
        }
        throw new EvaluationError("type_error", what + " must be a text that is not empty, not " + shown(value), at);
    }

    /// A key that an index holds.
    static String boundedKey(Value value, Span at) {
        return bounded(key(value, at), "a key", at);
    }

    private static String plain(String text, String what, Span at) {
        if (!PlainText.is(text)) {
            throw new EvaluationError(
                    "range_error",
                    what + " must be without NUL and halves of surrogate pairs, unlike " + shown(text),
                    at);
        }
        return text;
    }

    private static String bounded(String text, String what, Span at) {
        if (text.length() > LONGEST_NAME) {
            throw new EvaluationError(
                    "range_error",
                    "%s has at most %d characters, and this one has %,d; `hash.sha256(…)` makes it short"
                            .formatted(what, LONGEST_NAME, text.length()),
                    at);
        }
        return text;
    }

    private static String shown(String text) {
        return shown(new StringValue(text));
    }

    /// A text for people.
    static String text(Value value) {
        return value instanceof StringValue(String text) ? text : Json.text(value);
    }

    static String shown(Value value) {
        String text = Json.text(value);
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
