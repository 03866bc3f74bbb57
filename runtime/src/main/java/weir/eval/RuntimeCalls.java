package weir.eval;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// What emitted code calls: the general case behind each of its short cuts. The closure that stands at the place in
/// question does the work and knows where it is, so that both ways have one meaning and one kind of error.
///
/// Emitted code calls these by their names ([MethodEmitter#call]).
final class RuntimeCalls {
    /// What is called where there is no method.
    private static final Native NO_METHOD = (self, arguments, evaluation) -> self;

    private RuntimeCalls() {}

    static Value boxed(double number) {
        return new NumberValue(number);
    }

    static Value boxed(boolean truth) {
        return BooleanValue.of(truth);
    }

    static double number(Value value, Code code) {
        return code.toNumber(value);
    }

    static boolean truth(Value value, Code code) {
        return value instanceof BooleanValue truth ? truth.isTrue() : Operators.truthOf(value, code);
    }

    static boolean truth(double number) {
        return number != 0 && !Double.isNaN(number);
    }

    static boolean isMissing(Value value) {
        return value == UndefinedValue.UNDEFINED || value == NullValue.NULL;
    }

    static Value name(Activation activation, int up, int slot, Reads.FrameName name) {
        var frame = activation.frame;
        for (int i = 0; i < up && frame != null; i++) {
            frame = frame.parent();
        }
        var value = frame == null ? null : frame.get(slot);
        if (value == null) {
            throw name.missing();
        }
        return value;
    }

    /// A member of a record of a shape that was not foreseen, or of something else.
    static Value member(Value value, Reads.Member member, Tiered tiered) {
        tiered.strayed();
        return member.read(value);
    }

    static Value member(Value value, Reads.Member member) {
        return member.read(value);
    }

    static Value length(Value value, Reads.Member member) {
        return switch (value) {
            case ListValue list -> new NumberValue(list.size());
            case StringValue(String text) -> new NumberValue(text.length());
            // Default: the length of others is a member like any other.
            default -> member.read(value);
        };
    }

    static Value item(Value value, Value key, Reads.Index index) {
        return index.read(value, key);
    }

    static Value item(Value value, double key, Reads.Index index) {
        int position = (int) key;
        return value instanceof ListValue list && position == key && position >= 0 && position < list.size()
                ? list.get(position)
                : index.read(value, new NumberValue(key));
    }

    static boolean equal(Value a, Value b, Operators.Equal equal) {
        if (a instanceof StringValue(String x) && b instanceof StringValue(String y)) {
            return x.equals(y) != equal.negated;
        }
        return equal.of(a, b);
    }

    static boolean compare(Value a, Value b, Operators.Compare compare) {
        return compare.of(a, b);
    }

    static boolean in(Value key, Value object, Operators.In in) {
        return in.of(key, object);
    }

    static Value add(Value a, Value b, Activation activation, Operators.Add add) {
        return add.of(a, b, activation);
    }

    static double addNumbers(Value a, Value b, Activation activation, Operators.Add add) {
        return add.numberOf(a, b, activation);
    }

    static Value typeOf(Value value, Operators.TypeOf typeOf) {
        return typeOf.of(value);
    }

    static Value fit(Value value, FitCode fit) {
        return fit.of(value);
    }

    /// A piece of a template: what converts without failing stays as it is.
    static Value piece(Value value, Code code) {
        if (value instanceof StringValue) {
            return value;
        }
        return switch (value) {
            case StringValue _, NumberValue _, BooleanValue _, NullValue _, UndefinedValue _, SecretValue _ -> value;
            // Default: lists and records may fail to convert, which must happen now.
            default -> new StringValue(Literals.MixedRecord.name(value, code));
        };
    }

    /// The text of such a piece, or null for a secret.
    static @Nullable String text(Value piece) {
        if (piece instanceof StringValue(String text)) {
            return text;
        }
        if (piece instanceof NumberValue(double number)) {
            return Numerals.text(number);
        }
        return piece instanceof SecretValue ? null : Coercion.text(piece);
    }

