package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.SecretValue.Piece;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.StepFailure;

class HttpHandlerTest {
    @TempDir
    Path folder;

    private Steps steps;
    private Steps connected;
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    private record Seen(String method, String target, String body, com.sun.net.httpserver.Headers headers) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        var egress = new Egress(new AddressRules(true, List.of()));
        var connections = Steps.connections(
                new Connections.Connection("http", "http", "bearer", Map.of("token", "t0ken")),
                new Connections.Connection("other", "http", "header", Map.of("name", "X-Key", "value", "k3y")));
        steps = Steps.of(new HttpHandler(egress, Connections.NONE, new Blobs(folder)));
        connected = Steps.of(new HttpHandler(egress, connections, new Blobs(folder)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(String path, int status, String type, byte[] body, String... headers) {
        server.createContext(path, exchange -> {
            note(exchange);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            if (type != null) {
                exchange.getResponseHeaders().add("Content-Type", type);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private void note(HttpExchange exchange) throws IOException {
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders()));
    }

    private Value perform(String action, RecordValue arguments) throws StepFailure, InterruptedException {
        var builder = RecordValue.builder();
        builder.putAll(arguments);
        return steps.perform("http." + action, builder);
    }

    private RecordValue.Builder to(String path) {
        return RecordValue.builder().put("url", Value.of(base() + path));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPostSendsJsonWithTheIdempotencyKeyAndReadsJson() throws Exception {
        answer("/items", 201, "application/json; charset=utf-8", utf8("{\"id\":7}"), "X-Shard", "a");
        var result = perform(
                "post", to("/items").put("body", Json.read("{\"qty\":2}")).build());
        assertEquals("POST", seen.getFirst().method());
        assertEquals("{\"qty\":2}", seen.getFirst().body());
        assertEquals("application/json", seen.getFirst().headers().getFirst("Content-Type"));
        assertEquals("key-1", seen.getFirst().headers().getFirst("Idempotency-Key"));
        var record = (RecordValue) result;
        assertEquals(Value.of(201), record.get("status"));
        assertEquals(Json.read("{\"id\":7}"), record.get("body"));
        assertEquals(Value.of("a"), ((RecordValue) record.get("headers")).get("x-shard"));
    }

    @Test
    void jsonOfAnAnswerIsTakenExactlyOrRefusedWithThePlace() throws Exception {
        for (var json : List.of(
                "{\"__proto__\":1,\"10\":1,\"2\":\"\\u0000\\ud800\"}", "9007199254740992", "-0", "5e-324", "\"😀\"")) {
            answer("/exact", 200, "application/json", utf8(json));
            var record = (RecordValue) perform("get", to("/exact").build());
            assertEquals(Json.read(json), record.get("body"));
            server.removeContext("/exact");
        }
        var refused = Map.of(
                "{\"lines\":[{\"id\":9007199254740993}]}",
                "`lines[0].id`",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "`a.b`",
                "[1,1e400]",
                "`[1]`",
                "[".repeat(10_000) + "]".repeat(10_000),
                "1000 deep");
        for (var one : refused.entrySet()) {
            answer("/bent", 200, "application/json", utf8(one.getKey()));
            var failure = assertThrows(
                    StepFailure.class, () -> perform("get", to("/bent").build()));
            assertEquals("unreadable_answer", failure.error().code());
            assertTrue(
                    failure.error().message().contains(one.getValue()),
                    failure.error().message());
            assertTrue(failure.error().message().length() < 1_000);
            server.removeContext("/bent");
        }
    }

    @Test
    void aGetCarriesNoIdempotencyKeyAndEncodesItsQuery() throws Exception {
        answer("/search", 200, "text/plain", utf8("found"));
        var query = Json.read("{\"q\":\"a b&c\",\"tag\":[\"x\",\"y\"],\"page\":2,\"none\":null}");
        var result = (RecordValue)
                perform("get", to("/search?fixed=1").put("query", query).build());
        assertEquals(
                "/search?fixed=1&q=a%20b%26c&tag=x&tag=y&page=2",
                seen.getFirst().target());
        assertNull(seen.getFirst().headers().getFirst("Idempotency-Key"));
        assertEquals(Value.of("found"), result.get("body"));
    }

    @Test
    void secretsArePutInOnlyOnTheWire() throws Exception {
        answer("/private", 200, null, new byte[0]);
        var token = new SecretValue(List.of(new Piece.Reference("STOCK")));
        var auth = RecordValue.builder()
                .put("kind", Value.of("bearer"))
                .put("token", token)
                .build();
        var result =
                (RecordValue) perform("get", to("/private").put("auth", auth).build());
        assertEquals("Bearer s3cret-STOCK", seen.getFirst().headers().getFirst("Authorization"));
        assertEquals(NullValue.NULL, result.get("body"));
    }

    @Test
    void aRedirectToAnotherOriginLosesWhatIdentifiesTheSender() throws Exception {
        answer("/there", 200, "text/plain", utf8("ok"));
        answer("/away", 302, null, new byte[0], "Location", base().replace("127.0.0.1", "localhost") + "/there");
        var auth = RecordValue.builder()
                .put("kind", Value.of("header"))
                .put("name", Value.of("X-Api-Key"))
                .put("value", new SecretValue(List.of(new Piece.Reference("K"))))
                .build();
        perform("get", to("/away").put("auth", auth).build());
        assertEquals("s3cret-K", seen.get(0).headers().getFirst("X-Api-Key"));
        assertFalse(seen.get(1).headers().containsKey("X-Api-Key"));
    }

    @Test
    void aStatusFrom400OnFailsWithStatusAndBodyUnlessItIsAccepted() throws Exception {
        answer("/missing", 404, "application/json", utf8("{\"why\":\"gone\"}"));
        var failure = assertThrows(
                StepFailure.class, () -> perform("get", to("/missing").build()));
        assertEquals("http_404", failure.error().code());
        assertEquals(404, failure.error().status());
        assertEquals(Json.read("{\"why\":\"gone\"}"), failure.error().body());
        var accepted = (RecordValue)
                perform("get", to("/missing").put("accept", Json.read("[404]")).build());
        assertEquals(Value.of(404), accepted.get("status"));
    }

    @Test
    void whatCannotBeReachedSaysWhy() {
        assertEquals("connection_failed", code("http://127.0.0.1:1/"));
        assertEquals("unknown_host", code("http://no-such-host.invalid/"));
        assertEquals("bad_url", code("ftp://127.0.0.1/"));
        assertEquals("bad_url", code("http://user:pw@127.0.0.1/"));
        assertEquals("bad_url", code("http://127.0.0.1/a b"));
        assertEquals("egress_denied", code("http://169.254.169.254/latest/meta-data"));
    }

    private String code(String url) {
        return assertThrows(StepFailure.class, () -> perform("get", RecordValue.of("url", Value.of(url))))
                .error()
                .code();
    }

    @Test
    void anAttemptThatIsInterruptedStopsAtOnce() throws Exception {
        var arrived = new CountDownLatch(1);
        server.createContext("/slow", exchange -> {
            arrived.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });
        var failed = new CountDownLatch(1);
        var thread = Thread.ofVirtual().start(() -> {
            try {
                perform("get", to("/slow").build());
            } catch (InterruptedException | StepFailure expected) {
                failed.countDown();
            }
        });
        arrived.await();
        thread.interrupt();
        failed.await();
        assertTrue(thread.join(Duration.ofSeconds(30)));
    }

    /// Answers one request with these bytes, and hangs up.
    private static ServerSocket hangingUp(String answer) throws IOException {
        var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (var socket = listener.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(utf8(answer));
            } catch (IOException gone) {
                // Then the test fails by itself.
            }
        });
        return listener;
    }

    @Test
    void anOldServerEndsItsAnswerByHangingUp() throws Exception {
        for (String body : List.of("{\"ok\":true}", "")) {
            try (var listener = hangingUp("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body)) {
                var url = Value.of("http://127.0.0.1:" + listener.getLocalPort() + "/");
                var result = (RecordValue) perform("get", RecordValue.of("url", url));
                assertEquals(body.isEmpty() ? Json.read("null") : Json.read(body), result.get("body"));
            }
        }
    }

    @Test
    void aServerThatClosesEachConnectionWithoutSayingSoIsAskedAgain() throws Exception {
        try (var listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        try (var socket = listener.accept()) {
                            socket.getInputStream().read(new byte[4096]);
                            socket.getOutputStream().write(utf8("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                        }
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            var url = Value.of("http://127.0.0.1:" + listener.getLocalPort() + "/");
            for (int i = 0; i < 20; i++) {
                var result = (RecordValue) perform("post", RecordValue.of("url", url));
                assertEquals(Value.of("ok"), result.get("body"));
            }
        }
    }

    @Test
    void anAnswerThatIsCutOffFails() throws Exception {
        try (var listener = hangingUp("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":")) {
            var url = Value.of("http://127.0.0.1:" + listener.getLocalPort() + "/");
            assertThrows(StepFailure.class, () -> perform("get", RecordValue.of("url", url)));
        }
    }

    @Test
    void bytesThatAreNoTextBecomeBase64() throws Exception {
        answer("/logo", 200, "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        var result = (RecordValue) perform("get", to("/logo").build());
        assertEquals(Json.read("{\"contentType\":\"image/png\",\"base64\":\"iVBOR/8=\"}"), result.get("body"));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(Duration.ofSeconds(12), Answers.retryAfter("12", now));
        assertEquals(Duration.ofSeconds(30), Answers.retryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now));
        assertNull(Answers.retryAfter("soon", now));
        assertNull(Answers.retryAfter(null, now));
    }

    @Test
    void aConnectionSaysWhoAsksUnlessTheStepDoes() throws Exception {
        answer("/me", 200, "application/json", utf8("{}"));
        connected.perform("http.get", to("/me"));
        assertEquals("Bearer t0ken", seen.getLast().headers().getFirst("Authorization"));
        connected.using("other").perform("http.get", to("/me"));
        assertEquals("k3y", seen.getLast().headers().getFirst("X-Key"));
        connected.perform("http.get", to("/me").put("auth", Json.read("{\"kind\":\"bearer\",\"token\":\"mine\"}")));
        assertEquals("Bearer mine", seen.getLast().headers().getFirst("Authorization"));
    }

    @Test
    void aConnectionThatIsNotThereFailsForGood() {
        var failure =
                assertThrows(StepFailure.class, () -> connected.using("nobody").perform("http.get", to("/me")));
        assertEquals("unknown_connection", failure.error().code());
        assertTrue(failure.error().permanent());
    }

    @Test
    void whatNoRetryMendsFailsForGood() {
        for (String url : List.of("ftp://example.com/", "http://user:pass@example.com/", "http://169.254.169.254/")) {
            var failure = assertThrows(StepFailure.class, () -> perform("get", RecordValue.of("url", Value.of(url))));
            assertTrue(failure.error().permanent(), failure.error().code());
        }
    }

    @Test
    void whatIsDownloadedIsAFileThatCanBeUploaded() throws Exception {
        answer("/report.pdf", 200, "application/pdf", new byte[] {1, 2, (byte) 255});
        answer("/inbox", 201, "application/json", utf8("{\"ok\":true}"));
        var file = (RecordValue) steps.perform("http.download", to("/report.pdf"));
        assertEquals(Value.of("report.pdf"), file.get("name"));
        assertEquals(Value.of("application/pdf"), file.get("type"));
        assertEquals(Value.of(3), file.get("size"));
        steps.perform("http.upload", to("/inbox").put("file", file));
        assertEquals("application/pdf", seen.getLast().headers().getFirst("Content-Type"));
        assertEquals("3", seen.getLast().headers().getFirst("Content-Length"));
    }
}
