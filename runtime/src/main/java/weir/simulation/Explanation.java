package weir.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.simulation.TestReport.Detail;
import weir.source.Source;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Why a condition does not hold: the part that decides it, and the values of what it reads.
final class Explanation {
    private static final int MOST = 6;

    private final Source source;
    private final Expressions expressions;
    private final Scope scope;
    private final Frame frame;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<Detail> remarks = new ArrayList<>();

    private Explanation(Source source, Expressions expressions, Scope scope, Frame frame) {
        this.source = source;
        this.expressions = expressions;
        this.scope = scope;
        this.frame = frame;
    }

    static List<Detail> of(Expr condition, Source source, Expressions expressions, Scope scope, Frame frame) {
        var explanation = new Explanation(source, expressions, scope, frame);
        explanation.explain(condition);
        var lines = new ArrayList<Detail>();
        explanation.values.forEach(
                (text, value) -> lines.add(new Detail.Note("`" + text + "` is " + Differences.text(value))));
        lines.addAll(explanation.remarks);
        return lines;
    }

    private void explain(Expr condition) {
        if (condition instanceof Expr.Binary(BinaryOperator operator, Expr left, Expr right, Span _)) {
            if (operator == BinaryOperator.AND) {
                explain(value(left) == BooleanValue.TRUE ? right : left);
                return;
            }
            if (operator == BinaryOperator.EQUAL && compare(left, value(left), value(right))) {
                return;
            }
            note(left);
            note(right);
            return;
        }
        reads(condition);
    }

    /// Records and lists that should be equal: where they are not.
    private boolean compare(Expr actual, Value left, Value right) {
        boolean composed = (left instanceof RecordValue && right instanceof RecordValue)
                || (left instanceof ListValue && right instanceof ListValue);
        if (composed) {
            String name = actual instanceof Expr.Name || actual instanceof Expr.Member ? source.text(actual.at()) : "";
            Differences.between(right, left).forEach(difference -> remarks.add(under(name, difference)));
        }
        return composed;
    }

    private static Detail under(String name, Detail detail) {
        return detail instanceof Detail.Difference(String path, String expected, String actual)
                ? new Detail.Difference(
                        path.startsWith("[") || path.isEmpty() || name.isEmpty() ? name + path : name + "." + path,
                        expected,
                        actual)
                : detail;
    }

    private void note(Expr expr) {
        boolean literal = switch (expr) {
            case Expr.Text _, Expr.Numeric _, Expr.Truth _, Expr.Null _, Expr.Secret _, Expr.Draw _, Expr.Global _ ->
                true;
            case Expr.Name _,
                    Expr.Template _,
                    Expr.Member _,
                    Expr.Index _,
                    Expr.Call _,
                    Expr.Chain _,
                    Expr.Unary _,
                    Expr.Binary _,
                    Expr.Conditional _,
                    Expr.Arrow _,
                    Expr.ListLiteral _,
                    Expr.ObjectLiteral _,
                    Expr.Apply _,
                    Expr.Decide _,
                    Expr.Fits _ -> false;
        };
        if (!literal && values.size() < MOST) {
            values.putIfAbsent(source.text(expr.at()), value(expr));
        }
    }

    /// The values of the names and members that a condition is made of.
    private void reads(Expr expr) {
        switch (expr) {
            case Expr.Name _, Expr.Member _, Expr.Index _, Expr.Chain _, Expr.Apply _, Expr.Decide _ -> note(expr);
            case Expr.Call call -> {
                if (call.callee() instanceof Expr.Member method) {
                    reads(method.object());
                }
                call.arguments().forEach(argument -> reads(argument.value()));
            }
            case Expr.Unary unary -> reads(unary.operand());
            case Expr.Fits fits -> reads(fits.value());
            case Expr.Binary binary -> {
                reads(binary.left());
                reads(binary.right());
            }
            case Expr.Conditional choice -> {
                reads(choice.condition());
                reads(value(choice.condition()) == BooleanValue.TRUE ? choice.yes() : choice.no());
            }
            case Expr.Template template -> template.values().forEach(this::reads);
            case Expr.Text _,
                    Expr.Numeric _,
                    Expr.Truth _,
                    Expr.Null _,
                    Expr.Global _,
                    Expr.Arrow _,
                    Expr.ListLiteral _,
                    Expr.ObjectLiteral _,
                    Expr.Draw _,
                    Expr.Secret _ -> {}
        }
    }

    private Value value(Expr expr) {
        try {
            return Differences.shown(expressions.value(expr, scope, frame));
        } catch (EvaluationError e) {
            return Value.of("(" + e.sentence() + ")");
        }
    }
}
