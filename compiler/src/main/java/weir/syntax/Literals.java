package weir.syntax;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import weir.syntax.Tree.Name;
import weir.syntax.antlr.WeirLexer;

/// The values of numbers, durations and texts as they are written.
final class Literals {
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private Literals() {}

    /// A number as ECMAScript reads it, with separators. A text that is none (it was reported) counts as 0.
    static double number(String written) {
        String digits = written.replace("_", "");
        try {
            if (digits.length() > 2 && digits.charAt(0) == '0' && Character.isLetter(digits.charAt(1))) {
                int radix = switch (Character.toLowerCase(digits.charAt(1))) {
                    case 'x' -> 16;
                    case 'o' -> 8;
                    default -> 2;
                };
                return new BigInteger(digits.substring(2), radix).doubleValue();
            }
            return Double.parseDouble(digits);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /// The milliseconds of `1h30m`.
    static double duration(String written) {
        double sum = 0;
        var part = DURATION_PART.matcher(written);
        while (part.find()) {
            sum += Double.parseDouble(part.group(1)) * unit(part.group(2));
        }
        return sum;
    }

    private static double unit(String name) {
        return switch (name) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /// What a quoted text means: without its quotes, escapes applied.
    static String text(String quoted) {
        int end = quoted.length() > 1 && quoted.charAt(quoted.length() - 1) == quoted.charAt(0)
                ? quoted.length() - 1
                : quoted.length();
        return unescaped(quoted.substring(1, end));
    }

    /// The key of a field, property or argument: a word, a quoted text or a number.
    static Name key(Token token) {
        String text = switch (token.getType()) {
            case WeirLexer.STRING -> text(token.getText());
            case WeirLexer.NUMBER -> canonical(number(token.getText()));
            default -> token.getText();
        };
        return new Name(text, Reading.span(token));
    }

    /// A number as a property's name, as JavaScript would write it.
    private static String canonical(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /// The escapes of ECMAScript. One that is none (it was reported) gives the characters after the backslash.
    static String unescaped(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        var result = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\' || i == raw.length()) {
                result.append(c);
                continue;
            }
            i = escape(raw, i, result);
        }
        return result.toString();
    }

    /// Whether the characters after a backslash, from an offset, are an escape that strict ECMAScript knows.
    static boolean isEscape(String raw, int at) {
        return switch (raw.charAt(at)) {
            case 'x' -> isHex(raw, at + 1, at + 3);
            case 'u' -> codePoint(raw, at + 1) >= 0;
            case '0' -> at + 1 == raw.length() || !Character.isDigit(raw.charAt(at + 1));
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> false;
            default -> true;
        };
    }

    private static int escape(String raw, int at, StringBuilder result) {
        char c = raw.charAt(at);
        if (!isEscape(raw, at)) {
            result.append(c);
            return at + 1;
        }
        switch (c) {
            case 'n' -> result.append('\n');
            case 't' -> result.append('\t');
            case 'r' -> result.append('\r');
            case 'b' -> result.append('\b');
            case 'f' -> result.append('\f');
            case 'v' -> result.append('\u000B');
            case '0' -> result.append('\0');
            case 'x' -> {
                result.append((char) Integer.parseInt(raw.substring(at + 1, at + 3), 16));
                return at + 3;
            }
            case 'u' -> {
                result.appendCodePoint(codePoint(raw, at + 1));
                return raw.charAt(at + 1) == '{' ? raw.indexOf('}', at) + 1 : at + 5;
            }
            default -> result.append(c);
        }
        return at + 1;
    }

    /// The code point of `XXXX` or `{X…}` there, or -1.
    private static int codePoint(String raw, int at) {
        if (at < raw.length() && raw.charAt(at) == '{') {
            int close = raw.indexOf('}', at);
            if (close < 0 || close - at > 9 || !isHex(raw, at + 1, close)) {
                return -1;
            }
            long value = Long.parseLong(raw, at + 1, close, 16);
            return value <= Character.MAX_CODE_POINT ? (int) value : -1;
        }
        return isHex(raw, at, at + 4) ? Integer.parseInt(raw.substring(at, at + 4), 16) : -1;
    }

    private static boolean isHex(String raw, int from, int to) {
        if (from >= to || to > raw.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Character.digit(raw.charAt(i), 16) < 0 || raw.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }
}
