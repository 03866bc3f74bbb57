package weir.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a text could not be taken as a value, or a value not be written.
public final class JsonProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_PATH = 200;

    private final String code;
    private final String path;
    private final long offset;

    /// @param code `not_json`, `duplicate_name`, `number_too_large`, `number_not_exact`, `not_utf8`, `limit_depth`,
    ///     `limit_size`
    /// @param path where in the value (`order.lines[3].price`), empty at its top
    /// @param offset bytes or characters before the place, -1 when unknown
    JsonProblem(String code, String message, String path, long offset, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
        this.path = path;
        this.offset = offset;
    }

    public String code() {
        return code;
    }

    public String path() {
        return path;
    }

    public long offset() {
        return offset;
    }

    /// What is wrong, where, and what to do, in one line.
    public String sentence() {
        var message = Objects.requireNonNullElse(getMessage(), code);
        return path.isEmpty() ? message : "`" + shortened(path) + "`: " + message;
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH
                ? path
                : path.substring(0, LONGEST_PATH / 2) + "…" + path.substring(path.length() - LONGEST_PATH / 2);
    }
}
