package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.value.NullValue;
import weir.value.Value;

/// A `wait for`.
final class EventWait extends Waiting {
    final PlanNode.WaitFor plan;

    /// The name of the event; null while it is not decided.
    @Nullable
    String event;

    /// The how manyth time the run listens at this path.
    int turn;

    boolean done;
    Value payload = NullValue.NULL;

    EventWait(Block around, PlanNode.WaitFor plan) {
        super(around, plan);
        this.plan = plan;
    }

    @Override
    Effect.@Nullable Outgoing withdrawal() {
        return event == null ? null : new Effect.Unlisten(path, turn);
    }
}
