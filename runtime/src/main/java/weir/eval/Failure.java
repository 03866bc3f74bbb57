package weir.eval;

import java.util.Objects;
import weir.source.Span;

/// A failure on its way to the expression that knows its place, which makes an [EvaluationError] of it.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Failure(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Failure type(String message) {
        return new Failure("type_error", message);
    }

    static Failure range(String message) {
        return new Failure("range_error", message);
    }

    EvaluationError at(Span span) {
        return new EvaluationError(code, Objects.requireNonNullElse(getMessage(), code), span);
    }
}
