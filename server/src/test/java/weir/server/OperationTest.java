package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.eval.Programs;
import weir.store.Journal;
import weir.store.memory.MemoryStore;

/// What those see who operate the server, and what holds it together.
class OperationTest {

    private TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        var described = new TreeSet<String>();
        String path = "";
        for (String line : server.caller.get("/openapi.yaml").body().lines().toList()) {
            if (line.startsWith("components:")) {
                break;
            } else if (line.startsWith("  /") && line.endsWith(":")) {
                path = line.substring(2, line.length() - 1);
            } else if (line.matches("    (get|put|post|delete):")) {
                described.add(line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT) + " " + path);
            }
        }
        var routes = new TreeSet<String>();
        server.server()
                .routes()
                .forEach(route ->
                        routes.add((route.method().equals("ANY") ? "POST" : route.method()) + " " + route.path()));
        assertEquals(String.join("\n", routes), String.join("\n", described));
    }

    @Test
    void healthTellsPartByPart() {
        var healthy = server.caller.get("/health");
        assertEquals(200, healthy.status());
        assertEquals("{\"status\":\"up\",\"parts\":{\"store\":\"up\",\"worker\":\"up\"}}", healthy.body());
        assertEquals(200, server.caller.get("/health/live").status());
        assertEquals(200, server.caller.get("/health/ready").status());
    }

    @Test
    void theQueueAndItsWorkersAreShown() {
        var queue = server.caller.get("/api/v1/queue");
        assertEquals("0", queue.text("pending"));
        assertTrue(queue.text("workers").contains("seenAt"), queue.body());
    }

    @Test
    void theQueueLearnsOfEveryDueRunHoweverLongTheBacklog() throws Exception {
        var memory = new MemoryStore();
        int backlog = 12_000;
        for (int i = 0; i < backlog; i++) {
            var birth = new Journal.Birth(
                    new UUID(0x7000 | i % 4_096, i),
                    1,
                    1,
                    1,
                    weir.graph.Graph.Priority.NORMAL,
                    0,
                    Instant.EPOCH.plusSeconds(i / 1_000),
                    null,
                    java.util.List.of(new weir.engine.Frame(1, Instant.EPOCH, java.util.List.of())),
                    java.util.List.of());
            memory.journal().accept(birth).join();
        }
        // Nobody works it off.
        var idle = new weir.worker.Worker.Options(
                0, Duration.ZERO, Duration.ofMillis(50), Duration.ZERO, false, Duration.ofDays(1));
        var config = Config.standard().withExamples(false);
        try (var _ = new TestServer(config, TestServer.Stores.of(memory), idle)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (memory.queue().depth().pending() < backlog) {
                assertTrue(System.nanoTime() < deadline, memory.queue().depth().toString());
                Thread.sleep(20);
            }
        }
    }

    @Test
    void loadBalancersMayAskForHeadersOnly() {
        String answer = server.caller.raw("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void metricsCountRequestsAndRuns() {
        server.deploy("quick", "workflow quick() { log 1 }");
        server.caller.post("/api/v1/workflows/quick/runs?wait=20s", "{}");
        String metrics = server.caller.get("/metrics").body();
        assertTrue(metrics.contains("weir_runs_started_total{workflow=\"quick\",trigger=\"api\"} 1"), metrics);
        assertTrue(metrics.contains("weir_runs_ended_total{workflow=\"quick\",status=\"succeeded\"} 1"), metrics);
        assertTrue(
                metrics.contains("weir_http_requests_total{method=\"POST\","
                        + "route=\"/api/v1/workflows/{name}/runs\",status=\"200\"} 1"),
                metrics);
        assertTrue(metrics.contains("weir_runs_without_wakeup 0"), metrics);
        assertTrue(metrics.contains("weir_queue_pending 0"), metrics);
        assertTrue(metrics.matches("(?s).*\nweir_journal_commits_total [1-9]\\d*\n.*"), metrics);
    }

    @Test
    void everyExampleCanBeDeployed() {
        assertTrue(Examples.texts().size() >= 6, Examples.texts().keySet().toString());
        Examples.texts().forEach((file, text) -> {
            var registry = new MemoryStore().registry();
            var deployments = new Deployments(
                    registry,
                    server.backend.compiler(),
                    library -> new Programs(library, server.backend.settings(), server.backend.scripts()),
                    Backend.ORGANISATION);
            var outcome = deployments.deploy(null, text);
            assertTrue(outcome instanceof Deployments.Outcome.Stored, file + ": " + outcome);
        });
    }

    @Test
    void examplesAreThereOnTheFirstStartOnly() {
        var store = new MemoryStore();
        int examples;
        try (var first = new TestServer(Config.standard(), TestServer.Stores.of(store))) {
            examples = store.registry()
                    .list(Backend.ORGANISATION, weir.store.Registry.Kind.WORKFLOW)
                    .size();
            assertEquals(Examples.texts().isEmpty(), examples == 0);
            first.deploy("mine", "workflow mine() { log 1 }");
        }
        try (var second = new TestServer(Config.standard(), TestServer.Stores.of(store))) {
            assertEquals(200, second.caller.get("/api/v1/workflows/mine").status());
            assertEquals(
                    examples + 1,
                    store.registry()
                            .list(Backend.ORGANISATION, weir.store.Registry.Kind.WORKFLOW)
                            .size());
        }
    }

    @Test
    void aMissingStudioIsSaidInsteadOfAnEmptyPage() {
        var page = server.caller.get("/");
        assertTrue(page.status() == 200 || page.text("code").equals("no_studio"), page.body());
    }
}
