package weir.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.eval.Frame;
import weir.value.RecordValue;

/// Where a run stands: what its journal says, in memory. Only entries change it, and only [Engine] applies them.
/// Not for several threads.
public final class RunState {
    final Plan plan;
    final UUID run;
    final Entry.Started started;
    private final Instant startedAt;
    final Activation.Block root;

    /// Steps with an attempt under way or to come, by path.
    final Map<String, Step> steps = new LinkedHashMap<>();

    /// What waits for a time or a message, by path.
    final Map<String, Waiting> waits = new LinkedHashMap<>(4);

    /// What has to go on, innermost first, because its next decision is not made yet.
    List<Activation> interrupted = new ArrayList<>(4);

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparing(Timer::at).thenComparing(Timer::path));

    @Nullable
    Instant deadline;

    @Nullable
    RunError parked;

    Entry.@Nullable Ended ended;

    /// The journal's entry that has no place in the graph.
    @Nullable
    RunError mismatch;

    int taken;

    /// @param path orders timers of the same time, so that their order does not depend on what was forgotten in
    /// between
    private record Timer(Instant at, String path, Activation of) {
        boolean isAlive() {
            return of.isActive()
                    && switch (of) {
                        case Step step -> step.phase == Phase.BACKOFF && step.next.equals(at);
                        case Waiting waiting -> at.equals(waiting.until);
                        case Activation.Block _, Activation.Fork _, Activation.Loop _ -> false;
                    };
        }
    }

    RunState(Plan plan, UUID run, Entry.Started started, Instant startedAt) {
        this.plan = plan;
        this.run = run;
        this.started = started;
        this.startedAt = startedAt;
        this.root = Activation.Block.body(plan.body(), plan.parameters(started.input()));
        interrupted.add(root);
    }

    public UUID run() {
        return run;
    }

    public Plan plan() {
        return plan;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public RecordValue input() {
        return started.input();
    }

    /// How it ended, or null.
    public Entry.@Nullable Ended ended() {
        return ended;
    }

    /// Whether it has neither ended nor rests.
    boolean isOpen() {
        return ended == null && parked == null;
    }

    /// The number of the last message that it has taken, 0 for none.
    public int taken() {
        return taken;
    }

    /// The values of the names of the workflow's top level, at the slots of [Plan#scope].
    public Frame values() {
        return root.frame;
    }

    /// When the next timer strikes, or null when there is none.
    public @Nullable Instant due() {
        if (ended != null || parked != null) {
            return null;
        }
        while (!timers.isEmpty()) {
            var timer = timers.first();
            if (timer.isAlive()) {
                return deadline != null && deadline.isBefore(timer.at()) ? deadline : timer.at();
            }
            timers.remove(timer);
        }
        return deadline;
    }

    /// What is left. Before the first [Input.Begin] of a folded run its next decisions count as work.
    public Outlook outlook() {
        if (ended != null) {
            return new Outlook.Over(ended.status());
        }
        if (parked != null) {
            return new Outlook.Resting(parked);
        }
        var due = due();
        if (isWorking()) {
            return new Outlook.Working(due);
        }
        if (due == null) {
            throw new IllegalStateException("run " + run + " waits for nothing");
        }
        return new Outlook.Sleeping(due);
    }

    private boolean isWorking() {
        if (!interrupted.isEmpty()) {
            return true;
        }
        for (var step : steps.values()) {
            if (step.phase == Phase.RUNNING) {
                return true;
            }
        }
        return false;
    }

    void addTimer(Step step) {
        add(new Timer(step.next, step.path, step));
    }

    private void add(Timer timer) {
        timers.remove(timer);
        timers.add(timer);
    }

    /// From now on it waits.
    void await(Waiting waiting) {
        waits.put(waiting.path, waiting);
        if (waiting.until != null) {
            add(new Timer(waiting.until, waiting.path, waiting));
        }
    }

    /// It does not wait any more.
    void forget(Waiting waiting) {
        waits.remove(waiting.path, waiting);
        if (waiting.until != null) {
            timers.remove(new Timer(waiting.until, waiting.path, waiting));
        }
    }

    /// Nothing in there waits any more.
    void forgetWaits(Activation left) {
        if (waits.isEmpty()) {
            return;
        }
        for (var waiting : List.copyOf(waits.values())) {
            if (waiting.isWithin(left)) {
                forget(waiting);
            }
        }
    }

    /// Takes the next living timer that is due, or gives null.
    @Nullable
    Activation takeDue(Instant now) {
        while (!timers.isEmpty()) {
            var timer = timers.first();
            if (timer.isAlive()) {
                if (timer.at().isAfter(now)) {
                    return null;
                }
                timers.remove(timer);
                return timer.of();
            }
            timers.remove(timer);
        }
        return null;
    }
}
