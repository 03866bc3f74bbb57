package weir.simulation;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// What a run of a test asked of the world around it.
///
/// @param workflow whose run it was
/// @param step the name of the step, or null
/// @param arguments with texts in place of secrets; of an `emit` its payload
record Call(String workflow, @Nullable String step, Callee callee, Value arguments) {
    sealed interface Callee {
        record Action(String integration, String action) implements Callee {}

        record Workflow(String name) implements Callee {}

        record Question() implements Callee {}

        record Awaited(String event) implements Callee {}

        record Emitted(String event) implements Callee {}
    }

    /// How a mock of it would be written.
    String target() {
        return switch (callee) {
            case Callee.Action(String integration, String action) -> integration + "." + action;
            case Callee.Workflow(String name) -> name;
            case Callee.Question() -> "ask";
            case Callee.Awaited(String event) -> "wait for \"" + event + "\"";
            case Callee.Emitted(String event) -> "emit \"" + event + "\"";
        };
    }

    @Override
    public String toString() {
        String of = step == null ? "" : " (step `" + step + "`)";
        return callee instanceof Callee.Workflow ? "the workflow `" + target() + "`" + of : "`" + target() + "`" + of;
    }
}
