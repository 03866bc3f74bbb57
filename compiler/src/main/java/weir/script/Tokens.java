package weir.script;

import org.jspecify.annotations.Nullable;
import weir.script.Token.Kind;

/// Where a reader stands in a script.
final class Tokens {
    /// A script that is read over and over takes more than this for each of its characters; then nothing is said.
    private static final int WORK = 60;
    /// Deeper scripts are not looked at.
    private static final int DEPTH = 200;

    private final Scanner scanner;
    private long left;
    private int depth;
    private int lastEnd;
    private Token now;

    Tokens(String text) {
        this.scanner = new Scanner(text);
        this.left = 1_000L + (long) text.length() * WORK;
        this.now = scanner.next(0);
    }

    Token now() {
        return now;
    }

    /// The one after this one; a slash there is a division.
    Token peek() {
        return scanner.next(now.end());
    }

    Token take() {
        Token taken = now;
        if (left-- <= 0) {
            throw new Unreadable();
        }
        lastEnd = taken.end();
        now = scanner.next(taken.end());
        return taken;
    }

    /// Where the last token that was taken ends.
    int lastEnd() {
        return lastEnd;
    }

    /// Goes back to a token that was seen before.
    void back(Token to) {
        now = to;
    }

    boolean is(String sign) {
        return now.is(sign);
    }

    boolean isWord(String word) {
        return now.isWord(word);
    }

    boolean accept(String sign) {
        boolean there = now.is(sign);
        if (there) {
            take();
        }
        return there;
    }

    boolean acceptWord(String word) {
        boolean there = now.isWord(word);
        if (there) {
            take();
        }
        return there;
    }

    Token expect(String sign) {
        if (!now.is(sign)) {
            throw missing(sign);
        }
        return take();
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw missing(word);
        }
    }

    /// @param open the bracket that it closes
    void close(String sign, Token open) {
        if (now.is(sign)) {
            take();
        } else if (now.isEnd()) {
            throw new Unreadable("This `%s` is never closed.".formatted(open.text()), open.start(), open.end());
        } else {
            throw missing(sign);
        }
    }

    Unreadable missing(String sign) {
        return now.isEnd()
                ? new Unreadable("The script ends where `%s` belongs.".formatted(sign), lastEnd, lastEnd)
                : new Unreadable("`%s` is missing before %s.".formatted(sign, words(now)), now.start(), now.end());
    }

    Unreadable misplaced(@Nullable Token token) {
        Token at = token == null ? now : token;
        return at.isEnd()
                ? new Unreadable("The script ends in the middle of a statement.", lastEnd, lastEnd)
                : new Unreadable("%s cannot stand here.".formatted(capital(words(at))), at.start(), at.end());
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String words(Token token) {
        return switch (token.kind()) {
            case NAME, SIGN -> "`" + token.text() + "`";
            case PRIVATE -> "`#" + token.text() + "`";
            case NUMBER -> "this number";
            case TEXT -> "this text";
            case TEMPLATE_PART, TEMPLATE_END -> "this template";
            case EXPRESSION -> "this regular expression";
            case END -> "the end";
        };
    }

    /// The regular expression that the slash here begins.
    Token takeExpression() {
        now = scanner.expression(now);
        return take();
    }

    /// Goes on with a template behind the `}` of a value.
    Token takeTemplate() {
        now = scanner.template(now.start(), now.newLine());
        return take();
    }

    boolean isTemplate() {
        return now.kind() == Kind.TEMPLATE_PART || now.kind() == Kind.TEMPLATE_END;
    }

    void enter() {
        if (++depth > DEPTH) {
            throw new Unreadable();
        }
    }

    void leave() {
        depth--;
    }

    /// The end of a statement: a semicolon, or where JavaScript puts one in.
    void endStatement() {
        if (accept(";") || is("}") || now.isEnd() || now.newLine()) {
            return;
        }
        throw new Unreadable("A `;` or a new line is missing before %s.".formatted(words(now)), now.start(), now.end());
    }
}
