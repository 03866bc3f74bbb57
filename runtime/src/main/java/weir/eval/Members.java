package weir.eval;

import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    /// What every value but null and undefined inherits, in the sandbox's world: without the old accessors.
    static final Set<String> OF_ALL = Set.of(
            "constructor",
            "hasOwnProperty",
            "isPrototypeOf",
            "propertyIsEnumerable",
            "toLocaleString",
            "toString",
            "valueOf");

    static final Set<String> OF_LISTS = Set.of(
            ("at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach"
                            + " includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice"
                            + " some sort splice toReversed toSorted toSpliced unshift values with")
                    .split(" "));

    static final Set<String> OF_TEXTS = Set.of(
            ("anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes"
                            + " indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd"
                            + " padStart repeat replace replaceAll search slice small split startsWith strike sub substr"
                            + " substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toWellFormed trim"
                            + " trimEnd trimLeft trimRight trimStart")
                    .split(" "));

    static final Set<String> OF_NUMBERS = Set.of("toExponential", "toFixed", "toPrecision");

    private Members() {}

    /// The value of a property; undefined when there is none.
    ///
    /// @param object neither null nor undefined
    static Value get(Value object, String name) {
        var own = own(object, name);
        if (own != null) {
            return own;
        }
        if (inherits(object, name)) {
            throw new NotNative(name + " as a value");
        }
        return UndefinedValue.UNDEFINED;
    }

    /// Whether JavaScript finds a function of that name behind the value.
    static boolean inherits(Value object, String name) {
        if (OF_ALL.contains(name)) {
            return true;
        }
        return switch (object) {
            case ListValue _ -> OF_LISTS.contains(name);
            case StringValue _ -> OF_TEXTS.contains(name);
            case NumberValue _ -> OF_NUMBERS.contains(name);
            case RecordValue _, BooleanValue _, NullValue _, UndefinedValue _, SecretValue _ -> false;
        };
    }

    static boolean isInheritedBySome(String name) {
        return OF_ALL.contains(name) || OF_LISTS.contains(name) || OF_TEXTS.contains(name) || OF_NUMBERS.contains(name);
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
