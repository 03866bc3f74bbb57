package weir.graph;

/// A text that is no graph of a format that this build reads.
public final class GraphFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GraphFormatException(String message) {
        super(message);
    }
}
