package weir.engine;

import java.util.function.Predicate;
import weir.engine.Activation.Phase;
import weir.value.NullValue;
import weir.value.Value;

/// What follows from what a run is told by others, and what it tells them when it is not interested any more.
final class Messages {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Questions questions;
    private final EventWaits events;

    Messages(RunState run, Evaluator evaluator, Machine machine, Questions questions, EventWaits events) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.questions = questions;
        this.events = events;
    }

    /// Takes a message. What nobody waits for changes nothing. In a replay that has come to the end of what was
    /// decided the message stays behind in the state, and is looked at first when the run goes on.
    void take(Message message) {
        run.undecided = decided(message) ? null : message;
    }

    /// Takes what the run was told while it was paused; each is an entry, so that a replay knows which of them what
    /// follows comes from.
    void openKept() {
        while (!evaluator.isReplaying() && !run.kept.isEmpty() && run.isOpen()) {
            var first = run.kept.pollFirstEntry();
            evaluator.record(new Entry.MessageOpened(first.getKey()));
            take(first.getValue());
        }
        if (!run.isOpen()) {
            run.kept.clear();
        }
    }

    /// The same in a replay.
    void opened(Entry.MessageOpened opened) {
        var message = run.kept.remove(opened.n());
        if (message == null) {
            throw new ReplayMismatch(opened);
        }
        take(message);
        openKept();
    }

    private boolean decided(Message message) {
        return switch (message) {
            case Message.Answered answered -> questions.answered(answered);
            case Message.Published published -> events.published(published);
            case Message.ChildEnded ended -> ended(ended);
            case Message.Reported reported -> machine.segments().reported(reported);
            case Message.Ordered ordered -> machine.orders().ordered(ordered);
            case Message.Cancel _, Message.Pause _, Message.Resume _ -> true;
        };
    }

    /// A child run is over. Also the end of one in a block that is being left is waited for, like any attempt.
    private boolean ended(Message.ChildEnded ended) {
        var step = run.steps.get(ended.path());
        if (step == null || step.phase != Phase.RUNNING || !ended.child().equals(step.child)) {
            return true;
        }
        Entry entry = evaluator.decide(step.path, evaluation -> outcome(step, ended));
        if (entry == null) {
            return false;
        }
        if (!(entry instanceof Entry.Placed placed)) {
            throw new ReplayMismatch(entry);
        }
        machine.happened(step, placed);
        return true;
    }

    private Entry.Placed outcome(Activation.Step step, Message.ChildEnded ended) {
        var error = ended.error();
        return switch (ended.status()) {
            case SUCCEEDED ->
                machine.attempts().completed(step, ended.output() == null ? NullValue.NULL : ended.output());
            case CANCELLED ->
                machine.attempts().failed(step, RunError.of("cancelled", "the run of the workflow was cancelled"));
            case FAILED ->
                machine.attempts()
                        .failed(
                                step,
                                error == null
                                        ? RunError.of("failed", "the run of the workflow failed")
                                        : new RunError(
                                                error.code(), error.message(), null, 0, error.status(), error.body()));
        };
    }

    /// An `ask` or `wait for` is over: its time is, or a replay says so.
    void done(String path, Value output) {
        var waiting = run.waits.get(path);
        if (waiting == null) {
            throw new IllegalStateException("nothing waits at " + path);
        }
        run.forget(waiting);
        machine.withdraw(waiting);
        switch (waiting) {
            case Question question -> questions.done(question, output);
            case EventWait wait -> events.done(wait, output);
            case Activation.Pause _, Repetition _ ->
                throw new IllegalStateException(waiting.path + " waits only for a time");
        }
    }

    /// Nobody in there waits any more: questions and listening are withdrawn, timers forgotten, and child runs told
    /// to stop. The ends of child runs are still to come, like the outcomes of attempts ([Activation.Step#stop]).
    ///
    /// @param cancelled whether what a step does is of no interest any more
    void withdraw(Activation left, Predicate<Activation.Step> cancelled) {
        for (var waiting : run.waitsWithin(left)) {
            run.forget(waiting);
            machine.withdraw(waiting);
        }
        for (var step : run.steps.values()) {
            if (step.child != null && step.undoes == null && step.phase == Phase.RUNNING && step.isWithin(left)) {
                machine.stop(step, cancelled.test(step));
            }
        }
    }
}
