package weir.server;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import weir.generate.Generator;
import weir.generate.Judge;
import weir.generate.Models;
import weir.graph.Graph;
import weir.graph.Start;
import weir.ide.Texts;
import weir.lsp.LanguageEndpoint;
import weir.source.Source;
import weir.worker.Evaluations;

/// The server: its APIs on one port, its schedules, and what keeps them up to date. Needs a running [Backend] and
/// leaves it running when it stops.
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration WORKER_SILENCE = Duration.ofSeconds(10);
    private static final Duration DEPTH = Duration.ofMillis(250);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final Config config;
    private final Backend backend;
    private final Deployments deployments;
    private final Schedules schedules;
    private final RunFeed feed;
    private final HealthApi health;
    private final LspSocket editors;
    private final Routes routes;
    private final HttpListener listener;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            3, Thread.ofPlatform().name("weir-server-timer").daemon().factory());

    /// @throws Config.Unusable when it would be unsafe, or the port is taken
    public static Server start(Config config, Backend backend) throws Config.Unusable {
        config.check();
        return new Server(config, backend);
    }

    private Server(Config config, Backend backend) throws Config.Unusable {
        this.config = config;
        this.backend = backend;
        var limits = config.limits();
        var metrics = backend.metrics();
        var guard = new Guard(config);
        var streams = new Semaphore(limits.streams());
        var depth = new QueueDepth(
                backend.queue(),
                new QueueDepth.Limits(limits.queue(), limits.organisation()),
                () -> backend.runs().written().stalledMs());
        var starts = new Starts(backend.runs(), depth, metrics);
        var evaluations = new Evaluations(backend.settings(), backend.scripts(), backend.clock());

        deployments =
                new Deployments(backend.registry(), backend.compiler(), evaluations::programs, Backend.ORGANISATION);
        deployments.refresh();
        deployExamples();
        var webhooks = new Webhooks(deployments, evaluations, new Callers(backend.secrets()));
        schedules = new Schedules(deployments, evaluations, starts, backend.clock());
        feed = new RunFeed(backend, streams);
        health = new HealthApi(checks(backend));
        editors = new LspSocket(guard, streams, send -> new LanguageEndpoint(backend.catalog(), Texts.NONE, send));

        routes = new Routes(guard, limits, metrics);
        // The busiest first: routes are looked at in their order.
        new RunsApi(deployments, backend, starts, feed, limits).routes(routes);
        new HooksApi(webhooks, starts, limits).routes(routes);
        var deadLetters = new DeadLettersApi(deployments, backend);
        deadLetters.routes(routes);
        new WorkflowsApi(deployments, backend).routes(routes);
        new RulesApi(deployments, evaluations).routes(routes);
        new CheckApi(backend).routes(routes);
        new GenerateApi(generator()).routes(routes);
        new TasksApi(backend).routes(routes);
        new EventsApi(backend, starts).routes(routes);
        new ConnectionsApi(deployments, backend).routes(routes);
        new QueueApi(backend).routes(routes);
        new MetricsApi(metrics, depth, backend.runs()).routes(routes);
        health.routes(routes);
        editors.routes(routes);
        new OpenApi().routes(routes);

        listener = listen(routes);
        every(TICK, () -> schedules.tick(backend.clock().instant()));
        every(DEPTH, depth::look);
        every(REFRESH, deployments::refresh);
        every(PING, deadLetters::look);
        every(PING, editors::ping);
    }

    /// The parts that whoever started the backend names, and the workers.
    private static Map<String, Backend.Check> checks(Backend backend) {
        var checks = new HashMap<>(backend.checks());
        checks.put("worker", () -> {
            var heard = backend.clock().instant().minus(WORKER_SILENCE);
            if (backend.views().workers().stream().noneMatch(one -> one.seenAt().isAfter(heard))) {
                throw new IllegalStateException(
                        "no worker was heard of in the last " + WORKER_SILENCE.toSeconds() + " s");
            }
        });
        return checks;
    }

    private Generator generator() {
        var model = config.model();
        var address = model.address();
        return new Generator(
                new Judge(backend.compiler(), backend.settings(), backend.scripts()),
                backend.catalog(),
                Models.openAi(model.key(), address == null ? null : address.toString(), model.name(), model.timeout()));
    }

    private HttpListener listen(Routes routes) throws Config.Unusable {
        try {
            return new HttpListener(
                    config, routes.finish(new StudioFiles()::serve), editors::listener, LspSocket.LONGEST_MESSAGE);
        } catch (RuntimeException taken) {
            throw new Config.Unusable("Nothing can listen on " + config.host() + ":" + config.port()
                    + ": another program has the port, or it is not allowed. Choose another one with --port.");
        }
    }

    /// On the first start there is something to look at. What a clock would start stays away: nobody asked for it.
    private void deployExamples() {
        if (!config.examples()
                || !deployments.workflows().isEmpty()
                || !deployments.rules().isEmpty()) {
            return;
        }
        Examples.texts().forEach((file, text) -> {
            var compiled = backend.compiler().apply(new Source(file, text));
            if (compiled.graphs().stream().anyMatch(Server::startsByClock)) {
                return;
            }
            // They belong to no file of the user's, who may take any of the names.
            var outcome = deployments.deploy(null, text, "", false);
            if (!(outcome instanceof Deployments.Outcome.Stored)) {
                LOG.log(System.Logger.Level.WARNING, "the example {0} was not deployed: {1}", file, outcome);
            }
        });
    }

    private static boolean startsByClock(Graph graph) {
        return graph.starts().stream().anyMatch(start -> start instanceof Start.Cron || start instanceof Start.Every);
    }

    private void every(Duration time, Runnable task) {
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException wrong) {
                        LOG.log(System.Logger.Level.WARNING, "a task of the server failed; it comes again", wrong);
                    }
                },
                time.toMillis(),
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// What it answers.
    List<Routes.Route> routes() {
        return routes.all();
    }

    public int port() {
        return listener.port();
    }

    /// Where a browser on this machine finds the studio.
    public URI address() {
        return URI.create("http://" + (config.isLoopback() ? config.host() : "localhost") + ":" + port() + "/");
    }

    /// Takes nothing new, lets what is under way end for a few seconds.
    @Override
    public void close() {
        health.stop();
        timer.shutdownNow();
        feed.stop();
        editors.stop();
        listener.close();
        health.close();
    }
}
