package weir.eval;

import static weir.eval.Native.argument;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Map;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// The methods of texts.
final class TextMethods {
    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("at", atOnce((text, arguments, evaluation) -> at(text, argument(arguments, 0)))),
            Map.entry("charAt", atOnce((text, arguments, evaluation) -> charAt(text, argument(arguments, 0)))),
            Map.entry("charCodeAt", atOnce((text, arguments, evaluation) -> charCodeAt(text, argument(arguments, 0)))),
            Map.entry(
                    "codePointAt", atOnce((text, arguments, evaluation) -> codePointAt(text, argument(arguments, 0)))),
            Map.entry("concat", on(TextMethods::concat)),
            Map.entry("endsWith", atOnce((text, arguments, evaluation) -> Value.of(endsWith(text, arguments)))),
            Map.entry("includes", on((text, arguments, evaluation) -> Value.of(indexOf(text, arguments) >= 0))),
            Map.entry("indexOf", on((text, arguments, evaluation) -> Value.of(indexOf(text, arguments)))),
            Map.entry(
                    "isWellFormed",
                    on((text, arguments, evaluation) ->
                            Value.of(wellFormed(text).equals(text)))),
            Map.entry("lastIndexOf", on((text, arguments, evaluation) -> Value.of(lastIndexOf(text, arguments)))),
            Map.entry(
                    "normalize",
                    on((text, arguments, evaluation) -> made(normalize(text, argument(arguments, 0)), evaluation))),
            Map.entry("padEnd", on((text, arguments, evaluation) -> pad(text, arguments, false, evaluation))),
            Map.entry("padStart", on((text, arguments, evaluation) -> pad(text, arguments, true, evaluation))),
            Map.entry("repeat", on(TextMethods::repeat)),
            Map.entry("replace", on((text, arguments, evaluation) -> replace(text, arguments, false, evaluation))),
            Map.entry("replaceAll", on((text, arguments, evaluation) -> replace(text, arguments, true, evaluation))),
            Map.entry("slice", on((text, arguments, evaluation) -> slice(text, arguments))),
            Map.entry("split", on(TextMethods::split)),
            Map.entry("startsWith", atOnce((text, arguments, evaluation) -> Value.of(startsWith(text, arguments)))),
            Map.entry("substring", on((text, arguments, evaluation) -> substring(text, arguments))),
            Map.entry("toLowerCase", on((text, arguments, evaluation) -> made(LetterCase.lower(text), evaluation))),
            Map.entry("toString", atOnce((text, arguments, evaluation) -> Value.of(text))),
            Map.entry("toUpperCase", on((text, arguments, evaluation) -> made(LetterCase.upper(text), evaluation))),
            Map.entry("toWellFormed", on((text, arguments, evaluation) -> Value.of(wellFormed(text)))),
            Map.entry("trim", on((text, arguments, evaluation) -> trim(text, true, true))),
            Map.entry("trimEnd", on((text, arguments, evaluation) -> trim(text, false, true))),
            Map.entry("trimStart", on((text, arguments, evaluation) -> trim(text, true, false))),
            Map.entry("valueOf", atOnce((text, arguments, evaluation) -> Value.of(text))));

    private TextMethods() {}

    private interface Method {
        Value call(String text, Value[] arguments, Evaluation evaluation);
    }

    /// A method that takes a step for every so many characters it looks at.
    private static Native on(Method method) {
        return (self, arguments, evaluation) -> {
            var text = Coercion.text(self);
            evaluation.spend(1 + (text.length() >> 4));
            return method.call(text, arguments, evaluation);
        };
    }

    /// A method that takes no longer on a long text.
    private static Native atOnce(Method method) {
        return (self, arguments, evaluation) -> {
            evaluation.spend(1);
            return method.call(Coercion.text(self), arguments, evaluation);
        };
    }

    private static Value at(String text, Value index) {
        double at = Coercion.integer(index);
        double from = at < 0 ? text.length() + at : at;
        return from < 0 || from >= text.length() ? UndefinedValue.UNDEFINED : Members.unit(text, (int) from);
    }

    private static Value charAt(String text, Value index) {
        double at = Coercion.integer(index);
        return at < 0 || at >= text.length() ? new StringValue("") : Members.unit(text, (int) at);
    }

    private static Value charCodeAt(String text, Value index) {
        double at = Coercion.integer(index);
        return new NumberValue(at < 0 || at >= text.length() ? Double.NaN : text.charAt((int) at));
    }

    private static Value codePointAt(String text, Value index) {
        double at = Coercion.integer(index);
        return at < 0 || at >= text.length() ? UndefinedValue.UNDEFINED : new NumberValue(text.codePointAt((int) at));
    }

    private static Value concat(String text, Value[] arguments, Evaluation evaluation) {
        var joined = new StringBuilder(text);
        for (var argument : arguments) {
            joined.append(Coercion.text(argument));
            if (joined.length() > evaluation.longestText()) {
                evaluation.makeText(joined.length());
            }
        }
        evaluation.makeText(joined.length());
        return Value.of(joined.toString());
    }

    private static boolean startsWith(String text, Value[] arguments) {
        var prefix = Coercion.text(argument(arguments, 0));
        return text.startsWith(prefix, within(argument(arguments, 1), text.length()));
    }

    private static boolean endsWith(String text, Value[] arguments) {
        var suffix = Coercion.text(argument(arguments, 0));
        var end = argument(arguments, 1);
        int stop = end == UndefinedValue.UNDEFINED ? text.length() : within(end, text.length());
        return stop >= suffix.length() && text.startsWith(suffix, stop - suffix.length());
    }

    private static int indexOf(String text, Value[] arguments) {
        var part = Coercion.text(argument(arguments, 0));
        return TextSearch.indexOf(text, part, within(argument(arguments, 1), text.length()));
    }

    private static int lastIndexOf(String text, Value[] arguments) {
        var part = Coercion.text(argument(arguments, 0));
        double from = Coercion.number(argument(arguments, 1));
        return TextSearch.lastIndexOf(text, part, Double.isNaN(from) ? text.length() : (int) Math.max(from, 0));
    }

    /// A position held within 0 … length.
    private static int within(Value position, int length) {
        return (int) Math.clamp(Coercion.integer(position), 0, length);
    }

    /// A text that may be longer than the one it comes from.
    private static Value made(String text, Evaluation evaluation) {
        evaluation.makeText(text.length());
        return Value.of(text);
    }

    private static String normalize(String text, Value form) {
        var name = form == UndefinedValue.UNDEFINED ? "NFC" : Coercion.text(form);
        return switch (name) {
            case "NFC" -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case "NFD" -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case "NFKC" -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case "NFKD" -> Normalizer.normalize(text, Normalizer.Form.NFKD);
            default -> throw Failure.range("normalize knows NFC, NFD, NFKC and NFKD, not " + name);
        };
    }

    private static Value pad(String text, Value[] arguments, boolean start, Evaluation evaluation) {
        double length = Coercion.integer(argument(arguments, 0));
        if (length <= text.length()) {
            return Value.of(text);
        }
        var given = argument(arguments, 1);
        var filler = given == UndefinedValue.UNDEFINED ? " " : Coercion.text(given);
        if (filler.isEmpty()) {
            return Value.of(text);
        }
        evaluation.makeText((long) length);
        int missing = (int) length - text.length();
        var padding = filler.repeat(missing / filler.length() + 1).substring(0, missing);
        return Value.of(start ? padding + text : text + padding);
    }

    private static Value repeat(String text, Value[] arguments, Evaluation evaluation) {
        double times = Coercion.integer(argument(arguments, 0));
        if (times < 0 || Double.isInfinite(times)) {
            throw Failure.range("a text cannot be repeated " + Coercion.text(new NumberValue(times)) + " times");
        }
        if (text.isEmpty()) {
            return Value.of("");
        }
        evaluation.makeText((long) (text.length() * times));
        return Value.of(text.repeat((int) times));
    }

    private static Value replace(String text, Value[] arguments, boolean all, Evaluation evaluation) {
        var part = Coercion.text(argument(arguments, 0));
        var by = Coercion.text(argument(arguments, 1));
        var replaced = new StringBuilder();
        int end = 0;
        for (int at = TextSearch.indexOf(text, part, 0); at >= 0; ) {
            replaced.append(text, end, at);
            substitute(replaced, text, part, at, by);
            end = at + part.length();
            evaluation.spend(1);
            if (replaced.length() > evaluation.longestText()) {
                evaluation.makeText(replaced.length());
            }
            int next = at + Math.max(part.length(), 1);
            at = all && next <= text.length() ? TextSearch.indexOf(text, part, next) : -1;
        }
        replaced.append(text, end, text.length());
        evaluation.makeText(replaced.length());
        return Value.of(replaced.toString());
    }

    /// ECMAScript's GetSubstitution, without groups.
    private static void substitute(StringBuilder out, String text, String part, int at, String by) {
        int plain = 0;
        for (int i = by.indexOf('$'); i >= 0 && i + 1 < by.length(); i = by.indexOf('$', i)) {
            char sign = by.charAt(i + 1);
            if (sign != '$' && sign != '&' && sign != '`' && sign != '\'') {
                i++;
                continue;
            }
            out.append(by, plain, i);
            switch (sign) {
                case '$' -> out.append('$');
                case '&' -> out.append(part);
                case '`' -> out.append(text, 0, at);
                default -> out.append(text, at + part.length(), text.length());
            }
            i += 2;
            plain = i;
        }
        out.append(by, plain, by.length());
    }

    private static Value slice(String text, Value[] arguments) {
        int from = Coercion.relative(argument(arguments, 0), text.length());
        var end = argument(arguments, 1);
        int to = end == UndefinedValue.UNDEFINED ? text.length() : Coercion.relative(end, text.length());
        return Value.of(from >= to ? "" : text.substring(from, to));
    }

    private static Value substring(String text, Value[] arguments) {
        int from = within(argument(arguments, 0), text.length());
        var end = argument(arguments, 1);
        int to = end == UndefinedValue.UNDEFINED ? text.length() : within(end, text.length());
        return Value.of(text.substring(Math.min(from, to), Math.max(from, to)));
    }

    private static Value split(String text, Value[] arguments, Evaluation evaluation) {
        var separator = argument(arguments, 0);
        var most = argument(arguments, 1);
        long limit = most == UndefinedValue.UNDEFINED ? 0xFFFFFFFFL : Coercion.uint32(Coercion.number(most));
        var mark = Coercion.text(separator);
        var pieces = new ArrayList<Value>();
        if (limit == 0) {
            return ListValue.of(pieces);
        }
        if (separator == UndefinedValue.UNDEFINED) {
            return ListValue.of(Value.of(text));
        }
        int start = 0;
        if (mark.isEmpty()) {
            for (int i = 0; i < text.length() && pieces.size() < limit; i++) {
                pieces.add(Members.unit(text, i));
            }
            start = text.length() + 1;
        }
        while (start <= text.length() && pieces.size() < limit) {
            int end = TextSearch.indexOf(text, mark, start);
            end = end < 0 ? text.length() : end;
            pieces.add(Value.of(text.substring(start, end)));
            start = end + mark.length();
            if (end == text.length()) {
                break;
            }
        }
        evaluation.makeItems(pieces.size());
        return ListValue.of(pieces);
    }

    private static Value trim(String text, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && NumberText.isSpace(text.charAt(from))) {
            from++;
        }
        while (end && to > from && NumberText.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return Value.of(text.substring(from, to));
    }

    /// The text with U+FFFD in place of half surrogate pairs.
    private static String wellFormed(String text) {
        var whole = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                whole.setCharAt(i, '\uFFFD');
            }
        }
        return whole.toString();
    }
}
