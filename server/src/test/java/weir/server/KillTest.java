package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills everything while 200 runs are under way, and looks at what the promises are worth.
@Timeout(600)
class KillTest {
    private static final int RUNS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /// A request that the counting server saw.
    ///
    /// @param step which step of which run, as the body says
    private record Seen(String step, String key, Instant at) {}

    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();

    private HttpServer countingServer() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var at = Instant.now();
            var body = JSON.readTree(exchange.getRequestBody());
            seen.add(new Seen(
                    body.get("step").asText(), exchange.getRequestHeaders().getFirst("Idempotency-Key"), at));
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            byte[] answer = "{\"ok\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String workflow(int port) {
        return """
                workflow tracked(n: int) -> { done: int } {
                  step first = http.post(url: "http://127.0.0.1:%1$d/", body: { step: `${n}/first` }) {
                    retry 50 times from 50ms to 500ms
                  }
                  wait 700ms
                  step all = for item of [1, 2, 3] at most 3 at once {
                    step each = http.post(url: "http://127.0.0.1:%1$d/", body: { step: `${n}/each/${item}` }) {
                      retry 50 times from 50ms to 500ms
                    }
                    yield each.status
                  }
                  wait 1500ms
                  step last = http.post(url: "http://127.0.0.1:%1$d/", body: { step: `${n}/last` }) {
                    retry 50 times from 50ms to 500ms
                  }
                  return { done: all.length }
                }
                """.formatted(port);
    }

    @Test
    void whateverDiesNoAcceptedRunIsLostAndNothingJournaledIsRepeated() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KillTest seed " + seed);
        var random = new Random(seed);
        var counting = countingServer();
        try (var server = new ServerProcess(folder)) {
            server.awaitReady();
            var deployed = server.send(
                    "PUT",
                    "/api/v1/workflows/tracked",
                    "text/plain",
                    workflow(counting.getAddress().getPort()));
            assertEquals(200, deployed.statusCode(), deployed.body());
            Map<Integer, String> accepted = new ConcurrentHashMap<>();
            var starter = Thread.ofVirtual().start(() -> startAll(server, accepted));
            for (String victim : List.of("server", "redis-server", "postgres", "server")) {
                Thread.sleep(300 + random.nextInt(900));
                if (victim.equals("server")) {
                    server.kill();
                    server.restart();
                } else {
                    assertTrue(server.killChild(victim), victim + " is not running");
                }
                server.awaitReady();
            }
            starter.join();
            assertEquals(RUNS, accepted.size());
            var runs = new ArrayList<JsonNode>();
            for (var run : accepted.values()) {
                runs.add(awaitEnd(server, run));
            }
            runs.forEach(KillTest::assertSucceeded);
            assertOneKeyAStep();
            runs.forEach(this::assertNothingJournaledWasRepeated);
        } finally {
            counting.stop(0);
        }
    }

    /// Starts every run until it is accepted, each under a key of its own, as a client that wants to be sure does.
    private static void startAll(ServerProcess server, Map<Integer, String> accepted) {
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < RUNS; i++) {
                int n = i;
                pool.submit(() -> {
                    while (!accepted.containsKey(n)) {
                        try {
                            var answer = server.send(
                                    "POST",
                                    "/api/v1/workflows/tracked/runs",
                                    "application/json",
                                    "{\"n\": " + n + "}",
                                    "Idempotency-Key",
                                    "start-" + n);
                            if (answer.statusCode() == 202) {
                                accepted.put(
                                        n,
                                        JSON.readTree(answer.body()).get("id").asText());
                            }
                        } catch (IOException down) {
                            Thread.sleep(50);
                        }
                        Thread.sleep(10);
                    }
                    return null;
                });
            }
        }
    }

    private static JsonNode awaitEnd(ServerProcess server, String run) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            try {
                var answer = server.get("/api/v1/runs/" + run);
                assertTrue(answer.statusCode() != 404, "the accepted run " + run + " is lost");
                var view = JSON.readTree(answer.body());
                var status = view.path("status").asText();
                if (List.of("succeeded", "failed", "cancelled").contains(status)) {
                    return view;
                }
            } catch (IOException down) {
                // it is being started again
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the run " + run + " has not ended after two minutes: "
                + server.get("/api/v1/runs/" + run).body());
    }

    private static void assertSucceeded(JsonNode run) {
        assertEquals("succeeded", run.get("status").asText(), run.toPrettyString());
        assertEquals(3, run.get("output").get("done").asInt());
    }

    private void assertOneKeyAStep() {
        Map<String, String> keys = new ConcurrentHashMap<>();
        for (var request : seen) {
            var before = keys.putIfAbsent(request.step(), request.key());
            assertTrue(
                    before == null || before.equals(request.key()),
                    request.step() + " came with the keys " + before + " and " + request.key());
        }
        assertEquals(RUNS * 5, keys.size());
    }

    private void assertNothingJournaledWasRepeated(JsonNode run) {
        for (var step : run.get("steps")) {
            if (!step.path("key").isTextual()) {
                continue;
            }
            var journaled = Instant.parse(step.get("endedAt").asText());
            var key = step.get("key").asText();
            for (var request : seen) {
                // the journal's time has whole milliseconds
                assertTrue(
                        !request.key().equals(key) || request.at().isBefore(journaled.plusMillis(1)),
                        () -> step.get("path") + " was journaled at " + journaled + " and performed again at "
                                + request.at());
            }
        }
    }
}
