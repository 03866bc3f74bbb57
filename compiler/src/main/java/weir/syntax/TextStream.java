package weir.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/// A text as ANTLR reads it, in UTF-16 code units: ANTLR's own streams count code points, which no editor does.
final class TextStream implements CharStream {
    private final String name;
    private final String text;
    private int next;

    TextStream(String name, String text) {
        this.name = name;
        this.text = text;
    }

    @Override
    public void consume() {
        if (next >= text.length()) {
            throw new IllegalStateException("cannot consume the end of the text");
        }
        next++;
    }

    @Override
    public int LA(int i) {
        int at = i > 0 ? next + i - 1 : next + i;
        return i == 0 ? 0 : at >= 0 && at < text.length() ? text.charAt(at) : IntStream.EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return next;
    }

    @Override
    public void seek(int index) {
        next = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return name;
    }

    @Override
    public String getText(Interval interval) {
        int from = Math.max(interval.a, 0);
        return from >= text.length()
                ? ""
                : text.substring(from, Math.max(from, Math.min(interval.b + 1, text.length())));
    }
}
