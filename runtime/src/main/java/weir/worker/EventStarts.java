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
import weir.store.Events;
import weir.store.Journal;
import weir.store.Registry;
import weir.store.Registry.Kind;
import weir.value.RecordValue;
import weir.worker.EventTrigger.Answer;

/// The workflows that begin with an event: which they are, whether their `when` wants this one, and with what input.
/// An event starts each workflow at most once, however often it is delivered.
final class EventStarts {
    private static final Logger LOG = Logger.getLogger(EventStarts.class.getName());
    /// Longer than an event may be on its way.
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Registry registry;
    private final Evaluations evaluations;
    private final Plans plans;
    private final Map<Integer, List<EventTrigger>> byVersion = new ConcurrentHashMap<>();

    EventStarts(Registry registry, Plans plans, InstantSource clock) {
        this.registry = registry;
        this.plans = plans;
        this.evaluations = plans.evaluations(clock);
    }

    /// What an event is to start.
    record Wanted(Registry.Entry workflow, Registry.Version version, RecordValue input, Journal.Once once) {}

    List<Wanted> wanted(int org, Events.Event event) {
        var wanted = new ArrayList<Wanted>();
        for (var entry : registry.list(org, Kind.WORKFLOW)) {
            if (entry.retired()) {
                continue;
            }
            registry.version(entry.id(), null).ifPresent(version -> {
                var triggers = byVersion.computeIfAbsent(version.id(), id -> EventTrigger.of(plans.of(version)));
                for (int i = 0; i < triggers.size(); i++) {
                    if (triggers.get(i).event().equals(event.event())) {
                        switch (triggers.get(i).answer(event.payload(), evaluations)) {
                            case Answer.Starts(RecordValue input) ->
                                wanted.add(new Wanted(entry, version, input, once(entry, event, i)));
                            case Answer.Unwanted() -> {}
                            case Answer.Refused(String why) -> refused(entry, event, why);
                        }
                    }
                }
            });
        }
        return wanted;
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
