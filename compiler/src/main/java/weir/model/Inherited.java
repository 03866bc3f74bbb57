package weir.model;

import java.util.Set;

/// The names of what JavaScript's values inherit: where a value has none of its own of that name, there is a function.
public final class Inherited {
    /// What every value but null and undefined inherits in JavaScript, and what no world of ours has.
    public static final Set<String> TAKEN_AWAY =
            Set.of("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__");

    /// What every value but null and undefined inherits, in the sandbox's world: without the old accessors.
    public static final Set<String> OF_ALL = Set.of(
            "constructor",
            "hasOwnProperty",
            "isPrototypeOf",
            "propertyIsEnumerable",
            "toLocaleString",
            "toString",
            "valueOf");

    public static final Set<String> OF_LISTS = Set.of(
            ("at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach"
                            + " includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice"
                            + " some sort splice toReversed toSorted toSpliced unshift values with")
                    .split(" "));

    public static final Set<String> OF_TEXTS = Set.of(
            ("anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes"
                            + " indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd"
                            + " padStart repeat replace replaceAll search slice small split startsWith strike sub substr"
                            + " substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toWellFormed trim"
                            + " trimEnd trimLeft trimRight trimStart")
                    .split(" "));

    public static final Set<String> OF_NUMBERS = Set.of("toExponential", "toFixed", "toPrecision");

    private Inherited() {}

    /// Whether all values but null and undefined inherit it in JavaScript.
    public static boolean byAll(String name) {
        return OF_ALL.contains(name) || TAKEN_AWAY.contains(name);
    }

    /// Whether values of some type inherit it.
    public static boolean bySome(String name) {
        return OF_ALL.contains(name) || OF_LISTS.contains(name) || OF_TEXTS.contains(name) || OF_NUMBERS.contains(name);
    }
}
