package weir.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr.Property;
import weir.model.Builtins;
import weir.model.Inherited;
import weir.source.Span;

/// Why an expression is handed to the JavaScript sandbox as a whole instead of running on the JVM. The evaluator asks
/// this question, and so do `weir check --explain-expressions` and the editor; that the evaluator can do all the rest
/// is tested.
///
/// What only a value can show while it runs (`(0.1).toString(3)`) is not told here.
///
/// @param what what an engine is needed for, as people know it: "`localeCompare`", "an arrow as a value"
/// @param at the part that needs it
public record SandboxReason(String what, Span at) {
    /// Functions whose arrow runs inside a loop, as that of the methods of lists does; an engine runs those of others.
    private static final Set<String> LOOP_FUNCTIONS = Set.of("Array.from", "Object.groupBy");

    /// Methods of every value that the checker offers of no type.
    private static final Set<String> OF_ALL = Set.of("hasOwnProperty", "toString", "valueOf");

    /// The first reason that an expression has, or null: it runs on the JVM.
    public static @Nullable SandboxReason of(Expr expr) {
        return switch (expr) {
            case Expr.Text _, Expr.Numeric _, Expr.Truth _, Expr.Null _, Expr.Name _, Expr.Draw _, Expr.Secret _ ->
                null;
            case Expr.Global(String name, Span at) -> global(name, at);
            case Expr.Template template -> first(template.values().stream());
            case Expr.Member(Expr.Global(String space, Span _), String name, boolean _, Span at)
            when !isConstant(space) -> global(space + "." + name, at);
            case Expr.Member member -> of(member.object());
            case Expr.Index index -> first(Stream.of(index.object(), index.index()));
            case Expr.Call call -> call(call);
            case Expr.Chain(Expr inner, Span _) -> of(inner);
            case Expr.Fits fits -> of(fits.value());
            case Expr.Unary unary -> of(unary.operand());
            case Expr.Binary binary -> first(Stream.of(binary.left(), binary.right()));
            case Expr.Conditional choice -> first(Stream.of(choice.condition(), choice.yes(), choice.no()));
            case Expr.Arrow arrow -> new SandboxReason("an arrow as a value", arrow.at());
            case Expr.ListLiteral list -> first(list.elements().stream().map(Expr.Element::value));
            case Expr.ObjectLiteral object -> first(object.properties().stream().flatMap(SandboxReason::parts));
            case Expr.Apply apply -> first(apply.arguments().stream());
            case Expr.Decide decide -> first(decide.arguments().stream());
        };
    }

    private static @Nullable SandboxReason first(Stream<Expr> exprs) {
        for (var expr : exprs.toList()) {
            var reason = of(expr);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private static Stream<Expr> parts(Property property) {
        return switch (property) {
            case Property.Entry(String _, Expr value) -> Stream.of(value);
            case Property.Computed(Expr key, Expr value) -> Stream.of(key, value);
            case Property.Spread(Expr value) -> Stream.of(value);
        };
    }

    private static @Nullable SandboxReason global(String name, Span at) {
        return isConstant(name) ? null : new SandboxReason("`" + name + "` as a value", at);
    }

    private static boolean isConstant(String name) {
        int dot = name.indexOf('.');
        var found = dot < 0
                ? Builtins.global(name)
                : Builtins.space(name.substring(0, dot)).getOrDefault(name.substring(dot + 1), List.of());
        return !found.isEmpty()
                && found.getFirst().property()
                && !found.getFirst().script();
    }

    // ---- calls

    private static @Nullable SandboxReason call(Expr.Call call) {
        return switch (call.callee()) {
            case Expr.Global(String name, Span _) -> function(name, call);
            case Expr.Member(Expr.Global(String space, Span _), String name, boolean _, Span _)
            when !isConstant(space) -> function(space + "." + name, call);
            case Expr.Member member -> method(member, call);
            // Default: whatever else is called is a function as a value.
            default -> new SandboxReason("a call of a value", call.at());
        };
    }

    private static @Nullable SandboxReason function(String name, Expr.Call call) {
        var arguments = call.arguments();
        var given = LOOP_FUNCTIONS.contains(name) ? Builtins.arrows().get(name) : null;
        var loop = given != null && arguments.size() == 2 && isPlain(call)
                ? arrow(arguments.get(1).value())
                : null;
        if (given != null && loop != null) {
            var unfilled = unfilled(arguments.get(1).value(), given);
            return unfilled != null
                    ? unfilled
                    : first(Stream.of(arguments.getFirst().value(), loop));
        }
        if (!isNative(name)) {
            return new SandboxReason("`" + name + "`", call.at());
        }
        return arguments(arguments);
    }

    private static boolean isNative(String function) {
        return Builtins.names().contains(function) && !isConstant(function);
    }

    private static @Nullable SandboxReason method(Expr.Member member, Expr.Call call) {
        var receiver = of(member.object());
        if (receiver != null) {
            return receiver;
        }
        var arguments = call.arguments();
        String name = member.name();
        var given = Builtins.arrows().get("list." + name);
        if (given != null && isPlain(call) && !arguments.isEmpty()) {
            boolean fold = name.startsWith("reduce");
            var body = arrow(arguments.getFirst().value());
            if (body != null && arguments.size() <= (fold ? 2 : 1)) {
                var unfilled = unfilled(arguments.getFirst().value(), given);
                return unfilled != null
                        ? unfilled
                        : first(Stream.concat(
                                Stream.of(body), arguments.stream().skip(1).map(Expr.Element::value)));
            }
        }
        if (given != null && !name.equals("toSorted")) {
            return new SandboxReason("`" + name + "` with something else than one arrow", call.at());
        }
        boolean known = Builtins.nativeMethods().contains(name) || OF_ALL.contains(name);
        if (!known && Inherited.bySome(name)) {
            return new SandboxReason("`" + name + "`", call.at());
        }
        return arguments(arguments);
    }

    private static @Nullable SandboxReason arguments(List<Expr.Element> arguments) {
        return first(arguments.stream().map(Expr.Element::value));
    }

    private static boolean isPlain(Expr.Call call) {
        return call.arguments().stream().noneMatch(Expr.Element::spread);
    }

    /// Parameters that nobody fills are undefined.
    ///
    /// @param given how many arguments the built-in gives the arrow
    private static @Nullable SandboxReason unfilled(Expr expr, int given) {
        return expr instanceof Expr.Arrow arrow && arrow.parameters().size() > given
                ? new SandboxReason("an arrow with parameters that nobody gives", arrow.at())
                : null;
    }

    /// What runs for each item where a built-in is given an arrow, or the name of a function of a namespace.
    private static @Nullable Expr arrow(Expr expr) {
        return switch (expr) {
            case Expr.Arrow arrow -> arrow.body();
            case Expr.Member(Expr.Global(String space, Span _), String name, boolean _, Span at)
            when isNative(space + "." + name) -> new Expr.Null(at);
            // Default: any other value is no function.
            default -> null;
        };
    }
}
