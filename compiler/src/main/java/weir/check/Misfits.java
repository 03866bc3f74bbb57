package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Expression;

/// Says what does not fit where, why, and how to make it fit.
final class Misfits {
    private final Checking checking;
    private final Types types;

    Misfits(Checking checking) {
        this.checking = checking;
        this.types = checking.types;
    }

    /// A value that does not fit.
    ///
    /// @param slot the words for what takes the value, as they begin a sentence
    void report(Expression expression, Type given, Type wanted, Fit.Not not, String slot) {
        report(expression.span(), expression, given, wanted, not, slot);
    }

    /// The result of something that does not fit the type written at that place.
    void report(Span written, Type given, Type wanted, Fit.Not not, String slot) {
        report(written, null, given, wanted, not, slot);
    }

    private void report(Span span, @Nullable Expression expression, Type given, Type wanted, Fit.Not not, String slot) {
        Location at = checking.at(span);
        String begin = Words.sentence(slot);
        boolean whole = not.path().isEmpty();
        Type to = shown(whole && not.cause() == Fit.Cause.MISSING ? wanted : not.to());
        checking.report(
                switch (not.cause()) {
                    case SECRET -> new EffectProblem.SecretLeak(at, slot);
                    case LACKS_FIELD -> lacking(at, not, begin);
                    case MISSING ->
                        new MissingProblem.Value(
                                at,
                                begin,
                                not.pathText(),
                                types.withoutMissing(given) == Basic.NEVER,
                                Words.a(not.from()),
                                Words.a(to),
                                list(whole && expression != null ? checking.otherwise(expression, wanted) : null));
                    case OTHER ->
                        new TypeProblem.Mismatch(
                                at,
                                begin,
                                not.pathText(),
                                Words.a(not.from()),
                                Words.a(to),
                                advice(not.from(), to),
                                list(whole && expression != null ? conversion(expression, not.from(), to) : null));
                });
    }

    /// What may be left out is not worth a word where something else is wrong.
    private Type shown(Type wanted) {
        Type there = types.only(wanted, member -> member != Basic.UNDEFINED);
        return there == Basic.NEVER ? wanted : there;
    }

    private TypeProblem lacking(Location at, Fit.Not not, String slot) {
        var record = types.recordOf(not.to());
        var field = record == null ? null : Types.field(record, not.field());
        String where = not.path().isEmpty() ? slot : slot + " (in `" + not.pathText() + "`)";
        return new TypeProblem.LacksField(
                at, where, not.field(), field == null ? "json" : Shape.display(field.type()), null);
    }

    private static List<Fix> list(@Nullable Fix fix) {
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
            case Basic.AUTH -> "Write `bearer(secret(\"NAME\"))`, or `basic`, `header` and `hmac` for other ways.";
            case Basic.SECRET -> "Keep it out of the text: `secret(\"NAME\")`.";
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
            case Basic.AUTH -> from == Basic.SECRET ? wrap(expression, "Send it as a bearer token", "bearer") : null;
            // Default: of any other type only a literal can be meant.
            default -> from instanceof Literal.Text(String value) ? nearest(value, to, expression.span()) : null;
        };
    }

    private Fix wrap(Expression expression, String title, String function) {
        String text = checking.text(expression.span());
        String field = checking.findings.shortUses.contains(expression) ? text + ": " : "";
        return Fix.replace(title, expression.span(), field + function + "(" + text + ")");
    }

    private static @Nullable Fix milliseconds(Expression expression) {
        return expression instanceof Expression.Numeric(double value, Span at) && Types.isWhole(value)
                ? Fix.replace("Write it in milliseconds", at, Shape.number(value) + "ms")
                : null;
    }

    /// Another text of those that a type allows, if the value is nearly one; null otherwise.
    @Nullable
    Fix nearest(String value, Type allowed, Span at) {
        return checking.nearest(value, texts(allowed))
                .map(text -> Fix.replace("Write " + Shape.quote(text), at, Shape.quote(text)))
                .orElse(null);
    }

    /// The texts that a type names one by one.
    List<String> texts(Type type) {
        var texts = new ArrayList<String>();
        for (Type member : types.members(type)) {
            if (member instanceof Literal.Text(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }
}
