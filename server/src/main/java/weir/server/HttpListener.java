package weir.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.time.Duration;
import java.util.function.Supplier;
import weir.value.Json;

/// The port: everything of Helidon that is set once, with our limits, and problem documents also where a request is
/// refused before it reaches a route.
final class HttpListener implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int BACKLOG = 1_024;
    private static final int MOST_CONNECTIONS = 20_000;

    private final WebServer server;

    /// Listens from here on.
    ///
    /// @param editors makes the listener of one WebSocket on `/lsp`
    HttpListener(Config config, HttpRouting.Builder routing, Supplier<WsListener> editors, int longestFrame) {
        var limits = config.limits();
        server = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .backlog(BACKLOG)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(Math.max(limits.body(), limits.text()) + 1L)
                .connectionOptions(options -> options.readTimeout(limits.read()).tcpNoDelay(true))
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(limits.headers())
                        .maxPrologueLength(limits.line())
                        .build())
                .addProtocol(WsConfig.builder().maxFrameLength(longestFrame).build())
                .directHandlers(early())
                .routing(routing)
                .addRouting(WsRouting.builder().endpoint("/lsp", editors))
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .build()
                .start();
    }

    int port() {
        return server.port();
    }

    /// For requests that are refused before there is a route: their first line or headers are wrong, or too large.
    private static DirectHandlers early() {
        var handlers = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, HttpListener::refuse);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse refuse(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        var problem = problem(status.code());
        headers.set(HeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .keepAlive(false)
                .entity(Json.bytes(problem.document()))
                .build();
    }

    /// In our own words: the library's repeat what was sent.
    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "not_found", "Not found", "There is nothing at this address.");
            case 413 ->
                Problem.of(
                        413,
                        "too_large",
                        "Too large",
                        "The request's body is larger than allowed (settings `WEIR_BODY_BYTES`, `WEIR_TEXT_BYTES`).");
            case 414 -> Problem.of(414, "too_large", "Too large", "The request's address is longer than allowed.");
            case 431 -> Problem.of(431, "too_large", "Too large", "The request's headers are larger than allowed.");
            case 403 -> Problem.of(403, "forbidden", "Forbidden", "This request is not allowed.");
            case 503 -> Problem.unavailable("The server cannot take this request now. Try again.");
            default ->
                status >= 500
                        ? Problem.of(
                                status, "internal", "A fault of the server", "Something went wrong inside the server.")
                        : Problem.of(
                                status,
                                "bad_request",
                                "The request cannot be read",
                                "Its first line, headers or encoding are not what this server reads as HTTP/1.1.");
        };
    }

    @Override
    public void close() {
        server.stop();
    }
}
