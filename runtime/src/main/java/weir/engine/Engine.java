package weir.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Step;
import weir.value.NullValue;
import weir.value.Value;

/// What a run does next. Pure: no clock, no chance, no input or output.
///
/// [#begin] makes a new run and [#fold] one that has a journal; then [#advance] is told what happened, changes the
/// state and says what to journal and what to do. Each decision is one frame. The effects may be performed when the
/// frame is durable.
///
/// **Leaving a block.** A block is left when something in it fails, when it yields, when it has won or lost a race and
/// when the run returns or is cancelled. From then on nothing in it starts: no statement, no timer, no further attempt.
/// Attempts under way are waited for, because what they did outside is done, and their outcome is journaled; a
/// cancellation waits only for those that can be undone and abandons the others. After a failure or a cancellation the
/// completed steps of the block are undone, last first, one after the other. Then the nearest `catch` runs, or the
/// value counts, or the run ends or rests ([Departures], [Undoing]).
///
/// **Failing.** A step that is given up, an expression that fails, the run's timeout and an undo that fails for good
/// *park* a run that does not catch them, after `on failure`. A `fail` that nothing catches is a decision of the
/// workflow: it ends the run for good.
///
/// **Resuming.** The workflow is walked again from its begin with what [Recall] knows: nothing that was finished and
/// not undone is done again; what failed or was undone runs under the next generation of its key.
public final class Engine {
    private Engine() {}

    /// A new run, of which nothing is decided yet.
    ///
    /// @param started what its journal begins with; whoever calls journals it, alone or in front of the first
    /// decision
    public static RunState begin(Plan plan, UUID run, Entry.Started started, Instant now) {
        return begin(plan, run, started, null, Moving.NOWHERE, now);
    }

    /// @param replayed the second entry of its journal if it begins with what another run did, or null
    /// @param versions those that it may go on with, by the store's number
    public static RunState begin(
            Plan plan,
            UUID run,
            Entry.Started started,
            Entry.@Nullable Replayed replayed,
            IntFunction<Plan> versions,
            Instant now) {
        var state = new RunState(plan, run, started, now.truncatedTo(ChronoUnit.MILLIS), versions);
        if (replayed != null) {
            inherit(state, replayed);
        }
        return state;
    }

    private static void inherit(RunState state, Entry.Replayed replayed) {
        state.replayed = replayed;
        state.recall.inherit(replayed.facts());
    }

    /// The state that a journal says, without deciding anything.
    ///
    /// @param frames the whole journal, from its first frame
    /// @throws IllegalArgumentException when it does not begin with [Entry.Started]
    public static RunState fold(Plan plan, UUID run, List<Frame> frames) {
        return fold(plan, run, frames, Moving.NOWHERE);
    }

    /// @param plan of the version that it began with
    /// @param versions those that it may have gone on with, by the store's number
    public static RunState fold(Plan plan, UUID run, List<Frame> frames, IntFunction<Plan> versions) {
        if (frames.isEmpty() || !(frames.getFirst().entries().getFirst() instanceof Entry.Started started)) {
            throw new IllegalArgumentException("the journal of run " + run + " does not begin with its start");
        }
        var state = new RunState(plan, run, started, frames.getFirst().at(), versions);
        for (var frame : frames) {
            if (state.mismatch == null) {
                replay(state, frame);
            } else {
                frame.entries().forEach(entry -> note(state, entry));
            }
        }
        return state;
    }

    private static void replay(RunState state, Frame frame) {
        var recorder = Recorder.replaying(frame.entries());
        var machine = new Machine(state, recorder, frame.at());
        try {
            if (state.undecided != null) {
                machine.messages().take(state.undecided);
            }
            for (var entry = recorder.peek(); entry != null; entry = recorder.peek()) {
                replay(state, entry, recorder, machine);
            }
        } catch (ReplayMismatch e) {
            int position = Math.min(recorder.position(), frame.entries().size() - 1);
            state.mismatch = RunError.of(
                    "replay_mismatch",
                    "entry " + (position + 1) + " of frame " + frame.seq() + " of the journal (" + e.getMessage()
                            + ") has no place in the workflow's graph; the run cannot go on");
            frame.entries().subList(position, frame.entries().size()).forEach(entry -> note(state, entry));
        }
    }

