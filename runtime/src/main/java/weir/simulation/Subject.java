package weir.simulation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.graph.TestCase.Target;
import weir.simulation.Call.Callee;

/// What a mock or an expectation is about.
///
/// @param event the event's name where the target has one, or null
/// @param workflow whose step is meant where the target is a step; null: of any
record Subject(
        Target target, @Nullable String event, @Nullable String workflow) {
    /// @param workflow that the test runs
    /// @param steps the names of its steps: they go before those of its children
    /// @throws EvaluationError when the name of an event cannot be computed
    static Subject of(Target target, Expressions expressions, String workflow, Set<String> steps) {
        return switch (target) {
            case Target.WaitFor(var event) -> new Subject(target, expressions.text(event), null);
            case Target.Emit(var event) -> new Subject(target, expressions.text(event), null);
            case Target.Step(String name) -> new Subject(target, null, steps.contains(name) ? workflow : null);
            case Target.Ask _, Target.Action _, Target.Workflow _ -> new Subject(target, null, null);
        };
    }

    boolean covers(Call call) {
        return switch (target) {
            case Target.Step(String name) ->
                name.equals(call.step()) && (workflow == null || workflow.equals(call.workflow()));
            case Target.Action(String integration, String action) ->
                call.callee() instanceof Callee.Action(String in, String called)
                        && in.equals(integration)
                        && called.equals(action);
            case Target.Workflow(String name) ->
                call.callee() instanceof Callee.Workflow(String called) && called.equals(name);
            case Target.Ask _ -> call.callee() instanceof Callee.Question;
            case Target.WaitFor _ -> call.callee() instanceof Callee.Awaited(String name) && name.equals(event);
            case Target.Emit _ -> call.callee() instanceof Callee.Emitted(String name) && name.equals(event);
        };
    }

    @Override
    public String toString() {
        return switch (target) {
            case Target.Step(String name) -> "step `" + name + "`";
            case Target.Action(String integration, String action) -> "`" + integration + "." + action + "`";
            case Target.Workflow(String name) -> "the workflow `" + name + "`";
            case Target.Ask _ -> "`ask`";
            case Target.WaitFor _ -> "`wait for \"" + event + "\"`";
            case Target.Emit _ -> "`emit \"" + event + "\"`";
        };
    }
}
