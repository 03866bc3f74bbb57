package weir.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation;
import weir.value.Crossing;
import weir.value.Value;

/// Walks an `ask` on: who is asked what until when, and what the answer means.
final class Questions {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;
    private final Departures departures;
    private final Instant now;

    Questions(RunState run, Evaluator evaluator, Machine machine, Departures departures, Instant now) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
        this.departures = departures;
        this.now = now;
    }

    Progress run(Question question) {
        if (question.done) {
            return Progress.ENDED;
        }
        if (run.isWaiting(question)) {
            return Progress.BLOCKED;
        }
        if (run.recall.of(question.path) instanceof Recall.Done(int walk, int _, Value answer)) {
            question.around.sees(walk);
            question.done = true;
            question.answer = answer;
            return Progress.ENDED;
        }
        var untimed = machine.clock().begin(question, question.path);
        if (untimed != null) {
            return untimed;
        }
        int generation = run.recall.generation(question.path) + 1;
        Entry entry = evaluator.decide(question.path, evaluation -> asked(question, generation, evaluation));
        return switch (entry) {
            case null -> Progress.SUSPENDED;
            case Entry.Asked asked -> {
                run.recall.note(asked, run.segments);
                question.task = asked.task();
                question.until = asked.until();
                run.await(question);
                machine.send(new Effect.Ask(
                        question.path,
                        asked.task(),
                        asked.question(),
                        asked.who(),
                        question.plan.node().answer(),
                        asked.until()));
                yield Progress.BLOCKED;
            }
            case Entry.Raised(String _, RunError error) -> departures.raise(question, error, false);
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    private Entry asked(Question question, int generation, Evaluation evaluation) {
        var plan = question.plan;
        var frame = question.around.frame;
        var at = plan.node().at();
        String text = Conversions.text(plan.question().run(frame, evaluation));
        var who = Conversions.who(plan.who().run(frame, evaluation), at);
        @Nullable
        Instant until = plan.upTo() == null
                ? null
                : now.plusMillis(Conversions.milliseconds(plan.upTo().run(frame, evaluation), "`up to`", at));
        var task = evaluator.drawing(question.path + "#" + generation + "/task").timedUuid();
        return new Entry.Asked(question.path, generation, task, text, who, until);
    }

    /// A person has answered. The first answer to the question that is open now counts.
    ///
    /// @return whether it is decided what follows
    boolean answered(Message.Answered message) {
        if (!(run.waits.get(message.path()) instanceof Question question
                && message.task().equals(question.task))) {
            return true;
        }
        Entry entry = evaluator.decide(
                question.path, evaluation -> new Entry.StepDone(question.path, 1, Crossing.of(message.answer())));
        return switch (entry) {
            case null -> false;
            case Entry.StepDone(String _, int _, Value answer) -> {
                run.forget(question);
                done(question, answer);
                yield true;
            }
            // Default: no other entry has its place here.
            default -> throw new ReplayMismatch(entry);
        };
    }

    void done(Question question, Value answer) {
        question.done = true;
        question.answer = answer;
        run.recall.done(question.path, answer);
        question.around.sees(run.recall.walk());
        machine.resume(question);
    }
}
