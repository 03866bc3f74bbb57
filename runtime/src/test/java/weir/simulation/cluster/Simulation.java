package weir.simulation.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.engine.RandomWorkflow;
import weir.engine.RunError;
import weir.engine.Splitting;
import weir.engine.Texts;
import weir.graph.Expr;
import weir.graph.Graph;
import weir.graph.GraphJson;
import weir.graph.Start;
import weir.source.Span;
import weir.store.Events;
import weir.store.Journal;
import weir.store.Outbox;
import weir.store.Post;
import weir.store.Queue;
import weir.store.Quotas;
import weir.store.Registry;
import weir.store.Slots;
import weir.store.StoreProblem;
import weir.store.Tasks;
import weir.store.Views;
import weir.store.memory.MemoryStore;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Handler;
import weir.worker.Observer;
import weir.worker.Plans;
import weir.worker.Runs;
import weir.worker.StepFailure;
import weir.worker.Worker;

/// One story of a cluster: servers that are killed, paused and set wrong clocks, stores that fail, people who start,
/// cancel, resume and answer. It ends when nothing fails any more and every run has come to its end.
final class Simulation {
    private static final int ORG = 1;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final @Nullable Consumer<String> narrator;
    private final long seed;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final MemoryStore store;
    private final Plans plans;
    private final Faults faults;
    private final Sabotage sabotage;
    private final Laws laws = new Laws();
    private final List<Server> servers = new ArrayList<>();
    private final List<Registry.Entry> workflows = new ArrayList<>();
    private final Duration trouble;
    private Registry.@Nullable Entry listener;
    private int resumptions;
    private int names;
    private boolean calm;

    /// What came of a story.
    ///
    /// @param broken the law that was broken, or null
    /// @param digest of everything that happened: the same for the same seed
    record Report(
            long seed,
            @Nullable String broken,
            int runs,
            int direct,
            int effects,
            int repeated,
            Duration time,
            long digest) {}

    /// A process with its worker.
    private record Server(Process process, Runs runs, Worker worker) {}

    private Simulation(long seed, Sabotage sabotage, @Nullable Consumer<String> narrator) {
        this.narrator = narrator;
        this.seed = seed;
        this.sabotage = sabotage;
        this.random = new Random(seed);
        this.store = sabotage.store(time, random);
        this.plans = new Plans(
                store.registry(),
                RecordValue.EMPTY,
                organisation -> Texts.NO_SCRIPTS,
                new Splitting(1 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(3)));
        this.faults = new Faults(random, 20 + random.nextInt(400), narrator);
        this.trouble = Duration.ofSeconds(2 + random.nextInt(20));
        this.resumptions = random.nextInt(6);
    }

    static Report of(long seed) {
        return of(seed, Sabotage.NONE, null);
    }

    /// @param narrator hears everything that is asked of the stores, and the journals in the end; or null
    static Report of(long seed, Sabotage sabotage, @Nullable Consumer<String> narrator) {
        return new Simulation(seed, sabotage, narrator).run();
    }

    private Report run() {
        @Nullable String broken = null;
        try {
            begin();
            while (laws.broken() == null && !isOver() && time.passed().compareTo(LONGEST) < 0 && time.step()) {
                // The laws look at everything that happens.
            }
            laws.end(plans::of);
            if (listener != null) {
                var events = store.post().events().since(ORG, "happened", VirtualTime.START, 0, Integer.MAX_VALUE);
                laws.started(listener.id(), events.size());
            }
        } catch (Laws.Broken | AssertionError law) {
            broken = law.getMessage();
        }
        return report(laws.broken() == null ? broken : laws.broken());
    }