    static void makeText(int length, Activation activation, Code code) {
        try {
            activation.evaluation.makeText(length);
        } catch (Failure failure) {
            throw failure.at(code.at);
        }
    }

    static Value template(Value[] pieces, Activation activation, Literals.Template template) {
        return template.of(pieces, activation);
    }

    static String fieldName(Value key, Code code) {
        return Literals.MixedRecord.name(key, code);
    }

    static void spreadFields(RecordValue.Builder record, Value value, Activation activation, Code code) {
        Literals.MixedRecord.spread(value, code, activation, record);
    }

    static void spreadItems(List<Value> items, Value value, Activation activation, Code code) {
        Literals.SpreadList.spread(value, code, activation, items);
    }

    static Value[] array(List<Value> items) {
        return items.toArray(Value[]::new);
    }

    static Value function(Value[] arguments, Activation activation, Calls.Function function) {
        return function.of(arguments, activation);
    }

    static Value apply(Value[] arguments, Activation activation, Calls.Apply apply) {
        return apply.of(arguments, activation);
    }

    static Value decide(Value[] arguments, Activation activation, Calls.Decide decide) {
        return decide.of(arguments, activation);
    }

    /// The method to call, or null when the call is left out. That there is none is said when it is called: its
    /// arguments come first.
    static @Nullable Native find(Value self, Calls.NativeMethod call) {
        if (isMissing(self)) {
            throw call.cannotRead(self);
        }
        var method = call.method(self);
        if (method != null) {
            return method;
        }
        return call.isLeftOut(self) ? null : NO_METHOD;
    }

    @SuppressWarnings("ReferenceEquality") // It is this one or another.
    static Value method(Native method, Value self, Value[] arguments, Activation activation, Calls.NativeMethod call) {
        if (method == NO_METHOD) {
            throw call.noMethod(self);
        }
        return call.of(method, self, arguments, activation);
    }

    /// Whether a loop over what is no list is left out.
    static boolean isLeftOut(Value self, Calls.Method loop) {
        if (!isMissing(self)) {
            return loop.isLeftOut(self);
        }
        if (loop.receiver.optional()) {
            return true;
        }
        throw loop.cannotRead(self);
    }

    static ListValue list(Value self, Calls.Method loop) {
        if (self instanceof ListValue list) {
            return list;
        }
        throw loop.noMethod(self);
    }

    static void makeItems(int count, Activation activation, Code loop) {
        try {
            activation.evaluation.makeItems(count);
        } catch (Failure failure) {
            throw failure.at(loop.at);
        }
    }

    static void spend(Activation activation, int rounds, int cost, Code loop) {
        activation.evaluation.spendRounds(rounds, cost, loop.at);
    }

    static ListValue kept(Value[] items, int count, Activation activation, Code loop) {
        makeItems(count, activation, loop);
        return ListValue.owning(Arrays.copyOf(items, count));
    }

    static void flatten(List<Value> items, Value value, Activation activation, Code loop) {
        if (value instanceof ListValue several) {
            makeItems(several.size(), activation, loop);
            items.addAll(several.asList());
        } else {
            items.add(value);
        }
    }

    static Value firstItem(ListValue list, Loops.Fold fold) {
        if (list.size() == 0) {
            throw Loops.Fold.empty().at(fold.at);
        }
        return list.get(fold.backwards ? list.size() - 1 : 0);
    }

    static void requireFields(Value value, Span at) {
        Lambda.requireFields(value, at);
    }

    static Value field(Value value, Lambda.Field field, Code loop) {
        try {
            return field.of(value);
        } catch (Failure failure) {
            throw failure.at(loop.at);
        }
    }

    static ListValue items(Value value, Activation activation, Span at, Code loop) {
        try {
            return Lambda.list(value, activation, at);
        } catch (Failure failure) {
            throw failure.at(loop.at);
        }
    }

    static Value itemAt(ListValue list, int i) {
        return i < list.size() ? list.get(i) : UndefinedValue.UNDEFINED;
    }
}
