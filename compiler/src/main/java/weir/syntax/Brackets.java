package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Gives every bracket of a declaration its partner, so that what is read after it can rely on pairs.
///
/// Which bracket is the lonely one is a guess; what helps is how lines are indented, that no statement begins inside
/// parentheses, and that inside parentheses no brace follows an operand.
final class Brackets {
    private final Reading reading;
    private final List<Token> tokens;
    private final List<Token> result = new ArrayList<>();
    private final List<Opening> open = new ArrayList<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();

    /// @param index where it stands in the result
    private record Opening(Token token, int index) {
        int closing() {
            return Words.closing(token.getType());
        }
    }

    private Brackets(Reading reading, List<Token> tokens) {
        this.reading = reading;
        this.tokens = tokens;
    }

    /// The tokens with pairs only; reports every bracket that had no partner.
    static List<Token> paired(Reading reading, List<Token> tokens) {
        if (arePaired(tokens)) {
            return tokens;
        }
        var brackets = new Brackets(reading, tokens);
        brackets.pair();
        brackets.problems.forEach(reading::report);
        return brackets.result;
    }

    private static boolean arePaired(List<Token> tokens) {
        List<Integer> open = new ArrayList<>();
        for (Token token : tokens) {
            if (Words.opens(token.getType())) {
                open.add(token.getType());
            } else if (Words.closes(token.getType())) {
                if (open.isEmpty() || Words.closing(open.removeLast()) != token.getType()) {
                    return false;
                }
            }
        }
        return open.isEmpty();
    }

    private void pair() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int type = token.getType();
            if (Words.closes(type)) {
                close(token);
                continue;
            }
            while (endsInnermost(i)) {
                insertClosing();
            }
            if (Words.opens(type)) {
                open.add(new Opening(token, result.size()));
            }
            result.add(token);
        }
        while (!open.isEmpty()) {
            insertClosing();
        }
    }

    private void close(Token closing) {
        int partner = open.size() - 1;
        while (partner >= 0 && open.get(partner).closing() != closing.getType()) {
            partner--;
        }
        if (partner < 0
                && !open.isEmpty()
                && isParenthesis(open.getLast().token)
                && closing.getType() != WeirLexer.RBRACE) {
            int meant = open.removeLast().closing();
            Span span = Reading.span(closing);
            problems.add(new StructureProblem.WrongSign(span, closing.getText(), Words.written(meant), span.start()));
            result.add(Words.made(meant, Words.written(meant), span));
            return;
        }
        if (partner < 0 && closing.getType() == WeirLexer.RBRACE && insertOpening()) {
            result.add(closing);
            return;
        }
        if (partner < 0) {
            problems.add(new StructureProblem.StrayBracket(Reading.span(closing), closing.getText()));
            return;
        }
        partner = partnerByIndentation(closing, partner);
        while (open.size() > partner + 1) {
            insertClosing();
        }
        open.removeLast();
        result.add(closing);
    }

    /// Opens the braces of a declaration that has none, at the end of its first line.
    private boolean insertOpening() {
        boolean hasBody = result.stream().anyMatch(token -> token.getType() == WeirLexer.LBRACE);
        int line = 1;
        while (line < result.size() && !reading.startsLine(result.get(line))) {
            line++;
        }
        if (hasBody || line >= result.size()) {
            return false;
        }
        int end = result.get(line - 1).getStopIndex() + 1;
        problems.add(new StructureProblem.MissingWords(new Span(end, end), "{", " {"));
        result.add(line, Words.inserted(WeirLexer.LBRACE, end));
        return true;
    }

    /// A brace that begins a line closes the one whose line is indented alike, if there is one.
    private int partnerByIndentation(Token closing, int nearest) {
        if (closing.getType() != WeirLexer.RBRACE || !reading.startsLine(closing)) {
            return nearest;
        }
        int wanted = reading.indentation(closing);
        if (reading.indentation(open.get(nearest).token) <= wanted) {
            return nearest;
        }
        for (int i = nearest - 1; i >= 0; i--) {
            Token opening = open.get(i).token;
            if (opening.getType() == WeirLexer.LBRACE && reading.indentation(opening) == wanted) {
                return i;
            }
        }
        return nearest;
    }

    /// Whether the token cannot stand in the innermost bracket.
    private boolean endsInnermost(int i) {
        if (open.isEmpty()) {
            return false;
        }
        Token token = tokens.get(i);
        boolean statement = Words.isStatementWord(token.getType())
                && reading.startsLine(token)
                && !(i + 1 < tokens.size() && tokens.get(i + 1).getType() == WeirLexer.COLON);
        Token opening = open.getLast().token;
        boolean parenthesis = isParenthesis(opening);
        boolean line = reading.startsLine(token) && isNewLine(i);
        boolean block = token.getType() == WeirLexer.LBRACE
                && Words.endsOperand(tokens.get(i - 1).getType());
        boolean row = token.getType() == WeirLexer.PIPE
                && reading.startsLine(token)
                && tokens.getFirst().getType() == WeirLexer.RULES;
        return parenthesis
                ? statement || block || line || row
                : (statement && leavesBlock(token)) || (line && !reading.endsLine(opening));
    }

    /// Whether what begins there continues neither an expression nor a list, nor is it a field of a record.
    private boolean isNewLine(int i) {
        int next = i + 1 < tokens.size() ? tokens.get(i + 1).getType() : WeirLexer.EOF;
        boolean key = next == WeirLexer.COLON || next == WeirLexer.QUESTION;
        boolean afterOperand = Words.endsOperand(tokens.get(i - 1).getType());
        return !key && Words.beginsAtom(tokens.get(i).getType()) && (afterOperand || isFollowedByAtom(i));
    }

    /// Two names in a row, as in `expect total`: no expression has them.
    private boolean isFollowedByAtom(int i) {
        return i + 1 < tokens.size()
                && Words.isWord(tokens.get(i).getType())
                && Words.beginsAtom(tokens.get(i + 1).getType())
                && !Words.isOperator(tokens.get(i).getType())
                && !Words.isOperator(tokens.get(i + 1).getType());
    }

    /// Whether a statement is indented less than the statements of the innermost block.
    private boolean leavesBlock(Token statement) {
        Opening innermost = open.getLast();
        int outside = reading.indentation(innermost.token);
        return innermost.token.getType() == WeirLexer.LBRACE
                && innermost.index + 1 < result.size()
                && reading.indentation(result.get(innermost.index + 1)) > outside
                && reading.indentation(statement) <= outside;
    }

    private static boolean isParenthesis(Token token) {
        return token.getType() == WeirLexer.LPAREN || token.getType() == WeirLexer.LBRACK;
    }

    /// Closes the innermost open bracket after the last token.
    private void insertClosing() {
        Token opening = open.removeLast().token;
        int type = Words.closing(opening.getType());
        int end = result.getLast().getStopIndex() + 1;
        result.add(Words.inserted(type, end));
        boolean block = type == WeirLexer.RBRACE && reading.endsLine(opening);
        String text = block ? "\n" + " ".repeat(reading.indentation(opening)) + "}" : Words.written(type);
        Span span = Reading.span(opening);
        problems.add(new StructureProblem.UnclosedBracket(span, opening.getText(), Words.written(type), end, text));
    }
}
