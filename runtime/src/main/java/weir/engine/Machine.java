package weir.engine;

import static weir.engine.PlanNode.NOWHERE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import weir.engine.Activation.Block;
import weir.engine.Activation.Fork;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Pause;
import weir.engine.Activation.Phase;
import weir.engine.Activation.Race;
import weir.engine.Activation.Role;
import weir.engine.Activation.Step;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.Value;

/// Walks a run on, from decision to decision. The same walk decides and replays; only the [Recorder] differs. It goes
/// down by recursion, as deep as the text is nested, and comes up in a loop, so the length of a run costs no stack.
final class Machine {
    private final RunState run;
    private final Recorder recorder;
    private final Evaluator evaluator;
    private final Attempts attempts;
    private final RunClock clock;
    private final Departures departures;
    private final Undoing undoing;
    private final Races races;
    private final Statements statements;
    private final Repetitions repetitions;
    private final Questions questions;
    private final EventWaits events;
    private final Messages messages;
    private final Segments segments;
    private final Loops loops;
    private final Orders orders;
    private final Instant now;
    private final List<Effect> effects = new ArrayList<>(2);

    Machine(RunState run, Recorder recorder, Instant now) {
        this.run = run;
        this.recorder = recorder;
        this.now = now;
        this.evaluator = new Evaluator(run, recorder, now);
        this.attempts = new Attempts(run, evaluator, now);
        this.races = new Races(run, evaluator, this);
        this.undoing = new Undoing(run, attempts, this, now);
        this.departures = new Departures(run, evaluator, this, undoing, races);
        this.clock = new RunClock(run, recorder, attempts, departures);
        this.statements = new Statements(run, evaluator, this, departures);
        this.repetitions = new Repetitions(run, evaluator, this, departures, now);
        this.questions = new Questions(run, evaluator, this, departures, now);
        this.events = new EventWaits(run, evaluator, this, departures, now);
        this.segments = new Segments(run, evaluator, this, departures);
        this.loops = new Loops(run, evaluator, this, departures, segments);
        this.orders = new Orders(run, evaluator, this, departures, undoing);
        this.messages = new Messages(run, evaluator, this, questions, events);
    }

    /// When this is decided.
    Instant now() {
        return now;
    }

    /// Tells the child runs that their parent pauses, or goes on.
    void pauseChildren(int n, boolean goOn) {
        for (var step : run.steps.values()) {
            if (step.child != null && step.phase == Phase.RUNNING) {
                send(new Effect.PauseChild(step.path, step.child, n, goOn));
            }
        }
    }

    List<Effect> effects() {
        return effects;
    }

    Departures departures() {
        return departures;
    }

    Messages messages() {
        return messages;
    }

    Segments segments() {
        return segments;
    }

    Orders orders() {
        return orders;
    }

    /// The id of a run that walks a segment from now on.
    UUID child(String path) {
        return Drawing.child(run, path, 1, 1, now);
    }

    Attempts attempts() {
        return attempts;
    }

    RunClock clock() {
        return clock;
    }

    /// Asks for a step's attempt.
    void perform(Step step) {
        if (!recorder.isReplaying()) {
            effects.add(step.start());
        }
    }

    /// The attempts that are under way. Child runs are none: they are started by the frame that says so.
    List<Step> underWay() {
        return run.steps.values().stream()
                .filter(step -> step.phase == Phase.RUNNING && step.child == null)
                .toList();
    }

    /// Stops a step's attempt.
    ///
    /// @param cancelled whether what it does is of no interest any more
    void stop(Step step, boolean cancelled) {
        var stop = step.stop(cancelled);
        if (!recorder.isReplaying()) {
            effects.add(stop);
        }
    }

    /// Tells others that something does not wait any more.
    void withdraw(Waiting waiting) {
        var withdrawal = waiting.withdrawal();
        if (withdrawal != null) {
            send(withdrawal);
        }
    }

    /// Stops a step's attempt, or does not begin it.
    void abandon(Step step) {
        boolean began = !effects.removeIf(effect -> effect instanceof Effect.Perform perform
                && perform.path().equals(step.path)
                && perform.attempt() == step.attempt);
        if (began && !recorder.isReplaying()) {
            effects.add(new Effect.Abandon(step.path, step.attempt));
        }
    }

