package weir.eval;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Many expressions with many values in one script, because entering the sandbox takes longer than most expressions.
final class Batch {
    private record Row(int expression, List<Value> values) {}

    private final Map<Expr, Integer> expressions = new IdentityHashMap<>();
    private final List<ScriptText.Printed> printed = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    Batch(List<Case> cases) {
        cases.forEach(this::add);
    }

    private void add(Case one) {
        var known = expressions.get(one.expr());
        int expression = known == null ? printed.size() : known;
        if (known == null) {
            expressions.put(one.expr(), expression);
            printed.add(ScriptText.of(one.expr()));
        }
        var needed = printed.get(expression).names().stream()
                .map(name -> one.values().get(one.names().indexOf(name)))
                .toList();
        rows.add(new Row(expression, needed));
    }

    /// What each gives, in the form of [AllWays].
    ///
    /// @throws EvaluationError when a limit stops it, or one of the results cannot leave the sandbox
    List<String> run(Programs programs) {
        var functions = new LinkedHashSet<String>();
        var text = new StringBuilder("const all = [\n");
        for (var one : printed) {
            functions.addAll(one.script().functions());
            var body = one.script().body();
            text.append('(')
                    .append(String.join(", ", one.script().parameters()))
                    .append(") => ");
            text.append(body, "return ".length(), body.length() - 1).append(",\n");
        }
        text.append("""
                ];
                const attempt = (expression, values) => {
                  try {
                    return [expression(...values)];
                  } catch (error) {
                    return [error.name, error.message];
                  }
                };
                return rows.map(([expression, ...values]) => attempt(all[expression], values));""");
        var script = new Script(text.toString(), List.of("rows"), List.copyOf(functions));
        var results = (ListValue) ScriptCode.perform(
                programs, script, List.of(ListValue.of(arguments())), ExpressionCases.evaluation(), Span.NONE);
        return results.asList().stream().map(Batch::outcome).toList();
    }

    private List<Value> arguments() {
        var arguments = new ArrayList<Value>();
        for (var row : rows) {
            var values = new ArrayList<Value>();
            values.add(Value.of(row.expression()));
            values.addAll(row.values());
            arguments.add(ListValue.of(values));
        }
        return arguments;
    }

    private static String outcome(Value result) {
        var list = (ListValue) result;
        if (list.size() == 1) {
            return Json.exactText(list.get(0));
        }
        var message = text(list.get(1));
        if (message.startsWith("Maximum call stack size")) {
            return "! limit_depth";
        }
        if (message.equals("Invalid string length") || message.equals("Too many items")) {
            return "! limit_size";
        }
        return "! "
                + switch (text(list.get(0))) {
                    case "TypeError" -> "type_error";
                    case "RangeError" -> "range_error";
                    case "SyntaxError" -> "syntax_error";
                    case "URIError" -> "uri_error";
                    default -> "script_error";
                };
    }

    private static String text(Value value) {
        return value instanceof RecordValue ? "" : Coercion.text(value);
    }
}
