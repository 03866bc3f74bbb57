package weir.simulation;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
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
import weir.engine.Segment;
import weir.value.RecordValue;
import weir.worker.RunIds;

/// A run in this process: what it decides is kept in memory only, and lost with it.
public final class LocalRun {
    private final Plan plan;
    private final UUID id;
    private final BiConsumer<LocalRun, Frame> listener;
    private final List<Frame> frames = new ArrayList<>();
    private RunState state;
    private @Nullable Outlook outlook;
    private List<Waiting> waiting = List.of();
    private int messages;

    LocalRun(
            Plan plan,
            UUID id,
            long seed,
            RecordValue input,
            Entry.@Nullable Parent parent,
            @Nullable Segment segment,
            Instant now,
            BiConsumer<LocalRun, Frame> listener) {
        this.plan = plan;
        this.id = id;
        this.listener = listener;
        var graph = plan.graph();
        String trigger = parent == null ? "local" : "run " + parent.run();
        var started = new Entry.Started(graph.workflow(), 0, "", graph.level(), seed, input, trigger, parent, segment);
        this.state = Engine.begin(plan, id, started, now);
        keep(now, List.of(started));
    }

    /// Runs in real time with real effects, until it has ended, or nothing catches a failure, or it waits for
    /// something that nothing here can bring.
    ///
    /// @param input already held against the workflow's parameters
    /// @param listener hears each frame of this run and its children when it is decided, on the thread of the
    /// caller
    /// @return the run when it is over
    /// @throws InterruptedException when the caller's thread is interrupted; what is under way is abandoned
    public static LocalRun run(Plan plan, RecordValue input, Surroundings around, BiConsumer<LocalRun, Frame> listener)
            throws InterruptedException {
        var id = new RunIds(InstantSource.system(), new SecureRandom()).next();
        try (var world = new RealWorld(around)) {
            var runs = new LocalRuns(world, around.workflows(), listener);
            var run = runs.start(plan, id, ThreadLocalRandom.current().nextLong(), input, null);
            around.events().forEach(event -> world.add(new Happening.Sent(event.name(), event.payload())));
            runs.go();
            run.waiting = runs.waiting();
            return run;
        }
    }

    /// Tells it what happened.
    ///
    /// @return what it wants done
    List<Effect> advance(Input input, Instant now) {
        Decision decision = Engine.advance(state, input, now);
        outlook = decision.outlook();
        keep(now, decision.entries());
        return decision.effects();
    }

    /// Its process died: what it knows is what its journal says.
    void restart() {
        state = Engine.fold(plan, id, frames);
        outlook = null;
    }

    /// How many frames its journal has.
    int length() {
        return frames.size();
    }

    /// The number of the next message to it.
    int nextMessage() {
        return ++messages;
    }

    /// When its next timer strikes, or null.
    @Nullable
    Instant due() {
        return switch (outlook) {
            case Outlook.Working(var due) -> due;
            case Outlook.Sleeping(var until) -> until;
            case Outlook.Paused _, Outlook.Resting _, Outlook.Over _ -> null;
            case null -> null;
        };
    }

    /// Whether nothing more comes of it.
    boolean isOver() {
        return outlook instanceof Outlook.Resting || outlook instanceof Outlook.Over;
    }

    private void keep(Instant now, List<Entry> entries) {
        if (!entries.isEmpty()) {
            var frame = new Frame(frames.size() + 1, now, entries);
            frames.add(frame);
            listener.accept(this, frame);
        }
    }

    public UUID id() {
        return id;
    }

    public Plan plan() {
        return plan;
    }

    /// The run whose step it is, or null.
    public Entry.@Nullable Parent parent() {
        return frames.getFirst().entries().getFirst() instanceof Entry.Started started ? started.parent() : null;
    }

    /// Where it stands.
    public RunState state() {
        return state;
    }

    /// Why the last event that was nothing for the wait at that path was ignored, or null.
    @Nullable
    String ignored(String path) {
        @Nullable String last = null;
        for (var frame : frames) {
            for (var entry : frame.entries()) {
                if (entry instanceof Entry.EventIgnored ignored
                        && ignored.path().equals(path)) {
                    last = ignored.why().message();
                }
            }
        }
        return last;
    }

    /// Its journal.
    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    /// What it and its children wait for in vain; empty when it is over.
    public List<Waiting> waiting() {
        return isOver() ? List.of() : waiting;
    }

    /// What people see of it.
    public RunView view() {
        return History.of(plan, id, frames);
    }
}