    /// Asks for what is to be told others.
    void send(Effect.Outgoing outgoing) {
        if (!recorder.isReplaying()) {
            effects.add(outgoing);
        }
    }

    /// Goes on wherever the next decision is to be made.
    void proceed() {
        while (!run.interrupted.isEmpty()) {
            var work = run.interrupted;
            run.interrupted = new ArrayList<>(4);
            for (int i = 0; i < work.size() && run.isOpen(); i++) {
                if (work.get(i).isActive() && resume(work.get(i)) == Progress.SUSPENDED) {
                    run.interrupted.addAll(work.subList(i + 1, work.size()));
                    return;
                }
            }
        }
    }

    Progress resume(Activation at) {
        return settle(at, run(at));
    }

    /// Goes up as long as things end.
    Progress settle(Activation start, Progress reached) {
        Activation at = start;
        Progress progress = reached;
        while (progress == Progress.ENDED || progress == Progress.LEFT) {
            Activation parent = at.parent;
            if (parent == null) {
                throw new IllegalStateException("the workflow's body ends by a decision");
            }
            if (progress == Progress.ENDED) {
                ended(parent, at);
                progress = run(parent);
            } else if (parent.departure != null) {
                progress = departures.depart(parent);
            }
            at = parent;
        }
        return progress;
    }

    Progress run(Activation at) {
        if (at.departure != null) {
            return departures.depart(at);
        }
        Progress progress = switch (at) {
            case Block block -> block(block);
            case Fork fork -> fork(fork);
            case Race race -> races.run(race);
            case Loop loop -> loops.run(loop);
            case Step step -> step(step);
            case Pause pause -> pause(pause);
            case Repetition repetition -> repetitions.run(repetition);
            case Question question -> questions.run(question);
            case EventWait wait -> events.run(wait);
        };
        if (progress == Progress.SUSPENDED) {
            run.interrupted.add(at);
        }
        return progress == Progress.LEFT && at.departure != null ? departures.depart(at) : progress;
    }

    /// A child of `parent` has ended.
    private void ended(Activation parent, Activation child) {
        switch (parent) {
            case Block block -> {
                Activation ended = block.child == null ? child : block.child;
                ended.over = true;
                int slot = block.current().slot();
                if (block.role == Role.SEGMENT) {
                    block.value = value(ended);
                } else if (slot != NOWHERE) {
                    block.frame.set(slot, value(ended));
                }
                block.child = null;
                block.next++;
            }
            case Fork fork -> {
                child.over = true;
                fork.running.remove((Block) child);
            }
            case Race race -> races.ended(race, (Block) child);
            case Loop loop -> loops.ended(loop, child);
            case Repetition repetition -> {
                child.over = true;
                repetition.ended((Block) child);
            }
            case Step _, Pause _, Question _, EventWait _ ->
                throw new IllegalStateException("steps and timers have no children");
        }
    }

    private static Value value(Activation ended) {
        return switch (ended) {
            case Block block -> block.value == null ? NullValue.NULL : block.value;
            case Loop loop -> loop.yielded();
            case Repetition repetition -> repetition.yielded();
            case Step step -> step.output;
            case Question question -> question.answer;
            case EventWait wait -> wait.payload;
            case Race race -> race.value;
            case Fork _, Pause _ -> NullValue.NULL;
        };
    }

    private Progress block(Block block) {
        while (block.next < block.plan.nodes().size()) {
            if (block.child != null) {
                return Progress.BLOCKED;
            }
            Progress progress = node(block, block.current());
            if (progress != Progress.ENDED) {
                return progress;
            }
            if (block.child != null) {
                ended(block, block.child);
            } else {
                block.next++;
            }
        }
        return switch (block.role) {
            case BODY -> departures.leave(block, block, new Outcome.Returned(NullValue.NULL));
            case FAILURE -> departures.closed(block);
            case SEGMENT ->
                departures.leave(
                        block,
                        block,
                        new Outcome.Finished(block.value instanceof ListValue yields ? yields : ListValue.EMPTY));
            case ARM, TRIED, HANDLER, BRANCH, ITEM -> Progress.ENDED;
        };
    }

