package weir.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Says what is wrong with a token that no program has, and what to read in its place.
final class StrangeTokens {
    private static final Pattern NEXT_DECLARATION = Pattern.compile(
            "(?m)^(?:///|(?:use|type|let|settings|function|policy|rules|workflow|integration|test)\\b)");

    private static final Pattern NEXT_ITEM = Pattern.compile("[ \\t]*\\R[ \\t]*(?:\\w+[ \\t]*:|[\"'`{\\[])");

    private static final Pattern LIST_ITEM = Pattern.compile("\\s*(?:\\w+|\"[^\"]*\")\\s*:");

    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)_?([A-Za-z]+)");

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("msec", "ms"),
            Map.entry("msecs", "ms"),
            Map.entry("millis", "ms"),
            Map.entry("ms", "ms"),
            Map.entry("s", "s"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("m", "m"),
            Map.entry("min", "m"),
            Map.entry("mins", "m"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("h", "h"),
            Map.entry("hr", "h"),
            Map.entry("hrs", "h"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("d", "d"),
            Map.entry("day", "d"),
            Map.entry("days", "d"));

    /// Signs that word processors write.
    private static final Map<String, Integer> SIGNS = Map.of(
            "–", WeirLexer.MINUS,
            "—", WeirLexer.MINUS,
            "−", WeirLexer.MINUS,
            "≤", WeirLexer.LE,
            "≥", WeirLexer.GE,
            "≠", WeirLexer.NE3,
            "→", WeirLexer.GIVE,
            "⇒", WeirLexer.ARROW,
            "×", WeirLexer.STAR,
            "…", WeirLexer.ELLIPSIS);

    private static final String OPENING_QUOTES = "“”„«‘’‚´";
    private static final String CLOSING_QUOTES = "”“»’‘´\"'";

    private final Reading reading;
    private final ModalLexer lexer;
    private final List<Token> before;
    private final String text;

    /// @param before the tokens that were read so far; the last may be taken back
    StrangeTokens(Reading reading, ModalLexer lexer, List<Token> before) {
        this.reading = reading;
        this.lexer = lexer;
        this.before = before;
        text = reading.source.text();
    }

    /// A text that misses its end gets it where the line ends, but before brackets that close what is open around
    /// it.
    Token unclosedString(Token token) {
        var span = new Span(token.getStartIndex(), textEnd(token.getStartIndex()));
        char quote = text.charAt(span.start());
        reading.report(new LexicalProblem.UnclosedString(span, quote));
        lexer.goTo(span.end());
        return Words.made(WeirLexer.STRING, reading.text(span) + quote, span);
    }

    /// `'it's'` reads as a text, a word and a text without an end: all of it is one text, if that is what it looks
    /// like.
    Optional<Token> quoteInText(Token token) {
        char quote = text.charAt(token.getStartIndex());
        boolean onlyQuote = textEnd(token.getStartIndex()) == token.getStartIndex() + 1;
        if (!onlyQuote) {
            return Optional.empty();
        }
        for (int i = before.size() - 2;
                i >= 0 && before.get(i).getStartIndex() >= lineStart(token.getStartIndex());
                i--) {
            Token first = before.get(i);
            boolean touches = first.getType() == WeirLexer.STRING
                    && text.charAt(first.getStartIndex()) == quote
                    && before.get(i + 1).getStartIndex() == first.getStopIndex() + 1
                    && Words.isWord(before.get(i + 1).getType());
            if (touches) {
                var span = new Span(first.getStartIndex(), token.getStartIndex() + 1);
                String inner = text.substring(span.start() + 1, span.end() - 1);
                reading.report(new LexicalProblem.QuoteInText(span, inner, quote));
                before.subList(i, before.size()).clear();
                lexer.goTo(span.end());
                return Optional.of(
                        Words.made(WeirLexer.STRING, quote + inner.replace("" + quote, "\\" + quote) + quote, span));
            }
        }
        return Optional.empty();
    }

    private int lineStart(int offset) {
        int start = offset;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    int lineEnd(int offset) {
        int end = offset;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /// Where a text that began there probably ends: at the end of its line, but before brackets that close what was
    /// opened before it, and before a comma that leads to the next line.
    int textEnd(int start) {
        int end = lineEnd(start);
        boolean trimmed = true;
        while (trimmed && end > start + 1) {
            char last = text.charAt(end - 1);
            trimmed = switch (last) {
                case ' ', '\t' -> true;
                case ')' -> isSurplus('(', ')', start, end);
                case ']' -> isSurplus('[', ']', start, end);
                case '}' -> isSurplus('{', '}', start, end);
                case '{' -> text.substring(start, end - 1).stripTrailing().endsWith(")");
                case ',' -> NEXT_ITEM.matcher(text).region(end, text.length()).lookingAt();
                default -> false;
            };
            end -= trimmed ? 1 : 0;
        }
        return end;
    }

    /// Whether the text holds more closing brackets than opening ones, and its line opened one before it.
    private boolean isSurplus(char open, char close, int start, int end) {
        int lineStart = lineStart(start);
        boolean belongsToList = LIST_ITEM.matcher(text).region(lineStart, start).lookingAt();
        return surplus(close, open, start, end) > 0 && (belongsToList || surplus(open, close, lineStart, start) > 0);
    }

    private long surplus(char more, char less, int start, int end) {
        String part = text.substring(start, end);
        return part.chars().filter(c -> c == more).count()
                - part.chars().filter(c -> c == less).count();
    }

    int nextDeclaration(int offset) {
        Matcher matcher = NEXT_DECLARATION.matcher(text);
        return matcher.find(offset) ? matcher.start() : text.length();
    }

    /// A number as it should be, or one that stands for it.
    Token number(Token token) {
        String written = token.getText();
        Span span = Reading.span(token);
        if (token.getType() == WeirLexer.NUMBER) {
            boolean dangling = span.end() + 1 <= text.length()
                    && text.startsWith(".", span.end())
                    && !text.startsWith("..", span.end())
                    && !isLetterAt(span.end() + 1);
            if (dangling) {
                lexer.goTo(span.end() + 1);
                return badNumber(new Span(span.start(), span.end() + 1), written, WeirLexer.NUMBER);
            }
            if (written.contains("__")) {
                return badNumber(span, written.replaceAll("_+", "_"), WeirLexer.NUMBER);
            }
            if (written.length() > 1 && written.charAt(0) == '0' && Character.isDigit(written.charAt(1))) {
                String plain = written.replaceFirst("^0+(?=\\d)", "");
                return badNumber(span, plain, WeirLexer.NUMBER);
            }
            return token;
        }
        if (token.getType() == WeirLexer.BAD_DOT) {
            return badNumber(span, "0" + written, WeirLexer.NUMBER);
        }
        Matcher amount = AMOUNT.matcher(written);
        if (amount.matches()) {
            Optional<String> duration = duration(amount.group(1), amount.group(2));
            if (duration.isPresent()) {
                return badNumber(span, duration.get(), WeirLexer.DURATION);
            }
            if (amount.group(2).equals("n") && amount.group(1).indexOf('.') < 0) {
                return badNumber(span, amount.group(1), WeirLexer.NUMBER);
            }
        }
        return badNumber(
                span, written.matches("[0-9][0-9_]*_") ? written.replaceFirst("_+$", "") : null, WeirLexer.NUMBER);
    }

    private boolean isLetterAt(int offset) {
        return offset < text.length() && (Character.isLetter(text.charAt(offset)) || text.charAt(offset) == '_');
    }

    private Token badNumber(Span span, @Nullable String replacement, int type) {
        reading.report(new LexicalProblem.BadNumber(span, reading.text(span), replacement));
        return Words.made(type, replacement == null ? "0" : replacement, span);
    }

    /// `1.5` and `hours` give `1h30m`; a word that is no unit gives nothing.
    static Optional<String> duration(String amount, String word) {
        String unit = UNITS.get(word.toLowerCase(Locale.ROOT));
        if (unit == null) {
            return Optional.empty();
        }
        long left = Math.round(Double.parseDouble(amount) * Literals.duration("1" + unit));
        var written = new StringBuilder();
        for (String each : List.of("d", "h", "m", "s", "ms")) {
            long size = (long) Literals.duration("1" + each);
            if (left / size > 0 && (size <= Literals.duration("1" + unit))) {
                written.append(left / size).append(each);
                left %= size;
            }
        }
        return Optional.of(written.isEmpty() ? "0" + unit : written.toString());
    }

    /// What to read in place of a character without meaning, if anything.
    Optional<Token> character(Token token) {
        int start = token.getStartIndex();
        String written = text.substring(start, start + Character.charCount(text.codePointAt(start)));
        var span = new Span(start, start + written.length());
        lexer.goTo(span.end());
        if (LostCharacters.isLost(written.codePointAt(0))) {
            // Reported once for the whole text.
            return Optional.empty();
        }
        if (OPENING_QUOTES.contains(written)) {
            return Optional.of(quoted(span));
        }
        if (written.equals("#")) {
            reading.report(new LexicalProblem.HashComment(new Span(start, lineEnd(start))));
            lexer.goTo(lineEnd(start));
            return Optional.empty();
        }
        Integer sign = SIGNS.get(written);
        if (sign != null) {
            String meant = Words.written(sign);
            reading.report(new LexicalProblem.StrangeCharacter(span, written, meant));
            return Optional.of(Words.made(sign, meant, span));
        }
        if (Character.isLetterOrDigit(text.codePointAt(start)) || written.equals("$")) {
            return Optional.of(word(span));
        }
        reading.report(new LexicalProblem.StrangeCharacter(span, written, null));
        return Optional.empty();
    }

    private Token quoted(Span open) {
        int line = lineEnd(open.start());
        int end = open.end();
        while (end < line && CLOSING_QUOTES.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        var span = new Span(open.start(), Math.min(line, end + 1));
        String inner = text.substring(open.end(), end);
        String meant = "\"" + inner.replace("\\", "\\\\") + "\"";
        reading.report(new LexicalProblem.StrangeCharacter(span, reading.text(span), meant));
        lexer.goTo(span.end());
        return Words.made(WeirLexer.STRING, meant, span);
    }

    /// The whole word that a foreign letter stands in, as a name.
    private Token word(Span letter) {
        int start = letter.start();
        if (!before.isEmpty()
                && before.getLast().getStopIndex() + 1 == start
                && Words.isWord(before.getLast().getType())) {
            start = before.removeLast().getStartIndex();
        }
        int end = letter.end();
        while (end < text.length() && isNamePart(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        var span = new Span(start, end);
        lexer.goTo(end);
        reading.report(new LexicalProblem.StrangeCharacter(letter, reading.text(letter), null));
        return Words.made(WeirLexer.ID, reading.text(span), span);
    }

    private static boolean isNamePart(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