    private void begin() {
        deploy();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            serve();
        }
        for (int i = 1 + random.nextInt(16); i > 0; i--) {
            time.in(someTime(trouble), () -> start("start " + ++names));
        }
        time.in(Duration.ofMillis(100), this::people);
        time.in(Duration.ofMillis(100), this::mishap);
        time.in(trouble, this::calmDown);
    }

    private Report report(@Nullable String broken) {
        int runs = 0;
        long digest = 0;
        for (var story : laws.stories()) {
            runs++;
            digest = 31 * digest + story.entries().hashCode();
            if (narrator != null) {
                narrator.accept("run " + story.run);
                story.frames.forEach(frame -> narrator.accept("  " + frame));
            }
        }
        return new Report(seed, broken, runs, laws.direct(), laws.effects(), laws.repeated(), time.passed(), digest);
    }

    private boolean isOver() {
        if (!calm) {
            return false;
        }
        for (var story : laws.stories()) {
            if (!laws.isSettled(story)) {
                return false;
            }
        }
        return store.post().outbox().overdue(Duration.ofSeconds(-60), 1).isEmpty()
                && store.post().slots().waiting(1).isEmpty();
    }

    /// The workflows, and what their steps call: another workflow.
    private void deploy() {
        deploy("other", new RandomWorkflow(random).withoutCalls().graph("other", "value", Graph.Limits.NONE));
        if (random.nextBoolean()) {
            var graph = new RandomWorkflow(random).withoutCalls().graph("listener", "event", Graph.Limits.NONE);
            listener = deploy("listener", startedByEvents(graph));
        }
        for (int i = 0; i < 2; i++) {
            int most = 1 + random.nextInt(2);
            boolean limited = random.nextBoolean();
            var limits = limited
                    ? new Graph.Limits(
                            Graph.Priority.values()[random.nextInt(4)],
                            null,
                            new Graph.AtMost(
                                    new Expr.Numeric(most, Span.NONE),
                                    null,
                                    Graph.Overflow.values()[random.nextInt(3)]),
                            null)
                    : null;
            var entry = deploy("w" + i, new RandomWorkflow(random).graph("w" + i, "input", limits));
            workflows.add(entry);
            if (limited) {
                laws.limit(entry.id(), most);
            }
        }
    }

    private static Graph startedByEvents(Graph graph) {
        return new Graph(
                graph.level(),
                graph.workflow(),
                graph.doc(),
                graph.parameters(),
                graph.result(),
                graph.library(),
                List.of(new Start.Event("happened", null, null)),
                graph.limits(),
                graph.body(),
                graph.onFailure(),
                graph.at());
    }

    private Registry.Entry deploy(String name, Graph graph) {
        store.registry().deploy(ORG, Registry.Kind.WORKFLOW, name, name, "", "", GraphJson.write(graph));
        return store.registry().find(ORG, Registry.Kind.WORKFLOW, name).orElseThrow();
    }

    private void serve() {
        var process = new Process("server " + ++names, time, random);
        var journal = faults.between(
                process,
                Journal.class,
                sabotage.of(Journal.class, store.journal(), random),
                (method, given, result) -> written(process, method.getName(), given, result));
        var post = store.post();
        var queue = between(process, Queue.class, store.queue());
        var views = between(process, Views.class, store.views());
        var guarded = new Post(
                between(process, Outbox.class, post.outbox()),
                between(process, Events.class, post.events()),
                between(process, Tasks.class, post.tasks()),
                between(process, Quotas.class, post.quotas()),
                between(process, Slots.class, post.slots()));
        var runs = new Runs(journal, queue, views, store.registry(), plans, guarded, process, process);
        var options = new Worker.Options(
                1 + random.nextInt(8),
                Duration.ZERO,
                Duration.ofMillis(200),
                Duration.ZERO,
                random.nextBoolean(),
                Duration.ofDays(30));
        Handler shop = call -> perform(process, call);
        var worker = new Worker(
                options, journal, queue, plans, runs, Map.of("shop", shop), name -> name, process, Observer.NONE);
        servers.add(new Server(process, runs, worker));
    }

    /// The laws hear what the journal did.
    private void written(Process process, String what, Object @Nullable [] given, @Nullable Object result) {
        var first = given == null ? null : given[0];
        var outcome = result instanceof CompletableFuture<?> future ? future.join() : result;
        if (first instanceof Journal.Birth birth && outcome instanceof Journal.Accepted.Fresh) {
            laws.accepted(process, birth);
        } else if (first instanceof Journal.Append append
                && outcome instanceof Journal.Appended done
                && done.accepted()) {
            laws.appended(process, append, done.inbox());
        } else if (what.equals("claim") && outcome instanceof List<?> claims) {
            claims.forEach(claim -> laws.claimed(process, (Journal.Claim) claim));
        }
    }

    private <T> T between(Process process, Class<T> type, T part) {
        return faults.between(process, type, sabotage.of(type, part, random), (method, given, result) -> {});
    }

    /// Every third attempt fails.
    private Value perform(Process process, Handler.Call call) throws StepFailure {
        laws.performed(process, call);
        long chance = (call.key() + call.attempt()).hashCode() * 31L + seed;
        if (Math.floorMod(chance, 3) == 0) {
            throw new StepFailure(RunError.of("http_503", "busy").retryAfter(chance % 2 == 0 ? 700L : null));
        }
        return call.arguments();
    }

    private Duration someTime(Duration longest) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis()));
    }

    /// Somebody at a server that can be reached asks for something, and asks again until there is an answer.
    private void ask(Consumer<Runs> what) {
        var alive =
                servers.stream().filter(server -> server.process().isAlive()).toList();
        try {
            if (!alive.isEmpty()) {
                what.accept(alive.get(random.nextInt(alive.size())).runs());
                return;
            }
        } catch (StoreProblem | Died noAnswer) {
            // Nobody knows what came of it.
        }
        time.in(Duration.ofMillis(200 + random.nextInt(500)), () -> ask(what));
    }

    private void start(String key) {
        var workflow = workflows.get(random.nextInt(workflows.size()));
        var version = store.registry().version(workflow.id(), null).orElseThrow();
        var input = RecordValue.of("input", Value.of(random.nextInt(2)));
        var once =
                new Journal.Once(workflow.id(), key.getBytes(StandardCharsets.UTF_8), Duration.ofDays(1), new byte[0]);
        ask(runs -> {
            var accepted = runs.start(new Runs.StartRequest(workflow, version, input, "api", once, false));
            laws.promised(
                    switch (accepted) {
                        case Journal.Accepted.Fresh(UUID run) -> run;
                        case Journal.Accepted.Known(UUID run) -> run;
                        case Journal.Accepted.Conflict(UUID run) -> throw new Laws.Broken("a key conflicts: " + run);
                    });
        });
    }

    /// People answer, resume, cancel and send events. When all is calm they cancel in the end what nobody ends.
    private void people() {
        boolean late = calm && time.passed().compareTo(trouble.multipliedBy(2).plusSeconds(20)) > 0;
        int what = random.nextInt(10);
        if (what < 3) {
            ask(this::answer);
        } else if (what < 5 && !late) {
            String id = "outside " + ++names;
            var payload = Value.of(random.nextInt(3));
            ask(runs -> runs.publish(ORG, id, "happened", payload));
        } else if (what < 7 && resumptions > 0 && !late) {
            withSome(Laws.Story::isParked, (runs, run) -> {
                resumptions--;
                runs.resume(ORG, run, "again", "resume " + ++names);
            });
        } else if (what == 7 && !late) {
            withSome(
                    story -> !laws.isSettled(story),
                    (runs, run) -> runs.pause(ORG, run, "a moment", "pause " + ++names));
        } else if (what == 8) {
            withSome(Laws.Story::isPaused, (runs, run) -> runs.resume(ORG, run, "go on", "go on " + ++names));
        } else if (late || random.nextInt(30) == 0) {
            withSome(
                    story -> !laws.isSettled(story),
                    (runs, run) -> runs.cancel(ORG, run, "enough", "cancel " + ++names));
        }
        time.in(Duration.ofMillis(50 + random.nextInt(700)), this::people);
    }

    private void withSome(Predicate<Laws.Story> which, BiConsumer<Runs, UUID> what) {
        var some = new ArrayList<UUID>();
        for (var story : laws.stories()) {
            if (which.test(story)) {
                some.add(story.run);
            }
        }
        if (!some.isEmpty()) {
            var run = some.get(random.nextInt(some.size()));
            ask(runs -> what.accept(runs, run));
        }
    }

    private void answer(Runs runs) {
        var open = runs.tasks().list(new Tasks.Query(ORG, Tasks.State.OPEN, null, null, null, null, 10));
        if (!open.isEmpty()) {
            runs.answer(ORG, open.get(random.nextInt(open.size())), RecordValue.of("approved", Value.of(true)));
        }
    }

    /// Something happens to a server, or to Redis.
    private void mishap() {
        if (calm) {
            return;
        }
        if (!servers.isEmpty()) {
            befall(servers.get(random.nextInt(servers.size())));
        }
        replaceDead();
        time.in(someTime(Duration.ofSeconds(3)), this::mishap);
    }

    private void befall(Server server) {
        var process = server.process();
        switch (random.nextInt(8)) {
            case 0, 1 -> process.kill();
            case 2 -> {
                process.pause();
                time.in(someTime(Duration.ofSeconds(15)), process::goOn);
            }
            case 3 -> process.jump(someTime(Duration.ofSeconds(10)).minusSeconds(5));
            case 4 -> store.loseQueue();
            case 5 -> {
                if (process.isAlive() && random.nextInt(3) == 0) {
                    server.worker().stop();
                    time.in(someTime(Duration.ofSeconds(3)), process::kill);
                }
            }
            default -> {}
        }
    }

    private void replaceDead() {
        for (var dead : List.copyOf(servers)) {
            if (dead.process().isDead()) {
                servers.remove(dead);
                time.in(someTime(Duration.ofSeconds(4)), this::serve);
            }
        }
    }

    private void calmDown() {
        calm = true;
        faults.end();
        servers.forEach(server -> server.process().goOn());
        replaceDead();
        serve();
    }
}
