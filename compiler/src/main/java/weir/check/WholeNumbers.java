package weir.check;

import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.syntax.Expression;
import weir.syntax.Expression.Element;
import weir.syntax.Expression.Property;
import weir.syntax.Statement;

/// Where arithmetic that is typed `int` may give no whole number: `a % 0`, or a product that leaves all bounds.
final class WholeNumbers {
    private final Checking checking;

    WholeNumbers(Checking checking) {
        this.checking = checking;
    }

    /// Whether the value of an expression that was looked at, or a part of it that is written there, has to be a
    /// whole number and is computed.
    boolean mayBreak(Expression expression, @Nullable Type wanted) {
        return switch (expression) {
            case Expression.Parenthesized inner -> mayBreak(inner.inner(), wanted);
            case Expression.Conditional conditional ->
                mayBreak(conditional.yes(), wanted) || mayBreak(conditional.no(), wanted);
            case Expression.ListLiteral list -> list.elements().stream().anyMatch(this::element);
            case Expression.ObjectLiteral object -> object.properties().stream().anyMatch(this::property);
            case Expression.Binary _, Expression.Unary _, Expression.Call _ ->
                isInt(checking.findings.types.get(expression)) && isInt(wanted);
            case Expression.NameUse name -> isInt(wanted) && isComputed(checking.findings.symbols.get(name));
            // Default: what is written or read has the type that it was checked against.
            default -> false;
        };
    }

    private boolean element(Element element) {
        return !element.spread() && mayBreak(element.value(), checking.findings.wanted.get(element.value()));
    }

    private boolean property(Property property) {
        return switch (property) {
            case Property.Entry entry -> mayBreak(entry.value(), checking.findings.wanted.get(entry.value()));
            case Property.Short brief -> isComputed(checking.findings.symbols.get(brief.name()));
            case Property.Computed _, Property.Spread _ -> false;
        };
    }

    /// Whether it names a `let` that says no type.
    private boolean isComputed(@Nullable Symbol symbol) {
        return symbol != null
                && isInt(symbol.type())
                && checking.findings.origins.get(symbol) instanceof Statement.Let let
                && let.type() == null;
    }

    private boolean isInt(@Nullable Type type) {
        return type != null && checking.types.members(type).contains(Basic.INT);
    }
}
