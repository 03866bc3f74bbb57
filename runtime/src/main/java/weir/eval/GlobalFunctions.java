package weir.eval;

import static weir.eval.Native.argument;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Functions of no namespace, and those of `String`, `Number` and `Boolean`.
final class GlobalFunctions {
    private static final double MAX_SAFE = 9007199254740991.0;

    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("parseInt", (self, arguments, evaluation) -> parseInt(arguments)),
            Map.entry("Number.parseInt", (self, arguments, evaluation) -> parseInt(arguments)),
            Map.entry("parseFloat", (self, arguments, evaluation) -> parseFloat(arguments)),
            Map.entry("Number.parseFloat", (self, arguments, evaluation) -> parseFloat(arguments)),
            Map.entry(
                    "isNaN",
                    (self, arguments, evaluation) -> Value.of(Double.isNaN(Coercion.number(argument(arguments, 0))))),
            Map.entry(
                    "isFinite",
                    (self, arguments, evaluation) ->
                            Value.of(Double.isFinite(Coercion.number(argument(arguments, 0))))),
            Map.entry("chunks", (self, arguments, evaluation) -> chunks(arguments, evaluation)),
            Map.entry("matches", (self, arguments, evaluation) -> Value.of(matches(arguments, evaluation))),
            Map.entry("bearer", (self, arguments, evaluation) -> built("bearer", arguments, "token")),
            Map.entry("basic", (self, arguments, evaluation) -> built("basic", arguments, "user", "password")),
            Map.entry("header", (self, arguments, evaluation) -> built("header", arguments, "name", "value")),
            Map.entry("hmac", (self, arguments, evaluation) -> built("hmac", arguments, "header", "key", "prefix")),
            Map.entry("String", (self, arguments, evaluation) -> string(arguments, evaluation)),
            Map.entry("String.fromCharCode", (self, arguments, evaluation) -> fromCharCode(arguments, evaluation)),
            Map.entry("String.fromCodePoint", (self, arguments, evaluation) -> fromCodePoint(arguments, evaluation)),
            Map.entry("Number", (self, arguments, evaluation) -> number(arguments)),
            Map.entry("Number.isInteger", onNumber(GlobalFunctions::isInteger)),
            Map.entry("Number.isSafeInteger", onNumber(number -> isInteger(number) && Math.abs(number) <= MAX_SAFE)),
            Map.entry("Number.isFinite", onNumber(Double::isFinite)),
            Map.entry("Number.isNaN", onNumber(number -> Double.isNaN(number))),
            Map.entry("Boolean", (self, arguments, evaluation) -> Value.of(Coercion.truth(argument(arguments, 0)))));

    static final Map<String, Value> CONSTANTS = Map.ofEntries(
            Map.entry("undefined", UndefinedValue.UNDEFINED),
            Map.entry("NaN", Value.of(Double.NaN)),
            Map.entry("Infinity", Value.of(Double.POSITIVE_INFINITY)),
            Map.entry("Number.EPSILON", Value.of(0x1p-52)),
            Map.entry("Number.MAX_SAFE_INTEGER", Value.of(9007199254740991.0)),
            Map.entry("Number.MIN_SAFE_INTEGER", Value.of(-9007199254740991.0)),
            Map.entry("Number.MAX_VALUE", Value.of(Double.MAX_VALUE)),
            Map.entry("Number.MIN_VALUE", Value.of(Double.MIN_VALUE)),
            Map.entry("Number.NaN", Value.of(Double.NaN)),
            Map.entry("Number.POSITIVE_INFINITY", Value.of(Double.POSITIVE_INFINITY)),
            Map.entry("Number.NEGATIVE_INFINITY", Value.of(Double.NEGATIVE_INFINITY)));

    private static final int MAX_PATTERNS = 500;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private GlobalFunctions() {}

    private interface Test {
        boolean holds(double number);
    }

    private static Native onNumber(Test test) {
        return (self, arguments, evaluation) ->
                Value.of(argument(arguments, 0) instanceof NumberValue(double number) && test.holds(number));
    }

    private static boolean isInteger(double number) {
        return Double.isFinite(number) && number == Math.rint(number);
    }

    private static Value parseInt(Value[] arguments) {
        var text = Coercion.text(argument(arguments, 0));
        int radix = Coercion.int32(Coercion.number(argument(arguments, 1)));
        int start = 0;
        while (start < text.length() && NumberText.isSpace(text.charAt(start))) {
            start++;
        }
        boolean negative = text.startsWith("-", start);
        if (negative || text.startsWith("+", start)) {
            start++;
        }
        if ((radix == 0 || radix == 16) && (text.startsWith("0x", start) || text.startsWith("0X", start))) {
            radix = 16;
            start += 2;
        }
        int base = radix == 0 ? 10 : radix;
        if (base < 2 || base > 36) {
            return Value.of(Double.NaN);
        }
        int end = start;
        while (end < text.length() && NumberText.digit(text.charAt(end)) < base) {
            end++;
        }
        if (end == start) {
            return Value.of(Double.NaN);
        }
        double number = NumberText.digits(text, start, end, base);
        if (number > MAX_SAFE && Double.isFinite(number) && Integer.bitCount(base) != 1 && base != 10) {
            throw new NotNative("parseInt of so many digits in base " + base);
        }
        return Value.of(negative ? -number : number);
    }

    private static Value parseFloat(Value[] arguments) {
        return Value.of(NumberText.leading(Coercion.text(argument(arguments, 0))));
    }

    private static Value chunks(Value[] arguments, Evaluation evaluation) {
        double size = Coercion.integer(argument(arguments, 1));
        if (!(argument(arguments, 0) instanceof ListValue list)) {
            throw Failure.type("chunks takes a list, not " + Shown.value(argument(arguments, 0)));
        }
        if (size < 1) {
            throw Failure.range("a chunk has at least one item");
        }
        evaluation.spend(list.size());
        var chunks = new ArrayList<Value>();
        for (int from = 0; from < list.size(); ) {
            int to = (int) Math.min(from + size, list.size());
            chunks.add(ListMethods.part(list, from, to, evaluation));
            from = to;
        }
        return ListValue.of(chunks);
    }

    private static boolean matches(Value[] arguments, Evaluation evaluation) {
        var text = Coercion.text(argument(arguments, 0));
        var pattern = Coercion.text(argument(arguments, 1));
        evaluation.spend(1 + (long) (text.length() + 1) * (pattern.length() + 1) / 8);
        return pattern(pattern).matcher(text).find();
    }

    private static Pattern pattern(String text) {
        var known = PATTERNS.get(text);
        if (known != null) {
            return known;
        }
        if (text.length() > 10_000) {
            throw new Failure("limit_size", "a pattern has at most 10,000 characters");
        }
        try {
            var pattern = Pattern.compile(text);
            if (PATTERNS.size() >= MAX_PATTERNS) {
                PATTERNS.clear();
            }
            PATTERNS.put(text, pattern);
            return pattern;
        } catch (PatternSyntaxException problem) {
            throw new Failure("syntax_error", "this is no RE2 pattern: " + problem.getMessage());
        }
    }

    /// A record of that kind; arguments that were not given are left out.
    private static Value built(String kind, Value[] arguments, String... names) {
        var record = RecordValue.builder().put("kind", new StringValue(kind));
        for (int i = 0; i < names.length; i++) {
            var value = argument(arguments, i);
            if (value != UndefinedValue.UNDEFINED) {
                record.put(names[i], value);
            }
        }
        return record.build();
    }

    private static Value string(Value[] arguments, Evaluation evaluation) {
        if (arguments.length == 0) {
            return Value.of("");
        }
        var text = Coercion.text(arguments[0]);
        evaluation.makeText(text.length());
        return Value.of(text);
    }

    private static Value number(Value[] arguments) {
        return Value.of(arguments.length == 0 ? 0 : Coercion.number(arguments[0]));
    }

    private static Value fromCharCode(Value[] arguments, Evaluation evaluation) {
        evaluation.makeText(arguments.length);
        var text = new StringBuilder();
        for (var argument : arguments) {
            text.append((char) Coercion.int32(Coercion.number(argument)));
        }
        return Value.of(text.toString());
    }

    private static Value fromCodePoint(Value[] arguments, Evaluation evaluation) {
        evaluation.makeText(arguments.length);
        var text = new StringBuilder();
        IntStream.range(0, arguments.length).forEach(i -> {
            double point = Coercion.number(arguments[i]);
            if (!(point >= 0 && point <= Character.MAX_CODE_POINT && point == Math.rint(point))) {
                throw Failure.range(Coercion.text(Value.of(point)) + " is no code point");
            }
            text.appendCodePoint((int) point);
        });
        return Value.of(text.toString());
    }
}
