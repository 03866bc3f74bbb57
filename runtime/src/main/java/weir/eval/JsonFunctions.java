package weir.eval;

import static weir.eval.Native.argument;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// `JSON`.
final class JsonFunctions {
    static final Map<String, Native> ALL = Map.of(
            "JSON.parse", (self, arguments, evaluation) -> parse(arguments, evaluation),
            "JSON.stringify", (self, arguments, evaluation) -> stringify(arguments, evaluation));

    private JsonFunctions() {}

    private static Value parse(Value[] arguments, Evaluation evaluation) {
        var text = Coercion.text(argument(arguments, 0));
        evaluation.spend(1 + (text.length() >> 3));
        evaluation.makeText(text.length());
        try {
            return Json.parse(text);
        } catch (JsonProblem problem) {
            throw new Failure(
                    problem.code().startsWith("limit_") ? problem.code() : "syntax_error",
                    String.valueOf(problem.getMessage()));
        }
    }

    private static Value stringify(Value[] arguments, Evaluation evaluation) {
        var value = argument(arguments, 0);
        if (value == UndefinedValue.UNDEFINED) {
            return value;
        }
        var names = argument(arguments, 1) instanceof ListValue list ? names(list) : null;
        var indent = switch (argument(arguments, 2)) {
            case NumberValue(double number) -> " ".repeat((int) Math.clamp(number, 0, 10));
            case StringValue(String text) -> text.substring(0, Math.min(text.length(), 10));
            // Default: nothing else indents.
            default -> "";
        };
        // Parts that are one may be written many times, so what comes out is measured before it is made.
        var _ = new Measure(names, indent.length(), evaluation).of(value, 0);
        try {
            var text = names == null ? Json.pretty(value, indent) : Json.pretty(value, indent, names);
            evaluation.makeText(text.length());
            return Value.of(text);
        } catch (JsonProblem problem) {
            throw new Failure(problem.code(), problem.sentence());
        }
    }

    /// Texts and numbers name fields; nothing else does.
    private static List<String> names(ListValue list) {
        var names = new LinkedHashSet<String>();
        for (var item : list) {
            if (item instanceof StringValue || item instanceof NumberValue) {
                names.add(Coercion.text(item));
            }
        }
        return List.copyOf(names);
    }

    /// How long the text of a value is at least; spends what writing it takes, and refuses secrets.
    private record Measure(@Nullable List<String> names, int indent, Evaluation evaluation) {
        long of(Value value, int depth) {
            evaluation.spend(1);
            return switch (value) {
                case ListValue list -> {
                    long length = 2;
                    for (var item : list) {
                        length += line(depth) + of(item, depth + 1);
                    }
                    yield within(length);
                }
                case RecordValue record -> within(2 + record(record, depth));
                case StringValue(String text) -> {
                    evaluation.spend(text.length() >> 3);
                    yield text.length() + 2L;
                }
                case SecretValue _ -> throw Coercion.secret();
                case NumberValue _, BooleanValue _, NullValue _, UndefinedValue _ -> 1;
            };
        }

        private long record(RecordValue record, int depth) {
            long length = 0;
            int size = names == null ? record.size() : names.size();
            for (int i = 0; i < size; i++) {
                var value = names == null ? record.valueAt(i) : record.get(names.get(i));
                if (value != null && value != UndefinedValue.UNDEFINED) {
                    int name = names == null
                            ? record.nameAt(i).length()
                            : names.get(i).length();
                    length += line(depth) + name + 3L + of(value, depth + 1);
                }
            }
            return length;
        }

        private long line(int depth) {
            return indent == 0 ? 1 : 2 + (long) indent * (depth + 1);
        }

        private long within(long length) {
            if (length > evaluation.longestText()) {
                evaluation.makeText(length);
            }
            return length;
        }
    }
}
