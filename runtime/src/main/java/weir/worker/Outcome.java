package weir.worker;

import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.store.Views;
import weir.value.Value;

/// How a run came out.
///
/// @param state SUCCEEDED, FAILED, CANCELLED, or PARKED: failed, but somebody may resume it
/// @param output what it returned, null unless it succeeded
/// @param error why it failed, null if it did not
public record Outcome(
        Views.State state, @Nullable Value output, @Nullable RunError error) {}
