package weir.cli;

import java.util.Optional;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.Path;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// How the result of an expression is printed.
///
/// @param json whether it has to be exactly JSON, also a text
/// @param line whether it has to be one line
record ResultText(boolean json, boolean line) {
    /// What the result is that JSON cannot say; empty when it can be printed.
    Optional<String> unsayable(Value value) {
        return json ? unsayable(value, "") : Optional.empty();
    }

    /// @param value that can be printed
    String of(Value value) {
        if (json) {
            return line ? Json.text(value) : Json.pretty(value);
        }
        if (value instanceof StringValue(String plain)) {
            return plain;
        }
        return line ? Json.shown(value).replaceAll("\n *", " ") : Json.shown(value);
    }

    /// What JSON would bend: undefined as the result, and numbers that are not finite. Fields that are undefined
    /// are left out, as everywhere.
    private static Optional<String> unsayable(Value value, String path) {
        String what = path.isEmpty() ? "the result" : "`result" + path + "`";
        return switch (value) {
            case UndefinedValue _ -> path.isEmpty() ? Optional.of(what + " is undefined") : Optional.empty();
            case NumberValue(double number) ->
                Double.isFinite(number) ? Optional.empty() : Optional.of(what + " is " + Numerals.text(number));
            case ListValue list -> {
                for (int i = 0; i < list.size(); i++) {
                    var inner = unsayable(list.get(i), Path.item(path, i));
                    if (inner.isPresent()) {
                        yield inner;
                    }
                }
                yield Optional.empty();
            }
            case RecordValue record -> {
                for (int i = 0; i < record.size(); i++) {
                    var inner = unsayable(record.valueAt(i), path + "." + record.nameAt(i));
                    if (inner.isPresent()) {
                        yield inner;
                    }
                }
                yield Optional.empty();
            }
            case NullValue _, BooleanValue _, StringValue _, SecretValue _ -> Optional.empty();
        };
    }
}
