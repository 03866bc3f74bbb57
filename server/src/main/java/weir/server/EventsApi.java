package weir.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.UUID;
import weir.graph.Graph;
import weir.value.NullValue;
import weir.value.PlainText;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.Runs;

/// Events from outside: for the runs that wait for them and the workflows that begin with them.
final class EventsApi {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final int LONGEST_NAME = 255;

    private final Runs runs;
    private final Starts starts;

    EventsApi(Backend backend, Starts starts) {
        this.runs = backend.runs();
        this.starts = starts;
    }

    void routes(Routes routes) {
        routes.post("/api/v1/events/{event}", this::publish);
    }

    /// A 202 is answered only after the event is stored.
    private void publish(Exchange exchange) {
        String event = exchange.part("event");
        String key = exchange.header(IDEMPOTENCY_KEY);
        if (event.isBlank() || event.length() > LONGEST_NAME || (key != null && key.length() > LONGEST_NAME)) {
            throw Problem.badRequest(
                            "The name of an event and an Idempotency-Key have at most " + LONGEST_NAME + " characters.")
                    .thrown();
        }
        if (!PlainText.is(event) || (key != null && !PlainText.is(key))) {
            throw Problem.badRequest("The name of an event has no NUL and no halves of surrogate pairs.")
                    .thrown();
        }
        starts.admit(Graph.Priority.NORMAL);
        byte[] body = exchange.body();
        Value payload = body.length == 0 ? NullValue.NULL : Exchange.json(body);
        String id = key == null || key.isBlank() ? "api/" + UUID.randomUUID() : "key/" + event + "/" + key;
        runs.publish(Backend.ORGANISATION, id, event, payload);
        exchange.answer(202, RecordValue.of("event", Value.of(event)));
    }
}
