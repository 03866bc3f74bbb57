package weir.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Lines of a source with marks under parts of them.
final class Excerpt {
    /// Of a marked part with more lines than this, only its first two and its last are shown.
    private static final int LINES = 4;

    /// Longer lines are cut around their marks.
    private static final int WIDTH = 120;

    private static final int TAB = 4;

    private final Source source;
    private final int margin;
    private final Palette palette;

    Excerpt(Source source, int margin, Palette palette) {
        this.source = source;
        this.margin = margin;
        this.palette = palette;
    }

    /// @param sign what stands under each character of the span
    /// @param label what stands after the signs
    record Mark(Span span, char sign, String label, Palette.Style style) {}

    /// How wide the line numbers of these marks are.
    static int margin(Source source, List<Mark> marks) {
        return marks.stream()
                .mapToInt(mark -> Integer.toString(
                                source.position(mark.span().end()).line())
                        .length())
                .max()
                .orElse(1);
    }

    String lines(List<Mark> marks) {
        var out = new StringBuilder();
        int last = 0;
        for (int line : shown(marks)) {
            if (last > 0 && line > last + 1) {
                out.append(" ".repeat(margin + 1))
                        .append(palette.paint(Palette.Style.MARGIN, "⋮"))
                        .append('\n');
            }
            last = line;
            line(out, line, marks);
        }
        return out.toString();
    }

    private SortedSet<Integer> shown(List<Mark> marks) {
        SortedSet<Integer> lines = new TreeSet<>();
        for (Mark mark : marks) {
            int from = firstLine(mark);
            int to = lastLine(mark);
            for (int line = from; line <= to; line++) {
                if (to - from < LINES || line < from + 2 || line == to) {
                    lines.add(line);
                }
                if (to - from >= LINES && line == from + 2) {
                    line = to - 1;
                }
            }
        }
        return lines;
    }

    private int firstLine(Mark mark) {
        return source.position(mark.span().start()).line();
    }

    /// The line of the last marked character: a span that ends at a line's end does not touch the next one.
    private int lastLine(Mark mark) {
        Position end = source.position(mark.span().end());
        return end.column() == 1 && end.line() > firstLine(mark) ? end.line() - 1 : end.line();
    }

    private void line(StringBuilder out, int line, List<Mark> marks) {
        String text = source.line(line);
        List<Mark> here = marks.stream()
                .filter(mark -> firstLine(mark) <= line && line <= lastLine(mark))
                .sorted(Comparator.comparingInt(mark -> mark.span().start()))
                .toList();
        int start = source.offset(new Position(line, 1));
        var window = Window.around(text, here.isEmpty() ? 0 : column(here.getFirst(), start, text.length()));
        String number = Integer.toString(line);
        out.append(palette.paint(Palette.Style.MARGIN, " ".repeat(margin - number.length()) + number + " │"));
        String visible = window.text();
        out.append(visible.isEmpty() ? "" : " " + visible).append('\n');
        for (String row : markRows(here, text, start, window)) {
            out.append(" ".repeat(margin + 1))
                    .append(palette.paint(Palette.Style.MARGIN, "│"))
                    .append(' ')
                    .append(row)
                    .append('\n');
        }
    }

    private static int column(Mark mark, int lineStart, int length) {
        return Math.clamp(mark.span().start() - (long) lineStart, 0, length);
    }

    /// The signs under a line: marks without labels share a row, each label has a row of its own, the last first.
    private List<String> markRows(List<Mark> marks, String text, int lineStart, Window window) {
        List<String> rows = new ArrayList<>();
        List<Mark> plain = marks.stream().filter(mark -> mark.label.isEmpty()).toList();
        if (!plain.isEmpty()) {
            String row = row(plain, text, lineStart, window);
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        for (Mark mark : marks.reversed()) {
            if (!mark.label.isEmpty()) {
                boolean ends = source.position(lineStart).line() == lastLine(mark);
                String label = ends ? " " + palette.paint(mark.style, printable(mark.label)) : "";
                rows.add(row(List.of(mark), text, lineStart, window) + label);
            }
        }
        return rows;
    }

    private String row(List<Mark> marks, String text, int lineStart, Window window) {
        var row = new StringBuilder();
        int column = 0;
        for (Mark mark : marks) {
            int from = column(mark, lineStart, text.length());
            int to = Math.clamp(mark.span().end() - (long) lineStart, from, text.length());
            boolean continued = mark.span().start() < lineStart;
            int indented = continued ? text.length() - text.stripLeading().length() : from;
            int left = window.width(Math.max(from, indented));
            int right = Math.max(window.width(to), left);
            // An insertion that only removes text has nothing to point at.
            int signs = mark.sign == '+' ? right - left : Math.max(1, right - left);
            if (left < column || signs == 0) {
                continue;
            }
            row.append(" ".repeat(left - column))
                    .append(palette.paint(mark.style, String.valueOf(mark.sign).repeat(signs)));
            column = left + signs;
        }
        return row.toString();
    }

    /// The part of a line that is shown, so that a mark is in it.
    private record Window(String line, int from, int to) {
        static Window around(String line, int column) {
            if (line.length() <= WIDTH) {
                return new Window(line, 0, line.length());
            }
            int from = Math.max(0, Math.min(column - WIDTH / 3, line.length() - WIDTH));
            return new Window(line, from, Math.min(line.length(), from + WIDTH));
        }

        String text() {
            return (from > 0 ? "…" : "") + printable(line.substring(from, to)) + (to < line.length() ? "…" : "");
        }

        /// How many cells of the terminal are left of a column.
        int width(int column) {
            int end = Math.clamp(column, from, to);
            return (from > 0 ? 1 : 0) + cells(printable(line.substring(from, end)));
        }
    }

    /// A text that moves no cursor: tabs become spaces, other control characters their pictures.
    static String printable(String text) {
        StringBuilder result = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String shown = c == '\t'
                    ? " ".repeat(TAB)
                    : c < ' ' ? String.valueOf((char) ('\u2400' + c)) : hidden(c) ? "\uFFFD" : null;
            if (shown != null && result == null) {
                result = new StringBuilder(text.substring(0, i));
            }
            if (result != null) {
                result.append(shown == null ? String.valueOf(c) : shown);
            }
        }
        return result == null ? text : result.toString();
    }

    /// Control characters, and those that turn the direction of writing.
    private static boolean hidden(char c) {
        return (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
    }

    private static int cells(String text) {
        return text.codePoints().map(Excerpt::cells).sum();
    }

    /// Marks that combine take no cell, East Asian wide characters and emoji take two.
    private static int cells(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
