package weir.source;

/// A half-open range of UTF-16 offsets in one source text.
///
/// @param start the first offset, from 0
/// @param end the offset after the last, never before `start`
public record Span(int start, int end) {
    /// The empty span at the beginning, for things that no text stands for.
    public static final Span NONE = new Span(0, 0);

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span needs 0 <= start <= end, not " + start + ".." + end);
        }
    }

    /// The smallest span that covers both.
    public Span to(Span other) {
        return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }

    public boolean contains(int offset) {
        return start <= offset && offset <= end;
    }

    public int length() {
        return end - start;
    }
}
