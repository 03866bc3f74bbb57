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
    final Source source;
    final Docs docs;
    final List<SyntaxProblem> problems = new ArrayList<>();

    Reading(Source source, Docs docs) {
        this.source = source;
        this.docs = docs;
    }

    void report(SyntaxProblem problem) {
        problems.add(problem);
    }

    /// The text as it stands there.
    String text(Span span) {
        return source.text(span);
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
