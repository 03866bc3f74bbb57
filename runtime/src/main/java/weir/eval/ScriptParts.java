package weir.eval;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weir.graph.Expr;
import weir.source.Span;
import weir.value.NullValue;
import weir.value.Numerals;
import weir.value.UndefinedValue;

/// Which part of the text of an expression's script is which part of the expression, so that what fails there is told
/// in the words of the file and at its place in it.
record ScriptParts(List<Part> parts) {
    private static final Pattern CANNOT_READ =
            Pattern.compile("Cannot read property '(.*)' of (undefined|null)", Pattern.DOTALL);

    ScriptParts {
        parts = List.copyOf(parts);
    }

    /// @param from the first code unit of the script's body
    /// @param to the one behind the last
    record Part(int from, int to, Expr expr) {
        boolean holds(int offset) {
            return from <= offset && offset < to;
        }
    }

    /// The code and sentence that native code fails with.
    ///
    /// @param sentence what the engine says of a TypeError
    /// @param offset where in the script's body, or -1
    EvaluationError typeError(String sentence, int offset, Span whole) {
        var unread = CANNOT_READ.matcher(sentence);
        if (!unread.matches()) {
            return new EvaluationError("type_error", sentence, at(offset, whole));
        }
        var readings = parts.stream()
                .filter(part -> part.from == offset && reads(part.expr, unread.group(1)))
                .map(Part::expr)
                .toList();
        // `a.b.b` begins where `a.b` does: the engine does not say which of them.
        return readings.size() == 1
                ? cannotRead(readings.getFirst(), unread)
                : new EvaluationError(
                        "type_error",
                        "`." + unread.group(1) + "` cannot be read from what is " + unread.group(2),
                        at(offset, whole));
    }

    private static EvaluationError cannotRead(Expr reading, Matcher unread) {
        var value = unread.group(2).equals("null") ? NullValue.NULL : UndefinedValue.UNDEFINED;
        return switch (reading) {
            case Expr.Member(Expr object, String name, boolean _, Span at) ->
                Paths.cannotRead(object, value, "`." + name + "`", at);
            case Expr.Call(Expr.Member(Expr object, String name, boolean _, Span _), var _, boolean _, Span at) ->
                Paths.cannotRead(object, value, "`." + name + "`", at);
            case Expr.Index(Expr object, Expr _, boolean _, Span at) ->
                Paths.cannotRead(object, value, "`[" + key(unread.group(1)) + "]`", at);
            // Default: `reads` lets nothing else through.
            default -> throw new IllegalArgumentException(reading.toString());
        };
    }

    private static String key(String name) {
        return name.matches("\\d{1,15}") ? name : Shown.quoted(name);
    }

    private static boolean reads(Expr expr, String name) {
        return switch (expr) {
            case Expr.Member member -> member.name().equals(name) && isPlain(member.object());
            case Expr.Call(Expr.Member member, var _, boolean _, Span _) ->
                member.name().equals(name) && isPlain(member.object());
            case Expr.Index(Expr object, Expr.Text(String key, Span _), boolean _, Span _) ->
                key.equals(name) && isPlain(object);
            case Expr.Index(Expr object, Expr.Numeric(double key, Span _), boolean _, Span _) ->
                Numerals.text(key).equals(name) && isPlain(object);
            case Expr.Index(Expr object, Expr _, boolean _, Span _) -> isPlain(object);
            // Default: nothing else reads.
            default -> false;
        };
    }

    /// Whether it is written in the file like that: `?.` are printed with names of ours.
    private static boolean isPlain(Expr object) {
        return switch (object) {
            case Expr.Name(String name, Span _) -> !name.startsWith("$");
            case Expr.Member(Expr inner, String _, boolean _, Span _) -> isPlain(inner);
            case Expr.Index(Expr inner, Expr _, boolean _, Span _) -> isPlain(inner);
            case Expr.Call(Expr inner, var _, boolean _, Span _) -> isPlain(inner);
            // Default: whatever else is read from is no chain.
            default -> true;
        };
    }

    /// The smallest part there.
    Span at(int offset, Span whole) {
        return parts.stream()
                .filter(part -> part.holds(offset) && part.expr.at().length() > 0)
                .min(Comparator.comparingInt(part -> part.to - part.from))
                .map(part -> part.expr.at())
                .orElse(whole);
    }
}
