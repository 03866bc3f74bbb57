package weir.store.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import weir.store.StoreProblem;

/// What a failed statement means.
enum Failure {
    /// Nothing happened; the same may succeed later: a deadlock, a full disk, a time limit, a server that is
    /// starting.
    LATER,
    /// Nothing happened, and will not: PostgreSQL cannot store this content.
    CONTENT,
    /// The connection broke: it may have happened.
    UNKNOWN;

    private static final String UNIQUE_VIOLATION = "23505";

    static Failure of(SQLException problem) {
        var state = problem.getSQLState();
        if (state == null || state.length() != 5) {
            return UNKNOWN;
        }
        return switch (state.substring(0, 2)) {
            case "22", "23", "54" -> CONTENT;
            case "08" -> UNKNOWN;
            // 57P01 to 57P05: the server or an administrator ended the connection. 57014: a time limit ended the
            // statement.
            case "57" -> state.equals("57014") || state.equals("57P03") ? LATER : UNKNOWN;
            default -> LATER;
        };
    }

    /// Whether the first frame of a run could not be written because there is one: its row in `live` is gone when
    /// it has ended, and does not stand in the way of a second start.
    static boolean wasThereBefore(SQLException problem) {
        return problem instanceof PSQLException told
                && told.getServerErrorMessage() instanceof ServerErrorMessage message
                && UNIQUE_VIOLATION.equals(message.getSQLState())
                && String.valueOf(message.getTable()).startsWith("entries");
    }

    StoreProblem problem(String what, SQLException cause) {
        return switch (this) {
            case LATER ->
                new StoreProblem(
                        StoreProblem.Kind.UNAVAILABLE,
                        "PostgreSQL could not " + what + " now: " + cause.getMessage(),
                        cause);
            case CONTENT ->
                new StoreProblem(
                        StoreProblem.Kind.REJECTED, "PostgreSQL cannot " + what + ": " + cause.getMessage(), cause);
            case UNKNOWN ->
                new StoreProblem(
                        StoreProblem.Kind.UNKNOWN_OUTCOME,
                        "The connection to PostgreSQL broke while it was to " + what + ": " + cause.getMessage(),
                        cause);
        };
    }
}
