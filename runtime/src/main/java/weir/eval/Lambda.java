package weir.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// An arrow in the hand of a built-in: where its parameters go, and its body. It is entered by binding the parameters,
/// not by a call with arguments.
final class Lambda {
    private final Parameter[] parameters;
    private final Code body;
    private final int cost;
    /// For each parameter its slot among the locals, or -1 when it is not simply one.
    private final int[] slots;

    Lambda(List<Parameter> parameters, Code body, int cost) {
        this.parameters = parameters.toArray(Parameter[]::new);
        this.body = body;
        this.cost = cost;
        this.slots = parameters.stream()
                .mapToInt(parameter -> parameter instanceof Parameter.Slot(int slot) ? slot : -1)
                .toArray();
    }

    /// The first parameter, or null when there is none.
    @Nullable
    Parameter first() {
        return parameters.length == 0 ? null : parameters[0];
    }

    List<Parameter> parameters() {
        return List.of(parameters);
    }

    Code body() {
        return body;
    }

    /// How many operations one run of the body takes, loops inside not counted.
    int cost() {
        return cost;
    }

    /// Where a parameter goes.
    sealed interface Parameter {
        /// Nowhere: nobody reads it.
        record Unused() implements Parameter {}

        record Slot(int slot) implements Parameter {}

        record NumericSlot(int slot) implements Parameter {}

        record Fields(List<Field> fields, Span at) implements Parameter {}

        record Items(List<Parameter> items, Span at) implements Parameter {}
    }

    record Field(InlineCache cache, Parameter parameter) {
        /// @param value neither null nor undefined
        Value of(Value value) {
            var found = value instanceof RecordValue record ? cache.find(record) : null;
            return found != null ? found : Members.get(value, cache.name);
        }
    }

    void bind(int position, Value value, Activation activation) {
        if (position < slots.length) {
            int slot = slots[position];
            if (slot >= 0) {
                activation.locals[slot] = value;
            } else {
                bind(parameters[position], value, activation);
            }
        }
    }

    void bindNumber(int position, double number, Activation activation) {
        if (position >= parameters.length) {
            return;
        }
        if (parameters[position] instanceof Parameter.NumericSlot(int slot)) {
            activation.numbers[slot] = number;
        } else {
            bind(parameters[position], new NumberValue(number), activation);
        }
    }

    /// Binds an item with its index and list to the parameters from a position on.
    void bindItem(int position, Value item, int index, ListValue list, Activation activation) {
        bind(position, item, activation);
        if (position + 1 < parameters.length) {
            bindNumber(position + 1, index, activation);
            bind(position + 2, list, activation);
        }
    }

    private static void bind(Parameter parameter, Value value, Activation activation) {
        switch (parameter) {
            case Parameter.Slot(int slot) -> activation.locals[slot] = value;
            case Parameter.Unused() -> {}
            case Parameter.NumericSlot(int slot) -> activation.numbers[slot] = Coercion.number(value);
            case Parameter.Fields(List<Field> fields, Span at) -> {
                requireFields(value, at);
                for (var field : fields) {
                    bind(field.parameter, field.of(value), activation);
                }
            }
            case Parameter.Items(List<Parameter> items, Span at) -> bindItems(items, value, activation, at);
        }
    }

    private static void bindItems(List<Parameter> items, Value value, Activation activation, Span at) {
        var list = list(value, activation, at);
        for (int i = 0; i < items.size(); i++) {
            bind(items.get(i), i < list.size() ? list.get(i) : UndefinedValue.UNDEFINED, activation);
        }
    }

    static void requireFields(Value value, Span at) {
        if (value.isMissing()) {
            throw new EvaluationError("type_error", Shown.value(value) + " has no fields to take apart", at);
        }
    }

    static ListValue list(Value value, Activation activation, Span at) {
        if (value instanceof ListValue given) {
            return given;
        }
        if (value instanceof StringValue) {
            return ObjectFunctions.items(value, activation.evaluation);
        }
        throw new EvaluationError("type_error", Shown.value(value) + " is not a list to take apart", at);
    }
}
