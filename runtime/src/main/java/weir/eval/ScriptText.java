package weir.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.model.Inherited;
import weir.source.Span;
import weir.value.Json;
import weir.value.Numerals;
import weir.value.StringValue;

/// An expression as JavaScript. Everything is in parentheses that could be misread without.
final class ScriptText {
    static final String FUNCTION_PREFIX = "$f_";
    static final String RULES_PREFIX = "$r_";
    static final String DRAW_PREFIX = "$";

    /// Words that are names in Weir, but not in strict JavaScript.
    private static final Set<String> RESERVED = Set.of(
            ("arguments async await break class const continue debugger default delete do enum eval export extends"
                            + " finally implements import instanceof interface new package private protected public"
                            + " static super this throw var void while with")
                    .split(" "));

    private static final String OPEN = "return (";

    private final StringBuilder out = new StringBuilder(OPEN);
    private final List<ScriptParts.Part> parts = new ArrayList<>();
    private final Set<String> free = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final List<String> bound = new ArrayList<>();

    private final Map<String, Expr.Pattern> apart = new LinkedHashMap<>();
    private int chains;

    private ScriptText() {}

    /// @param names free names of the expression, in the order of the script's parameters
    /// @param parts of the script's body
    record Printed(Script script, List<String> names, ScriptParts parts) {}

    /// @throws NotNative when it cannot leave the JVM, because there is a secret in it
    static Printed of(Expr expr) {
        var text = new ScriptText();
        text.print(expr);
        var names = List.copyOf(text.free);
        var parameters = names.stream().map(ScriptText::identifier).toList();
        var script = new Script(text.out.append(");").toString(), parameters, List.copyOf(text.functions));
        return new Printed(script, names, new ScriptParts(text.parts));
    }

    /// The name as strict JavaScript can have it.
    static String identifier(String name) {
        return RESERVED.contains(name) ? "$" + name : name;
    }

    private void print(Expr expr) {
        int from = out.length();
        write(expr);
        parts.add(new ScriptParts.Part(from, out.length(), expr));
    }

    private void write(Expr expr) {
        switch (expr) {
            case Expr.Text(String value, Span _) -> out.append(quoted(value));
            case Expr.Numeric(double value, Span _) -> number(value);
            case Expr.Truth(boolean value, Span _) -> out.append(value);
            case Expr.Null _ -> out.append("null");
            case Expr.Name(String name, Span _) -> name(name);
            case Expr.Global(String name, Span _) -> out.append(name);
            case Expr.Template template -> template(template);
            case Expr.Member member -> member(member);
            case Expr.Index index -> index(index);
            case Expr.Call call -> {
                callee(call.callee());
                out.append(call.optional() ? "?." : "");
                elements("(", call.arguments(), ")");
            }
            case Expr.Chain(Expr inner, Span _) -> chain(inner);
            // Arguments: what a script hands over is looked at when it comes.
            case Expr.Fits fits -> print(fits.value());
            case Expr.Unary unary -> {
                out.append('(').append(unary.operator().sign()).append(' ');
                print(unary.operand());
                out.append(')');
            }
            case Expr.Binary binary -> {
                out.append('(');
                print(binary.left());
                out.append(' ').append(binary.operator().sign()).append(' ');
                print(binary.right());
                out.append(')');
            }
            case Expr.Conditional conditional -> {
                out.append('(');
                print(conditional.condition());
                out.append(" ? ");
                print(conditional.yes());
                out.append(" : ");
                print(conditional.no());
                out.append(')');
            }
            case Expr.Arrow arrow -> arrow(arrow);
            case Expr.ListLiteral list -> elements("[", list.elements(), "]");
            case Expr.ObjectLiteral object -> object(object);
            case Expr.Apply(String function, List<Expr> arguments, Span _) ->
                hosted(FUNCTION_PREFIX + function, arguments);
            case Expr.Decide(String rules, List<Expr> arguments, Span _) -> hosted(RULES_PREFIX + rules, arguments);
            case Expr.Draw(Expr.Drawn what, Span _) ->
                hosted(DRAW_PREFIX + what.name().toLowerCase(Locale.ROOT), List.of());
            case Expr.Secret _ -> throw new NotNative("a secret");
        }
    }

    /// A read that may meet what a value inherits is looked at where it happens.
    private void member(Expr.Member member) {
        if (isLookedAt(member)) {
            field(member.object(), new Expr.Text(member.name(), member.at()));
            return;
        }
        object(member.object());
        out.append(member.optional() ? "?." : ".").append(member.name());
    }

    private void index(Expr.Index index) {
        if (isLookedAt(index)) {
            field(index.object(), index.index());
            return;
        }
        object(index.object());
        out.append(index.optional() ? "?.[" : "[");
        print(index.index());
        out.append(']');
    }

