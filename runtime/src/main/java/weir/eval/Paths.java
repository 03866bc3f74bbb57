package weir.eval;

import weir.graph.Expr;
import weir.source.Span;
import weir.value.Numerals;
import weir.value.Path;
import weir.value.StringValue;
import weir.value.Value;

/// Expressions in messages: short, as they are written.
final class Paths {
    private static final int LONGEST = 60;

    private Paths() {}

    /// That there is nothing to read from, with the path to what is missing.
    static EvaluationError cannotRead(Expr object, Value value, String member, Span at) {
        return new EvaluationError(
                "type_error",
                "`" + of(object) + "` is " + Shown.value(value) + ", so " + member + " cannot be read",
                at);
    }

    static String of(Expr expr) {
        var text = text(expr);
        return text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST + 1);
    }

    private static String text(Expr expr) {
        return switch (expr) {
            case Expr.Name(String name, Span _) -> name;
            case Expr.Global(String name, Span _) -> name;
            case Expr.Member(Expr object, String name, boolean optional, Span _) -> {
                var before = text(object);
                yield optional ? before + "?." + name : Path.member(before, name);
            }
            case Expr.Index(Expr object, Expr index, boolean optional, Span _) ->
                text(object) + (optional ? "?." : "") + "[" + text(index) + "]";
            case Expr.Chain(Expr inner, Span _) -> text(inner);
            case Expr.Fits fits -> text(fits.value());
            case Expr.Call(Expr callee, var arguments, boolean _, Span _) ->
                text(callee) + (arguments.isEmpty() ? "()" : "(…)");
            case Expr.Apply(String function, var arguments, Span _) -> function + (arguments.isEmpty() ? "()" : "(…)");
            case Expr.Decide(String rules, var _, Span _) -> rules + "(…)";
            case Expr.Text(String value, Span _) -> Shown.quoted(value);
            case Expr.Numeric(double value, Span _) -> Numerals.text(value);
            case Expr.Truth(boolean value, Span _) -> String.valueOf(value);
            case Expr.Null _ -> "null";
            case Expr.Template _ -> "`…`";
            case Expr.ListLiteral _ -> "[…]";
            case Expr.ObjectLiteral _ -> "{…}";
            case Expr.Secret(String name, Span _) -> "secret(" + Shown.value(new StringValue(name)) + ")";
            case Expr.Draw(Expr.Drawn what, Span _) -> what.name().toLowerCase(java.util.Locale.ROOT) + "()";
            case Expr.Unary _, Expr.Binary _, Expr.Conditional _ -> "(…)";
            case Expr.Arrow _ -> "(… => …)";
        };
    }
}
