package weir.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import weir.store.StoreProblem;

/// The routes of all APIs in one list: what `openapi.yaml` describes and what metrics count by. Every route asks for
/// the token unless it is said to be open; whatever goes wrong behind one becomes a problem document without insides.
final class Routes {
    private static final System.Logger LOG = System.getLogger(Routes.class.getName());
    /// While the store is away every request hears so; the log once in a while.
    private static final Seldom AWAY = new Seldom(Duration.ofSeconds(5));

    /// What answers a route.
    interface Endpoint {
        void handle(Exchange exchange) throws Exception;
    }

    /// @param method of HTTP, or `ANY`
    /// @param path with `{names}`
    record Route(String method, String path) {}

    private final Guard guard;
    private final Config.Limits limits;
    private final Metrics metrics;
    private final HttpRouting.Builder routing = HttpRouting.builder();
    private final List<Route> routes = new ArrayList<>();

    Routes(Guard guard, Config.Limits limits, Metrics metrics) {
        this.guard = guard;
        this.limits = limits;
        this.metrics = metrics;
        routing.addFilter(guard);
    }

    Routes get(String path, Endpoint endpoint) {
        return add("GET", path, false, endpoint);
    }

    Routes post(String path, Endpoint endpoint) {
        return add("POST", path, false, endpoint);
    }

    Routes delete(String path, Endpoint endpoint) {
        return add("DELETE", path, false, endpoint);
    }

    Routes put(String path, Endpoint endpoint) {
        return add("PUT", path, false, endpoint);
    }

    /// A route for those who have no token, because it shows nothing or asks for something else.
    ///
    /// @param method of HTTP, or `ANY`
    Routes open(String method, String path, Endpoint endpoint) {
        return add(method, path, true, endpoint);
    }

    private Routes add(String method, String path, boolean open, Endpoint endpoint) {
        var route = new Route(method, path);
        routes.add(route);
        var watched = new Watched(route, open, endpoint);
        if (method.equals("ANY")) {
            routing.any(path, watched::handle);
        } else {
            routing.route(Method.create(method), path, watched::handle);
            if (open && method.equals("GET")) {
                // Load balancers ask for headers only.
                routing.route(Method.HEAD, path, watched::handle);
            }
        }
        return this;
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    /// The finished routing: wrong methods on known paths are told which are right, the rest goes to `otherwise`.
    HttpRouting.Builder finish(Endpoint otherwise) {
        var methods = new LinkedHashMap<String, TreeSet<String>>();
        routes.forEach(route ->
                methods.computeIfAbsent(route.path(), path -> new TreeSet<>()).add(route.method()));
        methods.forEach((path, allowed) -> {
            if (!allowed.contains("ANY")) {
                routing.any(
                        path,
                        new Watched(new Route("ANY", path), true, exchange -> wrongMethod(exchange, allowed))::handle);
            }
        });
        routing.any(new Watched(new Route("ANY", "/*"), true, otherwise)::handle);
        return routing;
    }

    private static void wrongMethod(Exchange exchange, Set<String> allowed) {
        String list = String.join(", ", allowed);
        exchange.response().headers().set(HeaderNames.ALLOW, list);
        throw Problem.of(405, "method_not_allowed", "Method not allowed", "This address takes " + list + ".")
                .thrown();
    }

    /// A route with what is around each: token, metrics, failures.
    private final class Watched {
        private final Route route;
        private final boolean open;
        private final Endpoint endpoint;
        private final Metrics.Counter counter;
        private final Metrics.Observations duration;
        private final ConcurrentHashMap<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();

        Watched(Route route, boolean open, Endpoint endpoint) {
            this.route = route;
            this.open = open;
            this.endpoint = endpoint;
            counter = metrics.counter("weir_http_requests_total", "Answered requests.", "method", "route", "status");
            duration = metrics.histogram(
                            "weir_http_request_seconds",
                            "From the request's headers to the end of the answer.",
                            Metrics.Histogram.SECONDS,
                            "method",
                            "route")
                    .with(route.method(), route.path());
        }

        void handle(ServerRequest request, ServerResponse response) {
            long begin = System.nanoTime();
            try {
                var refused = open ? null : guard.unknown(request.headers());
                if (refused != null) {
                    Exchange.answer(request, response, refused);
                } else {
                    answer(request, response);
                }
            } finally {
                duration.observeNanos(System.nanoTime() - begin);
                byStatus.computeIfAbsent(
                                response.status().code(),
                                status -> counter.with(route.method(), route.path(), Integer.toString(status)))
                        .increment();
            }
        }

        private void answer(ServerRequest request, ServerResponse response) {
            Problem problem;
            try {
                endpoint.handle(new Exchange(request, response, limits));
                return;
            } catch (Problem.Thrown thrown) {
                problem = thrown.problem();
            } catch (StoreProblem away) {
                problem = store(away);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                problem = Problem.unavailable("The server is stopping. Try again.");
            } catch (UncheckedIOException | CloseConnectionException gone) {
                // The client has left; there is nobody to tell.
                throw gone;
            } catch (Exception | StackOverflowError wrong) {
                problem = internal(wrong);
            }
            if (!response.isSent()) {
                Exchange.answer(request, response, problem);
            }
        }

        private Problem internal(Throwable wrong) {
            // The log has the story, the caller the number under which it stands there.
            String number = UUID.randomUUID().toString().substring(0, 8);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "failure " + number + " at " + route.method() + " " + route.path(),
                    wrong);
            return Problem.of(
                    500,
                    "internal",
                    "A fault of the server",
                    "Something went wrong inside the server; its log tells what, under the number " + number + ".");
        }

        private Problem store(StoreProblem problem) {
            return switch (problem.kind()) {
                case UNAVAILABLE -> {
                    if (AWAY.isDue()) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "store away at " + route.path() + ": " + problem.getMessage());
                    }
                    yield Problem.unavailable("The database does not answer. Nothing was stored; try again.");
                }
                case UNKNOWN_OUTCOME -> {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "unknown outcome at " + route.path() + ": " + problem.getMessage());
                    yield Problem.of(
                                    503,
                                    "unknown_outcome",
                                    "Perhaps it was stored",
                                    "The database was lost while it stored this. Try again with the same Idempotency-Key.")
                            .retryAfter(1);
                }
                case REJECTED ->
                    Problem.of(422, "not_storable", "Cannot be stored", "The database refuses this content.");
            };
        }
    }
}
