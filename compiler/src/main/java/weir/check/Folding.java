package weir.check;

import org.jspecify.annotations.Nullable;
import weir.syntax.Expression;

/// Constants: what an expression gives whatever happens, as far as the compiler has to know it.
public final class Folding {
    /// Constants that need each other are cut off here.
    private static final int DEPTH = 50;

    private final Declarations declarations;

    public Folding(Declarations declarations) {
        this.declarations = declarations;
    }

    /// A String, Double or Boolean, or null when it is no constant of these.
    public @Nullable Object fold(Expression expression) {
        return fold(expression, DEPTH);
    }

    /// The text that the expression always gives, or null.
    public @Nullable String text(Expression expression) {
        return fold(expression) instanceof String text ? text : null;
    }

    /// The number (of milliseconds, for durations) that the expression always gives, or null.
    public @Nullable Double number(Expression expression) {
        return fold(expression) instanceof Double number ? number : null;
    }

    private @Nullable Object fold(Expression expression, int depth) {
        if (depth == 0) {
            return null;
        }
        return switch (expression) {
            case Expression.Text text -> text.value();
            case Expression.Numeric number -> number.value();
            case Expression.Duration duration -> duration.milliseconds();
            case Expression.Truth truth -> truth.value();
            case Expression.Template template ->
                template.values().isEmpty() ? template.texts().getFirst() : null;
            case Expression.Parenthesized inner -> fold(inner.inner(), depth - 1);
            case Expression.Unary unary ->
                unary.operator().equals("-") && fold(unary.operand(), depth - 1) instanceof Double number
                        ? (Object) (-number)
                        : null;
            case Expression.Binary binary -> binary(binary, depth);
            case Expression.NameUse name -> {
                var constant = declarations.constants.get(name.name());
                yield constant == null ? null : fold(constant.tree().value(), depth - 1);
            }
            // Default: any other expression may depend on the run.
            default -> null;
        };
    }

    private @Nullable Object binary(Expression.Binary binary, int depth) {
        Object left = fold(binary.left(), depth - 1);
        Object right = fold(binary.right(), depth - 1);
        if (left instanceof Double a && right instanceof Double b) {
            return switch (binary.operator()) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> a / b;
                default -> null;
            };
        }
        return left instanceof String a
                        && right instanceof String b
                        && binary.operator().equals("+")
                ? a + b
                : null;
    }
}
