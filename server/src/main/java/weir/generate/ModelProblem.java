package weir.generate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why the model gave no answer. The message is for people: what, why, what to do next; never the key.
public final class ModelProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final Code code;
    private final @Nullable Duration retryAfter;

    /// Stable names of what can go wrong, as the API gives them.
    public enum Code {
        /// No key is set.
        MODEL_NOT_CONFIGURED(false),
        /// The model's server does not accept the key.
        MODEL_UNAUTHORIZED(false),
        /// It asks to wait.
        MODEL_BUSY(true),
        /// No answer in time.
        MODEL_TIMEOUT(false),
        /// It cannot be reached, or it failed itself.
        MODEL_UNAVAILABLE(true),
        /// The answer broke off.
        MODEL_CUT_OFF(true),
        /// The model does not want to.
        MODEL_REFUSED(false),
        /// The answer is longer than the model or we allow.
        MODEL_TOO_LONG(false),
        /// The server does not know the model, or does not understand the request.
        MODEL_REJECTED(false),
        /// The answers held no text of the language.
        NO_TEXT(false),
        /// What was asked is empty or too long.
        BAD_PROMPT(false);

        private final boolean passing;

        Code(boolean passing) {
            this.passing = passing;
        }

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ModelProblem(Code code, String message) {
        this(code, message, null);
    }

    /// @param retryAfter how long the other side asks to wait, or null
    public ModelProblem(Code code, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public Code code() {
        return code;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public String sentence() {
        return java.util.Objects.requireNonNullElse(getMessage(), code.word());
    }

    /// Whether the same question may get an answer a little later.
    boolean isPassing() {
        return code.passing;
    }
}
