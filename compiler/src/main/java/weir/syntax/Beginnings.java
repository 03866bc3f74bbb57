package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import weir.source.Nearest;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Says what is wrong with what stands at the left edge of a file and is no declaration.
final class Beginnings {
    private static final Map<String, Integer> WORDS = Words.all().entrySet().stream()
            .filter(entry -> Words.isDeclarationWord(entry.getValue()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Beginnings() {}

    /// The tokens with the word that was meant; empty if there is no telling, or nothing is left.
    static List<Token> mended(Reading reading, List<Token> chunk) {
        Token first = chunk.getFirst();
        Span span = Reading.span(first);
        String written = first.getText();
        if (ForeignExpressions.isNeedless(written) && chunk.size() == 1) {
            // A declaration follows, which was cut off.
            String text = reading.source.text();
            int end = span.end();
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            reading.report(new HabitProblem.ForeignWord(new Span(span.start(), end), written, ""));
            return List.of();
        }
        if (ForeignExpressions.isNeedless(written)) {
            List<Token> rest = chunk.subList(1, chunk.size());
            var needless = new Span(span.start(), rest.getFirst().getStartIndex());
            reading.report(new HabitProblem.ForeignWord(needless, written, ""));
            return Words.isDeclarationWord(rest.getFirst().getType()) ? rest : mended(reading, rest);
        }
        int foreign = Words.isWord(first.getType()) ? ForeignWords.declaration(written) : -1;
        int file = foreign == WeirLexer.USE ? importedFile(chunk) : -1;
        if (file > 0) {
            Token path = chunk.get(file);
            reading.report(new HabitProblem.ForeignWord(
                    span.to(Reading.span(path)), written + " … from", "use " + path.getText()));
            List<Token> use = new ArrayList<>(List.of(Words.made(WeirLexer.USE, "use", span), path));
            use.addAll(chunk.subList(file + 1, chunk.size()));
            return use;
        }
        if (foreign >= 0) {
            reading.report(new HabitProblem.ForeignWord(span, written, Words.written(foreign)));
            return beginning(foreign, span, chunk);
        }
        Optional<String> meant = Words.isWord(first.getType()) && looksNamed(chunk)
                ? Nearest.to(written, WORDS.keySet())
                : Optional.empty();
        if (meant.isPresent()) {
            reading.report(new StructureProblem.Misspelled(span, written, meant.get()));
            return beginning(WORDS.getOrDefault(meant.get(), WeirLexer.ID), span, chunk);
        }
        if (Words.isStatementWord(first.getType()) || first.getType() == WeirLexer.ASK) {
            reading.report(new StructureProblem.MisplacedStatement(span, written));
        } else if (Words.closes(first.getType())) {
            reading.report(new StructureProblem.StrayBracket(span, written));
        } else {
            reading.report(new StructureProblem.NotADeclaration(span, written));
        }
        return List.of();
    }

    /// The text behind `import { a, b } from`, or -1.
    private static int importedFile(List<Token> chunk) {
        for (int i = 1; i < chunk.size(); i++) {
            if (chunk.get(i).getType() == WeirLexer.STRING) {
                return chunk.get(i - 1).getText().equals("from") ? i : -1;
            }
        }
        return -1;
    }

    /// Whether a name, a text or braces follow, as in every declaration.
    private static boolean looksNamed(List<Token> chunk) {
        return chunk.size() > 1
                && (Words.isWord(chunk.get(1).getType())
                        || chunk.get(1).getType() == WeirLexer.STRING
                        || chunk.get(1).getType() == WeirLexer.LBRACE);
    }

    private static List<Token> beginning(int type, Span span, List<Token> chunk) {
        List<Token> tokens = new ArrayList<>(chunk);
        tokens.set(0, Words.made(type, Words.written(type), span));
        return tokens;
    }
}
