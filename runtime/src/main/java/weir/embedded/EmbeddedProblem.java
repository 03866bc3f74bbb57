package weir.embedded;

import org.jspecify.annotations.Nullable;

/// An embedded server cannot run; the message is one sentence for the person who started it, with what to do next.
public final class EmbeddedProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public EmbeddedProblem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public EmbeddedProblem(String message) {
        this(message, null);
    }
}
