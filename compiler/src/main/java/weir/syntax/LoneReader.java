package weir.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.DeclarationContext;

/// Reads a text that is one expression. What it gives is a file with one workflow, whose parameters are json and whose
/// only statement gives the expression a name; nothing of that is written anywhere, so every place is one of the text.
public final class LoneReader {
    /// What the workflow and the expression are called; nobody calls a field so.
    private static final String NOBODY = "_lone_expression_";

    private static final Span NOWHERE = new Span(0, 0);

    private final Reading reading;
    private final Set<String> names;

    private LoneReader(Source source, Set<String> names) {
        this.reading = new Reading(source, new Docs());
        this.names = names;
    }

    /// The words that may be meant as names of values; some may turn out not to be.
    public static Set<String> names(Source source) {
        var tokens = Scanner.scan(new Reading(source, new Docs())).tokens();
        var names = new TreeSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(tokens, i)) {
                names.add(tokens.get(i).getText());
            }
        }
        return names;
    }

    /// Those of the [#names] that are words of the language.
    public static Set<String> reserved(Source source) {
        var reserved = names(source);
        reserved.removeIf(name -> !isReserved(name));
        return reserved;
    }

    /// Reads a text. Never throws. The body of the workflow has one statement, [Statement.Let], unless there are
    /// errors.
    ///
    /// @param names of the values there are, also such that are words of the language
    public static Parsed parse(Source source, Set<String> names) {
        return new LoneReader(source, names).parse();
    }

    private Parsed parse() {
        var tokens = tokens();
        var context = tokens.isEmpty() ? null : context(around(tokens));
        var declarations = new ArrayList<Declaration>();
        if (context != null
                && new DeclarationReader(reading).declaration(context) instanceof Declaration.Workflow workflow) {
            another(workflow.body());
            declarations.add(withParameters(workflow));
        }
        var whole = new Span(0, reading.source.text().length());
        var problems =
                reading.problems.stream().map(LoneReader::asAnother).distinct().toList();
        boolean others = problems.size() > 1;
        var diagnostics = problems.stream()
                .filter(problem -> !(others && problem instanceof StructureProblem.NoExpression))
                .sorted(Comparator.comparingInt(problem -> problem.span().start()))
                .map(problem -> problem.diagnostic(reading.source))
                .toList();
        return new Parsed(new Tree.File(reading.source, declarations, List.of(), whole), diagnostics);
    }

    /// Empty when it is clear that they are no expression, which is reported.
    private List<Token> tokens() {
        int length = reading.source.text().length();
        if (length > Parser.LONGEST) {
            reading.report(new LimitProblem.TooLong(NOWHERE, length, Parser.LONGEST));
            return List.of();
        }
        var scanned = Scanner.scan(reading).tokens();
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < scanned.size(); i++) {
            var token = scanned.get(i);
            boolean name = names.contains(token.getText()) && isName(scanned, i);
            tokens.add(name ? Words.made(WeirLexer.ID, token.getText(), Reading.span(token)) : token);
        }
        if (tokens.isEmpty()) {
            reading.report(new StructureProblem.NoExpression(new Span(0, length)));
            return List.of();
        }
        if (Words.isStatementWord(tokens.getFirst().getType())) {
            reading.report(new StructureProblem.MisplacedStatement(
                    Reading.span(tokens.getFirst()), tokens.getFirst().getText()));
            return List.of();
        }
        var tooDeep = Nesting.tooDeep(tokens);
        if (tooDeep.isPresent()) {
            reading.report(tooDeep.get());
            return List.of();
        }
        return Brackets.paired(reading, tokens);
    }

    private static boolean isReserved(String name) {
        var token =
                Scanner.scan(new Reading(new Source("name", name), new Docs())).tokens();
        return token.isEmpty() || Words.isHard(token.getFirst().getType());
    }

    private static boolean isName(List<Token> tokens, int i) {
        int before = i == 0 ? Token.EOF : tokens.get(i - 1).getType();
        return switch (tokens.get(i).getType()) {
            case WeirLexer.TRUE, WeirLexer.FALSE, WeirLexer.NULL, WeirLexer.TYPEOF, WeirLexer.IN -> false;
            default -> Words.isWord(tokens.get(i).getType()) && before != WeirLexer.DOT && before != WeirLexer.QDOT;
        };
    }

    private static List<Token> around(List<Token> expression) {
        int end = expression.getLast().getStopIndex() + 1;
        var all = new ArrayList<Token>();
        all.add(Words.inserted(WeirLexer.WORKFLOW, 0));
        all.add(Words.made(WeirLexer.ID, NOBODY, NOWHERE));
        all.add(Words.inserted(WeirLexer.LPAREN, 0));
        all.add(Words.inserted(WeirLexer.RPAREN, 0));
        all.add(Words.inserted(WeirLexer.LBRACE, 0));
        all.add(Words.inserted(WeirLexer.LET, 0));
        all.add(Words.made(WeirLexer.ID, NOBODY, NOWHERE));
        all.add(Words.inserted(WeirLexer.ASSIGN, 0));
        all.addAll(expression);
        all.add(Words.inserted(WeirLexer.RBRACE, end));
        return all;
    }

    private @Nullable DeclarationContext context(List<Token> tokens) {
        Attempt attempt = Attempt.read(tokens);
        return attempt.succeeded() ? attempt.declaration() : new Recovery(reading).read(tokens);
    }

    /// Says so when more than one value stands there.
    private void another(Tree.Block body) {
        if (body.statements().size() > 1 && reading.problems.isEmpty()) {
            var second = body.statements().get(1).span();
            String written = reading.text(second).lines().findFirst().orElse("");
            int end = written.indexOf(' ') < 0 ? written.length() : written.indexOf(' ');
            reading.report(new StructureProblem.Another(
                    new Span(second.start(), second.start() + end), written.substring(0, end)));
        }
    }

    /// Nothing is said of the statements around it, which nobody wrote.
    private static SyntaxProblem asAnother(SyntaxProblem problem) {
        return switch (problem) {
            case StructureProblem.Unexpected(var span, var written, var place, var _)
            when place.equals(Complaints.IN_STATEMENTS) -> new StructureProblem.Another(span, written);
            case StructureProblem.MissingPart(var span, var _, var after)
            when after.equals("=") && span.start() == 0 -> new StructureProblem.NoExpression(span);
            // Default: all others are about what was written.
            default -> problem;
        };
    }

    private Declaration.Workflow withParameters(Declaration.Workflow workflow) {
        var json = new TypeExpression.Named(new Tree.Name("json", NOWHERE), NOWHERE);
        var parameters = names.stream()
                .sorted()
                .map(name -> new Tree.Parameter(new Tree.Name(name, NOWHERE), false, json, NOWHERE))
                .toList();
        return new Declaration.Workflow(
                workflow.name(),
                parameters,
                workflow.result(),
                workflow.heads(),
                workflow.body(),
                workflow.doc(),
                workflow.span());
    }
}
