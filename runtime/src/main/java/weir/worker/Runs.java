package weir.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Message;
import weir.engine.Plan;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.eval.Fitting;
import weir.graph.Graph;
import weir.model.Type;
import weir.store.Journal;
import weir.store.Letter;
import weir.store.Post;
import weir.store.Queue;
import weir.store.Quotas;
import weir.store.Registry;
import weir.store.Slots;
import weir.store.StoreProblem;
import weir.store.Tasks;
import weir.store.Views;
import weir.value.RecordValue;
import weir.value.Value;

/// The way in: starts runs, tells them things, waits for them. A start that returned is durable.
///
/// The first decision is made here, so that the plan of the first step is part of the commit that accepts the run;
/// whoever claims it from the queue performs what is planned. A one-step run costs two commits. Where this process also
/// drives runs and has room, what it accepts is its own from the start ([Hands]).
public final class Runs implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Journal journal;
    private final Views views;
    private final Registry registry;
    private final Plans plans;
    private final Post post;
    private final Turns turns;
    private final Courier courier;
    private final InstantSource clock;
    private final RunIds ids;
    private final Stage stage;
    private final Stage.Role<Journal.Due> enqueuer;
    private final Changes changes = new Changes();
    private volatile Consumer<UUID> told = run -> {};
    private volatile Runnable queued = () -> {};
    private volatile Hands hands = Hands.NONE;

    /// @param post how runs reach each other
    public Runs(
            Journal journal, Queue queue, Views views, Registry registry, Plans plans, Post post, InstantSource clock) {
        this(journal, queue, views, registry, plans, post, clock, new Threads());
    }

    /// @param stage where the parts of this process act; closed with this
    public Runs(
            Journal journal,
            Queue queue,
            Views views,
            Registry registry,
            Plans plans,
            Post post,
            InstantSource clock,
            Stage stage) {
        this.stage = stage;
        this.journal = journal;
        this.views = views;
        this.registry = registry;
        this.plans = plans;
        this.post = post;
        this.clock = clock;
        this.ids = new RunIds(clock, stage.random());
        this.turns = new Turns(post.slots(), views, plans, this);
        this.courier = new Courier(post, this, new EventStarts(registry, plans, clock), stage);
        this.enqueuer = stage.enter("weir-enqueue", Stage.Weight.HEAVY, new Enqueuer(queue, () -> queued.run()));
    }

    /// @param input already checked against the workflow's parameters
    /// @param trigger what starts it (`api`, `webhook POST /orders`, `schedule 0 9 * * *`)
    /// @param once what makes a second start give the first run, or null
    /// @param awaited whether [#await] follows in this process
    public record StartRequest(
            Registry.Entry workflow,
            Registry.Version version,
            RecordValue input,
            String trigger,
            Journal.@Nullable Once once,
            boolean awaited) {}

    /// Starts a run. Blocks until it is durable.
    ///
    /// @return the new run, or the one that the key was used for before
    /// @throws StoreProblem when the store is away or the outcome is unknown; starting again with the same key is
    /// safe
    /// @throws EvaluationError when the workflow's `once per` or `at most … at once` fails for that input
    public Journal.Accepted start(StartRequest request) {
        var plan = plans.of(request.version());
        var once = plan.once(request.input());
        if (once == null) {
            return accept(request, plan, ids.next(), null, request.once());
        }
        int org = request.workflow().org();
        var key = key(request.workflow(), once);
        var accepted = accept(request, plan, ids.next(), null, key);
        if (once.orAfterFailure()
                && accepted instanceof Journal.Accepted.Known(UUID before)
                && hasFailed(org, before)
                && journal.freeKey(org, key.scope(), key.key(), before)) {
            return accept(request, plan, ids.next(), null, key);
        }
        return accepted;
    }

    /// Starts a run that begins with what another one did. What the workflow says about starts that are the same
    /// does not count: somebody wants it again.
    ///
    /// @throws StoreProblem as [#start]
    public Journal.Accepted replay(StartRequest request, Entry.Replayed replayed) {
        return accept(request, plans.of(request.version()), ids.next(), null, replayed, request.once());
    }

    /// Starts the run of a step, under the id that its parent gave it. The second time it does nothing.
    ///
    /// @return why it cannot be started, or null
    @Nullable
    RunError startChild(int org, Effect.StartChild child, UUID parent) {
        var entry = registry.find(org, Registry.Kind.WORKFLOW, child.workflow());
        var version = entry.flatMap(found -> registry.version(found.id(), null));
        if (version.isEmpty()) {
            return RunError.of(
                    "unknown_workflow",
                    "no workflow \"" + child.workflow() + "\" is deployed; deploy it, then resume this run");
        }
        var plan = plans.of(version.get());
        var graph = plan.graph();
        var fitted = Fitting.fit(child.input(), input(graph), graph.library());
        if (!fitted.fits() || !(fitted.value() instanceof RecordValue input)) {
            return RunError.of(
                    "does_not_fit",
                    "the arguments do not fit version " + version.get().number() + " of \"" + child.workflow() + "\": "
                            + fitted.sentence());
        }
        var request = new StartRequest(entry.get(), version.get(), input, "run " + parent, null, false);
        // A call is a call: `once per` is for what starts from outside.
        try {
            accept(request, plan, child.child(), new Entry.Parent(parent, child.path()), null);
            return null;
        } catch (EvaluationError turn) {
            return RunError.of(turn.code(), "its `at most … at once`: " + turn.sentence());
        }
    }

    boolean isKnown(int org, UUID run) {
        return views.find(org, run).isPresent();
    }

    /// Starts the run of a segment of a loop, of the version of its parent. The second time it does nothing, and
    /// nothing when the parent is over.
    void startSegment(int org, Effect.StartSegment segment, UUID parent) {
        var row = views.find(org, parent);
        if (row.isEmpty() || isKnown(org, segment.child())) {
            return;
        }
        var plan = plans.of(row.get().version());
        var now = clock.instant();
        var spec = segment.segment();
        var version = registry.version(row.get().version())
                .orElseThrow(() -> new IllegalStateException("the version of run " + parent + " is gone"));
        var started = new Entry.Started(
                plan.graph().workflow(),
                version.number(),
                version.hash(),
                plan.graph().level(),
                spec.seed(),
                RecordValue.EMPTY,
                "run " + parent,
                new Entry.Parent(parent, segment.path()),
                spec);
        accept(org, row.get().workflow(), version.id(), plan, segment.child(), started, null, now, null, null);
    }

    /// What a workflow's parameters take, as one record.
    static Type.RecordOf input(Graph graph) {
        return new Type.RecordOf(graph.parameters().stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), one.doc()))
                .toList());
    }

    private boolean hasFailed(int org, UUID run) {
        return views.find(org, run)
                .filter(row -> switch (row.state()) {
                    case FAILED, CANCELLED, PARKED -> true;
                    case QUEUED, RUNNING, WAITING, PAUSED, SUCCEEDED -> false;
                })
                .isPresent();
    }

    /// What the workflow itself says about starts that are the same goes before what the caller says.
    private static Journal.Once key(Registry.Entry workflow, Plan.Once once) {
        var within = once.within() == null ? FOR_EVER : Duration.ofMillis(once.within());
        return new Journal.Once(
                OnceScope.WORKFLOW.of(workflow.id()), once.key().getBytes(StandardCharsets.UTF_8), within, new byte[0]);
    }

    private Journal.Accepted accept(
            StartRequest request, Plan plan, UUID id, Entry.@Nullable Parent parent, Journal.@Nullable Once once) {
        return accept(request, plan, id, parent, null, once);
    }

    private Journal.Accepted accept(
            StartRequest request,
            Plan plan,
            UUID id,
            Entry.@Nullable Parent parent,
            Entry.@Nullable Replayed replayed,
            Journal.@Nullable Once once) {
        var now = clock.instant();
        var started = new Entry.Started(
                request.workflow().name(),
                request.version().number(),
                request.version().hash(),
                plan.graph().level(),
                stage.random().nextLong(),
                request.input(),
                request.trigger(),
                parent);
        int org = request.workflow().org();
        var turn = plan.turn(request.input());
        if (request.awaited()) {
            changes.expect(id);
        }
        return accept(
                org, request.workflow().id(), request.version().id(), plan, id, started, replayed, now, turn, once);
    }

    private Journal.Accepted accept(
            int org,
            int workflow,
            int version,
            Plan plan,
            UUID id,
            Entry.Started started,
            Entry.@Nullable Replayed replayed,
            Instant now,
            Plan.@Nullable Turn turn,
            Journal.@Nullable Once once) {
        var begun = Begun.of(plan, id, started, replayed, plans::of, now);
        var letters = letters(org, id, begun.effects());
        // The id of a child may have been used before, by another process: it goes through the queue.
        long here = turn == null && started.parent() == null && begun.isBusy() ? hands.take() : 0;
        var birth = new Journal.Birth(
                id,
                org,
                workflow,
                version,
                plan.graph().limits().priority(),
                turn == null ? here : Slots.GATE,
                begun.wakeAt(),
                once,
                List.of(begun.frame()),
                letters,
                started.segment() == null || started.parent() == null
                        ? null
                        : started.parent().run());
        var accepted = here != 0 ? acceptHere(birth, begun) : join(journal.accept(birth));
        if (accepted instanceof Journal.Accepted.Fresh) {
            if (turn != null) {
                turns.take(org, id, workflow, birth.priority(), turn);
            } else if (here == 0) {
                enqueuer.tell(new Journal.Due(id, org, birth.priority(), birth.wakeAt()));
            }
            courier.take(letters);
        } else {
            changes.forget(id);
        }
        return accepted;
    }

    /// Accepts a run that this process drives, and begins with it.
    private Journal.Accepted acceptHere(Journal.Birth birth, Begun begun) {
        boolean driven = false;
        try {
            var accepted = join(journal.accept(birth));
            driven = accepted instanceof Journal.Accepted.Fresh;
            if (driven) {
                hands.drive(birth, begun);
            }
            return accepted;
        } catch (StoreProblem problem) {
            if (problem.kind() == StoreProblem.Kind.UNKNOWN_OUTCOME) {
                hands.doubt(birth.id());
            }
            throw problem;
        } finally {
            if (!driven) {
                hands.giveUp();
            }
        }
    }

    /// What effects tell others, ready to be kept with their frame.
    List<Letter> letters(int org, UUID run, List<Effect> effects) {
        List<Letter> letters = new ArrayList<>(0);
        for (var effect : effects) {
            if (effect instanceof Effect.Outgoing outgoing) {
                letters.add(new Letter(ids.next(), org, run, outgoing));
            }
        }
        return letters;
    }

    /// Sends an event from outside: to the runs that wait for it, and to the workflows that begin with it. It is
    /// durable when this returns, and delivered soon after.
    ///
    /// @param id the same id twice is one event
    public void publish(int org, String id, String event, Value payload) {
        var letter = new Letter(ids.next(), org, null, new Effect.Publish("", id, event, payload));
        post.outbox().post(letter);
        courier.take(List.of(letter));
    }

    /// What people are asked by runs.
    public Tasks tasks() {
        return post.tasks();
    }

    /// Answers what a run asks, once.
    ///
    /// @param answer held against its type
    /// @return false when the answer does not matter any more
    public boolean answer(int org, Tasks.Task task, Value answer) {
        if (!post.tasks().answer(org, task, answer)) {
            return false;
        }
        wake(org, task.run());
        return true;
    }

    /// Whose turn it is, where workflows say how many runs may be under way at once.
    Turns turns() {
        return turns;
    }

    /// Delivers what is on its way.
    Courier courier() {
        return courier;
    }

    Quotas quotas() {
        return post.quotas();
    }

    /// Waits until the run has come out, at most that long.
    ///
    /// @return empty when it is still under way
    public Optional<Outcome> await(int org, UUID run, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var settled = changes.await(run);
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                try {
                    return Optional.of(settled.get(Math.max(0, Math.min(left, POLL.toNanos())), TimeUnit.NANOSECONDS));
                } catch (TimeoutException notYet) {
                    var outcome = hands.drives(run) ? Optional.<Outcome>empty() : look(org, run);
                    if (outcome.isPresent() || left <= POLL.toNanos()) {
                        return outcome;
                    }
                }
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            changes.forget(run);
        }
    }

    private Optional<Outcome> look(int org, UUID run) {
        var row = views.find(org, run);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        return switch (row.get().state()) {
            case QUEUED, RUNNING, WAITING, PAUSED -> Optional.empty();
            case SUCCEEDED, FAILED, CANCELLED, PARKED ->
                Optional.of(outcome(row.get().state(), views.frames(org, run, 0)));
        };
    }

    private static Outcome outcome(Views.State state, List<Frame> frames) {
        Outcome outcome = new Outcome(state, null, null);
        for (var frame : frames) {
            for (var entry : frame.entries()) {
                if (entry instanceof Entry.Ended ended) {
                    outcome = new Outcome(state, ended.output(), ended.error());
                } else if (entry instanceof Entry.Parked parked) {
                    outcome = new Outcome(state, null, parked.error());
                }
            }
        }
        return outcome;
    }

    /// Asks a run to stop.
    ///
    /// @param source who asks, unique for this wish; the same wish again has no effect
    /// @return false when it has ended already or does not exist
    public boolean cancel(int org, UUID run, String reason, String source) {
        boolean told = tell(org, run, new Message.Cancel(reason), source);
        if (told && turns.letPass(org, run)) {
            wake(org, run);
        }
        return told;
    }

    /// Asks a run to start nothing more until it is resumed.
    ///
    /// @param source as of [#cancel]
    /// @return false when it has ended already or does not exist
    public boolean pause(int org, UUID run, String reason, String source) {
        return tell(org, run, new Message.Pause(reason), source);
    }

    /// Lets a parked run go on from the step that failed, and a paused one where it stands.
    public boolean resume(int org, UUID run, String reason, String source) {
        return resume(org, run, new Message.Resume(reason), source);
    }

    /// The same, perhaps with another version; whether that fits is to be looked at before ([weir.engine.Moving]).
    public boolean resume(int org, UUID run, Message.Resume resume, String source) {
        if (!rests(org, run) || !turns.areTaken(org, run)) {
            return tell(org, run, resume, source);
        }
        if (!journal.tellInTurn(run, resume, source)) {
            return false;
        }
        turns.take(org, run);
        wake(org, run);
        return true;
    }

    private boolean rests(int org, UUID run) {
        return views.find(org, run)
                .filter(row -> row.state() == Views.State.PARKED)
                .isPresent();
    }

    boolean tell(int org, UUID run, Message message, String source) {
        if (views.find(org, run).isEmpty() || !journal.tell(run, message, source)) {
            return false;
        }
        wake(org, run);
        return true;
    }

    private void wake(int org, UUID run) {
        told.accept(run);
        enqueuer.tell(new Journal.Due(run, org, Graph.Priority.HIGH, clock.instant()));
    }

    /// Whom to tell that a run of this process has news.
    void onTold(Consumer<UUID> listener) {
        told = listener;
    }

    /// Calls back, on any thread and quickly, when frames of a run that this process drives became durable.
    public AutoCloseable follow(UUID run, Runnable onChange) {
        return changes.follow(run, onChange);
    }

    /// How the journal of this process was written so far.
    public Journal.Written written() {
        return journal.written();
    }

    Changes changes() {
        return changes;
    }

    /// Whom to tell that runs went into the queue.
    void onQueued(Runnable listener) {
        queued = listener;
    }

    /// Who drives what is accepted here.
    void drivenBy(Hands hands) {
        this.hands = hands;
    }

    /// Where the parts of this process act.
    Stage stage() {
        return stage;
    }

    /// Queues runs whose turn it is.
    void enqueue(List<Journal.Due> due) {
        due.forEach(enqueuer::tell);
    }

    /// Queues a run that its owner has let go of.
    void enqueue(Journal.Due due) {
        enqueuer.tell(due);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StoreProblem problem) {
                throw problem;
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        courier.close();
        enqueuer.close();
        stage.close();
    }
}
