package weir.worker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.graph.Graph;
import weir.graph.Start;
import weir.value.BooleanValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Evaluations.Prepared;

/// An `on event` of a workflow, made ready: whether its `when` wants an event, and with what input the run begins.
public final class EventTrigger {
    private final Graph graph;
    private final String event;
    private final @Nullable Prepared when;
    private final @Nullable Map<String, Prepared> with;

    private EventTrigger(Graph graph, String event, @Nullable Prepared when, @Nullable Map<String, Prepared> with) {
        this.graph = graph;
        this.event = event;
        this.when = when;
        this.with = with;
    }

    /// What an event does to a workflow.
    public sealed interface Answer {
        /// @param input fits the workflow's parameters
        record Starts(RecordValue input) implements Answer {}

        record Unwanted() implements Answer {}

        /// It would start the workflow, but for this.
        record Refused(String why) implements Answer {}
    }

    /// Those of a workflow, in the order in which they are written.
    public static List<EventTrigger> of(Plan plan) {
        var programs = plan.programs();
        return plan.graph().starts().stream()
                .filter(Start.Event.class::isInstance)
                .map(Start.Event.class::cast)
                .map(start -> new EventTrigger(
                        plan.graph(),
                        start.event(),
                        start.when() == null ? null : Evaluations.condition(programs, start.when(), List.of("event")),
                        start.with() == null ? null : Evaluations.with(programs, start.with())))
                .toList();
    }

    /// The event's name.
    public String event() {
        return event;
    }

    /// Never fails: what fails in it refuses the event.
    public Answer answer(Value payload, Evaluations evaluations) {
        try {
            if (when != null && evaluations.evaluate(when, payload) != BooleanValue.TRUE) {
                return new Answer.Unwanted();
            }
            var parameters = graph.parameters();
            RecordValue input = RecordValue.EMPTY;
            if (with != null) {
                input = evaluations.arguments(with, payload);
            } else if (!parameters.isEmpty()) {
                input = RecordValue.of(parameters.getFirst().name(), payload);
            }
            var fitted = Fitting.fitFromOutside(input, Runs.input(graph), graph.library());
            return fitted.fits() && fitted.value() instanceof RecordValue record
                    ? new Answer.Starts(record)
                    : new Answer.Refused("it does not fit the workflow's parameters: " + fitted.sentence());
        } catch (EvaluationError failed) {
            return new Answer.Refused(failed.sentence());
        }
    }
}
