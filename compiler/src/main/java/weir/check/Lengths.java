package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// What tests of a list's length say about its items: where it is not empty, there is a first and a last one.
final class Lengths {
    /// More items than this are not followed.
    private static final int MOST = 8;

    private final Expressions expressions;

    Lengths(Expressions expressions) {
        this.expressions = expressions;
    }

    /// What is known where a comparison holds, or where it does not.
    Facts known(Expression.Binary binary, boolean holds, Scope scope) {
        Double right = number(binary.right());
        Double left = number(binary.left());
        return right != null
                ? known(
                        binary.left(),
                        holds ? least(binary.operator(), right) : least(negated(binary.operator()), right),
                        scope)
                : left != null
                        ? known(
                                binary.right(),
                                holds
                                        ? least(mirrored(binary.operator()), left)
                                        : least(negated(mirrored(binary.operator())), left),
                                scope)
                        : Facts.NONE;
    }

    /// What is known where a length counts as true.
    Facts known(Expression expression, Scope scope) {
        return known(expression, 1, scope);
    }

    private static @Nullable Double number(Expression expression) {
        return expression instanceof Expression.Numeric number ? number.value() : null;
    }

    /// How many items there are at least where a length compares so.
    private static int least(String operator, double bound) {
        double least = switch (operator) {
            case ">" -> Math.floor(bound) + 1;
            case ">=" -> Math.ceil(bound);
            case "===", "==" -> bound;
            case "!==", "!=" -> bound == 0 ? 1 : 0;
            default -> 0;
        };
        return (int) Math.clamp(least, 0, MOST);
    }

    private static String negated(String operator) {
        return switch (operator) {
            case ">" -> "<=";
            case ">=" -> "<";
            case "<" -> ">=";
            case "<=" -> ">";
            case "===", "==" -> "!==";
            default -> "===";
        };
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case ">" -> "<";
            case ">=" -> "<=";
            case "<" -> ">";
            case "<=" -> ">=";
            default -> operator;
        };
    }

    private Facts known(Expression length, int least, Scope scope) {
        if (least == 0
                || !(length instanceof Expression.Member(Expression list, Tree.Name name, boolean optional, var span))
                || !name.text().equals("length")) {
            return Facts.NONE;
        }
        Type type =
                expressions.types.withoutMissing(expressions.checking.findings.types.getOrDefault(list, Basic.UNKNOWN));
        boolean isList = expressions.types.members(type).stream().allMatch(Type.ListOf.class::isInstance);
        Type item = isList ? expressions.types.itemOf(type) : null;
        Facts facts = Facts.NONE;
        if (item != null) {
            var ref = expressions.ref(list, scope);
            for (int i = 0; i < least; i++) {
                for (int index : List.of(i, -1 - i)) {
                    facts = facts.with(Expressions.extend(ref, "[" + index + "]"), item);
                }
            }
        }
        return facts;
    }
}
