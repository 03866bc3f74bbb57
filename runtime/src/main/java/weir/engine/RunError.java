package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// Why a step or a run failed; what `catch`, `on error` and `on failure` see as `error`.
///
/// @param code stable (`http_500`, `timeout`, `type_error`, `failed` for a `fail` statement)
/// @param message a sentence for people, without secrets
/// @param step the name or path of the step that failed, or null
/// @param attempts how often it was tried; 0 when it was no step
/// @param status the status of an HTTP answer, or null
/// @param body the body of an answer, or null
/// @param retryAfter milliseconds that the other side asks to be left alone (`Retry-After`), or null; not seen by the
/// workflow
/// @param permanent whether trying again can only fail again, so that no retry follows; not seen by the workflow
public record RunError(
        String code,
        String message,
        @Nullable String step,
        int attempts,
        @Nullable Integer status,
        @Nullable Value body,
        @Nullable Long retryAfter,
        boolean permanent) {

    public RunError(
            String code,
            String message,
            @Nullable String step,
            int attempts,
            @Nullable Integer status,
            @Nullable Value body,
            @Nullable Long retryAfter) {
        this(code, message, step, attempts, status, body, retryAfter, false);
    }

    public RunError(
            String code,
            String message,
            @Nullable String step,
            int attempts,
            @Nullable Integer status,
            @Nullable Value body) {
        this(code, message, step, attempts, status, body, null);
    }

    public static RunError of(String code, String message) {
        return new RunError(code, message, null, 0, null, null);
    }

    public RunError at(String where, int tries) {
        return new RunError(code, message, where, tries, status, body, retryAfter, permanent);
    }

    /// The same, for good: no retry follows.
    public RunError forGood() {
        return new RunError(code, message, step, attempts, status, body, retryAfter, true);
    }

    public RunError retryAfter(@Nullable Long milliseconds) {
        return new RunError(code, message, step, attempts, status, body, milliseconds, permanent);
    }
}
