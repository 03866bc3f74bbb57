package weir.eval;

import java.util.stream.Collectors;
import weir.model.Type;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Values and types in messages for people: short, and never a secret.
final class Shown {
    private static final int LONGEST_TEXT = 40;
    private static final int MOST_FIELDS = 4;

    private Shown() {}

    static String value(Value value) {
        return switch (value) {
            case NullValue _ -> "null";
            case UndefinedValue _ -> "undefined";
            case BooleanValue truth -> truth.toString();
            case NumberValue(double number) -> "number " + Numerals.text(number);
            case StringValue(String text) -> "text " + quoted(text);
            case ListValue list -> "a list of " + list.size();
            case RecordValue record -> record.size() == 0 ? "an empty record" : "a record with " + names(record);
            case SecretValue _ -> "a secret";
        };
    }

    static String quoted(String text) {
        return Json.text(
                new StringValue(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…"));
    }

    private static String names(RecordValue record) {
        var names = new StringBuilder();
        for (int i = 0; i < Math.min(record.size(), MOST_FIELDS); i++) {
            names.append(i == 0 ? "" : ", ").append(record.nameAt(i));
        }
        return record.size() > MOST_FIELDS ? names + ", …" : names.toString();
    }

    static String type(Type type) {
        return switch (type) {
            case Type.Basic basic -> basic.word();
            case Type.Literal.Text(String text) -> quoted(text);
            case Type.Literal.Numeric(double number) -> Numerals.text(number);
            case Type.Literal.Truth(boolean truth) -> Boolean.toString(truth);
            case Type.ListOf(Type item) -> "[" + type(item) + "]";
            case Type.RecordOf record ->
                record.fields().stream()
                        .limit(MOST_FIELDS)
                        .map(field -> field.name() + (field.optional() ? "?: " : ": ") + type(field.type()))
                        .collect(Collectors.joining(", ", "{ ", record.fields().size() > MOST_FIELDS ? ", … }" : " }"));
            case Type.MapOf(Type value) -> "{ [name]: " + type(value) + " }";
            case Type.Union union -> union.members().stream().map(Shown::type).collect(Collectors.joining(" | "));
            case Type.Named(String name) -> name;
        };
    }
}
