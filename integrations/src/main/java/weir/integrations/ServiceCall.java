package weir.integrations;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.RunError;
import weir.eval.Fitting;
import weir.graph.Expr;
import weir.graph.Service;
import weir.graph.Service.Paging;
import weir.model.Type;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;
import weir.worker.Egress;
import weir.worker.Handler;
import weir.worker.StepFailure;

/// One call of an action of an `integration` block: the request, sent again where the service says "later", its further
/// pages, and what the action gives.
final class ServiceCall {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_ITEMS = 100_000;
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /// A service that asks for more is asked again by the step's own `retry`, which survives this process.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final Egress egress;
    private final Connections connections;
    private final Handler.Call call;
    private final Service service;
    private final Service.Action action;
    private final Service.Request request;
    private final RequestValues values;

    ServiceCall(Egress egress, Connections connections, Handler.Call call, Service service, Service.Action action) {
        this.egress = egress;
        this.connections = connections;
        this.call = call;
        this.service = service;
        this.action = action;
        this.request = action.request();
        this.values = new RequestValues(call, action);
    }

    Value perform() throws StepFailure, InterruptedException {
        var paging = request.paging();
        Value given = paging == null ? given(exchange(uri(null, null))) : pages(paging);
        if (action.result() == Type.Basic.NULL) {
            return NullValue.NULL;
        }
        var fitted = Fitting.fit(given, action.result(), call.plan().library());
        if (!fitted.fits()) {
            throw new StepFailure(
                    "does_not_fit",
                    "what " + call.integration() + "." + action.name() + " gave does not fit its type: "
                            + fitted.sentence());
        }
        return fitted.value();
    }

    // ---- pages

    private Value pages(Paging paging) throws StepFailure, InterruptedException {
        var all = new ArrayList<Value>();
        @Nullable URI next = uri(null, null);
        if (paging instanceof Paging.Numbered(String param, int first)) {
            next = uri(param, Value.of(first));
        }
        for (int page = 0; next != null; page++) {
            if (page == MOST_PAGES || all.size() > MOST_ITEMS) {
                throw StepFailure.permanent(
                        "too_many_pages",
                        call.integration() + "." + action.name() + " has more than " + MOST_PAGES + " pages or "
                                + MOST_ITEMS + " items; ask for less at once");
            }
            var response = exchange(next);
            if (!(given(response) instanceof ListValue list)) {
                throw StepFailure.permanent(
                        "does_not_fit",
                        "a page of " + call.integration() + "." + action.name()
                                + " is no list; say with `gives` where the list is in it");
            }
            all.addAll(list.asList());
            next = list.size() == 0 && paging instanceof Paging.Numbered
                    ? null
                    : next(paging, response, next, page + 1);
        }
        return ListValue.of(all);
    }

    private @Nullable URI next(Paging paging, Egress.Response response, URI current, int page) throws StepFailure {
        URI next = switch (paging) {
            case Paging.LinkHeader() -> sameOrigin(Links.next(response.headers().get("link"), response.uri()), current);
            case Paging.Cursor(String param, Expr cursor) -> {
                var value = values.of(cursor, Answers.record(response));
                yield value.isMissing() || value.equals(Value.of("")) ? null : uri(param, value);
            }
            case Paging.Numbered(String param, int first) -> uri(param, Value.of(first + page));
        };
        if (current.equals(next)) {
            throw StepFailure.permanent(
                    "too_many_pages",
                    call.integration() + "." + action.name() + " names the same page as the next one again");
        }
        return next;
    }

    /// What authenticates must not be sent wherever an answer points to.
    private static @Nullable URI sameOrigin(@Nullable URI next, URI current) throws StepFailure {
        if (next != null
                && !(next.getScheme().equalsIgnoreCase(current.getScheme())
                        && next.getRawAuthority().equalsIgnoreCase(current.getRawAuthority()))) {
            throw StepFailure.permanent("bad_url", "the next page of an answer is on another server");
        }
        return next;
    }

