package weir.store;

import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked; says what and what to do next.
public final class StoreProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public enum Kind {
        /// It may or may not have happened; the caller must look before it goes on.
        UNKNOWN_OUTCOME,
        /// It did not happen; try again later.
        UNAVAILABLE,
        /// It did not happen and will not: this content cannot be stored.
        REJECTED
    }

    public StoreProblem(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
