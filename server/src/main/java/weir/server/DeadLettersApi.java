package weir.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.RunViewJson;
import weir.value.BooleanValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Failed runs that wait for somebody: list them, look at them, retry or drop them, one by one or all that a query
/// finds. What was done to a run stands in its journal.
final class DeadLettersApi {
    private static final System.Logger LOG = System.getLogger(DeadLettersApi.class.getName());
    /// How many are told in one answer; a client goes on with `next`.
    private static final int BATCH = 200;

    private final DeadLetters letters;
    private final Deployments deployments;
    private final RunOperations operations;
    private final RunViews shown;
    private volatile DeadLetters.Standing standing = DeadLetters.Standing.NONE;

    DeadLettersApi(Deployments deployments, Backend backend) {
        this.letters = new DeadLetters(backend.views());
        this.deployments = deployments;
        this.operations = new RunOperations(backend, deployments);
        this.shown = new RunViews(backend);
        tell(backend.metrics(), backend.clock());
    }

    private void tell(Metrics metrics, InstantSource clock) {
        metrics.gauge(
                "weir_dead_letters",
                "Failed runs that wait for somebody to retry or drop them.",
                () -> standing.runs());
        metrics.gauge("weir_dead_letter_oldest_seconds", "For how long the first of them has waited.", () -> {
            var oldest = standing.oldest();
            return oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
        });
    }

    /// For the metrics; called every few seconds.
    void look() {
        standing = letters.standing();
    }

    void routes(Routes routes) {
        routes.get("/api/v1/dead-letters", this::list)
                .post("/api/v1/dead-letters/retry", exchange -> all(exchange, Deed.RETRY))
                .post("/api/v1/dead-letters/drop", exchange -> all(exchange, Deed.DROP))
                .get("/api/v1/dead-letters/{id}", this::get)
                .post("/api/v1/dead-letters/{id}/retry", exchange -> one(exchange, Deed.RETRY))
                .post("/api/v1/dead-letters/{id}/drop", exchange -> one(exchange, Deed.DROP));
    }

    private enum Deed {
        RETRY,
        DROP
    }

    private void list(Exchange exchange) {
        var query = new DeadLetters.Query(
                workflow(text(exchange.query("workflow"))),
                text(exchange.query("code")),
                Paging.time(exchange, "since"),
                Paging.time(exchange, "until"),
                text(exchange.query("text")));
        var found = letters.find(query, Paging.cursor(exchange), Paging.limit(exchange));
        exchange.answer(RecordValue.builder()
                .put("deadLetters", Documents.list(found.letters(), DeadLettersApi::document))
                .put("next", next(found))
                .build());
    }

    private static Value next(DeadLetters.Found found) {
        var next = found.next();
        return next == null ? NullValue.NULL : Value.of(next.toString());
    }

    private static RecordValue document(DeadLetters.Letter letter) {
        return RecordValue.builder()
                .put("id", Value.of(letter.row().run().toString()))
                .put("workflow", Value.of(letter.started().workflow()))
                .put("version", Value.of(letter.started().version()))
                .put("trigger", Value.of(letter.started().trigger()))
                .put("startedAt", Documents.time(letter.row().startedAt()))
                .put("failedAt", Documents.time(letter.failedAt()))
                .put("expiresAt", Documents.time(letter.expiresAt()))
                .put("error", RunViewJson.error(letter.error()))
                .build();
    }

    private void get(Exchange exchange) {
        var letter = letter(exchange);
        var run = shown.view(letter.row().run()).orElseThrow(() -> missing(exchange.part("id")));
        exchange.answer(document(letter).with("run", run));
    }

    private DeadLetters.Letter letter(Exchange exchange) {
        String text = exchange.part("id");
        try {
            return letters.find(UUID.fromString(text)).orElseThrow(() -> missing(text));
        } catch (IllegalArgumentException wrong) {
            throw missing(text);
        }
    }

    private static Problem.Thrown missing(String id) {
        return Problem.notFound("dead letter", id).thrown();
    }

    private void one(Exchange exchange, Deed deed) {
        var letter = letter(exchange);
        perform(letter, deed);
        exchange.answer(202, RecordValue.of("id", Value.of(letter.row().run().toString())));
    }

    private void perform(DeadLetters.Letter letter, Deed deed) {
        switch (deed) {
            case RETRY -> operations.resume(letter.row(), null);
            case DROP -> operations.drop(letter.row());
        }
    }

    private void all(Exchange exchange, Deed deed) {
        var body = exchange.body();
        var wish = body.length == 0 ? RecordValue.EMPTY : exchange.object(body);
        var query = new DeadLetters.Query(
                workflow(text(wish, "workflow")),
                text(wish, "code"),
                Paging.time("since", text(wish, "since")),
                Paging.time("until", text(wish, "until")),
                text(wish, "text"));
        boolean dry = isDry(wish.get("dryRun"));
        var cursor = Paging.id("cursor", text(wish, "cursor"), "what `next` said");
        var found = letters.find(query, cursor, dry ? DeadLetters.LOOKED_AT : BATCH);
        int told = dry ? 0 : perform(found.letters(), deed);
        if (told > 0) {
            LOG.log(System.Logger.Level.INFO, "dead letters: {0} of {1}, asked for by API: {2}", deed, told, query);
        }
        exchange.answer(RecordValue.builder()
                .put("matched", Documents.number(found.letters().size()))
                .put("told", Documents.number(told))
                .put("next", next(found))
                .build());
    }

    /// Nothing is done to many runs by accident.
    private static boolean isDry(@Nullable Value wish) {
        return !(wish instanceof BooleanValue) || wish.equals(Value.of(true));
    }

    /// @return how many were told; those that somebody else saw to meanwhile were not
    private int perform(List<DeadLetters.Letter> found, Deed deed) {
        int told = 0;
        for (var letter : found) {
            try {
                perform(letter, deed);
                told++;
            } catch (Problem.Thrown meanwhile) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "run {0} was no dead letter any more",
                        letter.row().run());
            }
        }
        return told;
    }

    private @Nullable Integer workflow(@Nullable String name) {
        return name == null
                ? null
                : deployments
                        .workflow(name)
                        .orElseThrow(() -> Problem.notFound("workflow", name).thrown())
                        .entry()
                        .id();
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String text(RecordValue wish, String name) {
        var value = wish.get(name);
        if (value == null || value instanceof NullValue) {
            return null;
        }
        if (value instanceof StringValue(var text)) {
            return text(text);
        }
        throw Problem.badRequest("`" + name + "` is a text.").thrown();
    }
}
