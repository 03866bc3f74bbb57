package weir.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

/// Every built-in that runs on the JVM, by its full name in [weir.model.Builtins].
final class Natives {
    private static final Map<String, Native> FUNCTIONS = new HashMap<>();
    private static final Map<String, Value> CONSTANTS = new HashMap<>(GlobalFunctions.CONSTANTS);

    private static final Map<String, Native> BOOLEANS =
            Map.of("toString", (self, arguments, evaluation) -> Value.of(self.toString()));

    static {
        MathFunctions.OF_ONE.forEach((name, function) -> FUNCTIONS.put("Math." + name, MathFunctions.of(function)));
        MathFunctions.OF_TWO.forEach((name, function) -> FUNCTIONS.put("Math." + name, MathFunctions.of(function)));
        MathFunctions.OF_MANY.forEach((name, function) -> FUNCTIONS.put("Math." + name, function));
        MathFunctions.CONSTANTS.forEach((name, value) -> CONSTANTS.put("Math." + name, value));
        FUNCTIONS.putAll(GlobalFunctions.ALL);
        FUNCTIONS.putAll(ObjectFunctions.ALL);
        FUNCTIONS.putAll(JsonFunctions.ALL);
        FUNCTIONS.putAll(UrlFunctions.ALL);
        FUNCTIONS.putAll(DigestFunctions.ALL);
        FUNCTIONS.putAll(TimeFunctions.ALL);
        FUNCTIONS.putAll(DateFunctions.ALL);
        FUNCTIONS.putAll(FormatFunctions.ALL);
        FUNCTIONS.putAll(CsvFunctions.ALL);
    }

    private Natives() {}

    static @Nullable Native function(String fullName) {
        return FUNCTIONS.get(fullName);
    }

    static @Nullable Value constant(String fullName) {
        return CONSTANTS.get(fullName);
    }

    /// Whether any type of value has a method of that name here.
    static boolean isMethod(String name) {
        return ListMethods.ALL.containsKey(name)
                || TextMethods.ALL.containsKey(name)
                || NumberMethods.ALL.containsKey(name)
                || ObjectFunctions.METHODS.containsKey(name);
    }

    /// The method that a value has, or null.
    static @Nullable Native method(Value self, String name) {
        var own = switch (self) {
            case ListValue _ -> ListMethods.ALL.get(name);
            case StringValue _ -> TextMethods.ALL.get(name);
            case NumberValue _ -> NumberMethods.ALL.get(name);
            case BooleanValue _ -> BOOLEANS.get(name);
            case RecordValue record -> record.has(name) ? null : ObjectFunctions.METHODS.get(name);
            case NullValue _, UndefinedValue _ -> null;
            case SecretValue _ -> throw Coercion.secret();
        };
        if (own != null || self instanceof RecordValue || self.isMissing()) {
            return own;
        }
        return name.equals("toString") ? null : ObjectFunctions.METHODS.get(name);
    }

    /// The functions that JavaScript does not have.
    static List<String> foreign() {
        var spaces = Set.of("time", "format", "csv", "hash", "base64", "url");
        var globals = Set.of("chunks", "matches", "bearer", "basic", "header", "hmac");
        return FUNCTIONS.keySet().stream()
                .filter(name -> globals.contains(name) || spaces.contains(name.replaceFirst("\\..*", "")))
                .sorted()
                .toList();
    }

    /// The full names of all, with those of the loops that take an arrow.
    static Set<String> names() {
        var names = new TreeSet<String>(FUNCTIONS.keySet());
        names.addAll(CONSTANTS.keySet());
        ListMethods.ALL.keySet().forEach(name -> names.add("list." + name));
        Loops.NAMES.forEach(name -> names.add("list." + name));
        TextMethods.ALL.keySet().forEach(name -> names.add("string." + name));
        NumberMethods.ALL.keySet().forEach(name -> names.add("number." + name));
        BOOLEANS.keySet().forEach(name -> names.add("boolean." + name));
        names.add("list.length");
        names.add("string.length");
        return names;
    }
}
