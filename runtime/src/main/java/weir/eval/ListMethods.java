package weir.eval;

import static weir.eval.Native.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// The methods of lists that take no arrow.
final class ListMethods {
    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("at", on((list, arguments, evaluation) -> at(list, argument(arguments, 0)))),
            Map.entry("concat", on(ListMethods::concat)),
            Map.entry("flat", on(ListMethods::flat)),
            Map.entry("includes", on((list, arguments, evaluation) -> Value.of(includes(list, arguments)))),
            Map.entry("indexOf", on((list, arguments, evaluation) -> Value.of(indexOf(list, arguments)))),
            Map.entry("join", on(ListMethods::join)),
            Map.entry("lastIndexOf", on((list, arguments, evaluation) -> Value.of(lastIndexOf(list, arguments)))),
            Map.entry("slice", on(ListMethods::slice)),
            Map.entry("toReversed", on((list, arguments, evaluation) -> reversed(list, evaluation))),
            Map.entry("toSorted", on(ListMethods::sorted)),
            Map.entry("toSpliced", on(ListMethods::spliced)),
            Map.entry("toString", on((list, arguments, evaluation) -> join(list, new Value[0], evaluation))),
            Map.entry("valueOf", on((list, arguments, evaluation) -> list)),
            Map.entry("with", on(ListMethods::with)));

    private ListMethods() {}

    private interface Method {
        Value call(ListValue list, Value[] arguments, Evaluation evaluation);
    }

    private static Native on(Method method) {
        return (self, arguments, evaluation) -> {
            var list = (ListValue) self;
            evaluation.spend(1 + list.size());
            return method.call(list, arguments, evaluation);
        };
    }

    /// Hands on what JavaScript's iteration gives: the items of a list, the code points of a text.
    static void iterate(Value value, Consumer<Value> each, Evaluation evaluation) {
        switch (value) {
            case ListValue list -> {
                evaluation.spend(list.size());
                evaluation.makeItems(list.size());
                list.forEach(each);
            }
            case StringValue(String text) -> {
                evaluation.spend(text.length());
                evaluation.makeItems(text.length());
                text.codePoints().forEach(point -> each.accept(new StringValue(Character.toString(point))));
            }
            case RecordValue _, NumberValue _, BooleanValue _, NullValue _, UndefinedValue _ ->
                throw notIterable(value);
            case SecretValue _ -> throw Coercion.secret();
        }
    }

    private static Failure notIterable(Value value) {
        return Failure.type(Shown.value(value) + " is not a list, so its items cannot be gone through");
    }

    private static Value at(ListValue list, Value index) {
        double at = Coercion.integer(index);
        double from = at < 0 ? list.size() + at : at;
        return from < 0 || from >= list.size() ? UndefinedValue.UNDEFINED : list.get((int) from);
    }

    private static Value concat(ListValue list, Value[] arguments, Evaluation evaluation) {
        var all = new ArrayList<Value>(list.asList());
        for (var argument : arguments) {
            if (argument instanceof ListValue more) {
                evaluation.makeItems(more.size());
                more.forEach(all::add);
            } else {
                all.add(argument);
            }
        }
        evaluation.makeItems(list.size());
        return ListValue.of(all);
    }

    private static Value flat(ListValue list, Value[] arguments, Evaluation evaluation) {
        var given = argument(arguments, 0);
        double depth = given == UndefinedValue.UNDEFINED ? 1 : Coercion.integer(given);
        var items = new ArrayList<Value>();
        flatten(list, depth, items, evaluation);
        return ListValue.of(items);
    }

    private static void flatten(ListValue list, double depth, List<Value> into, Evaluation evaluation) {
        evaluation.makeItems(list.size());
        for (var item : list) {
            if (depth >= 1 && item instanceof ListValue inner) {
                flatten(inner, depth - 1, into, evaluation);
            } else {
                into.add(item);
            }
        }
    }

    private static boolean includes(ListValue list, Value[] arguments) {
        var wanted = argument(arguments, 0);
        if (list.size() == 0) {
            return false;
        }
        for (int i = Coercion.relative(argument(arguments, 1), list.size()); i < list.size(); i++) {
            if (Coercion.isSameValueZero(list.get(i), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(ListValue list, Value[] arguments) {
        var wanted = argument(arguments, 0);
        if (list.size() == 0) {
            return -1;
        }
        for (int i = Coercion.relative(argument(arguments, 1), list.size()); i < list.size(); i++) {
            if (Coercion.isStrictlyEqual(list.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(ListValue list, Value[] arguments) {
        var wanted = argument(arguments, 0);
        int size = list.size();
        if (size == 0) {
            return -1;
        }
        // Unlike elsewhere, an undefined start that was given counts as 0.
        double from = arguments.length > 1 ? Coercion.integer(arguments[1]) : size - 1;
        for (int i = (int) (from < 0 ? size + from : Math.min(from, size - 1)); i >= 0; i--) {
            if (Coercion.isStrictlyEqual(list.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static Value join(ListValue list, Value[] arguments, Evaluation evaluation) {
        var given = argument(arguments, 0);
        var text = Coercion.joined(
                list, given == UndefinedValue.UNDEFINED ? "," : Coercion.text(given), evaluation.longestText());
        evaluation.makeText(text.length());
        return Value.of(text);
    }

    private static Value slice(ListValue list, Value[] arguments, Evaluation evaluation) {
        int from = Coercion.relative(argument(arguments, 0), list.size());
        var end = argument(arguments, 1);
        int to = end == UndefinedValue.UNDEFINED ? list.size() : Coercion.relative(end, list.size());
        return part(list, from, Math.max(from, to), evaluation);
    }

    static ListValue part(ListValue list, int from, int to, Evaluation evaluation) {
        evaluation.makeItems(to - from);
        var items = new Value[to - from];
        for (int i = 0; i < items.length; i++) {
            items[i] = list.get(from + i);
        }
        return ListValue.owning(items);
    }

    private static Value reversed(ListValue list, Evaluation evaluation) {
        evaluation.makeItems(list.size());
        var items = new Value[list.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = list.get(items.length - 1 - i);
        }
        return ListValue.owning(items);
    }

    private static Value sorted(ListValue list, Value[] arguments, Evaluation evaluation) {
        var compare = argument(arguments, 0);
        if (compare != UndefinedValue.UNDEFINED) {
            throw Failure.type("toSorted takes an arrow that compares two items, not " + Shown.value(compare));
        }
        evaluation.makeItems(2L * list.size());
        record Keyed(String key, Value value) {}
        var keyed = new ArrayList<Keyed>();
        int missing = (int) list.asList().stream()
                .filter(item -> item == UndefinedValue.UNDEFINED)
                .count();
        boolean compares = list.size() - missing > 1;
        for (var item : list) {
            if (item != UndefinedValue.UNDEFINED) {
                var key = compares ? Coercion.text(item) : "";
                evaluation.spend(1 + (key.length() >> 3));
                keyed.add(new Keyed(key, item));
            }
        }
        keyed.sort(Comparator.comparing(Keyed::key));
        var items = new Value[list.size()];
        Arrays.fill(items, items.length - missing, items.length, UndefinedValue.UNDEFINED);
        for (int i = 0; i < keyed.size(); i++) {
            items[i] = keyed.get(i).value();
        }
        return ListValue.owning(items);
    }

    private static Value spliced(ListValue list, Value[] arguments, Evaluation evaluation) {
        int from = Coercion.relative(argument(arguments, 0), list.size());
        int removed = switch (arguments.length) {
            case 0 -> 0;
            case 1 -> list.size() - from;
            default -> (int) Math.clamp(Coercion.integer(arguments[1]), 0, list.size() - from);
        };
        evaluation.makeItems(list.size() + (long) arguments.length);
        var items = new ArrayList<Value>(list.asList().subList(0, from));
        items.addAll(Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length));
        items.addAll(list.asList().subList(from + removed, list.size()));
        return ListValue.of(items);
    }

    private static Value with(ListValue list, Value[] arguments, Evaluation evaluation) {
        double given = Coercion.integer(argument(arguments, 0));
        double at = given < 0 ? list.size() + given : given;
        if (at < 0 || at >= list.size()) {
            throw Failure.range(
                    "there is no item " + Coercion.text(argument(arguments, 0)) + " in " + Shown.value(list));
        }
        var changed = part(list, 0, list.size(), evaluation);
        return changed.with((int) at, argument(arguments, 1));
    }
}
