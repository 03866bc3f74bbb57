package weir.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.engine.Decision;
import weir.engine.Effect;
import weir.engine.Engine;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.History;
import weir.engine.Input;
import weir.engine.Outlook;
import weir.engine.Plan;
import weir.engine.RunState;
import weir.engine.RunView;
import weir.value.RecordValue;
import weir.worker.Handler;
import weir.worker.RunIds;

/// Runs a workflow once in this process: what it decides is kept in memory only, and lost with it.
public final class LocalRun {
    private final Plan plan;
    private final UUID id;
    private final World world;
    private final Consumer<Frame> listener;
    private final List<Frame> frames = new ArrayList<>();
    private final RunState state;

    LocalRun(Plan plan, UUID id, long seed, RecordValue input, World world, Consumer<Frame> listener) {
        this.plan = plan;
        this.id = id;
        this.world = world;
        this.listener = listener;
        var now = world.now();
        var graph = plan.graph();
        var started = new Entry.Started(graph.workflow(), 0, "", graph.level(), seed, input, "local", null);
        this.state = Engine.begin(plan, id, started, now);
        keep(now, List.of(started));
    }

    /// Runs in real time with real effects, until it has ended or nothing catches a failure.
    ///
    /// @param input already held against the workflow's parameters
    /// @param handlers by integration
    /// @param listener hears each frame when it is decided, on the thread of the caller
    /// @return the run when it is over
    /// @throws InterruptedException when the caller's thread is interrupted; what is under way is abandoned
    public static LocalRun run(
            Plan plan,
            RecordValue input,
            Map<String, Handler> handlers,
            Handler.Secrets secrets,
            Consumer<Frame> listener)
            throws InterruptedException {
        var id = new RunIds(InstantSource.system()).next();
        try (var world = new RealWorld(id, handlers, secrets)) {
            var run = new LocalRun(plan, id, ThreadLocalRandom.current().nextLong(), input, world, listener);
            run.go();
            return run;
        }
    }

    void go() throws InterruptedException {
        @Nullable Input input = new Input.Begin();
        while (input != null) {
            var now = world.now();
            Decision decision = Engine.advance(state, input, now);
            keep(now, decision.entries());
            for (var effect : decision.effects()) {
                switch (effect) {
                    case Effect.Perform perform -> world.perform(perform);
                    case Effect.Abandon abandon -> world.abandon(abandon);
                    case Effect.Outgoing outgoing -> world.send(outgoing);
                }
            }
            input = switch (decision.outlook()) {
                case Outlook.Working(var due) -> world.next(due);
                case Outlook.Sleeping(var until) -> world.next(until);
                case Outlook.Resting _, Outlook.Over _ -> null;
            };
        }
    }

    private void keep(Instant now, List<Entry> entries) {
        if (!entries.isEmpty()) {
            var frame = new Frame(frames.size() + 1, now, entries);
            frames.add(frame);
            listener.accept(frame);
        }
    }

    public UUID id() {
        return id;
    }

    /// Where it stands.
    public RunState state() {
        return state;
    }

    /// Its journal.
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /// What people see of it.
    public RunView view() {
        return History.of(plan, id, frames);
    }
}
