package weir.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.eval.Frame;
import weir.eval.Program;
import weir.value.RecordValue;

/// Where a run stands: what its journal says, in memory. Only entries change it, and only [Engine] applies them.
/// Not for several threads.
public final class RunState {
    private final IntFunction<Plan> versions;
    Plan plan;

    /// The number of the version that it goes on with.
    private int version;

    /// The version that the next walk takes, null: the same.
    Message.@Nullable Onto onto;

    /// The run whose results it began with, or null.
    Entry.@Nullable Replayed replayed;

    final UUID run;
    final Entry.Started started;
    private final Instant startedAt;
    Activation.Block root;

    /// The block of `on failure`, once it has begun.
    Activation.@Nullable Block onFailure;

    final Recall recall = new Recall();
    final Undoables undoables = new Undoables();

    /// Steps with an attempt under way or to come, by path.
    final Map<String, Step> steps = new LinkedHashMap<>();

    /// What waits for a time or a message, by path.
    final Map<String, Waiting> waits = new LinkedHashMap<>(4);

    /// What has to go on, innermost first, because its next decision is not made yet.
    List<Activation> interrupted = new ArrayList<>(4);

    private int undos;
    private Instant undosSince = Instant.EPOCH;

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

    /// The message that was taken last, if a replay came to its end before it was decided what follows from it.
    @Nullable
    Message undecided;

    /// What it was told while it was paused, by number.
    final TreeMap<Integer, Message> kept = new TreeMap<>();

    /// Since when it is paused, or null.
    @Nullable
    Instant pausedAt;

    /// The attempts that a paused run does not ask for again before it goes on.
    final Set<Step> withheld = new HashSet<>(0);

    /// What this run walks of a loop, null: its whole workflow.
    @Nullable
    Segment segment;

    /// Of a run that walks a segment: the number of the last order that it took, and what is left to be done for
    /// it.
    int turn = 1;

    Orders.Duty duty = Orders.Duty.WALK;

    /// The runs that walk segments of its loops, by path.
    final Map<String, SegmentRun> segments = new LinkedHashMap<>(0);

    /// By node and name of the event.
    final Map<String, Positions> positions = new HashMap<>(0);

    /// @param path orders timers of the same time, so that their order does not depend on what was forgotten in
    /// between
    private record Timer(Instant at, String path, Activation of) {
        boolean isAlive() {
            return of.isActive()
                    && switch (of) {
                        case Step step ->
                            switch (step.phase) {
                                case BACKOFF -> step.next.equals(at);
                                case RUNNING -> at.equals(step.deadline);
                                case NEW, ABANDONED, DONE, FAILED -> false;
                            };
                        case Waiting waiting -> at.equals(waiting.until);
                        case Activation.Block _, Activation.Fork _, Activation.Race _, Activation.Loop _ -> false;
                    };
        }
    }

    /// @param versions by the store's number
    RunState(Plan plan, UUID run, Entry.Started started, Instant startedAt, IntFunction<Plan> versions) {
        this.versions = versions;
        this.plan = plan;
        this.version = started.version();
        this.run = run;
        this.started = started;
        this.startedAt = startedAt;
        this.segment = started.segment();
        if (segment != null) {
            recall.begin(segment.walk());
        }
        this.root = begin();
        interrupted.add(root);
    }

    /// The block that is walked first.
    private Activation.Block begin() {
        if (segment == null) {
            return Activation.Block.body(plan.body(), plan.parameters(started.input()));
        }
        var block = Activation.Block.segment(plan.loop(segment.loop()), segment.loop(), Outer.frame(segment.outer()));
        block.since = segment.since();
        return block;
    }

    public UUID run() {
        return run;
    }

    /// The run that the workflow began with: this one, unless it walks a segment of a loop.
    public UUID origin() {
        return segment == null ? run : segment.origin();
    }

    /// The workflow's timeout, which counts in the run of the whole workflow only.
    @Nullable
    Program timeout() {
        return segment == null ? plan.timeout() : null;
    }

    public Plan plan() {
        return plan;
    }

