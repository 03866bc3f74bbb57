package weir.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.syntax.Expression;

/// Operators and templates: what they give, and which values they make no sense between.
final class Operators {
    private final Expressions expressions;
    private final Checking checking;
    private final Types types;

    Operators(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
    }

    /// The sorts of values that operators tell apart.
    private enum Sort {
        TEXT,
        TIME,
        NUMBER,
        INT,
        DURATION,
        TRUTH,
        RECORD,
        LIST,
        SECRET,
        MISSING,
        FREE
    }

    private static final Set<Sort> NUMERIC = EnumSet.of(Sort.NUMBER, Sort.INT, Sort.DURATION);
    private static final Set<Sort> TEXTUAL = EnumSet.of(Sort.TEXT, Sort.TIME);

    private EnumSet<Sort> sorts(Type type) {
        var sorts = EnumSet.noneOf(Sort.class);
        types.members(type).forEach(member -> sorts.add(sort(member)));
        return sorts;
    }

    private Sort sort(Type member) {
        return switch (types.resolve(member)) {
            case Basic.STRING -> Sort.TEXT;
            case Basic.DATETIME -> Sort.TIME;
            case Basic.NUMBER -> Sort.NUMBER;
            case Basic.INT -> Sort.INT;
            case Basic.DURATION -> Sort.DURATION;
            case Basic.BOOLEAN -> Sort.TRUTH;
            case Basic.SECRET, Basic.AUTH -> Sort.SECRET;
            case Basic.NULL, Basic.UNDEFINED -> Sort.MISSING;
            case Basic.FILE -> Sort.RECORD;
            case Literal literal -> sort(Types.basicOf(literal));
            case Type.ListOf list -> Sort.LIST;
            case Type.RecordOf record -> Sort.RECORD;
            case Type.MapOf map -> Sort.RECORD;
            case Basic.JSON, Basic.UNKNOWN, Basic.NEVER -> Sort.FREE;
            case Type.Union union -> Sort.FREE;
            case Type.Named named -> Sort.FREE;
        };
    }

    // ---- templates

    Type template(Expression.Template template, Scope scope) {
        boolean secret = false;
        for (Expression value : template.values()) {
            Type type = expressions.infer(value, scope);
            var sorts = sorts(type);
            secret |= sorts.contains(Sort.SECRET);
            if (sorts.contains(Sort.MISSING)) {
                missing(value, type, "a text", checking.otherwise(value, Basic.STRING));
            } else if (!hidesSecret(value, type) && sorts.contains(Sort.RECORD)) {
                checking.report(new TypeProblem.RecordInText(checking.at(value.span()), Words.a(type)));
            }
        }
        return secret ? Basic.SECRET : Basic.STRING;
    }

    private void beside(Expression operand, Type type, String operator, Basic wanted) {
        missing(operand, type, "`" + operator + "`", checking.otherwiseBesideOperator(operand, wanted));
    }

    private void missing(Expression value, Type type, String needs, @Nullable Fix fix) {
        String what = types.members(type).stream()
                .filter(Types::isMissing)
                .map(Words::a)
                .reduce((a, b) -> a + " or " + b)
                .orElse("missing");
        checking.report(new MissingProblem.Operand(
                checking.at(value.span()), Words.sentence(needs), what, fix == null ? List.of() : List.of(fix)));
    }

    // ---- unary

    Type unary(Expression.Unary unary, Scope scope) {
        if (unary.operator().equals("!")) {
            return expressions.conditions.test(unary, scope).type();
        }
        Type type = expressions.infer(unary.operand(), scope);
        return switch (unary.operator()) {
            case "typeof" -> {
                if (sorts(type).contains(Sort.SECRET)) {
                    checking.report(new EffectProblem.SecretLeak(
                            checking.at(unary.operand().span()), "`typeof`"));
                }
                yield Basic.STRING;
            }
            case "-" -> negative(unary, type);
            case "+" -> {
                numeric(unary.operand(), type, "+", true);
                yield Basic.NUMBER;
            }
            default -> {
                numeric(unary.operand(), type, unary.operator(), false);
                yield Basic.INT;
            }
        };
    }

    private Type negative(Expression.Unary unary, Type type) {
        if (type instanceof Literal.Numeric(double value)) {
            return new Literal.Numeric(-value);
        }
        numeric(unary.operand(), type, "-", false);
        var sorts = sorts(type);
        return sorts.equals(EnumSet.of(Sort.INT))
                ? Basic.INT
                : sorts.equals(EnumSet.of(Sort.DURATION)) ? Basic.DURATION : Basic.NUMBER;
    }

