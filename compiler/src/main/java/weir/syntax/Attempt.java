package weir.syntax;

import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.antlr.WeirParser;
import weir.syntax.antlr.WeirParser.DeclarationContext;

/// One try of the generated parser at the tokens of a declaration.
///
/// @param declaration what was read, or null if it could not be read (or no tree was wanted)
/// @param failedAt the index of the first token that no text of the language has there, or -1
/// @param rules the rules that were being read there, innermost first
record Attempt(@Nullable DeclarationContext declaration, int failedAt, List<String> rules) {
    /// Reads the tokens into a tree: first in the fast way, then, if that found a mistake, in the exact one.
    static Attempt read(List<Token> tokens) {
        Attempt fast = run(tokens, PredictionMode.SLL, Wanted.TREE);
        return fast.succeeded() ? fast : run(tokens, PredictionMode.LL, Wanted.TREE);
    }

    /// Only looks how far the tokens can be read, and what was being read there.
    static Attempt probe(List<Token> tokens) {
        return run(tokens, PredictionMode.LL, Wanted.RULES);
    }

    /// Only looks how far the tokens can be read.
    static int reach(List<Token> tokens) {
        return run(tokens, PredictionMode.LL, Wanted.PLACE).failedAt();
    }

    /// What an attempt is made for.
    private enum Wanted {
        TREE,
        RULES,
        PLACE
    }

    boolean succeeded() {
        return failedAt < 0;
    }

    private static Attempt run(List<Token> tokens, PredictionMode mode, Wanted wanted) {
        Token last = tokens.getLast();
        int end = last.getStopIndex() + 1;
        var source = new ListTokenSource(new WithEnd(tokens, Words.made(Token.EOF, "", new Span(end, end))));
        var parser = new WeirParser(new CommonTokenStream(source));
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(mode);
        parser.setBuildParseTree(wanted == Wanted.TREE);
        var failure = new Failure(wanted == Wanted.RULES);
        parser.setErrorHandler(failure);
        try {
            var one = parser.one();
            return new Attempt(wanted == Wanted.TREE ? one.declaration() : null, -1, List.of());
        } catch (Stopped stopped) {
            return new Attempt(null, Math.min(stopped.at.getTokenIndex(), tokens.size()), stopped.rules);
        }
    }

    /// The way out of the generated parser. It is taken thousands of times while mistakes are looked into, so it
    /// remembers no stack.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Token at;
        private final transient List<String> rules;

        Stopped(Token at, List<String> rules) {
            super("", null, false, false);
            this.at = at;
            this.rules = rules;
        }
    }

    /// Stops at the first mistake, and notes which rules were being read.
    private static final class Failure extends BailErrorStrategy {
        private final boolean notesRules;

        Failure(boolean notesRules) {
            this.notesRules = notesRules;
        }

        @Override
        public void recover(org.antlr.v4.runtime.Parser parser, RecognitionException mistake) {
            throw stopped(parser, mistake.getOffendingToken());
        }

        @Override
        public Token recoverInline(org.antlr.v4.runtime.Parser parser) {
            throw stopped(parser, parser.getCurrentToken());
        }

        private Stopped stopped(org.antlr.v4.runtime.Parser parser, Token at) {
            return new Stopped(at, notesRules ? parser.getRuleInvocationStack() : List.of());
        }
    }

    /// A list with one more at its end.
    private static final class WithEnd extends java.util.AbstractList<Token> {
        private final List<Token> tokens;
        private final Token end;

        WithEnd(List<Token> tokens, Token end) {
            this.tokens = tokens;
            this.end = end;
        }

        @Override
        public Token get(int index) {
            return index < tokens.size() ? tokens.get(index) : end;
        }

        @Override
        public int size() {
            return tokens.size() + 1;
        }
    }
}
