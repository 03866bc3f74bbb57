package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.Pattern;
import weir.graph.Expr.UnaryOperator;

/// Which parts of the language were compared, and in how many cases a value came out.
final class Coverage {
    private final Map<String, long[]> counts = new TreeMap<>();

    Coverage() {
        for (var kind : Expr.class.getPermittedSubclasses()) {
            // Secrets never enter the sandbox, where they could be compared.
            if (kind != Expr.Secret.class) {
                counts.put(name(kind), new long[2]);
            }
        }
        for (var kind : Pattern.class.getPermittedSubclasses()) {
            counts.put("pattern " + name(kind), new long[2]);
        }
        for (var kind : Expr.Property.class.getPermittedSubclasses()) {
            counts.put("property " + name(kind), new long[2]);
        }
        for (var operator : BinaryOperator.values()) {
            counts.put("a " + operator.sign() + " b", new long[2]);
        }
        for (var operator : UnaryOperator.values()) {
            counts.put(operator.sign() + " a", new long[2]);
        }
        for (var part : List.of("...a in a list", "...a in a call", "a?.b", "a?.[b]", "a?.(b)", "a?.b in no chain")) {
            counts.put(part, new long[2]);
        }
        counts.remove("a?.b in no chain");
        RandomCalls.names().forEach(name -> counts.put(name, new long[2]));
    }

    private static String name(Class<?> kind) {
        return kind.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// @param builtIns their full names
    void count(Expr expr, Set<String> builtIns, int compared, int values) {
        var parts = new TreeSet<>(builtIns);
        collect(expr, parts);
        for (var part : parts) {
            var count = counts.computeIfAbsent(part, name -> new long[2]);
            count[0] += compared;
            count[1] += values;
        }
    }

    private static void collect(Expr expr, Set<String> parts) {
        parts.add(name(expr.getClass()));
        switch (expr) {
            case Expr.Unary unary -> parts.add(unary.operator().sign() + " a");
            case Expr.Binary binary -> parts.add("a " + binary.operator().sign() + " b");
            case Expr.Member member when member.optional() -> parts.add("a?.b");
            case Expr.Index index when index.optional() -> parts.add("a?.[b]");
            case Expr.Call call -> {
                if (call.optional()) {
                    parts.add("a?.(b)");
                }
                if (call.arguments().stream().anyMatch(Expr.Element::spread)) {
                    parts.add("...a in a call");
                }
            }
            case Expr.ListLiteral list
            when list.elements().stream().anyMatch(Expr.Element::spread) -> parts.add("...a in a list");
            case Expr.ObjectLiteral object ->
                object.properties().forEach(property -> parts.add("property " + name(property.getClass())));
            case Expr.Arrow arrow -> arrow.parameters().forEach(pattern -> collect(pattern, parts));
            // Default: nothing more is said about the others.
            default -> {}
        }
        Shrinking.children(expr).forEach(child -> collect(child, parts));
    }

    private static void collect(Pattern pattern, Set<String> parts) {
        parts.add("pattern " + name(pattern.getClass()));
        switch (pattern) {
            case Pattern.Bind _ -> {}
            case Pattern.Fields(var fields) -> fields.forEach(field -> collect(field.pattern(), parts));
            case Pattern.Items(var items) -> items.forEach(item -> collect(item, parts));
        }
    }

    /// What was never compared, or never with a value as the result.
    List<String> missing() {
        var missing = new ArrayList<String>();
        counts.forEach((part, count) -> {
            if (count[1] == 0) {
                missing.add(part);
            }
        });
        return missing;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        counts.forEach((part, count) ->
                text.append("  %-24s %9d cases, %9d with a value%n".formatted(part, count[0], count[1])));
        return text.toString();
    }
}
