package weir.engine;

import org.jspecify.annotations.Nullable;

/// What must be looked at, outside the run, before an attempt of a step begins. Null: not asked for.
///
/// @param queue the pool of workers that may perform it
public record Terms(
        @Nullable Once once, @Nullable Rate rate, @Nullable String queue) {
    public static final Terms NONE = new Terms(null, null, null);

    /// The step is left out when another run has done it for the same key.
    ///
    /// @param within milliseconds since then
    public record Once(String key, long within) {}

    /// At most `count` attempts of this step of all runs of the workflow in that time.
    ///
    /// @param per milliseconds
    public record Rate(int count, long per) {}
}
