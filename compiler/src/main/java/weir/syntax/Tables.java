package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import weir.source.Span;
import weir.syntax.antlr.WeirLexer;

/// Mends the lines of a rule table that cannot be read: unlike everything else in the language, a table's rows are
/// lines.
final class Tables {
    private final Reading reading;
    private final List<Token> tokens;
    private final List<Token> result = new ArrayList<>();

    private Tables(Reading reading, List<Token> tokens) {
        this.reading = reading;
        this.tokens = tokens;
    }

    /// The tokens of a rule set with a table that can be read, as far as lines go.
    static List<Token> mended(Reading reading, List<Token> tokens) {
        return tokens.getFirst().getType() == WeirLexer.RULES ? new Tables(reading, tokens).mended() : tokens;
    }

    private List<Token> mended() {
        int body = 0;
        while (body < tokens.size() && (tokens.get(body).getType() != WeirLexer.LBRACE || isParameter(body))) {
            body++;
        }
        int first = body + 1;
        if (first >= tokens.size() || tokens.get(first).getType() != WeirLexer.PIPE) {
            return tokens;
        }
        result.addAll(tokens.subList(0, first));
        int row = 0;
        int from = first;
        while (from < tokens.size() && isRow(from)) {
            int to = lineEnd(from);
            List<Token> line = tokens.subList(from, to);
            boolean hasOutputs = line.stream().anyMatch(token -> token.getType() == WeirLexer.OROR);
            if (!hasOutputs) {
                reading.report(new StructureProblem.LineWithoutOutputs(span(line)));
                if (row == 0) {
                    return withoutTable(first);
                }
                row++;
                from = to;
                continue;
            }
            if (row == 1 && !isDashes(line)) {
                reading.report(new StructureProblem.MissingTableLine(span(tokens.subList(first, from))));
                return withoutTable(first);
            }
            line(line, row);
            row++;
            from = to;
        }
        result.addAll(tokens.subList(from, tokens.size()));
        return result;
    }

    /// A row begins with `|`; one that lacks it still has `||`.
    private boolean isRow(int from) {
        return tokens.get(from).getType() == WeirLexer.PIPE
                || tokens.subList(from, lineEnd(from)).stream().anyMatch(token -> token.getType() == WeirLexer.OROR);
    }

    /// Whether a brace belongs to the type of a parameter or of the result.
    private boolean isParameter(int index) {
        return index < tokens.size() - 1
                && tokens.get(index).getType() == WeirLexer.LBRACE
                && tokens.get(index + 1).getType() != WeirLexer.PIPE
                && tokens.get(index + 1).getType() != WeirLexer.WHEN;
    }

    private int lineEnd(int from) {
        int line = reading.source.position(tokens.get(from).getStartIndex()).line();
        int to = from + 1;
        while (to < tokens.size()
                && reading.source.position(tokens.get(to).getStartIndex()).line() == line
                && tokens.get(to).getType() != WeirLexer.RBRACE) {
            to = Words.opens(tokens.get(to).getType()) ? Math.max(to + 1, behind(to)) : to + 1;
        }
        return to;
    }

    private int behind(int opening) {
        int depth = 0;
        for (int i = opening; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            depth += Words.opens(type) ? 1 : Words.closes(type) ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    private List<Token> withoutTable(int first) {
        List<Token> empty = new ArrayList<>(tokens.subList(0, first));
        empty.add(tokens.getLast());
        return empty;
    }

    private static boolean isDashes(List<Token> line) {
        return line.stream().allMatch(token -> switch (token.getType()) {
            case WeirLexer.PIPE, WeirLexer.OROR, WeirLexer.RULE, WeirLexer.STEPPING, WeirLexer.MINUS -> true;
            default -> false;
        });
    }

    private void line(List<Token> line, int row) {
        if (line.getFirst().getType() != WeirLexer.PIPE) {
            int start = line.getFirst().getStartIndex();
            reading.report(new StructureProblem.MissingWords(new Span(start, start), "|", "| "));
            result.add(Words.inserted(WeirLexer.PIPE, start));
        }
        boolean otherwise = line.size() > 1 && line.get(1).getType() == WeirLexer.ELSE;
        boolean first = true;
        for (Token token : line) {
            if (!first) {
                fillEmptyCell(token, otherwise);
            }
            first = false;
            boolean dashes = row == 1 && (token.getType() == WeirLexer.STEPPING || token.getType() == WeirLexer.MINUS);
            if (dashes) {
                reading.report(new StructureProblem.ShortTableLine(Reading.span(token)));
            }
            result.add(dashes ? Words.made(WeirLexer.RULE, "---", Reading.span(token)) : token);
        }
        boolean ended = line.getLast().getType() == WeirLexer.PIPE
                || line.stream().anyMatch(token -> token.getType() == WeirLexer.VALID);
        if (!ended) {
            int end = line.getLast().getStopIndex() + 1;
            reading.report(new StructureProblem.MissingWords(new Span(end, end), "|", " |"));
            result.add(Words.inserted(WeirLexer.PIPE, end));
        }
    }

    /// Between two signs that divide cells there is something, except in the inputs of an `else` row.
    private void fillEmptyCell(Token token, boolean otherwise) {
        int before = result.getLast().getType();
        boolean empty = divides(before) && divides(token.getType()) && !(otherwise && before == WeirLexer.PIPE);
        if (empty) {
            int end = result.getLast().getStopIndex() + 1;
            var span = new Span(end, end);
            reading.report(new StructureProblem.EmptyCell(span));
            boolean input = before == WeirLexer.PIPE;
            result.add(input ? Words.inserted(WeirLexer.MINUS, end) : Words.made(WeirLexer.BROKEN, "", span));
        }
    }

    private static boolean divides(int type) {
        return type == WeirLexer.PIPE || type == WeirLexer.OROR;
    }

    private static Span span(List<Token> tokens) {
        return Reading.span(tokens.getFirst()).to(Reading.span(tokens.getLast()));
    }
}
