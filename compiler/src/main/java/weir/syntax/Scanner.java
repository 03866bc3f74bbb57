package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree.Comment;
import weir.syntax.antlr.WeirLexer;

/// Cuts a text into tokens, puts docs and comments aside, and mends what is wrong with single tokens, so that a missing
/// quotation mark does not swallow the rest of the file.
final class Scanner {
    /// How often reading goes on after something that was never closed; each time costs a pass over the rest.
    private static final int RESTARTS = 8;

    private static final Pattern REGULAR_EXPRESSION =
            Pattern.compile("/(?![*/])(?:[^/\\\\\\[\\r\\n]|\\\\.|\\[(?:[^]\\\\\\r\\n]|\\\\.)*+])++/[a-z]*");

    /// The beginning of a line that is surely no text of a template.
    private static final Pattern CODE = Pattern.compile(
            "\\s*(?:(?:let|step) \\w+(?:: [^=]+)? =|step \\w+\\.\\w+\\(|if \\(|for \\w+ of "
                    + "|log [\"`]|retry \\S+ times|timeout \\d+\\w+$|on error |undo \\w+\\.|(?:workflow|rules|function) \\w+\\(|test \").*");

    private final Reading reading;
    private final String text;
    private final ModalLexer lexer;
    private final StrangeTokens strange;

    private final List<Token> tokens = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final List<Span> semicolons = new ArrayList<>();
    private List<Token> docs = new ArrayList<>();

    /// Templates, fences and comments that are open, outermost first.
    private final List<Opened> opened = new ArrayList<>();

    private int restarts;

    /// @param modes how many modes lay under it
    /// @param tokens how many tokens stood before it
    /// @param looksLikeCode whether one of its lines looks like a statement
    private record Opened(Token token, int modes, int tokens, boolean looksLikeCode) {
        Opened withCode() {
            return new Opened(token, modes, tokens, true);
        }
    }

    /// A closed template that looks as if it had no end of its own.
    private @Nullable Opened suspicious;

    private Scanner(Reading reading) {
        Source source = reading.source;
        this.reading = reading;
        text = source.text();
        lexer = new ModalLexer(new TextStream(source.name(), text));
        strange = new StrangeTokens(reading, lexer, tokens);
    }

    /// @param tokens what the parser reads
    /// @param comments everything from `//` and `/*`, in order
    record Scanned(List<Token> tokens, List<Comment> comments) {}

    static Scanned scan(Reading reading) {
        return new Scanner(reading).scan();
    }

    private Scanned scan() {
        LostCharacters.report(reading);
        while (true) {
            Token token = lexer.nextToken();
            if (token.getType() != Token.EOF) {
                take(token);
            } else if (opened.isEmpty() || restarts++ == RESTARTS) {
                break;
            } else {
                restart();
            }
        }
        if (!docs.isEmpty()) {
            reading.docs.add(text.length(), docs);
        }
        if (!semicolons.isEmpty()) {
            reading.report(new LexicalProblem.Semicolons(semicolons));
        }
        return new Scanned(tokens, comments);
    }

    private void take(Token token) {
        switch (token.getChannel()) {
            case Token.DEFAULT_CHANNEL -> takeVisible(token);
            case WeirLexer.DOCS -> docs.add(token);
            case WeirLexer.COMMENTS -> takeComment(token);
            default -> {}
        }
    }

    private void takeComment(Token token) {
        switch (token.getType()) {
            case WeirLexer.COMMENT_OPEN -> opened.add(opened(token));
            case WeirLexer.COMMENT_CLOSE -> {
                Span from = Reading.span(opened.isEmpty() ? token : opened.removeLast().token);
                Span span = from.to(Reading.span(token));
                comments.add(new Comment(reading.text(span), span));
            }
            case WeirLexer.LINE_COMMENT ->
                comments.add(new Comment(token.getText().stripTrailing(), Reading.span(token)));
            default -> {}
        }
    }

    private void takeVisible(Token token) {
        switch (token.getType()) {
            case WeirLexer.SEMI -> {
                if (insideForParentheses()) {
                    add(token);
                } else {
                    semicolons.add(Reading.span(token));
                }
            }
            case WeirLexer.OPEN_STRING ->
                add(strange.quoteInText(token).orElseGet(() -> strange.unclosedString(token)));
            case WeirLexer.BAD_NUMBER, WeirLexer.BAD_DOT, WeirLexer.NUMBER -> add(strange.number(token));
            case WeirLexer.ERR -> strange.character(token).ifPresent(this::add);
            case WeirLexer.SLASH -> add(regularExpression(token));
            case WeirLexer.TEMPLATE_OPEN, WeirLexer.FENCE_OPEN -> {
                opened.add(opened(token));
                add(token);
            }
            case WeirLexer.TEMPLATE_CLOSE, WeirLexer.FENCE_CLOSE -> close(token);
            case WeirLexer.TEMPLATE_TEXT -> {
                if (!opened.isEmpty()
                        && startsLine(token)
                        && CODE.matcher(token.getText()).matches()) {
                    opened.set(opened.size() - 1, opened.getLast().withCode());
                }
                add(token);
            }
            default -> add(token);
        }
    }

