package weir.server;

import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import weir.store.Journal;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Outcome;
import weir.worker.Runs;

/// Webhooks: what others call. Open to those without a token, because each webhook says itself whom it lets in. A 2xx
/// is answered only after the run is stored.
final class HooksApi {
    private final Webhooks webhooks;
    private final Starts starts;
    private final Duration patience;

    HooksApi(Webhooks webhooks, Starts starts, Config.Limits limits) {
        this.webhooks = webhooks;
        this.starts = starts;
        this.patience = limits.patience();
    }

    void routes(Routes routes) {
        routes.open("ANY", "/hooks/*", this::receive);
    }

    private void receive(Exchange exchange) {
        String method = exchange.request().prologue().method().text();
        String path = exchange.request().path().path().substring("/hooks".length());
        var hook = webhooks.find(method, path).orElseThrow(() -> unknown(method, path));
        starts.admit(hook.workflow().graph().limits().priority());
        byte[] body = exchange.body();
        var delivery = Delivery.of(exchange, body);
        webhooks.verify(hook, delivery);
        var input = webhooks.input(hook, delivery);
        if (input.isEmpty()) {
            exchange.answer(202, RecordValue.of("ignored", Value.of(true)));
            return;
        }
        var request = new Runs.StartRequest(
                hook.workflow().entry(),
                hook.workflow().version(),
                input.get(),
                "webhook " + method + " " + path,
                delivery.once(hook),
                hook.start().replyResult());
        var accepted = starts.start(request, "webhook");
        var run = switch (accepted) {
            case Journal.Accepted.Fresh(UUID fresh) -> fresh;
            case Journal.Accepted.Known(UUID known) -> known;
            case Journal.Accepted.Conflict(UUID other) -> other;
        };
        answer(exchange, hook, run);
    }

    private Problem.Thrown unknown(String method, String path) {
        var others = webhooks.methods(path);
        return others.isEmpty()
                ? Problem.notFound("webhook", path).thrown()
                : Problem.of(
                                405,
                                "method_not_allowed",
                                "Method not allowed",
                                "The webhook " + path + " takes " + String.join(", ", others) + ", not " + method + ".")
                        .thrown();
    }

    private void answer(Exchange exchange, Webhooks.Hook hook, UUID run) {
        var outcome = hook.start().replyResult() ? starts.await(run, patience) : Optional.<Outcome>empty();
        exchange.response().headers().set(HeaderNames.create("X-Weir-Run"), run.toString());
        if (outcome.isEmpty()) {
            exchange.answer(202, RecordValue.of("id", Value.of(run.toString())));
            return;
        }
        switch (outcome.get().state()) {
            case SUCCEEDED -> exchange.answer(Documents.orNull(outcome.get().output()));
            case FAILED, PARKED, CANCELLED ->
                throw Problem.of(
                                502,
                                "run_failed",
                                "The workflow failed",
                                "Run " + run + " did not come to a result. Its page in the studio tells why.")
                        .with("id", Value.of(run.toString()))
                        .thrown();
            case QUEUED, RUNNING, WAITING, PAUSED ->
                throw new IllegalStateException("an outcome of a run that goes on");
        }
    }
}
