package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tree.Name;

/// What the readers of one file share: its text, its docs and the mistakes found so far.
final class Reading {
    /// Messages about one file.
    static final int MESSAGES = 200;

    /// Tokens that are read at most, over and over, while mistakes of one file are looked into: about a second.
    private static final long EFFORT = 4_000_000;

    final Source source;
    final Docs docs;
    final List<SyntaxProblem> problems = new ArrayList<>();
    private long effort = EFFORT;

    Reading(Source source, Docs docs) {
        this.source = source;
        this.docs = docs;
    }

    /// Notes a mistake; behind many, the others are not told.
    void report(SyntaxProblem problem) {
        if (problems.size() < MESSAGES) {
            problems.add(problem);
        } else if (problems.size() == MESSAGES) {
            problems.add(new LimitProblem.TooManyMistakes(problem.span(), MESSAGES));
        }
    }

    /// Counts the tokens that were read to find out what a mistake is.
    void spend(int tokens) {
        effort -= tokens;
    }

    /// Whether so much was read or told that the rest is not worth it.
    boolean isSpent() {
        return effort < 0 || problems.size() > MESSAGES;
    }

    /// Takes back what was found from an offset on, because it is read again in another way.
    void forgetFrom(int offset) {
        problems.removeIf(problem -> problem.span().start() >= offset);
        docs.forgetFrom(offset);
    }

    /// The text as it stands there.
    String text(Span span) {
        return source.text(span);
    }

    /// Whether only white space stands before the token on its line.
    boolean startsLine(Token token) {
        return startsLine(token.getStartIndex());
    }

    /// Whether only white space stands before the offset on its line.
    boolean startsLine(int offset) {
        String text = source.text();
        int before = offset - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
    }

    /// Whether only white space and a comment stand after the token on its line.
    boolean endsLine(Token token) {
        String text = source.text();
        int after = token.getStopIndex() + 1;
        while (after < text.length() && (text.charAt(after) == ' ' || text.charAt(after) == '\t')) {
            after++;
        }
        return after == text.length()
                || text.charAt(after) == '\n'
                || text.charAt(after) == '\r'
                || text.startsWith("//", after);
    }

    /// How many characters of white space the token's line begins with.
    int indentation(Token token) {
        String line = source.line(source.position(token.getStartIndex()).line());
        return line.length() - line.stripLeading().length();
    }

    Name name(ParserRuleContext word) {
        return name(word.getStart());
    }

    Name name(Token token) {
        return new Name(token.getText(), span(token));
    }

    static Span span(Token token) {
        int start = Math.max(token.getStartIndex(), 0);
        return new Span(start, Math.max(start, token.getStopIndex() + 1));
    }

    static Span span(TerminalNode node) {
        return span(node.getSymbol());
    }

    /// From the first to the last token; empty at the first when the rule read nothing.
    static Span span(ParserRuleContext context) {
        Span start = span(context.getStart());
        return context.getStop() == null || context.getStop().getStopIndex() < start.start()
                ? new Span(start.start(), start.start())
                : start.to(span(context.getStop()));
    }
}
