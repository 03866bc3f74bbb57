package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.model.Inherited;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Properties of values: `object[key]`.
final class Members {
    private static final String INHERITED =
            "is not a field of this value but what all of its kind inherit in JavaScript;"
                    + " only own fields can be read: ask `Object.hasOwn(value, name)` first";

    private Members() {}

    /// The value of a property; undefined when there is none. JavaScript would give a function where a value
    /// inherits one: nobody looks for that in a table, so it fails.
    ///
    /// @param object neither null nor undefined
    static Value get(Value object, String name) {
        var own = own(object, name);
        if (own != null) {
            return own;
        }
        if (inherits(object, name) || Inherited.byAll(name)) {
            throw Failure.type("`" + name + "` " + INHERITED);
        }
        return UndefinedValue.UNDEFINED;
    }

    /// Whether JavaScript finds a function of that name behind the value.
    static boolean inherits(Value object, String name) {
        if (Inherited.OF_ALL.contains(name)) {
            return true;
        }
        return switch (object) {
            case ListValue _ -> Inherited.OF_LISTS.contains(name);
            case StringValue _ -> Inherited.OF_TEXTS.contains(name);
            case NumberValue _ -> Inherited.OF_NUMBERS.contains(name);
            case RecordValue _, BooleanValue _, NullValue _, UndefinedValue _, SecretValue _ -> false;
        };
    }

    /// The value of a property that the value itself has, else null.
    static @Nullable Value own(Value object, String name) {
        return switch (object) {
            case RecordValue record -> record.get(name);
            case ListValue list -> {
                if (name.equals("length")) {
                    yield new NumberValue(list.size());
                }
                int index = index(name);
                yield index >= 0 && index < list.size() ? list.get(index) : null;
            }
            case StringValue(String text) -> {
                if (name.equals("length")) {
                    yield new NumberValue(text.length());
                }
                int index = index(name);
                yield index >= 0 && index < text.length() ? unit(text, index) : null;
            }
            case SecretValue _ -> throw Coercion.secret();
            case NumberValue _, BooleanValue _, NullValue _, UndefinedValue _ -> null;
        };
    }

    static Value unit(String text, int index) {
        return new StringValue(String.valueOf(text.charAt(index)));
    }

    /// The list index that a name stands for, or -1.
    static int index(String name) {
        int length = name.length();
        if (length == 0 || length > 9 || (length > 1 && name.charAt(0) == '0')) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < length; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return index;
    }
}
