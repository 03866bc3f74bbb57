package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Facts.Ref;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Types of expressions. [#infer] says what an expression gives; [#check] also wants it to fit and pushes what is
/// wanted down into literals, so that a mistake is marked where it stands. Everything is looked at once.
final class Expressions {
    final Checking checking;
    final Types types;
    final Names names;
    final Conditions conditions;
    final Calls calls;
    final Literals literals;
    final Misfits misfits;
    private final Chains chains;
    private final Operators operators;

    Expressions(Checking checking) {
        this.checking = checking;
        this.types = checking.types;
        this.names = new Names(checking);
        this.misfits = new Misfits(checking);
        this.conditions = new Conditions(this);
        this.calls = new Calls(this);
        this.chains = new Chains(this);
        this.operators = new Operators(this);
        this.literals = new Literals(this);
    }

    /// What the expression gives.
    Type infer(Expression expression, Scope scope) {
        return checking.findings.type(expression, inferred(expression, scope));
    }

    private Type inferred(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.NameUse name -> names.value(name, scope);
            case Expression.Numeric number -> new Literal.Numeric(number.value());
            case Expression.Duration duration -> Basic.DURATION;
            case Expression.Text text -> new Literal.Text(text.value());
            case Expression.Truth truth -> new Literal.Truth(truth.value());
            case Expression.Null none -> Basic.NULL;
            case Expression.Template template -> operators.template(template, scope);
            case Expression.ListLiteral list -> literals.list(list, scope);
            case Expression.ObjectLiteral object -> literals.object(object, scope);
            case Expression.Member member -> chains.infer(member, scope);
            case Expression.Index index -> chains.infer(index, scope);
            case Expression.Call call -> chains.infer(call, scope);
            case Expression.Unary unary -> operators.unary(unary, scope);
            case Expression.Binary binary -> operators.binary(binary, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Arrow arrow -> misplaced(arrow, scope);
            case Expression.Parenthesized inner -> infer(inner.inner(), scope);
            case Expression.Broken broken -> Basic.UNKNOWN;
        };
    }

    private Type conditional(Expression.Conditional conditional, Scope scope) {
        var test = conditions.holds(conditional.condition(), scope);
        Type yes = infer(conditional.yes(), scope.with(test.yes()));
        Type no = infer(conditional.no(), scope.with(test.no()));
        return types.join(yes, no);
    }

    private Type misplaced(Expression.Arrow arrow, Scope scope) {
        checking.report(new TypeProblem.MisplacedArrow(checking.at(arrow.span())));
        calls.arrow(arrow, List.of(), scope);
        return Basic.UNKNOWN;
    }

    /// What the expression gives, reported where that does not fit.
    ///
    /// @param slot the words for what takes the value, as they begin a sentence
    Type check(Expression expression, Type wanted, Scope scope, String slot) {
        Type target = types.resolve(wanted);
        checking.findings.wanted.put(expression, wanted);
        return switch (expression) {
            case Expression.ObjectLiteral object
            when !isFree(target) -> checking.findings.type(object, literals.object(object, wanted, scope, slot));
            case Expression.ListLiteral list
            when types.itemOf(types.withoutMissing(wanted)) != null && !isFree(target) ->
                checking.findings.type(list, literals.list(list, wanted, scope, slot));
            case Expression.Parenthesized inner ->
                checking.findings.type(inner, check(inner.inner(), wanted, scope, slot));
            case Expression.Conditional conditional -> {
                var test = conditions.holds(conditional.condition(), scope);
                Type yes = check(conditional.yes(), wanted, scope.with(test.yes()), slot);
                Type no = check(conditional.no(), wanted, scope.with(test.no()), slot);
                yield checking.findings.type(conditional, types.join(yes, no));
            }
            // Default: every other expression is looked at first and then compared.
            default -> {
                Type type = infer(expression, scope);
                expect(expression, type, wanted, slot);
                yield type;
            }
        };
    }

    /// As [#check], where somebody relies on the type from then on: what only the run can see is looked at there.
    Type rely(Expression expression, Type wanted, Scope scope, String slot) {
        Type type = check(expression, wanted, scope, slot);
        checking.findings.relied.remove(expression);
        if (isOpen(expression, type, wanted)) {
            String name = slot.replace("`", "").replaceFirst("^(the|an?) ", "");
            checking.findings.relied.put(expression, new Relied(wanted, name));
        }
        return type;
    }

    /// Whether only the run can see that the expression's value has the type.
    boolean isOpen(Expression expression, Type type, Type wanted) {
        return Fitting.fit(types, type, wanted) instanceof Fit.AtRunTime
                || new WholeNumbers(checking).mayBreak(expression, wanted);
    }

    /// Wants the name of something, a text that is not empty.
    ///
    /// @param what what is named, as the words begin a sentence
    void name(Expression expression, Scope scope, String slot, String what) {
        check(expression, Basic.STRING, scope, slot);
        String text = new Folding(checking.declarations).text(expression);
        if (text != null && text.isBlank()) {
            checking.report(new EffectProblem.EmptyName(checking.at(expression.span()), what));
        }
    }

    private static boolean isFree(Type target) {
        return target == Basic.UNKNOWN || target == Basic.JSON;
    }

    /// Reports when a type does not fit what is wanted.
    Fit expect(Expression expression, Type type, Type wanted, String slot) {
        Fit fit = Fitting.fit(types, type, wanted);
        if (fit instanceof Fit.Not not) {
            misfits.report(expression, type, wanted, not, slot);
        }
        return fit;
    }

    /// Wants something that everybody may see: it says so when a secret is in it.
    Type open(Expression expression, Scope scope, String slot) {
        Type type = check(expression, Basic.JSON, scope, slot);
        return Fitting.fit(types, type, Basic.JSON).fits() ? type : Basic.UNKNOWN;
    }

    /// The name and path that an expression reads, null when it computes something.
    @Nullable
    Ref ref(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.NameUse name -> {
                Symbol symbol = names.symbol(name.name(), scope);
                yield symbol == null ? null : new Ref(symbol, "");
            }
            case Expression.Member member ->
                extend(ref(member.object(), scope), "." + member.name().text());
            case Expression.Index(Expression object, Expression.Text text, boolean optional, Span span) ->
                extend(ref(object, scope), "." + text.value());
            case Expression.Index(Expression object, Expression.Numeric number, boolean optional, Span span) ->
                extend(ref(object, scope), "[" + Shape.number(number.value()) + "]");
            case Expression.Index(Expression object, Expression.NameUse by, boolean optional, Span span) -> {
                Symbol symbol = names.symbol(by.name(), scope);
                // Names never change, so what was found under one stays; equal names elsewhere are told by their place.
                yield symbol == null || symbol.at() == null
                        ? null
                        : extend(
                                ref(object, scope),
                                "[" + by.name() + "@" + symbol.at().span().start() + "]");
            }
            case Expression.Call(
                    Expression.Member(Expression object, Tree.Name name, boolean optional, Span at),
                    List<Expression.Element> arguments,
                    boolean perhaps,
                    Span span)
            when name.text().equals("at") && arguments.size() == 1 -> {
                String index = index(arguments.getFirst().value());
                yield index == null ? null : extend(ref(object, scope), "[" + index + "]");
            }
            case Expression.Parenthesized inner -> ref(inner.inner(), scope);
            // Default: any other expression computes something new.
            default -> null;
        };
    }

    /// A whole number as it is written, also a negative one.
    private static @Nullable String index(Expression expression) {
        return switch (expression) {
            case Expression.Numeric number -> Shape.number(number.value());
            case Expression.Unary(String operator, Expression.Numeric number, Span span)
            when operator.equals("-") -> "-" + Shape.number(number.value());
            // Default: another index may change from item to item.
            default -> null;
        };
    }

    static @Nullable Ref extend(@Nullable Ref ref, String step) {
        return ref == null ? null : new Ref(ref.root(), ref.path() + step);
    }
}
