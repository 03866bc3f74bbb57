package weir.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser;

/// Text to tree.
public final class Parser {
    private Parser() {}

    /// Reads a text. Never throws: what cannot be read becomes `Broken` in the tree and a diagnostic beside it.
    public static Parsed parse(Source source) {
        var lexer = new WeirLexer(new TextStream(source.name(), source.text())) {
            @Override
            public int popMode() {
                return _modeStack.isEmpty() ? _mode : super.popMode();
            }
        };
        lexer.removeErrorListeners();
        List<Token> tokens = new ArrayList<>();
        List<Tree.Comment> comments = new ArrayList<>();
        var docs = new Docs();
        List<Token> pending = new ArrayList<>();
        int commentStart = -1;
        for (Token t = lexer.nextToken(); t.getType() != Token.EOF; t = lexer.nextToken()) {
            switch (t.getChannel()) {
                case Token.DEFAULT_CHANNEL -> {
                    tokens.add(t);
                    if (!pending.isEmpty()) {
                        docs.add(t.getStartIndex(), pending);
                        pending = new ArrayList<>();
                    }
                }
                case WeirLexer.DOCS -> pending.add(t);
                case WeirLexer.COMMENTS -> {
                    if (t.getType() == WeirLexer.COMMENT_OPEN) {
                        commentStart = t.getStartIndex();
                    } else if (t.getType() == WeirLexer.COMMENT_CLOSE || t.getType() == WeirLexer.LINE_COMMENT) {
                        Span span = t.getType() == WeirLexer.LINE_COMMENT
                                ? Reading.span(t)
                                : new Span(commentStart, t.getStopIndex() + 1);
                        comments.add(new Tree.Comment(source.text(span), span));
                    }
                }
                default -> {}
            }
        }
        var reading = new Reading(source, docs);
        var reader = new DeclarationReader(reading);
        List<Declaration> declarations = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean cut = i == tokens.size()
                    || (i > from
                            && depth <= 0
                            && isDeclarationWord(tokens.get(i).getType())
                            && source.position(tokens.get(i).getStartIndex()).column() == 1);
            if (cut && i > from) {
                declarations.add(chunk(reading, reader, tokens.subList(from, i)));
                from = i;
            }
            if (i < tokens.size()) {
                int type = tokens.get(i).getType();
                depth += type == WeirLexer.LBRACE || type == WeirLexer.TEMPLATE_EXPR
                        ? 1
                        : type == WeirLexer.RBRACE ? -1 : 0;
            }
        }
        comments.addAll(docs.rest());
        comments.sort(Comparator.comparing(comment -> comment.span().start()));
        List<Diagnostic> diagnostics = reading.problems.stream()
                .map(problem -> problem.diagnostic(source))
                .toList();
        var all = new Span(0, source.text().length());
        return new Parsed(new Tree.File(source, declarations, comments, all), diagnostics);
    }

    private static Declaration chunk(Reading reading, DeclarationReader reader, List<Token> tokens) {
        List<Token> all = new ArrayList<>(tokens);
        var eof = new CommonToken(Token.EOF);
        int end = tokens.getLast().getStopIndex() + 1;
        eof.setStartIndex(end);
        eof.setStopIndex(end - 1);
        all.add(eof);
        var parser = new WeirParser(new CommonTokenStream(new ListTokenSource(all)));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return reader.declaration(parser.one().declaration());
        } catch (ParseCancellationException failed) {
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            try {
                return reader.declaration(parser.one().declaration());
            } catch (ParseCancellationException again) {
                Token at = again.getCause() instanceof RecognitionException cause ? cause.getOffendingToken() : eof;
                reading.report(new StructureProblem.Unexpected(
                        Reading.span(at), at.getText(), "a declaration", "Look at the line above."));
                return new Declaration.Broken(new Span(tokens.getFirst().getStartIndex(), end));
            }
        }
    }

    private static boolean isDeclarationWord(int type) {
        return switch (type) {
            case WeirLexer.USE,
                    WeirLexer.TYPE,
                    WeirLexer.LET,
                    WeirLexer.SETTINGS,
                    WeirLexer.FUNCTION,
                    WeirLexer.POLICY,
                    WeirLexer.RULES,
                    WeirLexer.WORKFLOW,
                    WeirLexer.INTEGRATION,
                    WeirLexer.TEST -> true;
            default -> false;
        };
    }
}
