package weir.eval;

import java.time.Duration;
import java.util.Locale;

/// What one evaluation may take, natively or in the sandbox. Each limit has a name that errors say, and a variable of
/// the environment that sets it.
///
/// @param operations steps of expressions, items looked at by built-ins
/// @param text the longest text that an expression may make, in UTF-16 code units
/// @param size what it may make in all: code units of texts, and eight for each item of a list or record
/// @param depth how deep functions of the file may call each other
/// @param time of the clock; what is slow although it is one operation
public record Budget(long operations, int text, long size, int depth, Duration time) {
    /// Time is ten times what all operations take where none is slow.
    public static final Budget STANDARD =
            new Budget(Evaluation.STANDARD_OPERATIONS, Evaluation.MAX_TEXT, 80_000_000, 100, Duration.ofSeconds(10));

    public Budget {
        if (operations < 0 || text < 1 || size < 1 || depth < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("evaluations need some of everything");
        }
    }

    /// The limits by name, with the least and the most that each may be set to; time in milliseconds.
    public enum Limit {
        OPERATIONS(1_000, 100_000_000_000L),
        TEXT(1_000, 100_000_000),
        SIZE(1_000, 10_000_000_000L),
        DEPTH(1, 1_000),
        TIME(1, 3_600_000);

        public final long least;
        public final long most;

        Limit(long least, long most) {
            this.least = least;
            this.most = most;
        }

        /// `evaluation.time`
        public String limitName() {
            return "evaluation." + name().toLowerCase(Locale.ROOT);
        }

        /// `WEIR_EVALUATION_TIME`
        public String variable() {
            return "WEIR_EVALUATION_" + name();
        }
    }

    /// A limit as it is now; time in milliseconds.
    public long of(Limit limit) {
        return switch (limit) {
            case OPERATIONS -> operations;
            case TEXT -> text;
            case SIZE -> size;
            case DEPTH -> depth;
            case TIME -> time.toMillis();
        };
    }

    /// With another value of a limit.
    ///
    /// @throws IllegalArgumentException when that is out of its range
    public Budget with(Limit limit, long value) {
        if (value < limit.least || value > limit.most) {
            throw new IllegalArgumentException(
                    "%s is from %,d to %,d, not %,d".formatted(limit.limitName(), limit.least, limit.most, value));
        }
        return new Budget(
                limit == Limit.OPERATIONS ? value : operations,
                limit == Limit.TEXT ? (int) value : text,
                limit == Limit.SIZE ? value : size,
                limit == Limit.DEPTH ? (int) value : depth,
                limit == Limit.TIME ? Duration.ofMillis(value) : time);
    }

    Budget withOperations(long value) {
        return new Budget(value, text, size, depth, time);
    }

    /// What an error says of a limit behind its reason: its name, and what sets it.
    static String told(Limit limit) {
        return " (limit `" + limit.limitName() + "`, set by " + limit.variable() + ")";
    }
}
