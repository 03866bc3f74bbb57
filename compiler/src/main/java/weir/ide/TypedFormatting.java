package weir.ide;

import java.util.ArrayList;
import java.util.List;
import weir.source.Fix.Edit;
import weir.source.Source;
import weir.source.Span;

/// What happens to the lines around while somebody types: a new line is indented, a closed block is put in order, a
/// table keeps its columns.
final class TypedFormatting {
    private static final String STEP = "  ";

    private final Document document;
    private final Source source;
    private final String text;
    private final int offset;

    private TypedFormatting(Document document, int offset) {
        this.document = document;
        this.source = document.source();
        this.text = source.text();
        this.offset = Math.min(offset, text.length());
    }

    static List<Edit> after(Document document, int offset, char typed) {
        var typing = new TypedFormatting(document, offset);
        return switch (typed) {
            case '\n' -> typing.newLine();
            case '}' -> typing.closed();
            case '|' -> typing.table();
            default -> List.of();
        };
    }

    // ---- a new line

    private List<Edit> newLine() {
        int line = lineStart(offset);
        int rest = line;
        while (rest < text.length() && (text.charAt(rest) == ' ' || text.charAt(rest) == '\t')) {
            rest++;
        }
        boolean closes = rest < text.length() && "})]".indexOf(text.charAt(rest)) >= 0;
        String wanted = STEP.repeat(Math.max(0, openLines(line) - (closes ? 1 : 0)));
        return wanted.equals(text.substring(line, rest)) ? List.of() : List.of(new Edit(new Span(line, rest), wanted));
    }

    /// How many lines hold a bracket that is still open: two on one line indent once.
    private int openLines(int at) {
        return (int) Position.openers(text, at).stream()
                .map(opener -> source.position(opener).line())
                .distinct()
                .count();
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    // ---- a closed block

    private List<Edit> closed() {
        int brace = offset - 1;
        if (brace < 0 || text.charAt(brace) != '}') {
            return List.of();
        }
        var openers = Position.openers(text, brace);
        if (openers.isEmpty()) {
            return List.of();
        }
        int opener = openers.getFirst();
        boolean severalLines = lineStart(opener) != lineStart(brace);
        if (!severalLines) {
            return List.of();
        }
        var edits = Formatting.range(document, new Span(opener, offset));
        return edits.isEmpty() ? indented(brace, opener) : edits;
    }

    private List<Edit> indented(int brace, int opener) {
        int line = lineStart(brace);
        String before = text.substring(line, brace);
        String head = text.substring(lineStart(opener), opener);
        String wanted = head.substring(0, head.length() - head.stripLeading().length());
        return before.isBlank() && !before.equals(wanted)
                ? List.of(new Edit(new Span(line, brace), wanted))
                : List.of();
    }

    // ---- a table

    private List<Edit> table() {
        int first = source.position(offset).line();
        if (!isRow(first)) {
            return List.of();
        }
        int last = first;
        while (first > 1 && isRow(first - 1)) {
            first--;
        }
        while (last < source.lineCount() && isRow(last + 1)) {
            last++;
        }
        var rows = new ArrayList<Row>();
        for (int line = first; line <= last; line++) {
            rows.add(Row.of(source.line(line)));
        }
        var edits = new ArrayList<Edit>();
        Row head = rows.getFirst();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.separators.equals(head.separators)) {
                String wanted = row.aligned(widths(rows, head));
                String now = source.line(first + i);
                int start = source.offset(new weir.source.Position(first + i, 1));
                if (!now.equals(wanted)) {
                    edits.add(new Edit(new Span(start, start + now.length()), wanted));
                }
            }
        }
        return edits;
    }

    private boolean isRow(int line) {
        return source.line(line).stripLeading().startsWith("|");
    }

    /// Of the rows that have the head's columns.
    private static List<Integer> widths(List<Row> rows, Row head) {
        var widths = new ArrayList<Integer>();
        for (int column = 0; column < head.cells.size(); column++) {
            int widest = 3;
            for (Row row : rows) {
                if (row.separators.equals(head.separators) && !row.isLine()) {
                    widest = Math.max(widest, row.cells.get(column).length());
                }
            }
            widths.add(widest);
        }
        return widths;
    }

    /// The cells of a line and what stands between them.
    private record Row(String indent, List<String> cells, List<String> separators, String rest) {
        static Row of(String line) {
            String stripped = line.strip();
            var cells = new ArrayList<String>();
            var separators = new ArrayList<String>();
            int depth = 0;
            int start = 0;
            int at = 0;
            while (at < stripped.length()) {
                char c = stripped.charAt(at);
                if (c == '"' || c == '\'') {
                    int end = stripped.indexOf(c, at + 1);
                    at = end < 0 ? stripped.length() : end + 1;
                    continue;
                }
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                if (c == '|' && depth <= 0) {
                    int end = at + 1 < stripped.length() && stripped.charAt(at + 1) == '|' ? at + 2 : at + 1;
                    if (!separators.isEmpty()) {
                        cells.add(stripped.substring(start, at).strip());
                    }
                    separators.add(stripped.substring(at, end));
                    start = end;
                    at = end;
                } else {
                    at++;
                }
            }
            return new Row(
                    line.substring(0, line.length() - line.stripLeading().length()),
                    cells,
                    separators,
                    start < stripped.length() ? stripped.substring(start).strip() : "");
        }

        /// The dashes under the head.
        boolean isLine() {
            return !cells.isEmpty() && cells.stream().allMatch(cell -> cell.matches("-{2,}"));
        }

        String aligned(List<Integer> widths) {
            var line = new StringBuilder(indent).append(separators.getFirst());
            for (int i = 0; i < cells.size(); i++) {
                int width = widths.get(i);
                String cell = isLine() ? "-".repeat(width) : cells.get(i);
                line.append(' ')
                        .append(cell)
                        .append(" ".repeat(Math.max(0, width - cell.length())))
                        .append(' ')
                        .append(separators.get(i + 1));
            }
            return rest.isEmpty()
                    ? line.toString()
                    : line.append(' ').append(rest).toString();
        }
    }
}