    private static boolean isLookedAt(Expr link) {
        return switch (link) {
            case Expr.Member member -> !member.optional() && isInherited(member.name());
            case Expr.Index index ->
                !index.optional()
                        && !(index.index() instanceof Expr.Numeric)
                        && !(index.index() instanceof Expr.Text(String name, Span _) && !isInherited(name));
            // Default: nothing else reads a field.
            default -> false;
        };
    }

    /// Whether a chain reads anything that has to be looked at, so that its `?.` have to be written out.
    private static boolean looksAtAny(Expr link) {
        return switch (link) {
            case Expr.Member(Expr object, String name, boolean _, Span _) -> isInherited(name) || looksAtAny(object);
            case Expr.Index(Expr object, Expr index, boolean _, Span at) ->
                isLookedAt(new Expr.Index(object, index, false, at)) || looksAtAny(object);
            case Expr.Call(Expr.Member member, var _, boolean _, Span _) -> looksAtAny(member.object());
            case Expr.Call call -> looksAtAny(call.callee());
            // Default: nothing else is a link.
            default -> false;
        };
    }

    private void field(Expr object, Expr key) {
        out.append("$field(");
        print(object);
        out.append(", ");
        print(key);
        out.append(')');
    }

    private static boolean isInherited(String name) {
        return Inherited.bySome(name) || Inherited.TAKEN_AWAY.contains(name);
    }

    /// What is called may be inherited.
    private void callee(Expr expr) {
        switch (expr) {
            case Expr.Member(Expr object, String name, boolean optional, Span _) -> {
                object(object);
                out.append(optional ? "?." : ".").append(name);
            }
            case Expr.Index(Expr object, Expr index, boolean optional, Span _) -> {
                object(object);
                out.append(optional ? "?.[" : "[");
                print(index);
                out.append(']');
            }
            // Default: any other value is called as it is.
            default -> object(expr);
        }
    }

    /// A chain stops as a whole where its first `?.` finds nothing; behind it, it goes on as one without.
    private void chain(Expr inner) {
        var first = firstOptional(inner);
        if (first == null || !looksAtAny(inner)) {
            parenthesized(inner);
            return;
        }
        var found = new Expr.Name("$" + ++chains, inner.at());
        boolean method = first instanceof Expr.Call call && call.callee() instanceof Expr.Member;
        String tested = method ? found.name() + "." + ((Expr.Member) objectOf(first)).name() : found.name();
        out.append("((").append(found.name()).append(") => ").append(tested).append(" === undefined || ");
        out.append(tested).append(" === null ? undefined : ");
        bound.add(found.name());
        chain(without(inner, first, found));
        bound.removeLast();
        out.append(")(");
        print(method ? objectOf(objectOf(first)) : objectOf(first));
        out.append(')');
    }

    /// The `?.` that is evaluated first, or null.
    private static @Nullable Expr firstOptional(Expr link) {
        var before = link instanceof Expr.Member || link instanceof Expr.Index || link instanceof Expr.Call
                ? firstOptional(objectOf(link))
                : null;
        if (before != null) {
            return before;
        }
        return switch (link) {
            case Expr.Member member when member.optional() -> member;
            case Expr.Index index when index.optional() -> index;
            case Expr.Call call when call.optional() -> call;
            // Default: nothing else is a link.
            default -> null;
        };
    }

    private static Expr objectOf(Expr link) {
        return switch (link) {
            case Expr.Member member -> member.object();
            case Expr.Index index -> index.object();
            case Expr.Call call -> call.callee();
            // Default: nothing else is a link.
            default -> throw new IllegalArgumentException(link.toString());
        };
    }

    /// The chain with its first `?.` taken from what was found there.
    @SuppressWarnings("ReferenceEquality") // It is this very link.
    private static Expr without(Expr link, Expr first, Expr found) {
        return switch (link) {
            case Expr.Member(Expr object, String name, boolean optional, Span at) ->
                link == first
                        ? new Expr.Member(found, name, false, at)
                        : new Expr.Member(without(object, first, found), name, optional, at);
            case Expr.Index(Expr object, Expr index, boolean optional, Span at) ->
                link == first
                        ? new Expr.Index(found, index, false, at)
                        : new Expr.Index(without(object, first, found), index, optional, at);
            case Expr.Call(
                    Expr.Member(Expr object, String name, boolean no, Span there),
                    var arguments,
                    boolean _,
                    Span at)
            when link == first -> new Expr.Call(new Expr.Member(found, name, no, there), arguments, false, at);
            case Expr.Call(Expr callee, var arguments, boolean optional, Span at) ->
                link == first
                        ? new Expr.Call(found, arguments, false, at)
                        : new Expr.Call(without(callee, first, found), arguments, optional, at);
            // Default: nothing else is a link.
            default -> link;
        };
    }

    private void number(double value) {
        out.append('(')
                .append(1 / value == Double.NEGATIVE_INFINITY ? "-0" : Numerals.text(value))
                .append(')');
    }

    private void name(String name) {
        if (!bound.contains(name)) {
            free.add(name);
        }
        out.append(identifier(name));
    }

