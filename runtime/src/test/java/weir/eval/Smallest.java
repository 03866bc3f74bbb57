package weir.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.source.Span;
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

/// Makes a case that shows a mistake small, and shows it as a line of `differential.txt`.
final class Smallest {
    private static final int MAX_STEPS = 400;

    private final AllWays ways;

    Smallest(AllWays ways) {
        this.ways = ways;
    }

    /// The line, with what each way gives below it.
    String of(Case test) {
        var small = shrunk(test);
        var closed = closed(small);
        var shown = disagrees(closed) ? closed : small;
        var outcome = ways.run(shown);
        var text = new StringBuilder(text(shown.expr())).append(" ⇒ ").append(outcome.script());
        text.append("\n    closures: ").append(outcome.closures());
        if (!outcome.bytecode().isEmpty()) {
            text.append("\n    bytecode: ").append(outcome.bytecode());
        }
        if (shown == small) {
            for (int i = 0; i < small.names().size(); i++) {
                text.append("\n    ")
                        .append(small.names().get(i))
                        .append(": ")
                        .append(Json.exactText(small.values().get(i)));
            }
        }
        return text.toString();
    }

    /// The expression as it can be read again.
    static String text(Expr expr) {
        return ScriptText.of(expr).script().body().replaceAll("^return \\(|\\);$", "");
    }

    private Case shrunk(Case test) {
        var smallest = test;
        for (int step = 0; step < MAX_STEPS; step++) {
            var smaller = smaller(smallest);
            if (smaller == null) {
                return smallest;
            }
            smallest = smaller;
        }
        return smallest;
    }

    private @Nullable Case smaller(Case test) {
        for (var expr : Shrinking.smaller(test.expr())) {
            var candidate = new Case(expr, test.names(), test.values());
            if (disagrees(candidate)) {
                return candidate;
            }
        }
        var used = ScriptText.of(test.expr()).names();
        for (int i = 0; i < test.values().size(); i++) {
            if (!used.contains(test.names().get(i))) {
                continue;
            }
            for (var value : Shrinking.smaller(test.values().get(i))) {
                var changed = new ArrayList<>(test.values());
                changed.set(i, value);
                var candidate = new Case(test.expr(), test.names(), changed);
                if (disagrees(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /// Names that shrinking tore from their arrows make no case.
    private boolean disagrees(Case test) {
        return test.names().containsAll(ScriptText.of(test.expr()).names())
                && Shrinking.chainsAreWhole(test.expr(), false)
                && !ways.run(test).agrees();
    }

    /// The case with its values in the place of their names.
    private static Case closed(Case test) {
        return new Case(inserted(test.expr(), test), test.names(), test.values());
    }

    private static Expr inserted(Expr expr, Case test) {
        if (expr instanceof Expr.Name(String name, Span _) && test.names().contains(name)) {
            return literal(test.values().get(test.names().indexOf(name)));
        }
        return Shrinking.rebuilt(expr, child -> inserted(child, test));
    }

    private static Expr literal(Value value) {
        var at = Span.NONE;
        return switch (value) {
            case NullValue _ -> new Expr.Null(at);
            case UndefinedValue _ -> new Expr.Global("undefined", at);
            case BooleanValue truth -> new Expr.Truth(truth.isTrue(), at);
            case StringValue(String text) -> new Expr.Text(text, at);
            case NumberValue(double number) -> number(number);
            case ListValue list ->
                new Expr.ListLiteral(
                        list.asList().stream()
                                .map(item -> new Expr.Element(false, literal(item)))
                                .toList(),
                        at);
            case RecordValue record -> {
                var properties = new ArrayList<Expr.Property>();
                record.forEach((name, field) -> properties.add(new Expr.Property.Entry(name, literal(field))));
                yield new Expr.ObjectLiteral(List.copyOf(properties), at);
            }
            case SecretValue _ -> throw new IllegalArgumentException("secrets are no literals");
        };
    }

    private static Expr number(double number) {
        var at = Span.NONE;
        if (Double.isNaN(number)) {
            return new Expr.Global("NaN", at);
        }
        Expr size =
                Double.isInfinite(number) ? new Expr.Global("Infinity", at) : new Expr.Numeric(Math.abs(number), at);
        return number < 0 || 1 / number < 0 ? new Expr.Unary(Expr.UnaryOperator.MINUS, size, at) : size;
    }
}
