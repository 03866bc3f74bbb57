package weir.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.EvaluationError;
import weir.graph.GraphJson;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.source.Span;
import weir.store.Events;
import weir.store.Journal;
import weir.store.Journal.Accepted;
import weir.store.Post;
import weir.store.Registry;
import weir.store.memory.MemoryStore;
import weir.value.Json;
import weir.value.RecordValue;

/// A store in memory with workflows deployed and any number of workers on it.
final class Place implements AutoCloseable {
    static final int ORG = 1;

    final MemoryStore store = new MemoryStore();
    final Plans plans = new Plans(store.registry(), RecordValue.EMPTY, (body, parameters, arguments) -> {
        throw new EvaluationError("script_error", "no scripts here", Span.NONE);
    });
    final Runs runs;
    private final Handler http;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Journal accepting = store.journal();

    /// @param http performs what steps ask of `http`
    Place(Handler http) {
        this.http = http;
        this.runs = new Runs(
                accepting, store.queue(), store.views(), store.registry(), plans, store.post(), InstantSource.system());
    }

    /// Deploys the only workflow of a text.
    Registry.Entry deploy(String text) {
        return deploy(text, null);
    }

    /// Deploys one workflow of a text.
    ///
    /// @param name null: the first
    Registry.Entry deploy(String text, @Nullable String name) {
        var compiled = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING)
                .compile(new Source("test.weir", text), Files.NONE);
        if (compiled.hasErrors()) {
            throw new IllegalArgumentException(compiled.diagnostics().toString());
        }
        var graph = name == null
                ? compiled.graphs().getFirst()
                : compiled.graph(name).orElseThrow();
        store.registry()
                .deploy(ORG, Registry.Kind.WORKFLOW, graph.workflow(), "hash", "", text, GraphJson.write(graph));
        return store.registry()
                .find(ORG, Registry.Kind.WORKFLOW, graph.workflow())
                .orElseThrow();
    }

    /// Another way in, of a server of its own.
    Runs server(UnaryOperator<Events> events) {
        var post = store.post();
        return new Runs(
                accepting,
                store.queue(),
                store.views(),
                store.registry(),
                plans,
                new Post(post.outbox(), events.apply(post.events()), post.tasks(), post.quotas(), post.slots()),
                InstantSource.system());
    }

    Worker worker(Duration grace) {
        var options = new Worker.Options(64, Duration.ZERO, Duration.ofMillis(5), grace, true, Duration.ofDays(30));
        var worker = new Worker(
                options,
                store.journal(),
                store.queue(),
                plans,
                runs,
                Map.of("http", http),
                name -> "secret",
                InstantSource.system(),
                Observer.NONE);
        open.add(worker);
        return worker;
    }

    UUID start(Registry.Entry workflow, String input) {
        var version = store.registry().version(workflow.id(), null).orElseThrow();
        var accepted = runs.start(
                new Runs.StartRequest(workflow, version, (RecordValue) Json.read(input), "test", null, true));
        return ((Accepted.Fresh) accepted).run();
    }

    Outcome await(UUID run) throws InterruptedException {
        return runs.await(ORG, run, Duration.ofMinutes(1)).orElseThrow();
    }

    @Override
    public void close() throws Exception {
        for (var worker : open) {
            worker.close();
        }
        runs.close();
        accepting.close();
    }
}