    /// Applies the entries of one thing that happened, or of a decision that was still open.
    private static void replay(RunState state, Entry entry, Recorder recorder, Machine machine) {
        switch (entry) {
            case Entry.Started _ -> {
                if (!entry.equals(state.started)) {
                    throw new ReplayMismatch(entry);
                }
                recorder.take();
                if (recorder.peek() instanceof Entry.Replayed) {
                    return;
                }
            }
            case Entry.Replayed replayed -> {
                recorder.take();
                inherit(state, replayed);
                machine.proceed();
                return;
            }
            case Entry.MessageTaken(int n, Message message) -> {
                recorder.take();
                told(state, machine, n, message);
                return;
            }
            case Entry.MessageOpened opened -> {
                recorder.take();
                opened(state, machine, opened);
                return;
            }
            case Entry.Parked(RunError error) -> {
                recorder.take();
                machine.departures().park(error);
                return;
            }
            case Entry.TimedOut() -> {
                recorder.take();
                machine.departures().timeout();
                return;
            }
            case Entry.Ended ended -> {
                recorder.take();
                machine.departures().end(ended);
                return;
            }
            case Entry.Woke(String path) -> {
                var waiting = state.waits.get(path);
                if (waiting == null) {
                    throw new ReplayMismatch(entry);
                }
                recorder.take();
                machine.woke(waiting);
                return;
            }
            case Entry.StepDone(String path, int _, Value output)
            when state.waits.containsKey(path) -> {
                recorder.take();
                machine.messages().done(path, output);
                return;
            }
            case Entry.OfStep outcome
            when !(outcome instanceof Entry.StepPlanned) && state.steps.containsKey(outcome.path()) -> {
                happened(state, machine, recorder, outcome);
                return;
            }
            case Entry.Placed _, Entry.Deadline _, Entry.Reported _ -> {}
        }
        int before = recorder.position();
        machine.proceed();
        if (recorder.position() == before && !(entry instanceof Entry.Started)) {
            throw new ReplayMismatch(entry);
        }
    }

    private static void opened(RunState state, Machine machine, Entry.MessageOpened opened) {
        machine.messages().opened(opened);
        if (state.kept.isEmpty()) {
            machine.proceed();
        }
    }

    private static void happened(RunState state, Machine machine, Recorder recorder, Entry.Placed entry) {
        var step = state.steps.get(entry.path());
        if (step == null) {
            throw new ReplayMismatch(entry);
        }
        recorder.take();
        machine.happened(step, entry);
    }

    /// What still counts of a journal that cannot be replayed.
    private static void note(RunState state, Entry entry) {
        if (entry instanceof Entry.Ended ended) {
            state.ended = ended;
        } else if (entry instanceof Entry.MessageTaken(int n, Message _)) {
            state.taken = n;
            state.parked = null;
        } else if (entry instanceof Entry.Parked(RunError error)) {
            state.parked = error;
        }
    }

    /// Tells a run what happened, changes its state, and says what follows.
    ///
    /// An outcome of an attempt that nobody waits for any more, and a message that was already taken, change
    /// nothing.
    ///
    /// @param now never earlier than in the decision before
    public static Decision advance(RunState state, Input input, Instant now) {
        if (state.ended != null) {
            return new Decision(List.of(), List.of(), state.outlook());
        }
        var recorder = state.pausedAt == null || releases(input) ? Recorder.deciding() : Recorder.holding();
        var time = now.truncatedTo(ChronoUnit.MILLIS);
        var machine = new Machine(state, recorder, time);
        if (state.mismatch != null) {
            advanceMismatched(state, state.mismatch, input, recorder);
        } else {
            advance(state, input, time, recorder, machine);
        }
        reportEnd(state, machine);
        return new Decision(recorder.entries(), machine.effects(), state.outlook());
    }

    /// Whether a paused run goes on by it.
    private static boolean releases(Input input) {
        return input instanceof Input.Told(int _, Message message)
                && (message instanceof Message.Resume
                        || message instanceof Message.Cancel
                        || (message instanceof Message.Ordered(int _, Order order) && !(order instanceof Order.Walk)));
    }

