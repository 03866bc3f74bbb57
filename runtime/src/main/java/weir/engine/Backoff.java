package weir.engine;

/// How long a step rests after a failed attempt: exponential with full jitter (any time up to the bound, evenly), so
/// that runs that failed together do not come back together.
final class Backoff {
    /// Milliseconds to the bound after the first attempt, unless the step says otherwise.
    static final long FIRST = 1_000;
    /// Milliseconds that the bound grows to, unless the step says otherwise.
    static final long LONGEST = 60_000;
    /// Milliseconds that the other side can ask for at most.
    static final long LONGEST_ASKED = 24 * 3_600_000L;

    private Backoff() {}

    /// @param attempt the attempt that failed, from 1
    /// @param from milliseconds of the bound after the first attempt; it doubles with every further one
    /// @param to milliseconds that the bound grows to
    /// @param chance from 0 to below 1
    /// @param asked milliseconds that the other side asked to be left alone
    static long pause(int attempt, long from, long to, double chance, long asked) {
        double bound = Math.min((double) to, from * Math.pow(2, attempt - 1));
        long pause = (long) (chance * (bound + 1));
        return Math.max(pause, Math.min(asked, LONGEST_ASKED));
    }
}
