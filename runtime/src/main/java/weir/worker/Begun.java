package weir.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Decision;
import weir.engine.Effect;
import weir.engine.Engine;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Input;
import weir.engine.Outlook;
import weir.engine.Plan;
import weir.engine.RunState;

/// A run after its first decision, before anybody was promised anything.
///
/// @param state where it stands after the decision
/// @param frame what the accept commits
/// @param wakeAt when it is due for whoever takes it from the queue
/// @param committed whether the decision is in `frame`; what ends or rests at once is left for the worker, which knows
/// how to end a run
record Begun(RunState state, Decision decision, Frame frame, Instant wakeAt, boolean committed) {
    /// @param replayed what it begins with of another run, or null
    /// @param versions those that it may go on with, by the store's number
    static Begun of(
            Plan plan,
            UUID run,
            Entry.Started started,
            Entry.@Nullable Replayed replayed,
            IntFunction<Plan> versions,
            Instant now) {
        var begin = replayed == null ? List.<Entry>of(started) : List.<Entry>of(started, replayed);
        var state = Engine.begin(plan, run, started, replayed, versions, now);
        var decision = Engine.advance(state, new Input.Begin(), now);
        return switch (decision.outlook()) {
            case Outlook.Working _ -> of(state, begin, decision, now, now);
            case Outlook.Sleeping sleeping -> of(state, begin, decision, now, Driver.wakeAt(sleeping, now));
            case Outlook.Paused _ -> throw new IllegalStateException("nobody knows the run yet");
            case Outlook.Resting _, Outlook.Over _ -> new Begun(state, decision, new Frame(1, now, begin), now, false);
        };
    }

    private static Begun of(RunState state, List<Entry> begin, Decision decision, Instant now, Instant wakeAt) {
        var entries = new ArrayList<Entry>(begin);
        entries.addAll(decision.entries());
        return new Begun(state, decision, new Frame(1, now, entries), wakeAt, true);
    }

    /// What happens because of what the accept commits.
    List<Effect> effects() {
        return committed ? decision.effects() : List.of();
    }

    /// Whether there is something to do for it now. What sleeps is nobody's until it is due.
    boolean isBusy() {
        return !(decision.outlook() instanceof Outlook.Sleeping);
    }
}
