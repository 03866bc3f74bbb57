package weir.check;

import weir.syntax.Expression;
import weir.syntax.Tree;

/// SQL in the arguments of the integration `sql`: values may not be put into it, they have places of their own.
final class SqlTexts {
    private static final String INTEGRATION = "sql";
    private static final String ARGUMENT = "sql";

    private final Checking checking;
    private final Folding folding;

    SqlTexts(Checking checking) {
        this.checking = checking;
        this.folding = new Folding(checking.declarations);
    }

    void check(Callee callee, Tree.Call call) {
        if (!(callee instanceof Callee.Of of)
                || !of.integration().equals(INTEGRATION)
                || checking.declarations.blocks.containsKey(INTEGRATION)) {
            return;
        }
        for (var argument : call.arguments()) {
            if (argument.name() != null && argument.name().text().equals(ARGUMENT)) {
                check(argument.value());
            }
        }
    }

    private void check(Expression sql) {
        switch (sql) {
            case Expression.Template template ->
                template.values().stream().filter(value -> !isFixed(value)).forEach(this::report);
            case Expression.Binary binary
            when binary.operator().equals("+") -> {
                part(binary.left());
                part(binary.right());
            }
            case Expression.Parenthesized inner -> check(inner.inner());
            case Expression.Conditional conditional -> {
                check(conditional.yes());
                check(conditional.no());
            }
            // Default: a name by itself is the whole statement.
            default -> {}
        }
    }

    /// What stands beside a text is a value in it.
    private void part(Expression part) {
        switch (part) {
            case Expression.Text _, Expression.Template _, Expression.Binary _, Expression.Parenthesized _ ->
                check(part);
            // Default: any other expression gives a value.
            default -> {
                if (!isFixed(part)) {
                    report(part);
                }
            }
        }
    }

    private void report(Expression value) {
        checking.report(new IntegrationProblem.ValueInSql(checking.at(value.span())));
    }

    /// Constants and settings come from those who write and run the workflow.
    private boolean isFixed(Expression value) {
        return folding.fold(value) != null || root(value).equals("settings");
    }

    private static String root(Expression value) {
        return switch (value) {
            case Expression.NameUse name -> name.name();
            case Expression.Member member -> root(member.object());
            // Default: anything else computes something.
            default -> "";
        };
    }
}
