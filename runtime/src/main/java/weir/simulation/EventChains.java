package weir.simulation;

import java.util.ArrayList;
import java.util.List;
import weir.engine.Plan;
import weir.graph.TestCase;
import weir.graph.TestCase.Expectation;
import weir.graph.TestCase.Target;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Evaluations;
import weir.worker.EventTrigger;
import weir.worker.EventTrigger.Answer;

/// The workflows that events start in a test: those with `on event` that the test speaks of. To others an event of the
/// test is nothing, so that a test of one workflow does not have to know who listens to it.
final class EventChains {
    private final Evaluations evaluations;
    private final List<Link> links = new ArrayList<>();

    private record Link(Plan plan, EventTrigger trigger) {}

    /// A run that an event starts.
    record Begun(Plan plan, RecordValue input) {}

    EventChains(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    void add(Plan plan) {
        EventTrigger.of(plan).forEach(trigger -> links.add(new Link(plan, trigger)));
    }

    /// @throws MockWorld.Stopped when a workflow cannot begin with it
    List<Begun> startedBy(String event, Value payload) {
        var started = new ArrayList<Begun>();
        for (var link : links) {
            if (link.trigger.event().equals(event)) {
                switch (link.trigger.answer(payload, evaluations)) {
                    case Answer.Starts(RecordValue input) -> started.add(new Begun(link.plan, input));
                    case Answer.Unwanted() -> {}
                    case Answer.Refused(String why) ->
                        throw new MockWorld.Stopped(
                                "the event \"" + event + "\" does not start the workflow `"
                                        + link.plan.graph().workflow() + "`: " + why,
                                link.plan.graph().at());
                }
            }
        }
        return started;
    }

    /// Whether a test mocks a workflow or expects something of its calls.
    static boolean speaksOf(TestCase test, String workflow) {
        return test.mocks().stream().anyMatch(mock -> isOf(mock.target(), workflow))
                || test.expectations().stream().anyMatch(expectation -> switch (expectation) {
                    case Expectation.Called called -> isOf(called.target(), workflow);
                    case Expectation.NeverCalled never -> isOf(never.target(), workflow);
                    case Expectation.Holds _, Expectation.Fails _ -> false;
                });
    }

    private static boolean isOf(Target target, String workflow) {
        return target instanceof Target.Workflow(String name) && name.equals(workflow);
    }
}
