package weir.script;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import weir.script.Token.Kind;

/// Cuts a script into tokens: each from an offset on, so that a reader can go back.
final class Scanner {
    /// The longest first.
    private static final List<String> SIGNS = List.of(
            ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=",
            "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "{",
            "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":",
            "=", ".", "@");

    private static final Map<Character, List<String>> BY_FIRST =
            SIGNS.stream().collect(Collectors.groupingBy(sign -> sign.charAt(0)));

    private final String text;

    Scanner(String text) {
        this.text = text;
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    /// The token from there on; a `/` is a division.
    Token next(int from) {
        int at = from;
        boolean newLine = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLineEnd(c)) {
                newLine = true;
                at++;
            } else if (isSpace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = lineEnd(at);
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new Unreadable("This comment does not end: `*/` is missing.", at, at + 2);
                }
                newLine |= text.substring(at, end).chars().anyMatch(one -> isLineEnd((char) one));
                at = end + 2;
            } else {
                return token(at, newLine);
            }
        }
        return new Token(Kind.END, "", text.length(), text.length(), newLine);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isSpace(char c) {
        return c == ' '
                || c == '\t'
                || c == 0x0b
                || c == '\f'
                || c == '\u00a0'
                || c == '\ufeff'
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Token token(int start, boolean newLine) {
        char c = text.charAt(start);
        if (c == '"' || c == '\'') {
            return new Token(Kind.TEXT, "", start, quoted(start, c), newLine);
        }
        if (c == '`') {
            return template(start, newLine);
        }
        if (isDigit(c) || (c == '.' && isDigit(at(start + 1)))) {
            return number(start, newLine);
        }
        if (c == '#' && isNameStart(start + 1)) {
            return name(start + 1, start, Kind.PRIVATE, newLine);
        }
        if (isNameStart(start)) {
            return name(start, start, Kind.NAME, newLine);
        }
        for (String sign : BY_FIRST.getOrDefault(c, List.of())) {
            if (text.startsWith(sign, start) && !(sign.equals("?.") && isDigit(at(start + 2)))) {
                return new Token(Kind.SIGN, sign, start, start + sign.length(), newLine);
            }
        }
        int end = start + Character.charCount(text.codePointAt(start));
        throw new Unreadable(
                "The character `%s` means nothing here.".formatted(text.substring(start, end)), start, end);
    }

    // ---- names

    private boolean isNameStart(int index) {
        if (index >= text.length()) {
            return false;
        }
        int c = text.codePointAt(index);
        return c == '$' || c == '_' || Character.isUnicodeIdentifierStart(c) || c == '\\';
    }

    private Token name(int from, int start, Kind kind, boolean newLine) {
        var name = new StringBuilder();
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c == '\\') {
                int end = escapedName(at, name);
                at = end;
            } else if (c == '$'
                    || c == 0x200c
                    || c == 0x200d
                    || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))) {
                name.appendCodePoint(c);
                at += Character.charCount(c);
            } else {
                break;
            }
        }
        return new Token(kind, name.toString(), start, at, newLine);
    }

    private int escapedName(int at, StringBuilder into) {
        if (at(at + 1) != 'u') {
            throw new Unreadable("The character `\\` means nothing here.", at, at + 1);
        }
        int end = unicode(at);
        String digits = text.substring(at + 2, end).replaceAll("[{}]", "");
        into.appendCodePoint(Integer.parseInt(digits, 16));
        return end;
    }

    // ---- numbers

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token number(int start, boolean newLine) {
        int at = start;
        char second = Character.toLowerCase(at(start + 1));
        if (at(start) == '0' && (second == 'x' || second == 'o' || second == 'b')) {
            at = digits(start + 2, second == 'x' ? 16 : second == 'o' ? 8 : 2);
            if (at == start + 2) {
                throw badNumber(start, at);
            }
        } else {
            if (at(start) == '0' && (isDigit(at(start + 1)) || at(start + 1) == '_')) {
                throw badNumber(start, start + 2);
            }
            at = digits(start, 10);
            if (at(at) == '.') {
                at = digits(at + 1, 10);
            }
            if (at(at) == 'e' || at(at) == 'E') {
                int sign = at(at + 1) == '+' || at(at + 1) == '-' ? at + 2 : at + 1;
                int end = digits(sign, 10);
                if (end == sign) {
                    throw badNumber(start, end);
                }
                at = end;
            }
        }
        if (at(at) == 'n' && !isNameStart(at + 1) && !isDigit(at(at + 1))) {
            throw new Unreadable("Scripts have no BigInt; numbers are exact up to 2^53.", start, at + 1);
        }
        if (isNameStart(at) || isDigit(at(at))) {
            throw badNumber(start, at + 1);
        }
        return new Token(Kind.NUMBER, "", start, at, newLine);
    }

    private static Unreadable badNumber(int start, int end) {
        return new Unreadable("This number is not written as JavaScript writes numbers.", start, end);
    }

    private int digits(int from, int radix) {
        int at = from;
        while ((Character.digit(at(at), radix) >= 0 && at(at) < 128) || (at(at) == '_' && at > from)) {
            at++;
        }
        if (at > from && at(at - 1) == '_') {
            throw badNumber(from, at);
        }
        return at;
    }

    // ---- texts

    private int quoted(int start, char quote) {
        int at = start + 1;
        while (true) {
            char c = at(at);
            if (at >= text.length() || c == '\n' || c == '\r') {
                throw new Unreadable("This text does not end: `%s` is missing.".formatted(quote), start, at);
            }
            if (c == quote) {
                return at + 1;
            }
            at = c == '\\' ? escape(at) : at + 1;
        }
    }

    /// Behind the escape that begins there.
    private int escape(int at) {
        char c = at(at + 1);
        if (c == 'x') {
            boolean fine = Character.digit(at(at + 2), 16) >= 0 && Character.digit(at(at + 3), 16) >= 0;
            if (!fine) {
                throw new Unreadable("After `\\x` two hexadecimal digits belong.", at, at + 2);
            }
            return at + 4;
        }
        if (c == 'u') {
            return unicode(at);
        }
        if (isDigit(c) && !(c == '0' && !isDigit(at(at + 2)))) {
            throw new Unreadable("An escape with digits is not allowed in strict JavaScript.", at, at + 2);
        }
        return c == '\r' && at(at + 2) == '\n' ? at + 3 : Math.min(text.length(), at + 2);
    }

    private int unicode(int at) {
        int end;
        String digits;
        if (at(at + 2) == '{') {
            int close = text.indexOf('}', at);
            digits = close < 0 ? "" : text.substring(at + 3, close);
            end = close + 1;
        } else {
            end = Math.min(text.length(), at + 6);
            digits = text.substring(Math.min(at + 2, end), end);
        }
        boolean fine = digits.matches("[0-9A-Fa-f]{1,8}") && Long.parseLong(digits, 16) <= Character.MAX_CODE_POINT;
        if (!fine || (at(at + 2) != '{' && digits.length() != 4)) {
            throw new Unreadable("After `\\u` four hexadecimal digits belong, or any number in braces.", at, at + 2);
        }
        return end;
    }

    /// A template from its backtick, or from the `}` of a value in it.
    Token template(int start, boolean newLine) {
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '`') {
                return new Token(Kind.TEMPLATE_END, "", start, at + 1, newLine);
            }
            if (c == '$' && at(at + 1) == '{') {
                return new Token(Kind.TEMPLATE_PART, "", start, at + 2, newLine);
            }
            // Tagged templates may hold escapes that are none; those of others are not looked at.
            at = c == '\\' ? at + 2 : at + 1;
        }
        throw new Unreadable("This template does not end: a backtick is missing.", start, start + 1);
    }

    /// A regular expression from its slash.
    Token expression(Token slash) {
        int at = slash.start() + 1;
        boolean inClass = false;
        while (true) {
            char c = at(at);
            if (at >= text.length() || isLineEnd(c)) {
                throw new Unreadable("This regular expression does not end: `/` is missing.", slash.start(), at);
            }
            if (c == '/' && !inClass) {
                break;
            }
            inClass = c == '[' || (c != ']' && inClass);
            at += c == '\\' && !isLineEnd(at(at + 1)) ? 2 : 1;
        }
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(at(end)) || at(end) == '$' || at(end) == '_')) {
            end++;
        }
        return new Token(Kind.EXPRESSION, "", slash.start(), end, slash.newLine());
    }
}
