package weir.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import weir.engine.Plan;
import weir.value.Value;
import weir.worker.Handler;

/// What a run in this process meets.
///
/// @param handlers what performs actions, by integration
/// @param people who answers questions
/// @param events sent as soon as the run has begun, in this order
/// @param workflows what may be started as a child, by name
public record Surroundings(
        Map<String, Handler> handlers,
        Handler.Secrets secrets,
        People people,
        List<Event> events,
        Function<String, Optional<Plan>> workflows) {
    public Surroundings {
        handlers = Map.copyOf(handlers);
        events = List.copyOf(events);
    }

    public record Event(String name, Value payload) {}

    /// Where nobody answers and nothing else runs.
    public static Surroundings of(Map<String, Handler> handlers, Handler.Secrets secrets) {
        return new Surroundings(handlers, secrets, People.NOBODY, List.of(), name -> Optional.empty());
    }
}
