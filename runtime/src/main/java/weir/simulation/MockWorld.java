package weir.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.engine.Input;
import weir.engine.Message;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.graph.Node;
import weir.simulation.Call.Callee;
import weir.source.Span;
import weir.store.Quotas;
import weir.store.memory.MemoryStore;
import weir.value.Crossing;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// The world of a test: mocks answer at once, and the time jumps to the next timer when nothing else happens.
final class MockWorld implements World {
    /// A test that does more than this does not come to an end.
    private static final int MOST_HAPPENINGS = 200_000;

    private static final long SEED = 1;

    private final List<Mocked> mocks;
    private final TestFiles files;
    private final Predicate<String> workflows;
    private final EventChains chains;
    private final Quotas quotas;
    private final Deque<Happening> happened = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparing(Scheduled::at).thenComparingInt(Scheduled::number));
    private final List<Call> calls = new ArrayList<>();
    /// What came of calls: one that is made again because nobody heard of it has the same answer.
    private final Map<Attempt, Input> answered = new HashMap<>();
    private final List<Repetition> repetitions = new ArrayList<>();
    private Instant now;
    private int happenings;

    private record Attempt(UUID run, String path, int number, String key) {}

    /// A call that was made again because the process died before what came of it was durable.
    ///
    /// @param keyed whether the workflow gives it a key of its own
    record Repetition(Call call, boolean keyed, Span at) {}

    private record Scheduled(Instant at, int number, Happening.Sent event) {}

    /// Something that the test cannot go on after.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Span at;

        Stopped(String message, Span at) {
            super(message, null, false, false);
            this.at = at;
        }

        Span at() {
            return at;
        }
    }

    /// @param workflows those that can really run
    /// @param chains what events start
    MockWorld(List<Mocked> mocks, TestFiles files, Predicate<String> workflows, EventChains chains, Instant start) {
        this.chains = chains;
        this.files = files;
        this.mocks = List.copyOf(mocks);
        this.workflows = workflows;
        this.now = start;
        this.quotas = new MemoryStore(() -> now, new Random(SEED)).post().quotas();
    }

    List<Repetition> repetitions() {
        return repetitions;
    }

    @Override
    public void die() {
        happened.removeIf(Happening.To.class::isInstance);
    }

    List<Call> calls() {
        return calls;
    }

    /// Sends an event when its time has come.
    void schedule(Duration after, String event, Value payload) {
        scheduled.add(new Scheduled(now.plus(after), scheduled.size(), new Happening.Sent(event, payload)));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public List<EventChains.Begun> startedBy(String event, Value payload) {
        var begun = new ArrayList<EventChains.Begun>();
        for (var start : chains.startedBy(event, payload)) {
            String workflow = start.plan().graph().workflow();
            var call = new Call(workflow, null, new Callee.Workflow(workflow), Differences.shown(start.input()));
            calls.add(call);
            if (mocks.stream().noneMatch(mock -> mock.subject().covers(call))) {
                begun.add(start);
            }
        }
        return begun;
    }

    @Override
    public void add(Happening happening) {
        happened.add(happening);
    }

    @Override
    public Happening next(@Nullable Instant due) {
        if (++happenings > MOST_HAPPENINGS) {
            throw new Stopped("the run does not come to an end: " + MOST_HAPPENINGS + " things happened", Span.NONE);
        }
        var next = happened.poll();
        if (next != null) {
            return next;
        }
        var event = scheduled.peek();
        if (event != null && (due == null || !event.at().isAfter(due))) {
            scheduled.remove();
            now = event.at().isAfter(now) ? event.at() : now;
            return event.event();
        }
        if (due == null) {
            return new Happening.Nothing();
        }
        now = due.isAfter(now) ? due : now;
        return new Happening.Due();
    }

    @Override
    public boolean take(LocalRun run, Effect effect) {
        return switch (effect) {
            case Effect.Perform perform -> {
                perform(run, perform);
                yield true;
            }
            case Effect.Abandon(String path, int attempt) -> {
                happened.removeIf(what ->
                        what instanceof Happening.To(var of, var input) && of == run && isOf(input, path, attempt));
                yield true;
            }
            case Effect.StartChild child -> start(run, child);
            case Effect.Ask ask -> {
                ask(run, ask);
                yield true;
            }
            case Effect.Withdraw(String _, UUID task) -> {
                happened.removeIf(what -> what instanceof Happening.Told(var _, Message.Answered answered)
                        && answered.task().equals(task));
                yield true;
            }
            case Effect.Listen listen -> {
                listen(run, listen);
                yield false;
            }
            case Effect.Publish publish -> {
                calls.add(
                        call(run, publish, new Callee.Emitted(publish.event()), Differences.shown(publish.payload())));
                yield false;
            }
            // A child that has ended said so already, and the run still waits for it.
            case Effect.CancelChild _,
                    Effect.PauseChild _,
                    Effect.Unlisten _,
                    Effect.ReportEnd _,
                    Effect.StartSegment _,
                    Effect.Instruct _,
                    Effect.Report _ -> false;
        };
    }

    private static boolean isOf(Input input, String path, int attempt) {
        return switch (input) {
            case Input.Completed(String at, int of, Value _) -> at.equals(path) && of == attempt;
            case Input.Failed(String at, int of, RunError _) -> at.equals(path) && of == attempt;
            case Input.Skipped(String at, int of) -> at.equals(path) && of == attempt;
            case Input.Postponed(String at, int of, Instant _) -> at.equals(path) && of == attempt;
            case Input.Begin _, Input.Due _, Input.Told _ -> false;
        };
    }

    private static Call call(LocalRun run, Effect effect, Callee callee, Value arguments) {
        String step = run.plan().node(effect.path()).map(MockWorld::name).orElse(null);
        return new Call(run.plan().graph().workflow(), step, callee, arguments);
    }

    /// The name of a node that mocks can stand for.
    static @Nullable String name(Node node) {
        return switch (node) {
            case Node.Step step -> step.name();
            case Node.Child child -> child.name();
            case Node.Ask ask -> ask.name();
            case Node.WaitFor wait -> wait.name();
            // Default: no other node asks anything of the world.
            default -> null;
        };
    }

    private static Span at(LocalRun run, Effect effect) {
        return run.plan().node(effect.path()).map(Node::at).orElse(Span.NONE);
    }

    // ---- actions

    private void perform(LocalRun run, Effect.Perform effect) {
        var attempt = new Attempt(run.id(), effect.path(), effect.attempt(), effect.key());
        var known = answered.get(attempt);
        if (known != null) {
            var callee = new Callee.Action(effect.integration(), effect.action());
            var call = call(run, effect, callee, Differences.shown(effect.arguments()));
            boolean keyed = run.plan()
                    .node(effect.path())
                    .filter(node ->
                            node instanceof Node.Step step && step.policies().key() != null)
                    .isPresent();
            repetitions.add(new Repetition(call, keyed, at(run, effect)));
            add(new Happening.To(run, known));
            return;
        }
        var place = new Quotas.Place(0, run.plan().graph().workflow().hashCode(), Plan.nodeId(effect.path()));
        var once = effect.terms().once();
        String holder = run.id() + "/" + effect.path();
        if (once != null && !quotas.take(place, once.key(), Duration.ofMillis(once.within()), holder)) {
            add(new Happening.To(run, new Input.Skipped(effect.path(), effect.attempt())));
            return;
        }
        var rate = effect.terms().rate();
        var again = rate == null ? null : quotas.begin(place, rate.count(), Duration.ofMillis(rate.per()));
        if (again != null) {
            add(new Happening.To(run, new Input.Postponed(effect.path(), effect.attempt(), again)));
            return;
        }
        var callee = new Callee.Action(effect.integration(), effect.action());
        var call = call(run, effect, callee, Differences.shown(effect.arguments()));
        calls.add(call);
        var input = switch (demanded(call, at(run, effect))) {
            case Mocked.Given.Of(Value value) ->
                new Input.Completed(effect.path(), effect.attempt(), Crossing.of(value));
            case Mocked.Given.Refused(RunError error) -> new Input.Failed(effect.path(), effect.attempt(), error);
        };
        if (once != null && input instanceof Input.Failed) {
            quotas.giveBack(place, once.key(), holder);
        }
        answered.put(attempt, input);
        add(new Happening.To(run, input));
    }

    private boolean start(LocalRun run, Effect.StartChild child) {
        var call = call(run, child, new Callee.Workflow(child.workflow()), Differences.shown(child.input()));
        calls.add(call);
        boolean mocked = mocks.stream().anyMatch(mock -> mock.subject().covers(call));
        if (!mocked && workflows.test(child.workflow())) {
            return false;
        }
        var ended = switch (demanded(call, at(run, child))) {
            case Mocked.Given.Of(Value value) ->
                new Message.ChildEnded(
                        child.path(), child.child(), Entry.Status.SUCCEEDED, Crossing.of(value), (@Nullable RunError)
                                null);
            case Mocked.Given.Refused(RunError error) ->
                new Message.ChildEnded(child.path(), child.child(), Entry.Status.FAILED, (@Nullable Value) null, error);
        };
        add(new Happening.Told(run, ended));
        return true;
    }

    // ---- people and events

    private void ask(LocalRun run, Effect.Ask ask) {
        var arguments = RecordValue.builder()
                .put("question", Value.of(ask.question()))
                .putAll(ask.who())
                .build();
        var call = call(run, ask, new Callee.Question(), arguments);
        calls.add(call);
        if (came(call, at(run, ask)) instanceof RecordValue answer) {
            var whole = RecordValue.builder().putAll(answer);
            if (!answer.has("approved")) {
                whole.put("approved", Value.of(true));
            }
            if (!answer.has("by")) {
                whole.put(
                        "by",
                        ask.who().size() == 0 ? Value.of("somebody") : ask.who().valueAt(0));
            }
            add(new Happening.Told(run, new Message.Answered(ask.path(), ask.task(), whole.build())));
        }
    }

    private void listen(LocalRun run, Effect.Listen listen) {
        var call = call(run, listen, new Callee.Awaited(listen.event()), RecordValue.EMPTY);
        calls.add(call);
        var payload = came(call, at(run, listen));
        if (payload != null) {
            add(new Happening.Heard(run, listen.path(), listen.event(), payload));
        }
    }

    /// What a mock lets come to a question or a wait; null: nothing, so the time passes.
    private @Nullable Value came(Call call, Span at) {
        return switch (answer(call)) {
            case Mocked.Given.Of(Value value) when value != NullValue.NULL -> value;
            case Mocked.Given.Of _ -> null;
            case Mocked.Given.Refused _ ->
                throw new Stopped(call + " cannot fail; `returns null` lets its time pass", at);
            case null -> null;
        };
    }

    // ---- mocks

    private Mocked.Given demanded(Call call, Span at) {
        var given = answer(call);
        if (given != null) {
            return given;
        }
        boolean known = mocks.stream().anyMatch(mock -> mock.subject().covers(call));
        var read = known ? null : files.answer(call);
        if (read != null) {
            return read;
        }
        String what = known ? " was called and no mock of it answers this call" : " was called and is not mocked";
        throw new Stopped(call + what + "; add `mock " + call.target() + " returns …` to the test", at);
    }

    private Mocked.@Nullable Given answer(Call call) {
        for (var mock : mocks) {
            var given = mock.subject().covers(call) ? mock.answer(call.arguments()) : null;
            if (given != null) {
                return given;
            }
        }
        return null;
    }
}