    private Progress node(Block block, PlanNode node) {
        return switch (node) {
            case PlanNode.Let let -> statements.let(block, let);
            case PlanNode.Log log -> statements.log(block, log);
            case PlanNode.Step step -> begin(block, new Step(block, step));
            case PlanNode.Pause pause -> begin(block, new Pause(block, pause));
            case PlanNode.Ask ask -> begin(block, new Question(block, ask));
            case PlanNode.WaitFor wait -> begin(block, new EventWait(block, wait));
            case PlanNode.Choice choice -> statements.choice(block, choice);
            case PlanNode.Loop loop -> begin(block, new Loop(block, loop));
            case PlanNode.Repeat repeat -> begin(block, new Repetition(block, repeat));
            case PlanNode.Split split -> statements.split(block, split);
            case PlanNode.Emit emit -> statements.emit(block, emit);
            case PlanNode.Fork fork -> begin(block, new Fork(block, fork));
            case PlanNode.Race race -> begin(block, races.of(block, race));
            case PlanNode.Try tried -> tried(block, tried);
            case PlanNode.Return end -> statements.returns(block, end);
            case PlanNode.Yield yields -> statements.yields(block, yields);
            case PlanNode.Fail fail -> statements.fail(block, fail);
        };
    }

    Progress begin(Block block, Activation child) {
        block.child = child;
        return run(child);
    }

    private Progress tried(Block block, PlanNode.Try tried) {
        if (run.recall.of(block.path(tried)) instanceof Recall.Caught(int walk, RunError error)) {
            block.sees(walk);
            return handle(block, tried, tried.errorSlot(), tried.handler(), error);
        }
        return begin(block, Block.inside(block, block, tried, Role.TRIED, tried.body()));
    }

    private Progress fork(Fork fork) {
        var branches = fork.plan.branches();
        while (fork.started < branches.size()) {
            var branch = Block.inside(fork.around, fork, fork.plan, Role.BRANCH, branches.get(fork.started++));
            fork.running.add(branch);
            Progress progress = run(branch);
            switch (progress) {
                case ENDED -> ended(fork, branch);
                case BLOCKED -> {}
                case LEFT, SUSPENDED -> {
                    return progress;
                }
            }
        }
        return fork.running.isEmpty() ? Progress.ENDED : Progress.BLOCKED;
    }

