package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.RunError;
import weir.eval.EvaluationError;
import weir.integrations.SealedConnections;
import weir.integrations.Vault;
import weir.model.StandardCatalog;
import weir.source.Span;
import weir.store.Journal;
import weir.store.Post;
import weir.store.Queue;
import weir.store.Registry;
import weir.store.Views;
import weir.store.memory.MemoryConnections;
import weir.store.memory.MemoryStore;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.EnvironmentSecrets;
import weir.worker.Handler;
import weir.worker.Plans;
import weir.worker.Runs;
import weir.worker.StepFailure;
import weir.worker.Worker;

/// A whole server with a worker on a store in memory. Steps call nobody: `http.*` is answered by the test.
final class TestServer implements AutoCloseable {
    /// Texts that tests deploy use these.
    static final Map<String, String> SECRETS = Map.of("WEIR_SECRET_HOOK", "s3cret", "WEIR_SECRET_TOKEN", "t0ken");

    /// Where a test keeps things.
    record Stores(Journal journal, Views views, Registry registry, Queue queue, Post post) {
        static Stores of(MemoryStore memory) {
            return new Stores(memory.journal(), memory.views(), memory.registry(), memory.queue(), memory.post());
        }
    }

    final Backend backend;
    final Caller caller;
    final List<Handler.Call> calls = new CopyOnWriteArrayList<>();
    private final Journal journal;
    private final Worker worker;
    private final Server server;
    private volatile Function<Handler.Call, Value> http =
            call -> Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"ok\": true}}");

    TestServer() {
        this(Config.standard().withExamples(false), Stores.of(new MemoryStore()));
    }

    TestServer(Config config, Stores stores) {
        this(config, stores, Worker.Options.embedded());
    }

    TestServer(Config config, Stores stores, Worker.Options options) {
        var clock = InstantSource.system();
        journal = stores.journal();
        var catalog = StandardCatalog.catalog();
        var compiler = new Compiler(catalog, Availability.SERVER);
        var metrics = new Metrics();
        var secrets = new EnvironmentSecrets(SECRETS);
        var plans = new Plans(stores.registry(), RecordValue.EMPTY, TestServer::noScripts);
        var runs = new Runs(journal, stores.queue(), stores.views(), stores.registry(), plans, stores.post(), clock);
        worker = new Worker(
                options,
                journal,
                stores.queue(),
                plans,
                runs,
                Map.of("http", this::perform),
                secrets,
                clock,
                new RunMetrics(metrics));
        backend = new Backend(
                stores.registry(),
                stores.views(),
                stores.queue(),
                runs,
                plans,
                source -> compiler.compile(source, Files.NONE),
                catalog,
                secrets,
                new SealedConnections(new MemoryConnections(), Vault.random(), clock),
                RecordValue.EMPTY,
                TestServer::noScripts,
                clock,
                metrics,
                Map.of("store", () -> {}));
        try {
            server = Server.start(config.withPort(0), backend);
        } catch (Config.Unusable unusable) {
            throw new IllegalStateException(unusable);
        }
        caller = new Caller(server.port());
    }

    Server server() {
        return server;
    }

    /// What `http.*` gives from now on; a [Refusal] becomes a failure of the step.
    void http(Function<Handler.Call, Value> answer) {
        http = answer;
    }

    /// Thrown by an answer of [#http].
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refusal(String code) {
            this.code = code;
        }
    }

    private Value perform(Handler.Call call) throws StepFailure {
        calls.add(call);
        try {
            return http.apply(call);
        } catch (Refusal refusal) {
            throw new StepFailure(new RunError(refusal.code, "refused by the test", null, 0, 503, NullValue.NULL));
        }
    }

    private static Value noScripts(String body, List<String> parameters, List<Value> arguments) {
        throw new EvaluationError("script_error", "this test has no sandbox", Span.NONE);
    }

    Caller.Answer deploy(String name, String text) {
        var answer = caller.put("/api/v1/workflows/" + name, text);
        assertEquals(200, answer.status(), answer.body());
        return answer;
    }

    /// Asks until the run has one of the states.
    RecordValue await(String run, String... states) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var view = caller.get("/api/v1/runs/" + run).json();
            if (view.get("status") instanceof StringValue(String state)
                    && Set.of(states).contains(state)) {
                return view;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the run did not come to " + List.of(states) + ": " + Json.pretty(view));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        caller.close();
        server.close();
        worker.close();
        backend.runs().close();
        journal.close();
    }
}
