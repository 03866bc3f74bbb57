package weir.check;

import org.jspecify.annotations.Nullable;
import weir.model.Type.Basic;
import weir.source.Fix;
import weir.syntax.Expression;

/// Durations and counts in policies, settings and statements: of the right type, and of a size that can work.
final class Amounts {
    private final Expressions expressions;
    private final Checking checking;
    private final Folding folding;

    Amounts(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.folding = new Folding(checking.declarations);
    }

    /// A time that may be nothing, as after `wait`.
    void pause(Expression expression, Scope scope, String slot) {
        expressions.check(expression, Basic.DURATION, scope, slot);
        Double milliseconds = folding.number(expression);
        if (milliseconds != null && milliseconds < 0) {
            report(expression, "Time does not run backwards: " + slot + " is negative.", null);
        }
    }

    /// A time in which something has to happen.
    void span(Expression expression, Scope scope, String slot) {
        pause(expression, scope, slot);
        Double milliseconds = folding.number(expression);
        if (milliseconds != null && milliseconds == 0) {
            report(expression, "Nothing can happen in no time: " + slot + " is 0.", null);
        }
    }

    /// How many: a whole number from 1 on.
    ///
    /// @param few what is wrong with less than one, as a sentence
    void count(Expression expression, Scope scope, String slot, String few) {
        Double count = folding.number(expression);
        if (count != null && isNumber(expression) && !Types.isWhole(count)) {
            expressions.infer(expression, scope);
            String whole = weir.model.Shape.number(Math.max(1, Math.ceil(count)));
            Fix fix = Fix.replace("Write " + whole, expression.span(), whole);
            report(expression, Words.sentence(slot) + " takes a whole number.", fix);
            return;
        }
        expressions.check(expression, Basic.INT, scope, slot);
        if (count != null && count < 1) {
            report(expression, few, null);
        }
    }

    /// Not a duration, which is a number of milliseconds and says what is wrong by its type.
    private boolean isNumber(Expression expression) {
        return switch (expression) {
            case Expression.Numeric numeric -> true;
            case Expression.Parenthesized inner -> isNumber(inner.inner());
            case Expression.Unary unary -> isNumber(unary.operand());
            // Default: what is computed is told by its type.
            default -> false;
        };
    }

    void report(Expression expression, String sentence, @Nullable Fix fix) {
        checking.report(new EffectProblem.OutOfRange(checking.at(expression.span()), sentence, fix));
    }
}
