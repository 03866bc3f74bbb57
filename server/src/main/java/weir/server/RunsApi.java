package weir.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Entry;
import weir.engine.RunViewJson;
import weir.store.Journal;
import weir.store.Views;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.OnceScope;
import weir.worker.Outcome;
import weir.worker.Runs;

/// Runs: start them, look at them, tell them to stop or go on. [RunFeed] shows them live.
final class RunsApi {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Duration KEY_HELD = Duration.ofHours(24);
    private static final int LONGEST_KEY = 255;

    private final Deployments deployments;
    private final Starts starts;
    private final Views views;
    private final RunViews shown;
    private final RunFeed feed;
    private final RunOperations operations;
    private final BulkOperations bulk;
    private final Duration patience;

    RunsApi(Deployments deployments, Backend backend, Starts starts, RunFeed feed, Config.Limits limits) {
        this.deployments = deployments;
        this.starts = starts;
        this.views = backend.views();
        this.shown = new RunViews(backend);
        this.feed = feed;
        this.bulk = new BulkOperations(backend, deployments);
        this.operations = new RunOperations(backend, deployments);
        this.patience = limits.patience();
    }

    void routes(Routes routes) {
        routes.post("/api/v1/workflows/{name}/runs", this::start)
                .get("/api/v1/runs", this::list)
                .get("/api/v1/runs/{id}", this::get)
                .get("/api/v1/runs/{id}/events", exchange -> feed.serve(exchange, id(exchange)))
                .post("/api/v1/runs/{id}/cancel", this::cancel)
                .post("/api/v1/runs/{id}/pause", this::pause)
                .post("/api/v1/runs/{id}/resume", this::resume)
                .post("/api/v1/runs/{id}/replay", this::replay)
                .post("/api/v1/runs/bulk", this::bulk);
    }

    private void start(Exchange exchange) {
        String name = exchange.part("name");
        var active = deployments.started(name, by -> null);
        starts.admit(active.graph().limits().priority());
        var wait = wait(exchange.query("wait"));
        byte[] body = exchange.body();
        var given = exchange.object(body);
        var workflow = active.entry().split() == null
                ? active
                : deployments.started(name, by -> VersionsApi.key(by, exchange, given));
        var input = Inputs.fit(given, workflow.input(), workflow.graph().library());
        var once = once(exchange.header(IDEMPOTENCY_KEY), workflow.entry().id(), body);
        var accepted = starts.start(
                new Runs.StartRequest(workflow.entry(), workflow.version(), input, "api", once, !wait.isZero()), "api");
        switch (accepted) {
            case Journal.Accepted.Fresh(UUID run) -> answer(exchange, run, wait);
            case Journal.Accepted.Known(UUID run) -> answer(exchange, run, wait);
            case Journal.Accepted.Conflict(UUID run) ->
                throw Problem.of(
                                422,
                                "key_used_otherwise",
                                "The key stands for another request",
                                "This Idempotency-Key started run " + run + " with another input. Use a new key.")
                        .with("run", Value.of(run.toString()))
                        .thrown();
        }
    }

    private void answer(Exchange exchange, UUID run, Duration wait) {
        var outcome = wait.isZero() ? Optional.<Outcome>empty() : starts.await(run, wait);
        if (outcome.isPresent()) {
            exchange.answer(outcome(run, outcome.get()));
        } else {
            exchange.response().headers().set(HeaderNames.LOCATION, "/api/v1/runs/" + run);
            exchange.answer(202, RecordValue.of("id", Value.of(run.toString())));
        }
    }

    /// How a run came out, as starting it with `wait` and a webhook with `reply: result` answer.
    static RecordValue outcome(UUID run, Outcome outcome) {
        return RecordValue.builder()
                .put("id", Value.of(run.toString()))
                .put("status", Value.of(Documents.status(outcome.state())))
                .put("output", Documents.orNull(outcome.output()))
                .put("error", RunViewJson.error(outcome.error()))
                .build();
    }

