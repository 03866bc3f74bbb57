package weir.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.value.NullValue;
import weir.value.Value;

/// An `ask`.
final class Question extends Waiting {
    final PlanNode.Ask plan;
    /// What the answer names; null while it is not asked.
    @Nullable
    UUID task;

    boolean done;
    Value answer = NullValue.NULL;

    Question(Block around, PlanNode.Ask plan) {
        super(around, plan);
        this.plan = plan;
    }

    @Override
    Effect.@Nullable Outgoing withdrawal() {
        return task == null ? null : new Effect.Withdraw(path, task);
    }
}
