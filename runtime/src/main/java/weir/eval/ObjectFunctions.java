package weir.eval;

import static weir.eval.Native.argument;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Functions on records and lists of any kind: `Object`, `Array`, `structuredClone`.
final class ObjectFunctions {
    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("Object.keys", (self, arguments, evaluation) -> keys(argument(arguments, 0), evaluation)),
            Map.entry("Object.values", (self, arguments, evaluation) -> values(argument(arguments, 0), evaluation)),
            Map.entry("Object.entries", (self, arguments, evaluation) -> entries(argument(arguments, 0), evaluation)),
            Map.entry(
                    "Object.fromEntries",
                    (self, arguments, evaluation) -> fromEntries(argument(arguments, 0), evaluation)),
            Map.entry("Object.groupBy", (self, arguments, evaluation) -> {
                throw Failure.type("Object.groupBy takes an arrow as its second argument, not "
                        + Shown.value(argument(arguments, 1)));
            }),
            Map.entry("Object.hasOwn", (self, arguments, evaluation) -> Value.of(hasOwn(arguments))),
            Map.entry("Object.is", (self, arguments, evaluation) -> Value.of(is(arguments))),
            Map.entry(
                    "Array.isArray",
                    (self, arguments, evaluation) -> Value.of(argument(arguments, 0) instanceof ListValue)),
            Map.entry("Array.of", (self, arguments, evaluation) -> ListValue.of(arguments)),
            Map.entry("Array.from", (self, arguments, evaluation) -> from(arguments, evaluation)),
            Map.entry("structuredClone", (self, arguments, evaluation) -> copied(arguments, evaluation)));

    /// The methods of records, and of other values where nothing more special is said.
    static final Map<String, Native> METHODS = Map.of(
            "hasOwnProperty",
            (self, arguments, evaluation) -> Value.of(hasOwn(new Value[] {self, argument(arguments, 0)})),
            "toString",
            (self, arguments, evaluation) -> Value.of("[object Object]"),
            "valueOf",
            (self, arguments, evaluation) -> self);

    private ObjectFunctions() {}

    /// The properties that JavaScript's spread and `Object.keys` find.
    static void forEachOwn(Value value, BiConsumer<String, Value> each, Evaluation evaluation) {
        switch (value) {
            case RecordValue record -> {
                evaluation.spend(record.size());
                evaluation.makeItems(record.size());
                record.forEach(each);
            }
            case ListValue list -> {
                evaluation.spend(list.size());
                evaluation.makeItems(list.size());
                for (int i = 0; i < list.size(); i++) {
                    each.accept(Integer.toString(i), list.get(i));
                }
            }
            case StringValue(String text) -> {
                evaluation.spend(text.length());
                evaluation.makeItems(text.length());
                for (int i = 0; i < text.length(); i++) {
                    each.accept(Integer.toString(i), Members.unit(text, i));
                }
            }
            case NullValue _, UndefinedValue _, NumberValue _, BooleanValue _ -> {}
            case SecretValue _ -> throw Coercion.secret();
        }
    }

    private static void requirePresent(Value value) {
        if (value.isMissing()) {
            throw Failure.type(Shown.value(value) + " has no fields");
        }
    }

    private static Value keys(Value value, Evaluation evaluation) {
        requirePresent(value);
        var keys = new ArrayList<Value>();
        forEachOwn(value, (name, _) -> keys.add(Value.of(name)), evaluation);
        return ListValue.of(keys);
    }

    private static Value values(Value value, Evaluation evaluation) {
        requirePresent(value);
        var values = new ArrayList<Value>();
        forEachOwn(value, (name, field) -> values.add(field), evaluation);
        return ListValue.of(values);
    }

    private static Value entries(Value value, Evaluation evaluation) {
        requirePresent(value);
        var entries = new ArrayList<Value>();
        forEachOwn(value, (name, field) -> entries.add(ListValue.of(Value.of(name), field)), evaluation);
        return ListValue.of(entries);
    }

    private static Value fromEntries(Value entries, Evaluation evaluation) {
        var record = RecordValue.builder();
        ListMethods.iterate(
                entries,
                entry -> {
                    if (!(entry instanceof ListValue || entry instanceof RecordValue)) {
                        throw Failure.type("an entry is a list of name and value, not " + Shown.value(entry));
                    }
                    var name = Members.get(entry, "0");
                    var value = Members.get(entry, "1");
                    record.put(Coercion.text(name), value);
                },
                evaluation);
        return record.build();
    }

    private static boolean hasOwn(Value[] arguments) {
        var object = argument(arguments, 0);
        requirePresent(object);
        return Members.own(object, Coercion.text(argument(arguments, 1))) != null;
    }

    private static boolean is(Value[] arguments) {
        var a = argument(arguments, 0);
        var b = argument(arguments, 1);
        if (a instanceof NumberValue(double x) && b instanceof NumberValue(double y)) {
            return Double.compare(x, y) == 0;
        }
        return Coercion.isStrictlyEqual(a, b);
    }

    /// The items of what can be gone through, or of what has a length.
    static ListValue items(Value value, Evaluation evaluation) {
        var items = new ArrayList<Value>();
        switch (value) {
            case ListValue _, StringValue _ -> ListMethods.iterate(value, items::add, evaluation);
            case RecordValue record -> {
                double length = Coercion.integer(Members.get(record, "length"));
                if (length > 4294967295.0) {
                    throw Failure.range("a list cannot have so many items");
                }
                evaluation.spend((long) Math.max(length, 0));
                evaluation.makeItems((long) Math.max(length, 0));
                for (int i = 0; i < length; i++) {
                    items.add(Members.get(record, Integer.toString(i)));
                }
            }
            case NumberValue _, BooleanValue _ -> {}
            case NullValue _, UndefinedValue _ -> requirePresent(value);
            case SecretValue _ -> throw Coercion.secret();
        }
        return ListValue.of(items);
    }

    private static Value from(Value[] arguments, Evaluation evaluation) {
        var each = argument(arguments, 1);
        if (each != UndefinedValue.UNDEFINED) {
            throw Failure.type("Array.from takes an arrow as its second argument, not " + Shown.value(each));
        }
        return items(argument(arguments, 0), evaluation);
    }

    private static Value copied(Value[] arguments, Evaluation evaluation) {
        if (arguments.length == 0) {
            throw Failure.type("structuredClone takes a value");
        }
        return copied(arguments[0], evaluation, new IdentityHashMap<>());
    }

    private static Value copied(Value value, Evaluation evaluation, Map<Value, Value> copies) {
        var known = copies.get(value);
        if (known != null) {
            return known;
        }
        evaluation.spend(1);
        Value copy = switch (value) {
            case ListValue list -> {
                evaluation.makeItems(list.size());
                var items = new Value[list.size()];
                for (int i = 0; i < items.length; i++) {
                    items[i] = copied(list.get(i), evaluation, copies);
                }
                yield ListValue.owning(items);
            }
            case RecordValue record -> {
                evaluation.makeItems(record.size());
                var fields = new Value[record.size()];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = copied(record.valueAt(i), evaluation, copies);
                }
                yield RecordValue.of(record.shape(), fields);
            }
            case StringValue _, NumberValue _, BooleanValue _, NullValue _, UndefinedValue _, SecretValue _ -> value;
        };
        copies.put(value, copy);
        return copy;
    }
}
