package weir.source;

/// A span of a certain source.
public record Location(Source source, Span span) {
    public Position start() {
        return source.position(span.start());
    }

    public Position end() {
        return source.position(span.end());
    }

    public String text() {
        return source.text(span);
    }
}