    private static String quoted(String text) {
        return Json.text(new StringValue(text));
    }

    private void parenthesized(Expr expr) {
        out.append('(');
        print(expr);
        out.append(')');
    }

    /// What a member is read from: a chain goes on, anything else is held together.
    private void object(Expr expr) {
        switch (expr) {
            case Expr.Member _, Expr.Index _, Expr.Call _, Expr.Name _, Expr.Global _ -> print(expr);
            // Default: parentheses never hurt.
            default -> parenthesized(expr);
        }
    }

    private void template(Expr.Template template) {
        out.append('`');
        for (int i = 0; i < template.texts().size(); i++) {
            if (i > 0) {
                out.append("${");
                print(template.values().get(i - 1));
                out.append('}');
            }
            var text = quoted(template.texts().get(i));
            out.append(text.substring(1, text.length() - 1)
                    .replace("\\\"", "\"")
                    .replace("`", "\\`")
                    .replace("${", "\\${"));
        }
        out.append('`');
    }

    private void elements(String open, List<Expr.Element> elements, String close) {
        out.append(open);
        for (int i = 0; i < elements.size(); i++) {
            out.append(i > 0 ? ", " : "").append(elements.get(i).spread() ? "..." : "");
            print(elements.get(i).value());
        }
        out.append(close);
    }

    private void object(Expr.ObjectLiteral object) {
        out.append("({");
        for (int i = 0; i < object.properties().size(); i++) {
            out.append(i > 0 ? ", " : "");
            switch (object.properties().get(i)) {
                case Expr.Property.Entry(String key, Expr value) -> {
                    // A plain `__proto__` would set the prototype.
                    out.append(key.equals("__proto__") ? "[\"__proto__\"]" : quoted(key))
                            .append(": ");
                    print(value);
                }
                case Expr.Property.Computed(Expr key, Expr value) -> {
                    out.append('[');
                    print(key);
                    out.append("]: ");
                    print(value);
                }
                case Expr.Property.Spread(Expr value) -> {
                    out.append("...");
                    print(value);
                }
            }
        }
        out.append("})");
    }

    private void arrow(Expr.Arrow arrow) {
        int before = bound.size();
        out.append("((");
        for (int i = 0; i < arrow.parameters().size(); i++) {
            out.append(i > 0 ? ", " : "");
            pattern(arrow.parameters().get(i));
        }
        out.append(") => ");
        // What an inherited name gives is looked at before the body.
        var looked = new ArrayList<String>();
        arrow.parameters().forEach(parameter -> inherited(parameter, looked));
        var taken = new ArrayList<>(apart.entrySet());
        apart.clear();
        taken.forEach(one -> {
            out.append("((");
            pattern(one.getValue());
            out.append(") => ");
        });
        looked.forEach(name -> out.append("($own(").append(name).append("), "));
        parenthesized(arrow.body());
        out.append(")".repeat(looked.size()));
        taken.reversed()
                .forEach(one -> out.append(")($own(").append(one.getKey()).append("))"));
        out.append(')');
        bound.subList(before, bound.size()).clear();
    }

    private static void inherited(Expr.Pattern pattern, List<String> into) {
        switch (pattern) {
            case Expr.Pattern.Bind _ -> {}
            case Expr.Pattern.Fields(var fields) -> {
                for (var field : fields) {
                    if (isInherited(field.key()) && field.pattern() instanceof Expr.Pattern.Bind(String name)) {
                        into.add(identifier(name));
                    }
                    inherited(field.pattern(), into);
                }
            }
            case Expr.Pattern.Items(var items) -> items.forEach(item -> inherited(item, into));
        }
    }

    private void pattern(Expr.Pattern pattern) {
        switch (pattern) {
            case Expr.Pattern.Bind(String name) -> {
                bound.add(name);
                out.append(identifier(name));
            }
            case Expr.Pattern.Fields(var fields) -> {
                out.append('{');
                for (int i = 0; i < fields.size(); i++) {
                    out.append(i > 0 ? ", " : "")
                            .append(quoted(fields.get(i).key()))
                            .append(": ");
                    var inner = fields.get(i).pattern();
                    if (isInherited(fields.get(i).key()) && !(inner instanceof Expr.Pattern.Bind)) {
                        // What it is, is looked at before it is taken apart.
                        out.append('$').append(++chains);
                        apart.put("$" + chains, inner);
                    } else {
                        pattern(inner);
                    }
                }
                out.append('}');
            }
            case Expr.Pattern.Items(List<Expr.Pattern> items) -> {
                out.append('[');
                for (int i = 0; i < items.size(); i++) {
                    out.append(i > 0 ? ", " : "");
                    pattern(items.get(i));
                }
                out.append(']');
            }
        }
    }

    private void hosted(String function, List<Expr> arguments) {
        functions.add(function);
        out.append(function).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            out.append(i > 0 ? ", " : "");
            print(arguments.get(i));
        }
        out.append(')');
    }
}
