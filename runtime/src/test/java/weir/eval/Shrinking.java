package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import weir.graph.Expr;
import weir.graph.Expr.Element;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Smaller expressions and values, to find the smallest that still shows a mistake.
final class Shrinking {
    private Shrinking() {}

    /// Expressions with one part replaced by something smaller.
    static List<Expr> smaller(Expr expr) {
        var all = new ArrayList<Expr>(children(expr).stream()
                .filter(child -> !(child instanceof Expr.Arrow))
                .toList());
        if (!(expr instanceof Expr.Numeric) && !(expr instanceof Expr.Arrow)) {
            all.add(new Expr.Numeric(1, expr.at()));
        }
        var children = children(expr);
        for (int i = 0; i < children.size(); i++) {
            int at = i;
            for (var child : smaller(children.get(i))) {
                if (children.get(i) instanceof Expr.Arrow == child instanceof Expr.Arrow) {
                    all.add(with(expr, at, child));
                }
            }
        }
        switch (expr) {
            case Expr.ListLiteral list
            when !list.elements().isEmpty() -> {
                for (int i = 0; i < list.elements().size(); i++) {
                    all.add(new Expr.ListLiteral(without(list.elements(), i), list.at()));
                }
            }
            case Expr.ObjectLiteral object
            when object.properties().size() > 1 -> {
                for (int i = 0; i < object.properties().size(); i++) {
                    all.add(new Expr.ObjectLiteral(without(object.properties(), i), object.at()));
                }
            }
            case Expr.Call call
            when !call.arguments().isEmpty() ->
                all.add(new Expr.Call(
                        call.callee(),
                        without(call.arguments(), call.arguments().size() - 1),
                        call.optional(),
                        call.at()));
            case Expr.Text text
            when !text.value().isEmpty() -> all.add(new Expr.Text(text.value().substring(1), text.at()));
            // Default: nothing is left out of the others.
            default -> {}
        }
        return all;
    }

    /// Whether every `?.` stands in a chain, where it knows what to leave out.
    static boolean chainsAreWhole(Expr expr, boolean inChain) {
        return switch (expr) {
            case Expr.Chain(Expr inner, var _) -> chainsAreWhole(inner, true);
            case Expr.Fits fits -> chainsAreWhole(fits.value(), false);
            case Expr.Member member -> (inChain || !member.optional()) && chainsAreWhole(member.object(), inChain);
            case Expr.Index index ->
                (inChain || !index.optional())
                        && chainsAreWhole(index.object(), inChain)
                        && chainsAreWhole(index.index(), false);
            case Expr.Call call ->
                (inChain || !call.optional())
                        && chainsAreWhole(call.callee(), inChain)
                        && call.arguments().stream().allMatch(argument -> chainsAreWhole(argument.value(), false));
            // Default: chains end in all others.
            default -> children(expr).stream().allMatch(child -> chainsAreWhole(child, false));
        };
    }

    static List<Value> smaller(Value value) {
        return switch (value) {
            case ListValue list
            when list.size() > 0 -> {
                var all = new ArrayList<Value>();
                for (int i = 0; i < list.size(); i++) {
                    all.add(ListValue.of(without(list.asList(), i)));
                    for (var item : smaller(list.get(i))) {
                        all.add(list.with(i, item));
                    }
                }
                yield all;
            }
            case RecordValue record
            when record.size() > 0 -> {
                var all = new ArrayList<Value>();
                for (int i = 0; i < record.size(); i++) {
                    var builder = RecordValue.builder();
                    for (int k = 0; k < record.size(); k++) {
                        if (k != i) {
                            builder.put(record.nameAt(k), record.valueAt(k));
                        }
                    }
                    all.add(builder.build());
                    for (var field : smaller(record.valueAt(i))) {
                        all.add(record.with(record.nameAt(i), field));
                    }
                }
                yield all;
            }
            case StringValue(String text)
            when text.length() > 1 ->
                List.of(new StringValue(text.substring(1)), new StringValue(text.substring(0, text.length() - 1)));
            case NullValue none -> List.of();
            // Default: null is the smallest.
            default -> List.of(NullValue.NULL);
        };
    }

