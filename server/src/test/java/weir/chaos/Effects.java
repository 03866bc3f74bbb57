package weir.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The world outside, which remembers everything it was asked to do.
final class Effects implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BACKLOG = 512;
    private static final long WORK_MS = 15;

    private final HttpServer server;
    private final Collection<Request> requests = new ConcurrentLinkedQueue<>();

    /// A request that came in.
    ///
    /// @param step which step of which run, as its body says
    /// @param key the idempotency key it was sent with
    record Request(String step, @Nullable String key, Instant at) {}

    Effects() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/do", exchange -> answer(exchange, 200, "{\"ok\":true}"));
        server.createContext("/refuse", exchange -> answer(exchange, 422, "{\"ok\":false}"));
        server.start();
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var at = Instant.now();
            var body = JSON.readTree(exchange.getRequestBody());
            requests.add(new Request(
                    body.path("step").asText(), exchange.getRequestHeaders().getFirst("Idempotency-Key"), at));
            Thread.sleep(WORK_MS);
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Collection<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
