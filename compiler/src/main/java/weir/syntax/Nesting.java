package weir.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import weir.syntax.antlr.WeirLexer;

/// Bounds how deep the tree of a declaration can become, before it is read: everything behind the parser is recursive.
///
/// Two things make a tree deep: brackets, and operators in a row (`a + b + c` nests to the left, `a => b => c` to the
/// right). Operators count for the bracket that they stand in, from the last place where a new expression began.
final class Nesting {
    /// How many brackets may be open at a place.
    static final int BRACKETS = 200;

    /// How many brackets and operators together.
    static final int LEVELS = 500;

    private final boolean isType;
    private final boolean isTable;
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int here;
    private int sum;

    private Nesting(List<Token> tokens) {
        isType = tokens.getFirst().getType() == WeirLexer.TYPE;
        isTable = tokens.getFirst().getType() == WeirLexer.RULES;
    }

    /// What is wrong at the first token that is too deep.
    static Optional<LimitProblem> tooDeep(List<Token> tokens) {
        return tokens.isEmpty() ? Optional.empty() : new Nesting(tokens).search(tokens);
    }

    private Optional<LimitProblem> search(List<Token> tokens) {
        boolean afterOperand = false;
        for (Token token : tokens) {
            int type = token.getType();
            if (Words.opens(type)) {
                count(afterOperand ? 1 : 0);
                outer.push(here);
                here = 0;
            } else if (Words.closes(type)) {
                sum -= here;
                here = outer.isEmpty() ? 0 : outer.pop();
            } else if (type == WeirLexer.COMMA
                    || type == WeirLexer.SEMI
                    || (afterOperand && Words.beginsAtom(type) && type != WeirLexer.IN)) {
                startAnew();
            } else if (type == WeirLexer.PIPE && isTable && outer.size() <= 1) {
                startAnew();
            } else if (Words.isOperator(type) && !(type == WeirLexer.PIPE && isType)) {
                count(1);
            }
            afterOperand = Words.endsOperand(type) || type == WeirLexer.RETURN;
            if (outer.size() > BRACKETS) {
                return Optional.of(new LimitProblem.TooDeep(Reading.span(token), BRACKETS));
            }
            if (sum + outer.size() > LEVELS) {
                return Optional.of(new LimitProblem.TooManyInARow(Reading.span(token), LEVELS));
            }
        }
        return Optional.empty();
    }

    private void count(int levels) {
        here += levels;
        sum += levels;
    }

    private void startAnew() {
        sum -= here;
        here = 0;
    }
}