    private static <T> List<T> without(List<T> items, int i) {
        var fewer = new ArrayList<>(items);
        fewer.remove(i);
        return fewer;
    }

    static List<Expr> children(Expr expr) {
        var children = new ArrayList<Expr>();
        rebuilt(expr, child -> {
            children.add(child);
            return child;
        });
        return children;
    }

    private static Expr with(Expr expr, int index, Expr child) {
        var count = new int[1];
        return rebuilt(expr, old -> count[0]++ == index ? child : old);
    }

    /// The expression with each direct part replaced.
    static Expr rebuilt(Expr expr, UnaryOperator<Expr> each) {
        return switch (expr) {
            case Expr.Text _,
                    Expr.Numeric _,
                    Expr.Truth _,
                    Expr.Null _,
                    Expr.Name _,
                    Expr.Global _,
                    Expr.Draw _,
                    Expr.Secret _ -> expr;
            case Expr.Template template ->
                new Expr.Template(
                        template.texts(), template.values().stream().map(each).toList(), template.at());
            case Expr.Member member ->
                member.object() instanceof Expr.Global
                        ? member
                        : new Expr.Member(each.apply(member.object()), member.name(), member.optional(), member.at());
            case Expr.Index index ->
                new Expr.Index(each.apply(index.object()), each.apply(index.index()), index.optional(), index.at());
            case Expr.Call call -> call(call, each);
            case Expr.Chain chain -> new Expr.Chain(each.apply(chain.inner()), chain.at());
            case Expr.Fits fits -> new Expr.Fits(each.apply(fits.value()), fits.type(), fits.name(), fits.at());
            case Expr.Unary unary -> new Expr.Unary(unary.operator(), each.apply(unary.operand()), unary.at());
            case Expr.Binary binary ->
                new Expr.Binary(binary.operator(), each.apply(binary.left()), each.apply(binary.right()), binary.at());
            case Expr.Conditional choice ->
                new Expr.Conditional(
                        each.apply(choice.condition()), each.apply(choice.yes()), each.apply(choice.no()), choice.at());
            case Expr.Arrow arrow -> new Expr.Arrow(arrow.parameters(), each.apply(arrow.body()), arrow.at());
            case Expr.ListLiteral list -> new Expr.ListLiteral(elements(list.elements(), each), list.at());
            case Expr.ObjectLiteral object ->
                new Expr.ObjectLiteral(
                        object.properties().stream()
                                .map(property -> property(property, each))
                                .toList(),
                        object.at());
            case Expr.Apply apply ->
                new Expr.Apply(
                        apply.function(), apply.arguments().stream().map(each).toList(), apply.at());
            case Expr.Decide decide ->
                new Expr.Decide(
                        decide.rules(), decide.arguments().stream().map(each).toList(), decide.at());
        };
    }

    private static Expr call(Expr.Call call, UnaryOperator<Expr> each) {
        var callee = call.callee() instanceof Expr.Member(Expr object, String name, boolean optional, var at)
                        && !(object instanceof Expr.Global)
                ? new Expr.Member(each.apply(object), name, optional, at)
                : call.callee();
        return new Expr.Call(callee, elements(call.arguments(), each), call.optional(), call.at());
    }

    private static List<Element> elements(List<Element> elements, UnaryOperator<Expr> each) {
        return elements.stream()
                .map(element -> new Element(element.spread(), each.apply(element.value())))
                .toList();
    }

    private static Expr.Property property(Expr.Property property, UnaryOperator<Expr> each) {
        return switch (property) {
            case Expr.Property.Entry(String key, Expr value) -> new Expr.Property.Entry(key, each.apply(value));
            case Expr.Property.Computed(Expr key, Expr value) ->
                new Expr.Property.Computed(each.apply(key), each.apply(value));
            case Expr.Property.Spread(Expr value) -> new Expr.Property.Spread(each.apply(value));
        };
    }
}
