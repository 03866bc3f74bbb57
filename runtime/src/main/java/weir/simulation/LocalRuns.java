package weir.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Input;
import weir.engine.Message;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.engine.Segment;
import weir.eval.Fitting;
import weir.graph.Node;
import weir.model.Type;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.Value;

/// The runs of one world, and what goes between them: children and how they end, events and who waits for them. One
/// thing happens after the other.
final class LocalRuns {
    private final World world;
    private final Function<String, Optional<Plan>> workflows;
    private final BiConsumer<LocalRun, Frame> listener;
    private final Map<UUID, LocalRun> runs = new LinkedHashMap<>();
    private final Map<LocalRun, Integer> since = new LinkedHashMap<>();
    private final Map<Place, Waiting> waits = new LinkedHashMap<>();
    private final List<Published> published = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private Kills kills = Kills.none();
    private long position;
    private long started;

    private record Place(LocalRun run, String path) {}

    private record Published(long position, String event, Value payload) {
        Message at(String path) {
            return new Message.Published(path, position, event, payload);
        }
    }

    /// @param workflows what may be started as a child, by name
    /// @param listener hears every frame of every run
    LocalRuns(World world, Function<String, Optional<Plan>> workflows, BiConsumer<LocalRun, Frame> listener) {
        this.world = world;
        this.workflows = workflows;
        this.listener = listener;
    }

    /// When the process of the runs is killed.
    void kill(Kills when) {
        kills = when;
    }

    LocalRun start(Plan plan, UUID id, long seed, RecordValue input, Entry.@Nullable Parent parent) {
        return start(plan, id, seed, input, parent, null);
    }

    private LocalRun start(
            Plan plan,
            UUID id,
            long seed,
            RecordValue input,
            Entry.@Nullable Parent parent,
            @Nullable Segment segment) {
        var run = new LocalRun(plan, id, seed, input, parent, segment, world.now(), listener);
        runs.put(id, run);
        since.put(run, published.size());
        world.add(new Happening.To(run, new Input.Begin()));
        return run;
    }

    /// Until every run is over, or nothing will happen any more.
    void go() throws InterruptedException {
        while (!runs.values().stream().allMatch(LocalRun::isOver)) {
            switch (world.next(due())) {
                case Happening.To(var run, var input) -> advance(run, input);
                case Happening.Told(var run, var message) -> tell(run, message);
                case Happening.Heard(var run, var path, var event, var payload) ->
                    tell(run, new Published(++position, event, payload).at(path));
                case Happening.Sent(var event, var payload) -> publish(event, payload);
                case Happening.Due() -> strike();
                case Happening.Nothing() -> {
                    return;
                }
            }
        }
    }

    /// What the runs that are not over wait for from outside.
    List<Waiting> waiting() {
        return waits.entrySet().stream()
                .filter(wait -> !wait.getKey().run().isOver())
                .map(wait -> wait.getValue()
                        .ignoring(wait.getKey().run().ignored(wait.getKey().path())))
                .toList();
    }

    private @Nullable Instant due() {
        @Nullable Instant first = null;
        for (var run : runs.values()) {
            var due = run.due();
            if (due != null && (first == null || due.isBefore(first))) {
                first = due;
            }
        }
        return first;
    }

    private void strike() {
        var now = world.now();
        for (var run : List.copyOf(runs.values())) {
            var due = run.due();
            if (due != null && !due.isAfter(now)) {
                advance(run, new Input.Due());
            }
        }
    }

    private void tell(LocalRun run, Message message) {
        advance(run, new Input.Told(run.nextMessage(), message));
    }

    private void advance(LocalRun run, Input input) {
        int before = run.length();
        var effects = run.advance(input, world.now());
        boolean dies = run.length() > before && kills.strike();
        for (var effect : effects) {
            // What is told others is durable with the frame; a call is made afterwards, or not any more.
            if (!dies || kills.afterCalls() || effect instanceof Effect.Outgoing) {
                remember(run, effect);
                if (!world.take(run, effect)) {
                    among(run, effect);
                }
            }
        }
        if (run.isOver()) {
            waits.keySet().removeIf(place -> place.run() == run);
        }
        if (dies) {
            restart();
        }
    }

    private void restart() {
        world.die();
        for (var run : runs.values()) {
            if (!run.isOver()) {
                run.restart();
                world.add(new Happening.To(run, new Input.Begin()));
            }
        }
    }

