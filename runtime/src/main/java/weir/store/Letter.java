package weir.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;

/// Something on its way from a run, or from outside, to others. It is durable with the frame that it belongs to, and
/// is delivered at least once.
///
/// @param id unique
/// @param run whose it is, null when it came from outside
public record Letter(UUID id, int org, @Nullable UUID run, Effect.Outgoing content) {}
