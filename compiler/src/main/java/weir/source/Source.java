package weir.source;

import java.util.Arrays;

/// A named text. Files, editor buffers and request bodies all come in as one of these, so nothing behind it does I/O.
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    /// @param name what messages call it, usually the file's path as the user gave it
    /// @param text the whole text
    public Source(String name, String text) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public String text(Span span) {
        return text.substring(span.start(), span.end());
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /// The line and column of an offset; offsets past the end count as the end.
    public Position position(int offset) {
        int at = Math.min(Math.max(offset, 0), text.length());
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, at - lineStarts[line] + 1);
    }

    /// The offset of a position; lines and columns outside the text are moved to its nearest place.
    public int offset(Position position) {
        int line = Math.min(Math.max(position.line(), 1), lineStarts.length) - 1;
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
        return Math.min(lineStarts[line] + Math.max(position.column(), 1) - 1, Math.max(end, lineStarts[line]));
    }

    /// The text of a line (from 1) without its end.
    public String line(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public String toString() {
        return name;
    }
}