    private void remember(LocalRun run, Effect effect) {
        var place = new Place(run, effect.path());
        switch (effect) {
            case Effect.Ask ask -> waits.put(place, waiting(run, ask, Waiting.Kind.ANSWER, ask.question()));
            case Effect.Listen listen -> waits.put(place, waiting(run, listen, Waiting.Kind.EVENT, listen.event()));
            case Effect.Withdraw _, Effect.Unlisten _ -> waits.remove(place);
            case Effect.Perform _,
                    Effect.Abandon _,
                    Effect.StartChild _,
                    Effect.StartSegment _,
                    Effect.Instruct _,
                    Effect.Report _,
                    Effect.CancelChild _,
                    Effect.PauseChild _,
                    Effect.ReportEnd _,
                    Effect.Publish _ -> {}
        }
    }

    private static Waiting waiting(LocalRun run, Effect effect, Waiting.Kind kind, String what) {
        var at = run.plan().node(effect.path()).map(Node::at).orElse(Span.NONE);
        return new Waiting(run.plan().graph().workflow(), effect.path(), kind, what, at);
    }

    /// What runs want of each other.
    private void among(LocalRun run, Effect effect) {
        switch (effect) {
            case Effect.StartChild child -> start(run, child);
            case Effect.StartSegment(String path, UUID child, Segment segment) ->
                startSegment(run, path, child, segment);
            case Effect.Instruct(String _, UUID child, Message.Ordered ordered) -> told(child, ordered);
            case Effect.Report(String _, UUID parent, Message.Reported reported) -> told(parent, reported);
            case Effect.CancelChild(String _, UUID child) ->
                told(child, new Message.Cancel("the run that started it does not wait for it any more"));
            case Effect.PauseChild(String _, UUID child, int _, boolean goOn) ->
                told(child, goOn ? new Message.Resume("with its parent") : new Message.Pause("with its parent"));
            case Effect.ReportEnd(String _, UUID parent, Message.ChildEnded ended) -> told(parent, ended);
            case Effect.Listen(String path, String event, long _, int _) ->
                published.subList(since.getOrDefault(run, 0), published.size()).stream()
                        .filter(one -> one.event().equals(event))
                        .forEach(one -> world.add(new Happening.Told(run, one.at(path))));
            case Effect.Publish(String _, String id, String event, Value payload) -> {
                if (ids.add(id)) {
                    publish(event, payload);
                }
            }
            case Effect.Perform _, Effect.Abandon _, Effect.Ask _, Effect.Withdraw _, Effect.Unlisten _ -> {}
        }
    }

    private void told(UUID id, Message message) {
        var run = runs.get(id);
        if (run != null && !run.isOver()) {
            world.add(new Happening.Told(run, message));
        }
    }

    private void publish(String event, Value payload) {
        var sent = new Published(++position, event, payload);
        published.add(sent);
        waits.forEach((place, waiting) -> {
            if (waiting.kind() == Waiting.Kind.EVENT && waiting.what().equals(event)) {
                world.add(new Happening.Told(place.run(), sent.at(place.path())));
            }
        });
        for (var begun : world.startedBy(event, payload)) {
            var id = new UUID(position, ++started);
            start(begun.plan(), id, id.getLeastSignificantBits(), begun.input(), null);
        }
    }

    /// What was started by events, in their order.
    List<LocalRun> startedByEvents() {
        return runs.values().stream()
                .skip(1)
                .filter(run -> run.parent() == null)
                .toList();
    }

    private void start(LocalRun parent, Effect.StartChild child) {
        if (runs.containsKey(child.child())) {
            return;
        }
        var plan = workflows.apply(child.workflow());
        if (plan.isEmpty()) {
            refuse(parent, child, "unknown_workflow", "there is no workflow `" + child.workflow() + "` in this file");
            return;
        }
        var graph = plan.get().graph();
        var parameters = new Type.RecordOf(graph.parameters().stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), one.doc()))
                .toList());
        var fitted = Fitting.fit(child.input(), parameters, graph.library());
        if (fitted.fits() && fitted.value() instanceof RecordValue input) {
            long seed = child.child().getLeastSignificantBits();
            start(plan.get(), child.child(), seed, input, new Entry.Parent(parent.id(), child.path()));
        } else {
            String sentence = "the arguments do not fit `" + child.workflow() + "`: " + fitted.sentence();
            refuse(parent, child, "does_not_fit", sentence);
        }
    }

    private void startSegment(LocalRun parent, String path, UUID child, Segment segment) {
        if (!runs.containsKey(child)) {
            start(
                    parent.plan(),
                    child,
                    segment.seed(),
                    RecordValue.EMPTY,
                    new Entry.Parent(parent.id(), path),
                    segment);
        }
    }

    private void refuse(LocalRun parent, Effect.StartChild child, String code, String message) {
        var ended = new Message.ChildEnded(
                child.path(), child.child(), Entry.Status.FAILED, (@Nullable Value) null, RunError.of(code, message));
        world.add(new Happening.Told(parent, ended));
    }
}
