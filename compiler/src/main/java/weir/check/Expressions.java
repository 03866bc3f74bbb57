package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Facts.Ref;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Expression;

/// Types of expressions. [#infer] says what an expression gives; [#check] also wants it to fit and pushes what is
/// wanted down into literals, so that a mistake is marked where it stands. Everything is looked at once.
final class Expressions {
    final Checking checking;
    final Types types;
    final Names names;
    final Conditions conditions;
    final Calls calls;
    final Literals literals;
    private final Chains chains;
    private final Operators operators;

    Expressions(Checking checking) {
        this.checking = checking;
        this.types = checking.types;
        this.names = new Names(checking);
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
        var test = conditions.test(conditional.condition(), scope);
        Type yes = infer(conditional.yes(), scope.with(test.yes()));
        Type no = infer(conditional.no(), scope.with(test.no()));
        return Types.union(yes, no);
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
        return switch (expression) {
            case Expression.ObjectLiteral object
            when !isFree(target) -> checking.findings.type(object, literals.object(object, wanted, scope, slot));
            case Expression.ListLiteral list
            when types.itemOf(types.withoutMissing(wanted)) != null && !isFree(target) ->
                checking.findings.type(list, literals.list(list, wanted, scope, slot));
            case Expression.Parenthesized inner ->
                checking.findings.type(inner, check(inner.inner(), wanted, scope, slot));
            case Expression.Conditional conditional -> {
                var test = conditions.test(conditional.condition(), scope);
                Type yes = check(conditional.yes(), wanted, scope.with(test.yes()), slot);
                Type no = check(conditional.no(), wanted, scope.with(test.no()), slot);
                yield checking.findings.type(conditional, Types.union(yes, no));
            }
            // Default: every other expression is looked at first and then compared.
            default -> {
                Type type = infer(expression, scope);
                expect(expression, type, wanted, slot);
                yield type;
            }
        };
    }

    private static boolean isFree(Type target) {
        return target == Basic.UNKNOWN || target == Basic.JSON;
    }

    /// Reports when a type does not fit what is wanted.
    Fit expect(Expression expression, Type type, Type wanted, String slot) {
        Fit fit = Fitting.fit(types, type, wanted);
        if (fit instanceof Fit.Not not) {
            report(expression, not, wanted, slot);
        }
        return fit;
    }

    private void report(Expression expression, Fit.Not not, Type wanted, String slot) {
        var at = checking.at(expression.span());
        String begin = Words.sentence(slot);
        CheckProblem problem = switch (not.cause()) {
            case SECRET -> new EffectProblem.SecretLeak(at, slot);
            case LACKS_FIELD -> lacking(expression, not, begin);
            case MISSING ->
                new MissingProblem.Value(
                        at,
                        begin,
                        not.pathText(),
                        Words.a(not.from()),
                        Words.a(not.path().isEmpty() ? wanted : not.to()),
                        fixes(not.path().isEmpty() ? checking.otherwise(expression, wanted) : null));
            case OTHER ->
                new TypeProblem.Mismatch(
                        at,
                        begin,
                        not.pathText(),
                        Words.a(not.from()),
                        Words.a(not.to()),
                        advice(not.from(), not.to()),
                        fixes(not.path().isEmpty() ? conversion(expression, not.from(), not.to()) : null));
        };
        checking.report(problem);
    }

    private TypeProblem lacking(Expression expression, Fit.Not not, String slot) {
        var record = types.recordOf(not.to());
        var field = record == null ? null : Types.field(record, not.field());
        String where = not.path().isEmpty() ? slot : slot + " (in `" + not.pathText() + "`)";
        return new TypeProblem.LacksField(
                checking.at(expression.span()),
                where,
                not.field(),
                field == null ? "json" : Shape.display(field.type()),
                null);
    }

    private static List<Fix> fixes(@Nullable Fix fix) {
        return fix == null ? List.of() : List.of(fix);
    }

    private @Nullable String advice(Type from, Type to) {
        String actual = types.kind(from);
        boolean number = actual.equals("number");
        return switch (types.resolve(to)) {
            case Basic.INT -> number ? "`Math.round`, `floor`, `ceil` and `trunc` give an int." : null;
            case Basic.DURATION ->
                number ? "Write the unit: `30s`, `5m`; a computed number times `1s` is that many seconds." : null;
            case Basic.DATETIME ->
                actual.equals("string")
                        ? "`time.parse(…)` makes a datetime of a text; a constant one is `2026-01-31T09:00:00.000Z`."
                        : null;
            case Basic.SECRET, Basic.AUTH -> "Keep it out of the text: `secret(\"NAME\")`.";
            default -> null;
        };
    }

    /// A fix that makes the wanted type of the actual one.
    private @Nullable Fix conversion(Expression expression, Type from, Type to) {
        String actual = types.kind(from);
        boolean number = actual.equals("number");
        return switch (types.resolve(to)) {
            case Basic.INT -> number ? wrap(expression, "Round it", "Math.round") : null;
            case Basic.STRING ->
                number || actual.equals("boolean") ? wrap(expression, "Make it a text", "String") : null;
            case Basic.NUMBER -> actual.equals("string") ? wrap(expression, "Make it a number", "Number") : null;
            case Basic.DURATION -> milliseconds(expression);
            case Type type ->
                from instanceof Literal.Text(String value) ? nearestLiteral(value, type, expression.span()) : null;
        };
    }

    private Fix wrap(Expression expression, String title, String function) {
        return Fix.replace(title, expression.span(), function + "(" + checking.text(expression.span()) + ")");
    }

    private static @Nullable Fix milliseconds(Expression expression) {
        return expression instanceof Expression.Numeric(double value, Span at) && Types.isWhole(value)
                ? Fix.replace("Write it in milliseconds", at, Shape.number(value) + "ms")
                : null;
    }

    private @Nullable Fix nearestLiteral(String value, Type to, Span span) {
        var texts = new ArrayList<String>();
        for (Type member : types.members(to)) {
            if (member instanceof Literal.Text(String text)) {
                texts.add(text);
            }
        }
        return weir.source.Nearest.to(value, texts)
                .map(text -> Fix.replace("Write " + Shape.quote(text), span, Shape.quote(text)))
                .orElse(null);
    }

    /// Wants something that everybody may see: it says so when a secret is in it.
    Type open(Expression expression, Scope scope, String slot) {
        return check(expression, Basic.JSON, scope, slot);
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
            case Expression.Parenthesized inner -> ref(inner.inner(), scope);
            // Default: any other expression computes something new.
            default -> null;
        };
    }

    private static @Nullable Ref extend(@Nullable Ref ref, String step) {
        return ref == null ? null : new Ref(ref.root(), ref.path() + step);
    }
}
