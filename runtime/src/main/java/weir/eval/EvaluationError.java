package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// An expression that failed: with a stable code, a sentence, and the place in the version's text.
public final class EvaluationError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final transient Span at;
    private final transient @Nullable Place place;

    /// @param code `type_error`, `range_error`, `syntax_error`, `uri_error`, `limit_operations`, `limit_size`,
    ///     `limit_depth`, `limit_time`, `limit_memory`, `nan_input`, `conflicting_rules`, `script_error`,
    ///     `does_not_fit`, `not_finite`, `internal_error`
    public EvaluationError(String code, String message, Span at) {
        this(code, message, at, null);
    }

    /// @param place in a script, when that is all that is known of where it happened
    public EvaluationError(String code, String message, @Nullable Place place) {
        this(code, message, Span.NONE, place);
    }

    private EvaluationError(String code, String message, Span at, @Nullable Place place) {
        super(message, null, false, false);
        this.code = code;
        this.at = at;
        this.place = place;
    }

    /// A place in the text of a script.
    ///
    /// @param line from 1
    /// @param column in UTF-16 code units, from 1
    public record Place(int line, int column) {
        /// What lies there, one code unit; the end of the text where it is shorter than that.
        public int offset(String text) {
            int start = 0;
            for (int i = 1; i < line; i++) {
                int end = text.indexOf('\n', start);
                if (end < 0) {
                    return text.length();
                }
                start = end + 1;
            }
            return Math.min(text.length(), start + column - 1);
        }
    }

    /// Where in a script it happened; null when it was not in one, or somewhere in it.
    public @Nullable Place place() {
        return place;
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
