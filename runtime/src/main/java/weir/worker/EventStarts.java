package weir.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.graph.Graph;
import weir.graph.Start;
import weir.store.Events;
import weir.store.Journal;
import weir.store.Registry;
import weir.store.Registry.Kind;
import weir.value.BooleanValue;
import weir.value.RecordValue;
import weir.worker.Evaluations.Prepared;

/// The workflows that begin with an event: which they are, whether their `when` wants this one, and with what input.
/// An event starts each workflow at most once, however often it is delivered.
final class EventStarts {
    private static final Logger LOG = Logger.getLogger(EventStarts.class.getName());
    /// Longer than an event may be on its way.
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Registry registry;
    private final Evaluations evaluations;
    private final Plans plans;
    private final Map<Integer, List<Begins>> byVersion = new ConcurrentHashMap<>();

    EventStarts(Registry registry, Plans plans, InstantSource clock) {
        this.registry = registry;
        this.plans = plans;
        this.evaluations = plans.evaluations(clock);
    }

    /// An `on event` of a version.
    private record Begins(
            Graph graph,
            String event,
            @Nullable Prepared when,
            @Nullable Map<String, Prepared> with) {}

    /// What an event is to start.
    record Wanted(Registry.Entry workflow, Registry.Version version, RecordValue input, Journal.Once once) {}

    List<Wanted> wanted(int org, Events.Event event) {
        var wanted = new ArrayList<Wanted>();
        for (var entry : registry.list(org, Kind.WORKFLOW)) {
            registry.version(entry.id(), null).ifPresent(version -> {
                var begins = byVersion.computeIfAbsent(version.id(), id -> begins(version));
                for (int i = 0; i < begins.size(); i++) {
                    var input = begins.get(i).event().equals(event.event()) ? input(entry, begins.get(i), event) : null;
                    if (input != null) {
                        wanted.add(new Wanted(entry, version, input, once(entry, event, i)));
                    }
                }
            });
        }
        return wanted;
    }

    private List<Begins> begins(Registry.Version version) {
        var plan = plans.of(version);
        var graph = plan.graph();
        var programs = plan.programs();
        return graph.starts().stream()
                .filter(Start.Event.class::isInstance)
                .map(Start.Event.class::cast)
                .map(start -> new Begins(
                        graph,
                        start.event(),
                        start.when() == null ? null : Evaluations.condition(programs, start.when(), List.of("event")),
                        start.with() == null ? null : Evaluations.with(programs, start.with())))
                .toList();
    }

    /// The workflow's input, or null when this event starts nothing.
    private @Nullable RecordValue input(Registry.Entry entry, Begins begins, Events.Event event) {
        try {
            if (begins.when() != null && evaluations.evaluate(begins.when(), event.payload()) != BooleanValue.TRUE) {
                return null;
            }
            var parameters = begins.graph().parameters();
            RecordValue input = RecordValue.EMPTY;
            if (begins.with() != null) {
                input = evaluations.arguments(begins.with(), event.payload());
            } else if (!parameters.isEmpty()) {
                input = RecordValue.of(parameters.getFirst().name(), event.payload());
            }
            var fitted = Fitting.fit(
                    input, Runs.input(begins.graph()), begins.graph().library());
            if (fitted.fits() && fitted.value() instanceof RecordValue record) {
                return record;
            }
            refused(entry, event, "it does not fit the workflow's parameters: " + fitted.sentence());
        } catch (EvaluationError failed) {
            refused(entry, event, failed.sentence());
        }
        return null;
    }

    private static void refused(Registry.Entry entry, Events.Event event, String why) {
        LOG.log(
                Level.WARNING,
                () -> "the event \"" + event.event() + "\" (position " + event.position() + ") did not start "
                        + entry.name() + ": " + why);
    }

    private static Journal.Once once(Registry.Entry entry, Events.Event event, int trigger) {
        String key = "event " + event.position() + " " + trigger;
        return new Journal.Once(
                OnceScope.EVENT.of(entry.id()), key.getBytes(StandardCharsets.UTF_8), REMEMBERED, new byte[0]);
    }
}
