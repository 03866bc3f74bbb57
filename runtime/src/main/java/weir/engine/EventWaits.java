package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.eval.Frame;
import weir.graph.Node;
import weir.value.Crossing;
import weir.value.Value;

/// Walks a `wait for` on, and looks at the events that it is told.
///
/// An event that its `where` refuses is left for a later pass. One on which the `where` fails, or which does not fit
/// its type, is nothing for the wait: it is ignored, which the journal says, and the wait goes on. (Builds before this
/// one let the wait fail, which their journals say.)
final class EventWaits {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;
    private final Instant now;

    EventWaits(RunState run, Evaluator evaluator, Machine machine, Departures departures, Instant now) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
        this.now = now;
    }

    Progress run(EventWait wait) {
        if (wait.done) {
            return Progress.ENDED;
        }
        if (run.isWaiting(wait)) {
            return Progress.BLOCKED;
        }
        if (run.recall.of(wait.path) instanceof Recall.Done(int walk, int _, Value payload)) {
            wait.around.sees(walk);
            wait.done = true;
            wait.payload = payload;
            return Progress.ENDED;
        }
        var untimed = machine.clock().begin(wait, wait.path);
        if (untimed != null) {
            return untimed;
        }
        Entry entry = evaluator.decide(wait.around, wait.path, evaluation -> awaited(wait, evaluation));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Awaited(String _, String event, @Nullable Instant until) -> {
                wait.event = event;
                wait.until = until;
                run.await(wait);
                int walk = run.recall.walk();
                wait.turn = walk + 1;
                machine.send(new Effect.Listen(
                        wait.path, event, run.positions(wait.path, event).after(walk), wait.turn));
                yield Progress.BLOCKED;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(wait, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    private Entry awaited(EventWait wait, Evaluation evaluation) {
        var plan = wait.plan;
        var frame = wait.around.frame;
        var at = plan.node().at();
        String event = Conversions.word(plan.event().run(frame, evaluation), "the name of an event", at);
        @Nullable
        Instant until = plan.upTo() == null
                ? null
                : now.plusMillis(Conversions.milliseconds(plan.upTo().run(frame, evaluation), "`up to`", at));
        return new Entry.Awaited(wait.path, event, until);
    }

    /// An event was published.
    ///
    /// @return whether it is decided what follows
    boolean published(Message.Published message) {
        if (!(run.plan.node(message.path()).orElse(null) instanceof Node.WaitFor)) {
            return true;
        }
        var positions = run.positions(message.path(), message.event());
        var wait = listener(message);
        if (wait == null || !wait.path.equals(message.path())) {
            // Whoever still tells it has heard late that it listens, and too early that it does not any more.
            machine.send(new Effect.Unlisten(message.path(), run.recall.walk() + 1));
        }
        if (wait == null) {
            positions.miss(message.position());
            return true;
        }
        if (positions.isTaken(message.position())) {
            return true;
        }
        int walk = run.recall.walk();
        if (evaluator.ignored(wait.path)) {
            positions.take(message.position(), walk);
            return true;
        }
        return switch (where(wait, message)) {
            case Evaluator.Given.Of(Value value) -> {
                if (!Conversions.isTrue(value)) {
                    positions.refuse(message.position(), wait.plan.fixed(), walk);
                    yield true;
                }
                yield taken(wait, message, positions);
            }
            case Evaluator.Given.Failed(RunError error) -> {
                positions.take(message.position(), walk);
                if (evaluator.isReplaying()) {
                    fail(wait, error);
                }
                yield true;
            }
            case Evaluator.Given.Undecided() -> false;
        };
    }

    /// Its `where` wants the event.
    private boolean taken(EventWait wait, Message.Published message, Positions positions) {
        Entry entry = evaluator.decide(
                wait.path,
                wait.path,
                (path, error) -> new Entry.EventIgnored(path, message.event(), error),
                evaluation -> new Entry.StepDone(wait.path, 1, fitted(wait, message.payload())));
        if (entry == null) {
            return false;
        }
        positions.take(message.position(), run.recall.walk());
        switch (entry) {
            case Entry.StepDone(String _, int _, Value payload) -> {
                run.forget(wait);
                machine.withdraw(wait);
                done(wait, payload);
            }
            case Entry.EventIgnored _ -> {}
            case Entry.Raised(String _, RunError error) -> fail(wait, error);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        }
        return true;
    }

    /// Who takes a message: the wait that it was sent to, or, when that is over, another one of its node.
    private @Nullable EventWait listener(Message.Published message) {
        var meant = run.waits.get(message.path());
        if (meant instanceof EventWait wait && message.event().equals(wait.event)) {
            return wait;
        }
        String node = Paths.id(message.path());
        return run.waits.values().stream()
                .filter(EventWait.class::isInstance)
                .map(EventWait.class::cast)
                .filter(wait ->
                        wait.plan.node().id().equals(node) && message.event().equals(wait.event))
                .findFirst()
                .orElse(null);
    }

    private Evaluator.Given where(EventWait wait, Message.Published message) {
        var where = wait.plan.where();
        if (where == null) {
            return new Evaluator.Given.Of(Value.of(true));
        }
        var frame = new Frame(wait.around.frame, 1);
        frame.set(0, message.payload());
        return evaluator.value(
                wait.path,
                wait.path + "@" + message.position(),
                frame,
                where,
                null,
                wait.plan.node().at(),
                (path, error) -> new Entry.EventIgnored(path, message.event(), failing(message.event(), error)));
    }

    private static RunError failing(String event, RunError error) {
        return RunError.of(error.code(), "the `where` fails on the event `" + event + "`: " + error.message());
    }

    private Value fitted(EventWait wait, Value payload) {
        var check = wait.plan.node().check();
        Value crossed = Crossing.of(payload);
        if (check == null) {
            return crossed;
        }
        var fitted = Fitting.fit(crossed, check, run.plan.library());
        if (!fitted.fits()) {
            throw new EvaluationError(
                    "does_not_fit",
                    "the event `" + wait.event + "` does not fit its type: " + fitted.sentence(),
                    wait.plan.node().at());
        }
        return fitted.value();
    }

    private void fail(EventWait wait, RunError error) {
        run.forget(wait);
        machine.withdraw(wait);
        machine.settle(wait, departures.raise(wait, error, false));
    }

    void done(EventWait wait, Value payload) {
        wait.done = true;
        wait.payload = payload;
        run.recall.done(wait.path, payload);
        wait.around.sees(run.recall.walk());
        machine.resume(wait);
    }
}