    /// Wants a number, `+x` also a text that becomes one.
    private void numeric(Expression operand, Type type, String operator, boolean texts) {
        var sorts = sorts(type);
        if (sorts.contains(Sort.SECRET)) {
            checking.report(new EffectProblem.SecretLeak(checking.at(operand.span()), "`" + operator + "`"));
        } else if (sorts.contains(Sort.MISSING)) {
            beside(operand, type, operator, Basic.NUMBER);
        } else if (!allowed(sorts, NUMERIC)
                && !(texts && allowed(sorts, EnumSet.complementOf(EnumSet.of(Sort.LIST, Sort.RECORD))))) {
            checking.report(new TypeProblem.Operands(
                    checking.at(operand.span()), operator, Words.a(type), "", textAdvice(sorts)));
        }
    }

    private static @Nullable String textAdvice(Set<Sort> sorts) {
        return sorts.contains(Sort.TEXT) ? "`Number(…)` makes a number of a text." : null;
    }

    private static boolean allowed(Set<Sort> sorts, Set<Sort> wanted) {
        return sorts.stream().allMatch(sort -> sort == Sort.FREE || wanted.contains(sort));
    }

    // ---- binary

    Type binary(Expression.Binary binary, Scope scope) {
        return switch (binary.operator()) {
            case "&&", "||", "===", "!==", "==", "!=" ->
                expressions.conditions.test(binary, scope).type();
            case "??" -> coalesce(binary, scope);
            case "in" -> in(binary, scope);
            case "<", "<=", ">", ">=" -> comparison(binary, scope);
            case "+" -> plus(binary, scope);
            case "-", "*", "/", "%", "**" -> arithmetic(binary, scope);
            default -> {
                for (Expression side : List.of(binary.left(), binary.right())) {
                    numeric(side, expressions.infer(side, scope), binary.operator(), false);
                }
                yield Basic.INT;
            }
        };
    }

    private Type coalesce(Expression.Binary binary, Scope scope) {
        Type left = expressions.infer(binary.left(), scope);
        Type right = expressions.infer(binary.right(), scope);
        return types.join(types.withoutMissing(left), right);
    }

    private Type in(Expression.Binary binary, Scope scope) {
        expressions.check(binary.left(), Basic.STRING, scope, "`in`");
        Type right = expressions.infer(binary.right(), scope);
        var sorts = sorts(right);
        if (sorts.contains(Sort.SECRET)) {
            checking.report(
                    new EffectProblem.SecretLeak(checking.at(binary.right().span()), ""));
        } else if (sorts.contains(Sort.MISSING)) {
            beside(binary.right(), right, "in", Basic.JSON);
        } else if (!allowed(sorts, EnumSet.of(Sort.RECORD))) {
            String advice = sorts.contains(Sort.LIST) ? "`list.includes(…)` looks for an item." : null;
            checking.report(
                    new TypeProblem.Operands(checking.at(binary.right().span()), "in", Words.a(right), "", advice));
        }
        return Basic.BOOLEAN;
    }

    private Type comparison(Expression.Binary binary, Scope scope) {
        Type left = expressions.infer(binary.left(), scope);
        Type right = expressions.infer(binary.right(), scope);
        if (values(binary, left, right, Basic.NUMBER)) {
            var a = sorts(left);
            var b = sorts(right);
            boolean numbers = allowed(a, NUMERIC) && allowed(b, NUMERIC);
            boolean texts = allowed(a, TEXTUAL) && allowed(b, TEXTUAL);
            if (!numbers && !texts) {
                mismatch(
                        binary,
                        left,
                        right,
                        a.contains(Sort.TEXT) || b.contains(Sort.TEXT)
                                ? "`Number(…)` makes a number of a text."
                                : null);
            }
        }
        return Basic.BOOLEAN;
    }

    /// Whether both sides are values that an operator may look at; says what is not.
    private boolean values(Expression.Binary binary, Type left, Type right, Basic wanted) {
        boolean fine = true;
        var sides = List.of(binary.left(), binary.right());
        var both = List.of(left, right);
        for (int i = 0; i < 2; i++) {
            var sorts = sorts(both.get(i));
            if (sorts.contains(Sort.SECRET) && !binary.operator().equals("+")) {
                checking.report(
                        new EffectProblem.SecretLeak(checking.at(sides.get(i).span()), "`" + binary.operator() + "`"));
                fine = false;
            } else if (sorts.contains(Sort.MISSING)) {
                beside(sides.get(i), both.get(i), binary.operator(), wanted);
                fine = false;
            }
        }
        return fine;
    }

    private void mismatch(Expression.Binary binary, Type left, Type right, @Nullable String advice) {
        checking.report(new TypeProblem.Operands(
                checking.at(binary.span()), binary.operator(), Words.a(left), Words.a(right), advice));
    }

