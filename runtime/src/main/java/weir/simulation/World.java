package weir.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Input;

/// What is around a local run: the time, and what happens to its effects.
interface World {
    Instant now();

    void perform(Effect.Perform effect);

    void abandon(Effect.Abandon effect);

    void send(Effect.Outgoing effect);

    /// The next thing that happens: an outcome, or, when the time comes first, [Input.Due].
    ///
    /// @param due when the run's next timer strikes, or null when only an outcome can come
    Input next(@Nullable Instant due) throws InterruptedException;
}