    private static void reportEnd(RunState state, Machine machine) {
        var parent = state.started.parent();
        var ended = state.ended;
        if (parent != null && ended != null && state.segment == null) {
            var message =
                    new Message.ChildEnded(parent.path(), state.run, ended.status(), ended.output(), ended.error());
            machine.effects().add(new Effect.ReportEnd("", parent.run(), message));
        }
    }

    private static void advance(RunState state, Input input, Instant now, Recorder recorder, Machine machine) {
        switch (input) {
            case Input.Begin() when state.pausedAt != null -> state.withheld.addAll(machine.underWay());
            case Input.Begin() -> {
                if (state.undecided != null) {
                    machine.messages().take(state.undecided);
                }
                machine.messages().openKept();
                var underWay = machine.underWay();
                boolean timedOut = timedOut(state, now, recorder, machine);
                if (state.isOpen()) {
                    underWay.stream()
                            .filter(step -> step.phase == Phase.RUNNING)
                            .forEach(machine::perform);
                }
                if (state.isOpen() && !timedOut) {
                    machine.proceed();
                    fire(state, now, recorder, machine);
                }
            }
            case Input.Completed(String path, int attempt, var output) -> {
                var step = awaited(state, path, attempt);
                if (step != null) {
                    record(recorder, machine, step, machine.attempts().completed(step, output));
                }
            }
            case Input.Failed(String path, int attempt, RunError error) -> {
                var step = awaited(state, path, attempt);
                if (step != null) {
                    record(recorder, machine, step, machine.attempts().failed(step, error));
                }
            }
            case Input.Skipped(String path, int attempt) -> {
                var step = awaited(state, path, attempt);
                if (step != null) {
                    record(recorder, machine, step, new Entry.StepSkipped(path, attempt));
                }
            }
            case Input.Postponed(String path, int attempt, Instant until) -> {
                var step = awaited(state, path, attempt);
                if (step != null) {
                    record(recorder, machine, step, new Entry.AttemptPostponed(path, attempt, until));
                }
            }
            case Input.Due() when state.pausedAt != null -> {
                // Its timers are remembered.
            }
            case Input.Due() -> {
                if (!timedOut(state, now, recorder, machine)) {
                    fire(state, now, recorder, machine);
                }
            }
            case Input.Told(int n, Message message) -> {
                if (n > state.taken) {
                    recorder.add(new Entry.MessageTaken(n, message));
                    told(state, machine, n, message);
                }
            }
        }
    }

    private static @Nullable Step awaited(RunState state, String path, int attempt) {
        var step = state.isOpen() ? state.steps.get(path) : null;
        return step != null && step.phase == Phase.RUNNING && step.attempt == attempt ? step : null;
    }

    private static void record(Recorder recorder, Machine machine, Step step, Entry.Placed entry) {
        recorder.add(entry);
        machine.happened(step, entry);
    }

    private static void told(RunState state, Machine machine, int n, Message message) {
        state.taken = n;
        switch (message) {
            case Message.Cancel _ -> {
                // A segment belongs to the run of its loop, which is cancelled and resumed.
                if (state.segment == null) {
                    cancel(state, machine, n);
                }
            }
            case Message.Pause _ -> {
                if (state.isOpen() && state.pausedAt == null) {
                    state.pausedAt = machine.now();
                    machine.pauseChildren(n, false);
                }
            }
            case Message.Resume(String _, var onto) -> {
                if (state.isPaused()) {
                    goOn(state, machine, n);
                } else if (state.parked != null && state.segment == null) {
                    state.onto = onto;
                    machine.departures().unpark();
                }
            }
            case Message.Ordered(int _, Order order)
            when !(order instanceof Order.Walk) -> {
                if (state.isOpen()) {
                    boolean paused = state.isPaused();
                    state.goOn(machine.now());
                    machine.messages().take(message);
                    if (paused) {
                        machine.pauseChildren(n, true);
                    }
                    performWithheld(state, machine);
                    machine.messages().openKept();
                    if (state.kept.isEmpty()) {
                        machine.proceed();
                    }
                }
            }
            case Message.Reported _,
                    Message.Ordered _,
                    Message.ChildEnded _,
                    Message.Answered _,
                    Message.Published _ -> {
                if (state.isPaused()) {
                    state.kept.put(n, message);
                } else if (state.isOpen()) {
                    machine.messages().take(message);
                }
            }
        }
    }