    private Type plus(Expression.Binary binary, Scope scope) {
        Type left = expressions.infer(binary.left(), scope);
        Type right = expressions.infer(binary.right(), scope);
        var a = sorts(left);
        var b = sorts(right);
        Basic wanted = TEXTUAL.containsAll(a) || TEXTUAL.containsAll(b) ? Basic.STRING : Basic.NUMBER;
        if (!values(binary, left, right, wanted)) {
            return Basic.UNKNOWN;
        }
        if (hidesSecret(binary.left(), left) || hidesSecret(binary.right(), right)) {
            return Basic.UNKNOWN;
        }
        if (a.contains(Sort.SECRET) || b.contains(Sort.SECRET)) {
            return Basic.SECRET;
        }
        var both = EnumSet.copyOf(a.isEmpty() ? EnumSet.of(Sort.FREE) : a);
        both.addAll(b);
        if (both.contains(Sort.TIME) && both.contains(Sort.DURATION)) {
            mismatch(binary, left, right, "`time.add(t, 5m)` is a later time.");
            return Basic.DATETIME;
        }
        if (allowed(a, NUMERIC) && allowed(b, NUMERIC)) {
            return both.contains(Sort.FREE) ? Basic.JSON : sum(a, b);
        }
        boolean text = (!a.contains(Sort.FREE) && TEXTUAL.containsAll(a))
                || (!b.contains(Sort.FREE) && TEXTUAL.containsAll(b));
        boolean readable = !both.contains(Sort.RECORD) && !both.contains(Sort.LIST);
        if (readable && text) {
            return Basic.STRING;
        }
        if (both.contains(Sort.RECORD) && text) {
            Expression side = a.contains(Sort.RECORD) ? binary.left() : binary.right();
            checking.report(new TypeProblem.RecordInText(
                    checking.at(side.span()), Words.a(a.contains(Sort.RECORD) ? left : right)));
            return Basic.STRING;
        }
        if (both.contains(Sort.FREE)
                || (readable
                        && allowed(both, EnumSet.of(Sort.TEXT, Sort.TIME, Sort.NUMBER, Sort.INT, Sort.DURATION)))) {
            return both.contains(Sort.LIST) ? Basic.JSON : Types.union(Basic.STRING, Basic.NUMBER);
        }
        mismatch(binary, left, right, both.contains(Sort.LIST) ? "`[...a, ...b]` joins lists." : null);
        return Basic.UNKNOWN;
    }

    /// Says when a list would become a text that nobody takes for a secret.
    private boolean hidesSecret(Expression side, Type type) {
        boolean hides = sorts(type).contains(Sort.LIST) && types.holdsSecret(type);
        if (hides) {
            checking.report(new EffectProblem.SecretLeak(checking.at(side.span()), "a text as part of a list"));
        }
        return hides;
    }

    private static Type sum(Set<Sort> a, Set<Sort> b) {
        if (a.equals(b) && a.equals(EnumSet.of(Sort.DURATION))) {
            return Basic.DURATION;
        }
        return isInt(a) && isInt(b) ? Basic.INT : Basic.NUMBER;
    }

    private static boolean isInt(Set<Sort> sorts) {
        return sorts.equals(EnumSet.of(Sort.INT));
    }

    private static boolean isDuration(Set<Sort> sorts) {
        return sorts.equals(EnumSet.of(Sort.DURATION));
    }

    private Type arithmetic(Expression.Binary binary, Scope scope) {
        Type left = expressions.infer(binary.left(), scope);
        Type right = expressions.infer(binary.right(), scope);
        if (!values(binary, left, right, Basic.NUMBER)) {
            return Basic.UNKNOWN;
        }
        var a = sorts(left);
        var b = sorts(right);
        if (!allowed(a, NUMERIC) || !allowed(b, NUMERIC)) {
            mismatch(binary, left, right, arithmeticAdvice(a, b));
            return Basic.UNKNOWN;
        }
        return switch (binary.operator()) {
            case "-" -> sum(a, b);
            case "%" -> isDuration(a) ? Basic.DURATION : sum(a, b);
            case "*" -> isDuration(a) != isDuration(b) ? Basic.DURATION : sum(a, b);
            case "/" -> isDuration(a) && !isDuration(b) ? Basic.DURATION : Basic.NUMBER;
            default -> Basic.NUMBER;
        };
    }

    private static @Nullable String arithmeticAdvice(Set<Sort> a, Set<Sort> b) {
        var both = new ArrayList<>(a);
        both.addAll(b);
        return both.contains(Sort.TIME)
                ? "`time.diff(a, b)` is the time between two, `time.add(t, -5m)` an earlier one."
                : both.contains(Sort.TEXT) ? "`Number(…)` makes a number of a text." : null;
    }
}
