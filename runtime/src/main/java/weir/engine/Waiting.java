package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Pause;

/// What stands at one place and waits there for a time or for a message.
abstract sealed class Waiting extends Activation permits Pause, Repetition, Question, EventWait {
    final Block around;
    final String path;

    /// When its time is over; null while that is not decided, and for what waits without end.
    @Nullable
    Instant until;

    Waiting(Block around, PlanNode plan) {
        super(around);
        this.around = around;
        this.path = around.path(plan);
    }

    /// Tells others that it does not wait any more, if they know that it does.
    Effect.@Nullable Outgoing withdrawal() {
        return null;
    }
}
