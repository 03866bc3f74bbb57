package weir.generate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// A server of chat completions that answers what a test tells it, in that order, and remembers what it was asked.
public final class FakeModel implements AutoCloseable {
    private interface Reply {
        void send(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<RecordValue> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);

    public FakeModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /// What it was asked, whole request bodies.
    public List<RecordValue> asked() {
        return List.copyOf(asked);
    }

    /// The Authorization headers it got.
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /// The text of the last message of a request.
    public String lastMessage(int request) {
        var messages =
                (ListValue) java.util.Objects.requireNonNull(asked.get(request).get("messages"));
        var last = (RecordValue) messages.get(messages.size() - 1);
        return last.get("content") instanceof StringValue(String text) ? text : "";
    }

    /// Answers with the text, in pieces.
    public FakeModel says(String text) {
        return then(exchange -> {
            begin(exchange);
            for (int i = 0; i < text.length(); i += 40) {
                event(exchange, delta("content", text.substring(i, Math.min(text.length(), i + 40))), null);
            }
            event(exchange, RecordValue.EMPTY, "stop");
            end(exchange);
        });
    }

    public FakeModel declines(String why) {
        return then(exchange -> {
            begin(exchange);
            event(exchange, delta("refusal", why), null);
            event(exchange, RecordValue.EMPTY, "stop");
            end(exchange);
        });
    }

    /// Begins to answer and ends the connection in the middle.
    public FakeModel breaksOff() {
        return then(exchange -> {
            begin(exchange);
            event(exchange, delta("content", "````weir\nworkflow half"), null);
            exchange.close();
        });
    }

    public FakeModel isSilent() {
        return then(exchange -> {
            try {
                var _ = over.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
    }

    public FakeModel refuses(int status, Map<String, String> headers) {
        return then(exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = "{\"error\": {\"message\": \"no\", \"type\": \"test\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private synchronized FakeModel then(Reply reply) {
        replies.add(reply);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add((RecordValue) Json.read(exchange.getRequestBody().readAllBytes()));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply;
        synchronized (this) {
            reply = replies.poll();
        }
        if (reply == null) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        } else {
            reply.send(exchange);
        }
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
    }

    private static RecordValue delta(String field, String text) {
        return RecordValue.of(field, Value.of(text));
    }

    private static void event(HttpExchange exchange, RecordValue delta, @org.jspecify.annotations.Nullable String end)
            throws IOException {
        var choice = RecordValue.builder()
                .put("index", Value.of(0))
                .put("delta", delta)
                .put("finish_reason", end == null ? weir.value.NullValue.NULL : Value.of(end))
                .build();
        var chunk = RecordValue.builder()
                .put("id", Value.of("c1"))
                .put("object", Value.of("chat.completion.chunk"))
                .put("created", Value.of(1))
                .put("model", Value.of("fake"))
                .put("choices", ListValue.of(choice))
                .build();
        line(exchange, Json.text(chunk));
    }

    private static void end(HttpExchange exchange) throws IOException {
        line(exchange, "[DONE]");
        exchange.close();
    }

    private static void line(HttpExchange exchange, String data) throws IOException {
        exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }
}
