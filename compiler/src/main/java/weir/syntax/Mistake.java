package weir.syntax;

import java.util.List;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// A place where the tokens of a declaration stop making sense, and the view from there.
///
/// @param tokens with brackets in pairs
/// @param at the first token that cannot stand where it stands; the number of tokens if they end too early
/// @param rules the rules that were being read, innermost first
record Mistake(Reading reading, List<Token> tokens, int at, List<String> rules) {
    private static final Token END = Words.inserted(Token.EOF, 0);

    int size() {
        return tokens.size();
    }

    Token token(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : END;
    }

    int type(int i) {
        return token(i).getType();
    }

    String text(int i) {
        return token(i).getText();
    }

    /// What is written from a token to before another.
    String text(int from, int to) {
        return from >= to ? "" : reading.text(span(from, to));
    }

    Span span(int i) {
        return i < tokens.size() ? Reading.span(tokens.get(i)) : after(i);
    }

    Span span(int from, int to) {
        return from >= to ? after(from) : span(from).to(span(to - 1));
    }

    /// The empty place behind the token before.
    Span after(int i) {
        int end = i == 0 ? tokens.getFirst().getStartIndex() : tokens.get(i - 1).getStopIndex() + 1;
        return new Span(end, end);
    }

    boolean startsLine(int i) {
        return i < tokens.size() && (i == 0 || reading.startsLine(tokens.get(i)));
    }

    /// A hard word at the beginning of a line or block that is no key: a statement begins there.
    boolean startsStatement(int i) {
        return Words.isStatementWord(type(i))
                && type(i + 1) != WeirLexer.COLON
                && type(i - 1) != WeirLexer.DOT
                && (startsLine(i) || type(i - 1) == WeirLexer.LBRACE || type(i - 1) == WeirLexer.RBRACE);
    }

    /// The opening brackets that are open before a token, outermost first.
    List<Integer> openBefore(int index) {
        List<Integer> open = new java.util.ArrayList<>();
        for (int i = 0; i < index; i++) {
            if (Words.opens(type(i))) {
                open.add(i);
            } else if (Words.closes(type(i)) && !open.isEmpty()) {
                open.removeLast();
            }
        }
        return open;
    }

    /// The partner of an opening bracket, or the number of tokens.
    int closing(int opening) {
        int depth = 0;
        for (int i = opening; i < tokens.size(); i++) {
            if (Words.opens(type(i))) {
                depth++;
            } else if (Words.closes(type(i)) && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /// The token after this one on the same level: behind a bracket's partner.
    int next(int i) {
        return Words.opens(type(i)) ? Math.min(closing(i) + 1, tokens.size()) : i + 1;
    }

    /// The innermost bracket that is open before a token, or -1.
    int bracket(int index) {
        List<Integer> open = openBefore(index);
        return open.isEmpty() ? -1 : open.getLast();
    }

    /// The innermost brace that is open before a token, or -1.
    int block(int index) {
        return openBefore(index).stream()
                .filter(open -> type(open) == WeirLexer.LBRACE)
                .reduce(-1, (outer, inner) -> inner);
    }

    /// Where the statement begins that a token belongs to, directly in a block; behind the block's brace if none
    /// does.
    int statementIn(int block, int index) {
        int start = block + 1;
        for (int i = start; i <= index && i < tokens.size(); i = next(i)) {
            if (startsStatement(i)) {
                start = i;
            }
        }
        return start;
    }

    /// Where the statement or line that a token belongs to begins, on the level of the innermost brace around it.
    int start(int index) {
        int start = block(index) + 1;
        for (int i = start; i <= index && i < tokens.size(); i = next(i)) {
            if (startsLine(i) && !Words.closes(type(i))) {
                start = i;
            }
        }
        return start;
    }

    Token broken(int from, int to) {
        return Words.made(WeirLexer.BROKEN, text(from, to), span(from, to));
    }

    Token inserted(int type, int before) {
        return Words.inserted(type, after(before).start());
    }

    /// The token read as another kind.
    Token as(int i, int type) {
        return Words.made(type, Words.written(type), span(i));
    }
}