    /// `30s`, `500ms`, `1m`, or seconds as a plain number; longer than allowed counts as the longest.
    private Duration wait(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Duration.ZERO;
        }
        var duration = Durations.read(text)
                .orElseThrow(() -> Problem.badRequest(
                                "`wait` is a duration such as 30s or 500ms, not \"" + Problem.shortened(text) + "\".")
                        .thrown());
        return duration.compareTo(patience) > 0 ? patience : duration;
    }

    private static Journal.@Nullable Once once(@Nullable String key, int workflow, byte[] body) {
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.badRequest("An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.")
                    .thrown();
        }
        return new Journal.Once(
                OnceScope.IDEMPOTENCY_KEY.of(workflow), key.getBytes(StandardCharsets.UTF_8), KEY_HELD, sha256(body));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void list(Exchange exchange) {
        Integer workflow = null;
        String name = exchange.query("workflow");
        if (name != null && !name.isEmpty()) {
            workflow = deployments
                    .workflow(name)
                    .orElseThrow(() -> Problem.notFound("workflow", name).thrown())
                    .entry()
                    .id();
        }
        int limit = Paging.limit(exchange);
        var query = new Views.Query(
                Backend.ORGANISATION,
                workflow,
                state(exchange.query("status")),
                before(exchange),
                Paging.time(exchange, "since"),
                limit);
        var page = views.page(query);
        Value next = page.size() < limit
                ? NullValue.NULL
                : Value.of(page.getLast().row().run().toString());
        exchange.answer(RecordValue.builder()
                .put("runs", shown.summaries(page))
                .put("next", next)
                .build());
    }

    /// The cursor, or when `until` is earlier, that.
    private static @Nullable UUID before(Exchange exchange) {
        var cursor = Paging.cursor(exchange);
        var until = Paging.time(exchange, "until");
        if (until == null) {
            return cursor;
        }
        var lowest = Views.lowest(until);
        // As PostgreSQL orders them, which a UUID of Java does not beyond the year 6429.
        return cursor == null
                        || Long.compareUnsigned(lowest.getMostSignificantBits(), cursor.getMostSignificantBits()) < 0
                ? lowest
                : cursor;
    }

    static Views.@Nullable State state(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        for (var state : Views.State.values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        throw Problem.badRequest(
                        "`status` is one of queued, running, waiting, paused, succeeded, failed, cancelled, parked.")
                .thrown();
    }

    static UUID id(Exchange exchange) {
        String text = exchange.part("id");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            throw Problem.notFound("run", text).thrown();
        }
    }

    private void get(Exchange exchange) {
        var id = id(exchange);
        exchange.answer(shown.view(id)
                .orElseThrow(() -> Problem.notFound("run", id.toString()).thrown()));
    }

    private void cancel(Exchange exchange) {
        var id = id(exchange);
        operations.cancel(row(id));
        exchange.answer(202, RecordValue.of("id", Value.of(id.toString())));
    }

    private void pause(Exchange exchange) {
        var id = id(exchange);
        operations.pause(row(id));
        exchange.answer(202, RecordValue.of("id", Value.of(id.toString())));
    }

    private void resume(Exchange exchange) {
        var id = id(exchange);
        var version = exchange.object(exchange.body()).get("version");
        operations.resume(row(id), version == null ? null : (Integer) whole(version, "version"));
        exchange.answer(202, RecordValue.of("id", Value.of(id.toString())));
    }

    private Views.Row row(UUID id) {
        return views.find(Backend.ORGANISATION, id)
                .orElseThrow(() -> Problem.notFound("run", id.toString()).thrown());
    }

    private void bulk(Exchange exchange) {
        exchange.answer(bulk.apply(exchange.object(exchange.body())));
    }

    private void replay(Exchange exchange) {
        var row = row(id(exchange));
        starts.admit(operations.priority(row));
        var run = operations.replay(row, exchange.object(exchange.body()));
        exchange.response().headers().set(HeaderNames.LOCATION, "/api/v1/runs/" + run);
        exchange.answer(202, RecordValue.of("id", Value.of(run.toString())));
    }

    /// A whole number of a request.
    static int whole(@Nullable Value value, String name) {
        if (value instanceof NumberValue(double number) && number == Math.rint(number) && Math.abs(number) < 1e9) {
            return (int) number;
        }
        throw Problem.badRequest("`" + name + "` is a whole number.").thrown();
    }

    /// What started a run, from its first entry.
    static Entry.@Nullable Started started(weir.engine.Frame first) {
        return first.entries().stream()
                .filter(Entry.Started.class::isInstance)
                .map(Entry.Started.class::cast)
                .findFirst()
                .orElse(null);
    }
}
