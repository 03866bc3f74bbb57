package weir.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.Value;

/// A `repeat` with the pass that is under way. Passes that are over leave only their yields.
final class Repetition extends Waiting {
    enum Phase {
        /// It is not decided how often and with what.
        NEW,
        /// A pass may begin.
        READY,
        /// A pass is under way.
        PASSING,
        /// A pass is over, and what follows is not decided.
        PASSED,
        /// The next pass waits for its time.
        WAITING,
        DONE
    }

    final PlanNode.Repeat plan;
    Phase phase = Phase.NEW;
    int times;
    /// Milliseconds from the begin of a pass to the begin of the next, or null.
    @Nullable
    Long every;

    /// What the next pass gets.
    @Nullable
    Value carried;

    /// The pass under way or the next one, from 0.
    int number;

    /// When the pass began.
    Instant begun = Instant.EPOCH;

    /// The pass under way, or the one that is over while it is not decided what follows.
    @Nullable
    Block pass;

    /// Of the passes that yielded; only kept when the loop has a name.
    private final @Nullable List<Value> yields;

    Repetition(Block around, PlanNode.Repeat plan) {
        super(around, plan);
        this.plan = plan;
        this.yields = plan.slot() == PlanNode.NOWHERE ? null : new ArrayList<>();
    }

    /// Goes on where that of an earlier walk was.
    void takeOver(Recall.Passes before) {
        times = before.times();
        every = before.every();
        if (yields != null) {
            yields.addAll(before.yields().subList(0, before.kept()));
        }
    }

    /// What is to be remembered of the passes that are over.
    Recall.Passes remembered(int walk, Entry.Passed passed) {
        List<Value> given = yields == null ? List.of() : yields;
        return new Recall.Passes(walk, times, every, given, given.size(), passed);
    }

    void ended(Block over) {
        phase = Phase.PASSED;
        if (yields != null && over.value != null) {
            yields.add(over.value);
        }
    }

    ListValue yielded() {
        return yields == null ? ListValue.EMPTY : ListValue.of(yields);
    }
}
