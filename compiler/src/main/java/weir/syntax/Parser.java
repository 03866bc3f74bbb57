package weir.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.antlr.WeirParser.DeclarationContext;

/// Text to tree: scan, cut into declarations, read each; what cannot be read is mended or cut out and reported.
public final class Parser {
    /// The longest text that is read, in UTF-16 code units.
    public static final int LONGEST = 5_000_000;

    private final Reading reading;
    private final DeclarationReader reader;

    private Parser(Source source) {
        reading = new Reading(source, new Docs());
        reader = new DeclarationReader(reading);
    }

    /// Reads a text. Never throws: what cannot be read becomes `Broken` in the tree and a diagnostic beside it.
    public static Parsed parse(Source source) {
        return new Parser(source).parse();
    }

    private Parsed parse() {
        Source source = reading.source;
        int length = source.text().length();
        if (length > LONGEST) {
            reading.report(new LimitProblem.TooLong(new Span(0, 0), length, LONGEST));
            return parsed(List.of(), List.of());
        }
        Scanner.Scanned scanned = Scanner.scan(reading);
        List<Declaration> declarations = new ArrayList<>();
        for (List<Token> chunk : Chunks.of(source, scanned.tokens())) {
            declarations.add(declaration(chunk));
        }
        return parsed(declarations, scanned.comments());
    }

    private Parsed parsed(List<Declaration> declarations, List<Tree.Comment> comments) {
        List<Tree.Comment> all = new ArrayList<>(comments);
        all.addAll(reading.docs.rest());
        all.sort(Comparator.comparingInt(comment -> comment.span().start()));
        var whole = new Span(0, reading.source.text().length());
        List<Diagnostic> diagnostics = reading.problems.stream()
                .sorted(Comparator.comparingInt(problem -> problem.span().start()))
                .map(problem -> problem.diagnostic(reading.source))
                .toList();
        return new Parsed(new Tree.File(reading.source, declarations, all, whole), diagnostics);
    }

    private Declaration declaration(List<Token> chunk) {
        Span span = Reading.span(chunk.getFirst()).to(Reading.span(chunk.getLast()));
        Optional<LimitProblem> tooDeep = Nesting.tooDeep(chunk);
        if (tooDeep.isPresent()) {
            reading.report(tooDeep.get());
            return new Declaration.Broken(span);
        }
        DeclarationContext context = context(chunk);
        return context == null ? new Declaration.Broken(span) : reader.declaration(context);
    }

    private @Nullable DeclarationContext context(List<Token> chunk) {
        if (Words.isDeclarationWord(chunk.getFirst().getType())) {
            Attempt attempt = Attempt.read(chunk);
            return attempt.succeeded() || reading.isSpent() ? attempt.declaration() : new Recovery(reading).read(chunk);
        }
        List<Token> begun = reading.isSpent() ? List.of() : Beginnings.mended(reading, chunk);
        return begun.isEmpty() ? null : new Recovery(reading).read(begun);
    }
}