    /// The number of the version that it goes on with.
    public int version() {
        return version;
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
        if (ended != null || parked != null || pausedAt != null) {
            return null;
        }
        while (!timers.isEmpty()) {
            var timer = timers.first();
            if (timer.isAlive()) {
                var end = deadline();
                return end != null && end.isBefore(timer.at()) ? end : timer.at();
            }
            timers.remove(timer);
        }
        return deadline();
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
        if (pausedAt != null) {
            return isPerforming() ? new Outlook.Working(null) : new Outlook.Paused();
        }
        if (isWorking()) {
            return new Outlook.Working(due);
        }
        if (due == null && !isListening()) {
            throw new IllegalStateException("run " + run + " waits for nothing");
        }
        return new Outlook.Sleeping(due);
    }

    /// Whether a message can wake it.
    private boolean isListening() {
        return segment != null || !waits.isEmpty() || steps.values().stream().anyMatch(step -> step.child != null);
    }

    private boolean isWorking() {
        return !interrupted.isEmpty() || undecided != null || !kept.isEmpty() || isPerforming();
    }

    private boolean isPerforming() {
        for (var step : steps.values()) {
            if (step.phase == Phase.RUNNING && step.child == null && !withheld.contains(step)) {
                return true;
            }
        }
        return false;
    }

    /// Whether somebody paused it.
    public boolean isPaused() {
        return pausedAt != null && isOpen();
    }

    /// It goes on. The time of the pause does not count for the run's timeout.
    void goOn(Instant now) {
        if (pausedAt != null && deadline != null) {
            deadline = deadline.plus(Duration.between(pausedAt, now));
        }
        pausedAt = null;
    }

    /// An undo begins. As long as one is under way, the run's timeout stands still.
    void undoBegan(Instant now) {
        if (undos++ == 0) {
            undosSince = now;
        }
    }

    void undoEnded(Instant now) {
        if (--undos == 0 && deadline != null) {
            deadline = deadline.plus(Duration.between(undosSince, now));
        }
    }

    /// When the run's timeout strikes, unless it stands still or there is none.
    @Nullable
    Instant deadline() {
        return undos > 0 ? null : deadline;
    }

    /// Whether what is over now stays so: nothing can be undone, and it is not `on failure`, which runs for each
    /// failure
    /// anew.
    boolean isFinal() {
        return undoables.isEmpty() && onFailure == null && (segment == null || segment.settled());
    }

    /// Stands at the begin of the workflow again, with what [#recall] knows.
    void walkAgain() {
        root.over = true;
        recall.again(steps.values());
        if (onto != null) {
            var next = versions.apply(onto.id());
            recall.move(Moving.of(plan, next));
            plan = next;
            version = onto.number();
            onto = null;
        }
        beginAgain();
    }

    /// The same for a segment.
    void walkAgain(Segment now) {
        root.over = true;
        recall.again(steps.values());
        recall.begin(now.walk());
        var before = segment;
        if (before != null && now.anew()) {
            recall.forgetIn(now.loop(), segments);
        } else if (before != null) {
            recall.forgetOthers(now.loop(), now.from(), before.items(), now.items(), segments);
        }
        segment = now;
        duty = Orders.Duty.WALK;
        beginAgain();
    }

    private void beginAgain() {
        if (onFailure != null) {
            recall.forgetIn(onFailure.plan.nodes().isEmpty() ? "on_failure" : part(onFailure), segments);
            undoables.forgetWithin(onFailure);
            onFailure = null;
        }
        steps.clear();
        waits.clear();
        timers.clear();
        interrupted.clear();
        root = begin();
        interrupted.add(root);
    }

    /// What the ids of all nodes of a block begin with.
    private static String part(Activation.Block block) {
        String id = block.plan.nodes().getFirst().node().id();
        return id.substring(0, id.indexOf('/'));
    }

    void addTimer(Step step) {
        add(new Timer(step.next, step.path, step));
    }

    /// When a child run has taken too long.
    void addDeadline(Step step, Instant deadline) {
        add(new Timer(deadline, step.path, step));
    }

    void removeDeadline(Step step) {
        if (step.deadline != null) {
            timers.remove(new Timer(step.deadline, step.path, step));
        }
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

    boolean isWaiting(Waiting waiting) {
        return waits.get(waiting.path) == waiting;
    }

    List<Waiting> waitsWithin(Activation left) {
        return waits.isEmpty()
                ? List.of()
                : waits.values().stream()
                        .filter(waiting -> waiting.isWithin(left))
                        .toList();
    }

    /// The events that the waits of a node have taken.
    Positions positions(String path, String event) {
        return positions.computeIfAbsent(Paths.id(path) + " " + event, key -> new Positions());
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
