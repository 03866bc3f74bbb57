package weir.eval;

import weir.source.Span;

/// An expression that failed: with a stable code, a sentence, and the place in the version's text.
public final class EvaluationError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final transient Span at;

    /// @param code `type_error`, `range_error`, `syntax_error`, `uri_error`, `limit_operations`, `limit_size`,
    ///     `limit_depth`, `limit_time`, `limit_memory`, `nan_input`, `conflicting_rules`, `script_error`,
    ///     `does_not_fit`, `not_finite`, `internal_error`
    public EvaluationError(String code, String message, Span at) {
        super(message, null, false, false);
        this.code = code;
        this.at = at;
    }

    public String code() {
        return code;
    }

    public Span at() {
        return at;
    }

    public String sentence() {
        return java.util.Objects.requireNonNullElse(getMessage(), code);
    }
}