    /// A paused run leaves at once, or goes on with leaving if that is where it was paused.
    private static void cancel(RunState state, Machine machine, int n) {
        boolean paused = state.isPaused();
        if (paused && machine.departures().isCancelled()) {
            goOn(state, machine, n);
            return;
        }
        state.goOn(machine.now());
        machine.departures().cancel();
        if (paused) {
            // Those that were told to end before they were paused would not hear it again.
            machine.pauseChildren(n, true);
        }
        performWithheld(state, machine);
        machine.messages().openKept();
    }

    /// A paused run goes on where it stands.
    private static void goOn(RunState state, Machine machine, int n) {
        state.goOn(machine.now());
        machine.pauseChildren(n, true);
        performWithheld(state, machine);
        machine.messages().openKept();
        if (state.kept.isEmpty()) {
            machine.proceed();
        }
    }

    private static void performWithheld(RunState state, Machine machine) {
        state.withheld.stream()
                .filter(step -> step.phase == Phase.RUNNING && state.steps.get(step.path) == step)
                .forEach(machine::perform);
        state.withheld.clear();
    }

    /// The run's timeout strikes. A run that is being left anyway is not waited for any longer.
    private static boolean timedOut(RunState state, Instant now, Recorder recorder, Machine machine) {
        var deadline = state.deadline();
        if (!state.isOpen() || deadline == null || deadline.isAfter(now)) {
            return false;
        }
        recorder.add(new Entry.TimedOut());
        machine.departures().timeout();
        return true;
    }

    /// Timers that are due strike.
    private static void fire(RunState state, Instant now, Recorder recorder, Machine machine) {
        for (var due = state.takeDue(now); due != null && state.isOpen(); due = state.takeDue(now)) {
            switch (due) {
                case Activation.Pause pause -> {
                    recorder.add(new Entry.Woke(pause.path));
                    machine.woke(pause);
                }
                case Repetition repetition -> {
                    recorder.add(new Entry.Woke(repetition.path));
                    machine.woke(repetition);
                }
                case Question question -> elapsed(recorder, machine, question);
                case EventWait wait -> elapsed(recorder, machine, wait);
                case Step step -> {
                    if (step.phase == Phase.RUNNING) {
                        machine.stop(step, true);
                        record(recorder, machine, step, machine.attempts().tookTooLong(step));
                    } else {
                        record(recorder, machine, step, new Entry.AttemptBegun(step.path, step.attempt));
                    }
                }
                case Activation.Block _, Activation.Fork _, Activation.Race _, Activation.Loop _ ->
                    throw new IllegalStateException("only timers and pauses between attempts are due");
            }
        }
    }

    private static void elapsed(Recorder recorder, Machine machine, Waiting waiting) {
        recorder.add(new Entry.StepDone(waiting.path, 1, NullValue.NULL));
        machine.messages().done(waiting.path, NullValue.NULL);
    }

    private static void advanceMismatched(RunState state, RunError mismatch, Input input, Recorder recorder) {
        if (input instanceof Input.Told(int n, Message message) && n > state.taken) {
            recorder.add(new Entry.MessageTaken(n, message));
            state.taken = n;
            switch (message) {
                case Message.Cancel _ -> {
                    state.ended = new Entry.Ended(Entry.Status.CANCELLED, null, null);
                    recorder.add(state.ended);
                    return;
                }
                case Message.Resume _ -> state.parked = null;
                case Message.Pause _,
                        Message.ChildEnded _,
                        Message.Answered _,
                        Message.Published _,
                        Message.Reported _,
                        Message.Ordered _ -> {}
            }
        }
        if (state.parked == null) {
            state.parked = mismatch;
            recorder.add(new Entry.Parked(mismatch));
        }
    }
}
