package weir.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Values as a text of the language has them.
final class Literal {
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", 86_400_000L);
        UNITS.put("h", 3_600_000L);
        UNITS.put("m", 60_000L);
        UNITS.put("s", 1_000L);
        UNITS.put("ms", 1L);
    }

    private Literal() {}

    /// Secrets are written as what stands for them.
    static String of(@Nullable Value value) {
        return switch (value) {
            case null -> "null";
            case NullValue _, UndefinedValue _ -> "null";
            case BooleanValue _, NumberValue _ -> Json.text(value);
            case StringValue(String text) -> text(text);
            case SecretValue secret -> text(secret.toString());
            case ListValue list -> list.asList().stream().map(Literal::of).collect(Collectors.joining(", ", "[", "]"));
            case RecordValue record -> {
                var fields = new StringBuilder();
                record.forEach((name, field) -> fields.append(fields.isEmpty() ? " " : ", ")
                        .append(isName(name) ? name : text(name))
                        .append(": ")
                        .append(of(field)));
                yield fields.isEmpty() ? "{}" : "{" + fields + " }";
            }
        };
    }

    /// `${` means something in backticks only, and is escaped there; in quotes it would look as if it did.
    static String text(String text) {
        return text.contains("${")
                ? "`" + text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${") + "`"
                : Json.text(Value.of(text));
    }

    /// `1h30m`, `250ms`.
    static String duration(Duration time) {
        var text = new StringBuilder();
        long left = time.toMillis();
        for (var unit : UNITS.entrySet()) {
            if (left >= unit.getValue()) {
                text.append(left / unit.getValue()).append(unit.getKey());
                left %= unit.getValue();
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*");
    }
}
