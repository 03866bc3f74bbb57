package weir.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.model.Builtins;
import weir.model.Inherited;
import weir.source.Span;

/// The part of [Translation] that deals with calls.
final class CallTranslation {
    private final Translation translation;

    CallTranslation(Translation translation) {
        this.translation = translation;
    }

    Code code(Expr.Call call, @Nullable Names names) {
        return switch (call.callee()) {
            case Expr.Global(String name, Span _) -> function(name, call, names);
            case Expr.Member(Expr.Global(String space, Span _), String name, boolean optional, Span at)
            when Natives.constant(space) == null -> function(space + "." + name, call, names);
            case Expr.Member member -> method(member, call, names);
            // Default: whatever else is called is a function as a value.
            default -> throw new NotNative("a call of a value");
        };
    }

    private Code function(String name, Expr.Call call, @Nullable Names names) {
        var arguments = call.arguments();
        boolean plain = arguments.stream().noneMatch(Expr.Element::spread);
        if (plain && arguments.size() == 2) {
            var given = Builtins.arrows().get(name);
            var arrow = given == null ? null : arrow(arguments.get(1).value(), given);
            if (arrow != null && name.equals("Array.from")) {
                return new Loops.From(
                        first(arguments, names), translation.lambda(arrow, names, false, true), call.at());
            }
            if (arrow != null && name.equals("Object.groupBy")) {
                return new Loops.GroupBy(
                        first(arguments, names), translation.lambda(arrow, names, false, true), call.at());
            }
        }
        var function = Natives.function(name);
        if (function == null) {
            throw new NotNative(name);
        }
        var math = plain && name.startsWith("Math.") ? math(name.substring(5), arguments, names, call.at()) : null;
        return math != null ? math : new Calls.Function(function, arguments(arguments, names, call.at()), call.at());
    }

    private Code first(List<Expr.Element> arguments, @Nullable Names names) {
        return translation.code(arguments.getFirst().value(), names);
    }

    private @Nullable Code math(String name, List<Expr.Element> arguments, @Nullable Names names, Span at) {
        var one = MathFunctions.OF_ONE.get(name);
        if (one != null && arguments.size() == 1) {
            return new Calls.OfOne(one, first(arguments, names), at);
        }
        var two = MathFunctions.ofTwo(name);
        if (two != null && arguments.size() == 2) {
            return new Calls.OfTwo(
                    two,
                    first(arguments, names),
                    translation.code(arguments.get(1).value(), names),
                    at);
        }
        return null;
    }

    private Calls.Arguments arguments(List<Expr.Element> arguments, @Nullable Names names, Span at) {
        if (arguments.stream().noneMatch(Expr.Element::spread)) {
            return new Calls.Arguments.Plain(arguments.stream()
                    .map(argument -> translation.code(argument.value(), names))
                    .toList());
        }
        return new Calls.Arguments.Spread(translation.spread(arguments, names, at));
    }

    private Code method(Expr.Member member, Expr.Call call, @Nullable Names names) {
        var receiver = new Calls.Receiver(
                translation.code(member.object(), names),
                member.name(),
                member.optional(),
                call.optional(),
                member.object());
        var arguments = call.arguments();
        boolean plain = arguments.stream().noneMatch(Expr.Element::spread);
        if (plain && !arguments.isEmpty() && Loops.NAMES.contains(member.name())) {
            var loop = loop(receiver, arguments, names, call.at());
            if (loop != null) {
                return loop;
            }
        }
        if (!Natives.isMethod(member.name()) && Inherited.bySome(member.name())) {
            throw new NotNative(member.name());
        }
        return new Calls.NativeMethod(receiver, arguments(arguments, names, call.at()), call.at());
    }

    private @Nullable Code loop(Calls.Receiver receiver, List<Expr.Element> arguments, @Nullable Names names, Span at) {
        boolean fold = receiver.name().startsWith("reduce");
        boolean sort = receiver.name().equals("toSorted");
        int given = Builtins.arrows().getOrDefault("list." + receiver.name(), 0);
        var arrow = arrow(arguments.getFirst().value(), given);
        if (arrow == null || arguments.size() > 2 || (arguments.size() == 2 && !fold)) {
            return null;
        }
        if (!fold) {
            return Loops.of(receiver, translation.lambda(arrow, names, false, !sort), at);
        }
        boolean backwards = receiver.name().equals("reduceRight");
        var first = arguments.size() == 2 ? translation.code(arguments.get(1).value(), names) : null;
        if (first != null && first.kind() == Code.Kind.NUMBER && translation.maySpeculate()) {
            var lambda = translation.speculating(arrow, names, true, false, true);
            if (lambda.body().kind() == Code.Kind.NUMBER
                    && lambda.first() instanceof Lambda.Parameter.NumericSlot(int sum)) {
                return new Loops.NumericFold(receiver, lambda, first, sum, backwards, at);
            }
        }
        var lambda = translation.lambda(arrow, names, false, false, true);
        return new Loops.Fold(receiver, lambda, first, backwards, at);
    }

    /// What is handed to a built-in as an arrow: an arrow, or the name of a function of a namespace.
    ///
    /// @param most how many arguments the built-in gives it
    private Expr.@Nullable Arrow arrow(Expr expr, int most) {
        return switch (expr) {
            // What it is not given is undefined, which the sandbox knows how to take apart as well.
            case Expr.Arrow arrow
            when arrow.parameters().size() > most -> throw new NotNative("an arrow with parameters that nobody gives");
            case Expr.Arrow arrow -> arrow;
            case Expr.Member(Expr.Global(String space, Span _), String name, boolean optional, Span at)
            when Natives.function(space + "." + name) != null -> calling(expr, most, at);
            // Default: any other value is no function, which the sandbox will say.
            default -> null;
        };
    }

    private static Expr.Arrow calling(Expr function, int most, Span at) {
        var arguments = new ArrayList<Expr.Element>();
        for (int i = 0; i < most; i++) {
            arguments.add(new Expr.Element(false, new Expr.Name(parameter(i), at)));
        }
        return new Expr.Arrow(parameters(most), new Expr.Call(function, arguments, false, at), at);
    }

    private static List<Expr.Pattern> parameters(int count) {
        var parameters = new ArrayList<Expr.Pattern>();
        for (int i = 0; i < count; i++) {
            parameters.add(new Expr.Pattern.Bind(parameter(i)));
        }
        return parameters;
    }

    /// A name that no text can use.
    private static String parameter(int i) {
        return "#" + i;
    }
}