    private Progress pause(Pause pause) {
        if (pause.woke || run.recall.has(pause.path, Entry.Woke.class)) {
            return Progress.ENDED;
        }
        if (pause.until != null) {
            return Progress.BLOCKED;
        }
        Entry entry = evaluator.decide(pause.around, pause.path, evaluation -> {
            var value = pause.plan.value().run(pause.around.frame, evaluation);
            var at = pause.plan.node().at();
            Instant until = pause.plan.isTime()
                    ? Conversions.time(value, "`wait until`", at)
                    : now.plusMillis(Conversions.milliseconds(value, "`wait`", at));
            return new Entry.Waiting(pause.path, until);
        });
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Waiting(String _, Instant until) -> {
                pause.until = until;
                run.await(pause);
                yield Progress.BLOCKED;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(pause, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    private Progress step(Step step) {
        return switch (step.phase) {
            case NEW -> begin(step);
            case RUNNING, BACKOFF -> Progress.BLOCKED;
            case DONE -> Progress.ENDED;
            case FAILED, ABANDONED -> throw new IllegalStateException(step.path + " is " + step.phase);
        };
    }

    private Progress begin(Step step) {
        var memory = run.recall.of(step.path);
        if (memory != null) {
            step.around.sees(memory.walk());
        }
        return switch (memory) {
            case null -> plan(step);
            case Recall.Done(int _, int generation, Value output) -> {
                step.phase = Phase.DONE;
                step.generation = generation;
                step.output = output;
                run.undoables.found(step);
                yield Progress.ENDED;
            }
            case Recall.Handled(int _, int generation, RunError error) -> {
                step.phase = Phase.FAILED;
                step.generation = generation;
                yield handled(step, error);
            }
            case Recall.UnderWay(int _, Step before)
            when before.child != null && before.phase != Phase.BACKOFF -> {
                // It was told to stop: it starts as another run.
                step.generation = before.generation;
                yield plan(step);
            }
            case Recall.UnderWay(int _, Step before) -> {
                step.takeOver(before);
                run.steps.put(step.path, step);
                if (step.phase == Phase.BACKOFF) {
                    run.addTimer(step);
                } else {
                    perform(step);
                }
                yield Progress.BLOCKED;
            }
            case Recall.Open(int _, int generation) -> {
                step.generation = generation;
                yield plan(step);
            }
            case Recall.Decided _, Recall.Caught _, Recall.Items _, Recall.Passes _ ->
                throw new IllegalStateException(step.path + " is remembered as something else");
        };
    }

    private Progress plan(Step step) {
        var timeout = run.timeout();
        Entry entry = null;
        if (timeout != null && run.deadline == null && run.root.departure == null) {
            entry = attempts.deadline(step.path, timeout, Attempts::failed);
            if (entry instanceof Entry.Deadline(Instant at)) {
                run.deadline = at;
                entry = attempts.plan(step);
            }
        } else {
            entry = attempts.plan(step);
        }
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.StepPlanned planned -> {
                attempts.apply(step, planned);
                run.steps.put(step.path, step);
                perform(step);
                yield Progress.BLOCKED;
            }
            case Entry.StepFailed failed -> {
                attempts.apply(step, failed);
                run.recall.open(step);
                yield failed(step, failed.error());
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    /// An entry says what became of a step's attempt.
    void happened(Step step, Entry.Placed entry) {
        attempts.apply(step, entry);
        switch (step.phase) {
            case RUNNING -> perform(step);
            case ABANDONED -> throw new IllegalStateException("nobody waits for " + step.path);
            case BACKOFF -> {
                if (step.isActive()) {
                    run.addTimer(step);
                } else {
                    departures.awaited(step);
                }
            }
            case DONE, FAILED -> {
                run.steps.remove(step.path);
                if (step.undoes != null) {
                    undoing.over(step, entry instanceof Entry.StepFailed failed ? failed.error() : null);
                    departures.awaited(step);
                    return;
                }
                remember(step, entry);
                if (!step.isActive()) {
                    departures.awaited(step);
                } else if (entry instanceof Entry.StepFailed(String _, int _, RunError error)) {
                    settle(step, failed(step, error));
                } else {
                    resume(step);
                }
            }
            case NEW -> throw new IllegalStateException("an attempt of a step without a plan");
        }
    }

    private void remember(Step step, Entry.Placed outcome) {
        if (step.phase == Phase.DONE) {
            run.recall.done(step);
            step.around.sees(run.recall.walk());
        } else {
            run.recall.open(step);
        }
        if (!(outcome instanceof Entry.StepSkipped)) {
            run.undoables.add(step);
        }
    }

    /// What follows from a step that is given up. When its failure is taken by `on error`, it is undone before.
    private Progress failed(Step step, RunError error) {
        if (step.plan.policy().onError() instanceof PlanNode.OnError.Fail) {
            return departures.raise(step, error, false);
        }
        if (Undoing.isDue(step)) {
            departures.leave(step, step, new Outcome.Failed(error, false));
            return departures.depart(step);
        }
        run.recall.handled(step, error);
        step.around.sees(run.recall.walk());
        return handled(step, error);
    }

    /// What `on error` does.
    Progress handled(Step step, RunError error) {
        return switch (step.plan.policy().onError()) {
            case PlanNode.OnError.Fail() -> departures.raise(step, error, false);
            case PlanNode.OnError.Continue() -> {
                step.phase = Phase.DONE;
                step.output = NullValue.NULL;
                yield Progress.ENDED;
            }
            case PlanNode.OnError.Handle(int slot, PlanNode.Block handler) -> {
                step.over = true;
                yield handle(step.around, step.plan, slot, handler, error);
            }
        };
    }

    Progress handle(Block around, PlanNode owner, int slot, PlanNode.Block handler, RunError error) {
        around.frame.set(slot, Attempts.record(error));
        return begin(around, Block.inside(around, around, owner, Role.HANDLER, handler));
    }

    /// A timer has struck.
    void woke(Waiting waiting) {
        run.forget(waiting);
        switch (waiting) {
            case Pause pause -> {
                pause.woke = true;
                run.recall.note(new Entry.Woke(pause.path), run.segments);
            }
            case Repetition repetition -> repetitions.woke(repetition);
            case Question _, EventWait _ -> throw new IllegalStateException(waiting.path + " ends by its own entry");
        }
        resume(waiting);
    }
}
