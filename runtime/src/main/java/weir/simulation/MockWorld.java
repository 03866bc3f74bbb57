package weir.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Input;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.graph.Node;
import weir.graph.TestCase.Target;
import weir.source.Span;
import weir.value.Crossing;
import weir.value.RecordValue;
import weir.value.Value;

/// The world of a test: mocks answer at once, and the time jumps to the next timer when nothing else happens.
final class MockWorld implements World {
    private final Plan plan;
    private final List<Mocked> mocks;
    private final Deque<Input> happened = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();
    private Instant now;

    /// A call of the run.
    ///
    /// @param step the name of the step, or null
    record Call(@Nullable String step, String integration, String action, RecordValue arguments) {
        boolean isOf(Target target) {
            return switch (target) {
                case Target.Step(String name) -> name.equals(step);
                case Target.Action(String in, String called) -> in.equals(integration) && called.equals(action);
                case Target.Ask _, Target.WaitFor _, Target.Emit _, Target.Workflow _ -> false;
            };
        }

        @Override
        public String toString() {
            return "`" + integration + "." + action + "`" + (step == null ? "" : " (step `" + step + "`)");
        }
    }

    /// A call that nothing stands for: the test cannot go on.
    static final class NotMocked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Span at;

        NotMocked(String message, Span at) {
            super(message, null, false, false);
            this.at = at;
        }

        Span at() {
            return at;
        }
    }

    MockWorld(Plan plan, List<Mocked> mocks, Instant start) {
        this.plan = plan;
        this.mocks = List.copyOf(mocks);
        this.now = start;
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void perform(Effect.Perform effect) {
        Optional<Node> node = plan.node(effect.path());
        var call = new Call(
                node.orElse(null) instanceof Node.Step step ? step.name() : null,
                effect.integration(),
                effect.action(),
                (RecordValue) Differences.shown(effect.arguments()));
        calls.add(call);
        happened.add(
                switch (answer(call, node.map(Node::at).orElse(Span.NONE))) {
                    case Mocked.Given.Of(Value value) ->
                        new Input.Completed(effect.path(), effect.attempt(), Crossing.of(value));
                    case Mocked.Given.Refused(RunError error) ->
                        new Input.Failed(effect.path(), effect.attempt(), error);
                });
    }

    private Mocked.Given answer(Call call, Span at) {
        boolean known = false;
        for (var mock : mocks) {
            if (call.isOf(mock.target())) {
                known = true;
                var given = mock.answer(call.arguments());
                if (given != null) {
                    return given;
                }
            }
        }
        String what = known ? " was called with arguments that no mock of it answers" : " was called and is not mocked";
        throw new NotMocked(
                call + what + "; add `mock " + call.integration() + "." + call.action() + " returns …` to the test",
                at);
    }

    @Override
    public void abandon(Effect.Abandon effect) {
        happened.removeIf(input -> switch (input) {
            case Input.Completed(String path, int attempt, Value _) ->
                path.equals(effect.path()) && attempt == effect.attempt();
            case Input.Failed(String path, int attempt, RunError _) ->
                path.equals(effect.path()) && attempt == effect.attempt();
            case Input.Begin _, Input.Due _, Input.Told _, Input.Skipped _, Input.Postponed _ -> false;
        });
    }

    @Override
    public void send(Effect.Outgoing effect) {
        throw new IllegalStateException("nothing here hears what a run tells others");
    }

    @Override
    public Input next(@Nullable Instant due) {
        var next = happened.poll();
        if (next != null) {
            return next;
        }
        if (due == null) {
            throw new IllegalStateException("the run waits for something that no mock gives");
        }
        now = due.isAfter(now) ? due : now;
        return new Input.Due();
    }
}