    private void close(Token token) {
        if (opened.isEmpty()) {
            // After a restart the lexer may still be inside something that was given up.
            add(token);
            return;
        }
        Opened closed = opened.removeLast();
        add(token);
        if (!closed.looksLikeCode || !opened.isEmpty()) {
            return;
        }
        int next = token.getStopIndex() + 1;
        boolean touchesWord = next < text.length() && Character.isLetterOrDigit(text.charAt(next));
        if (touchesWord && restarts++ < RESTARTS) {
            // The backtick belongs to what follows, so an earlier one lacks its end.
            restart(closed);
        } else if (suspicious == null) {
            suspicious = closed;
        }
    }

    private void add(Token token) {
        tokens.add(token);
        if (!docs.isEmpty()) {
            reading.docs.add(token.getStartIndex(), docs);
            docs = new ArrayList<>();
        }
    }

    private Opened opened(Token token) {
        return new Opened(token, lexer.modes() - 1, tokens.size(), false);
    }

    private boolean startsLine(Token token) {
        int before = token.getStartIndex() - 1;
        return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
    }

    /// `for (let i = 0; i < n; i++)` is one mistake, not one and two semicolons.
    private boolean insideForParentheses() {
        for (int i = tokens.size() - 1; i > 0 && i > tokens.size() - 20; i--) {
            int type = tokens.get(i).getType();
            if (type == WeirLexer.RPAREN || type == WeirLexer.LBRACE || type == WeirLexer.RBRACE) {
                return false;
            }
            if (type == WeirLexer.LPAREN && tokens.get(i - 1).getType() == WeirLexer.FOR) {
                return true;
            }
        }
        return false;
    }

    private Token regularExpression(Token slash) {
        boolean divides =
                !tokens.isEmpty() && Words.endsOperand(tokens.getLast().getType()) && !beginsStatement();
        Matcher matcher = REGULAR_EXPRESSION.matcher(text).region(slash.getStartIndex(), text.length());
        if (divides || !matcher.lookingAt()) {
            return slash;
        }
        var span = new Span(matcher.start(), matcher.end());
        reading.report(new LexicalProblem.RegularExpression(span));
        lexer.goTo(span.end());
        return Words.made(WeirLexer.BROKEN, reading.text(span), span);
    }

    /// Whether the last token is the word of a statement, so that a value must follow: `log /x/`, not `Math.log /
    /// 2`.
    private boolean beginsStatement() {
        int last = tokens.size() - 1;
        return Words.isStatementWord(tokens.get(last).getType())
                && (last == 0 || tokens.get(last - 1).getType() != WeirLexer.DOT);
    }

    /// The text ended inside something.
    private void restart() {
        Opened outermost = opened.getFirst();
        boolean template = outermost.token.getType() == WeirLexer.TEMPLATE_OPEN;
        // The last backtick closed nothing of its own, so an earlier template lacks its end: one with code in it.
        restart(template && suspicious != null ? suspicious : outermost);
    }

    /// Says that something was never closed, ends it earlier and reads on from there.
    private void restart(Opened outermost) {
        suspicious = null;
        opened.clear();
        tokens.subList(outermost.tokens, tokens.size()).clear();
        int start = outermost.token.getStartIndex();
        comments.removeIf(comment -> comment.span().start() >= start);
        semicolons.removeIf(span -> span.start() >= start);
        reading.forgetFrom(start);
        docs = new ArrayList<>();
        lexer.leaveModes(outermost.modes);
        switch (outermost.token.getType()) {
            case WeirLexer.COMMENT_OPEN -> {
                var span = new Span(start, strange.lineEnd(start));
                reading.report(new LexicalProblem.UnclosedComment(span));
                lexer.goTo(span.end());
            }
            case WeirLexer.FENCE_OPEN -> {
                reading.report(new LexicalProblem.UnclosedFence(Reading.span(outermost.token)));
                int end = strange.nextDeclaration(outermost.token.getStopIndex() + 1);
                add(outermost.token);
                add(Words.inserted(WeirLexer.FENCE_CLOSE, end));
                lexer.goTo(end);
            }
            default -> {
                var span = new Span(start, strange.textEnd(start));
                reading.report(new LexicalProblem.UnclosedTemplate(span));
                add(Words.made(WeirLexer.BROKEN, reading.text(span), span));
                lexer.goTo(span.end());
            }
        }
    }
}
