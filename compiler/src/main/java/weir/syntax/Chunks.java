package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import weir.source.Source;
import weir.syntax.antlr.WeirLexer;

/// Cuts a file into its declarations before any of it is read, so that a mistake stays in its declaration.
///
/// A declaration begins with its word, outside all brackets: where its line is indented no more than the declaration
/// before it, and also elsewhere if it is surely the beginning of one (`workflow name(`) behind something complete.
/// Where a brace is missing, such a beginning at the left edge cuts even inside; `let` does so only where statements
/// are indented.
final class Chunks {
    private final String text;
    private final List<Token> tokens;
    private final List<List<Token>> chunks = new ArrayList<>();
    private int from;

    private Chunks(Source source, List<Token> tokens) {
        this.text = source.text();
        this.tokens = tokens;
    }

    static List<List<Token>> of(Source source, List<Token> tokens) {
        return new Chunks(source, tokens).cut();
    }

    private List<List<Token>> cut() {
        int depth = 0;
        // Brackets other than braces: a missing one must not hide what begins at the left edge.
        int round = 0;
        int constant = -1;
        for (int i = 0; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            if (i > from && depth == 0 && round == 0 && followsInLine(i)) {
                finish(i);
            } else if (i > from && isAtLeftEdge(i)) {
                boolean surely = looksLikeDeclaration(i);
                if (depth == 0 ? begins(i) : surely) {
                    if (depth > 0 && constant >= 0) {
                        i = constant;
                        type = tokens.get(i).getType();
                    }
                    finish(i);
                    depth = 0;
                    round = 0;
                    constant = -1;
                } else if (depth > 0 && constant < 0 && type == WeirLexer.LET && isIndented(from)) {
                    constant = i;
                }
            }
            if (type == WeirLexer.LBRACE || type == WeirLexer.TEMPLATE_EXPR) {
                depth++;
            } else if (type == WeirLexer.RBRACE) {
                depth = Math.max(0, depth - 1);
            } else if (type == WeirLexer.LPAREN || type == WeirLexer.LBRACK) {
                round++;
            } else if (type == WeirLexer.RPAREN || type == WeirLexer.RBRACK) {
                round = Math.max(0, round - 1);
            }
            if (i == tokens.size() - 1 && depth > 0 && constant >= 0) {
                finish(constant);
                i = constant;
                depth = 0;
                round = 0;
                constant = -1;
            }
        }
        finish(tokens.size());
        return chunks;
    }

    private void finish(int end) {
        if (end > from) {
            chunks.add(tokens.subList(from, end));
        }
        from = end;
    }

    /// Whether a token begins a line that is indented no more than that of the declaration before it.
    private boolean isAtLeftEdge(int i) {
        int start = tokens.get(i).getStartIndex();
        return isLineStart(start)
                || (isIndentation(start)
                        && column(start) <= column(tokens.get(from).getStartIndex()));
    }

    private boolean isLineStart(int offset) {
        return offset == 0 || text.charAt(offset - 1) == '\n' || text.charAt(offset - 1) == '\r';
    }

    /// Whether only white space stands before the offset on its line.
    private boolean isIndentation(int offset) {
        int at = offset;
        while (at > 0 && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return isLineStart(at);
    }

    private int column(int offset) {
        int at = offset;
        while (!isLineStart(at)) {
            at--;
        }
        return offset - at;
    }

    /// Whether a declaration surely begins in the middle of a line, or further right than the one before.
    private boolean followsInLine(int i) {
        int type = tokens.get(i).getType();
        return (type == WeirLexer.LET || looksLikeDeclaration(i))
                && Words.endsOperand(tokens.get(i - 1).getType());
    }

    /// Outside braces: a declaration's word, or any other word after something complete, which belongs to neither
    /// side.
    private boolean begins(int i) {
        int type = tokens.get(i).getType();
        boolean foreign = type == WeirLexer.ID
                || (Words.isHard(type) && type != WeirLexer.IN && type != WeirLexer.TYPEOF && type != WeirLexer.ELSE);
        return Words.isDeclarationWord(type)
                || (foreign && Words.endsOperand(tokens.get(i - 1).getType()));
    }

    private boolean looksLikeDeclaration(int i) {
        int second = type(i + 1);
        int third = type(i + 2);
        boolean named = Words.isWord(second);
        return switch (type(i)) {
            case WeirLexer.USE -> second == WeirLexer.STRING || (named && third != WeirLexer.COLON);
            case WeirLexer.TYPE -> named && third == WeirLexer.ASSIGN;
            case WeirLexer.SETTINGS -> second == WeirLexer.LBRACE;
            case WeirLexer.POLICY -> named && third == WeirLexer.LBRACE;
            case WeirLexer.FUNCTION, WeirLexer.RULES, WeirLexer.WORKFLOW -> named && third == WeirLexer.LPAREN;
            case WeirLexer.INTEGRATION -> named && third == WeirLexer.NUMBER;
            case WeirLexer.TEST -> second == WeirLexer.STRING;
            case WeirLexer.LET -> tokens.get(from).getType() == WeirLexer.LET;
            default -> false;
        };
    }

    private int type(int i) {
        return i < tokens.size() ? tokens.get(i).getType() : Token.EOF;
    }

    /// Whether the second line of the declaration that begins there does not start in the first column.
    private boolean isIndented(int first) {
        int line = text.indexOf('\n', tokens.get(first).getStartIndex());
        while (line >= 0
                && line + 1 < text.length()
                && (text.charAt(line + 1) == '\n' || text.charAt(line + 1) == '\r')) {
            line = text.indexOf('\n', line + 1);
        }
        return line >= 0 && line + 1 < text.length() && Character.isWhitespace(text.charAt(line + 1));
    }
}