    // ---- one request

    /// @param param a further parameter of the query, or null
    private URI uri(@Nullable String param, @Nullable Value value) throws StepFailure {
        Value query = request.query() == null ? NullValue.NULL : values.of(request.query(), null);
        if (param != null && value != null) {
            query = (query instanceof RecordValue record ? record : RecordValue.EMPTY).with(param, value);
        }
        return Links.uri(values.url(service.base(), request.url()), query);
    }

    private Egress.Response exchange(URI uri) throws StepFailure, InterruptedException {
        var headers = new Headers(call.secrets());
        if (request.headers() != null) {
            headers.add(values.of(request.headers(), null));
        }
        authenticate(headers);
        byte[] body = new byte[0];
        if (request.body() != null) {
            var given = values.of(request.body(), null);
            body = HttpHandler.body(given, call.secrets());
            headers.addIfMissing(
                    "Content-Type", given instanceof StringValue ? "text/plain; charset=utf-8" : "application/json");
        }
        var complete = headers.complete(request.method(), call.key());
        var whole = new Egress.Request(request.method(), uri, complete, body, call.timeout());
        var pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            var response = egress.send(whole);
            if (!service.limits().retryOn().contains(response.status())) {
                return response;
            }
            var asked = Answers.retryAfter(response.headers().get("retry-after"), java.time.Instant.now());
            var wanted = asked == null || asked.compareTo(pause) < 0 ? pause : asked;
            if (attempt == TRIES || wanted.compareTo(LONGEST_PAUSE) > 0) {
                return response;
            }
            Thread.sleep(wanted);
            pause = pause.multipliedBy(2);
        }
    }

    private void authenticate(Headers headers) throws StepFailure {
        if (service.auth().isEmpty()) {
            return;
        }
        var connection = connections.need(call);
        for (var auth : service.auth()) {
            if (auth.kind().equals(connection.kind())) {
                authenticate(headers, auth, connection);
                return;
            }
        }
        throw StepFailure.permanent(
                "bad_connection",
                call.integration() + " takes connections of the kinds "
                        + String.join(
                                ", ",
                                service.auth().stream().map(Service.Auth::kind).toList())
                        + "; \"" + connection.name() + "\" is none of them");
    }

    private static void authenticate(Headers headers, Service.Auth auth, Connections.Connection connection)
            throws StepFailure {
        if (auth.kind().equals("header") && auth.header() != null) {
            headers.secret(auth.header(), auth.prefix() + connection.need("value"));
        } else if (auth.kind().equals("bearer") && !auth.prefix().isEmpty()) {
            headers.secret("Authorization", auth.prefix() + connection.need("token"));
        } else {
            headers.authenticate(connection);
        }
    }

    // ---- what it gives

    private Value given(Egress.Response response) throws StepFailure {
        var answer = Answers.record(response);
        for (var fails : request.fails()) {
            if (values.isTrue(fails.condition(), answer)) {
                String message = Links.plain(values.of(fails.message(), answer));
                var refusal = Answers.refusal(request.method(), response);
                throw new StepFailure(new RunError(
                        refusal.status() != null && refusal.status() >= 400 ? refusal.code() : "refused",
                        message,
                        null,
                        0,
                        refusal.status(),
                        refusal.body(),
                        refusal.retryAfter(),
                        isPermanent(response.status())));
            }
        }
        if (response.status() >= 400) {
            var refusal = Answers.refusal(request.method(), response);
            throw new StepFailure(isPermanent(response.status()) ? refusal.forGood() : refusal);
        }
        if (request.gives() != null) {
            return values.of(request.gives(), answer);
        }
        return Objects.requireNonNullElse(answer.get("body"), NullValue.NULL);
    }

    /// A service that says which statuses mean "later" says that the others do not.
    private boolean isPermanent(int status) {
        var later = service.limits().retryOn();
        return status >= 400
                && !later.isEmpty()
                && !later.contains(status)
                && !Set.of(408, 425, 429, 503).contains(status);
    }
}
