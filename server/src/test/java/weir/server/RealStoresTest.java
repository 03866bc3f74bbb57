package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;

/// The whole way through PostgreSQL and Redis: what the tests on memory show in detail also holds there.
class RealStoresTest {
    private static final String TEXT = """
            workflow take(n: int) -> { twice: int } {
              on webhook(method: "POST", path: "/take")
              step http.post(url: "https://stock.example.com/", body: { n }) {
                key `take ${n}`
              }
              return { twice: n * 2 }
            }
            workflow sleepy() {
              wait 1h
            }
            """;
    private static final String RUNS = "/api/v1/workflows/take/runs";

    private static TestStores stores;

    private RealServer real;
    private TestServer server;
    private Caller caller;

    @BeforeAll
    static void startStores() throws Exception {
        stores = TestStores.start();
    }

    @AfterAll
    static void stopStores() throws Exception {
        stores.close();
    }

    @BeforeEach
    void start() {
        real = new RealServer(stores, Config.standard());
        server = real.server;
        caller = server.caller;
        server.deploy("take", TEXT);
    }

    @AfterEach
    void stop() {
        real.close();
    }

    @Test
    void aRunGoesFromStartToResult() {
        var answer = caller.post(RUNS + "?wait=20s", "{\"n\": 21}");
        assertEquals(200, answer.status(), answer.body());
        assertEquals("{\"twice\":42}", answer.text("output"));
        var run = caller.get("/api/v1/runs/" + answer.text("id")).json();
        assertEquals("\"succeeded\"", Json.text(run.get("status")));
        var step = (RecordValue) ((ListValue) java.util.Objects.requireNonNull(run.get("steps"))).get(0);
        assertEquals("\"http.post\"", Json.text(step.get("action")));
        assertEquals("\"take 21\"", Json.text(step.get("key")));
        var line = WorkflowsApiTest.first(caller.get("/api/v1/runs?workflow=take&limit=1"), "runs");
        assertEquals("\"api\"", Json.text(line.get("trigger")));
        assertEquals("\"take\"", Json.text(line.get("workflow")));
    }

    @Test
    void manyStartsAtOnceAllComeToTheirResult() throws Exception {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int n = 0; n < 200; n++) {
            var request = caller.request(RUNS + "?wait=30s")
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"n\": " + n + "}"))
                    .build();
            answers.add(caller.client().sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        for (int n = 0; n < 200; n++) {
            String body = answers.get(n).get().body();
            assertTrue(body.contains("{\"twice\":" + 2 * n + "}"), body);
        }
        var page = new HashSet<String>();
        String cursor = "";
        do {
            var answer = caller.get("/api/v1/runs?workflow=take&limit=60&cursor=" + cursor);
            ((ListValue) java.util.Objects.requireNonNull(answer.json().get("runs")))
                    .forEach(run -> assertTrue(page.add(Json.text(((RecordValue) run).get("id")))));
            cursor = answer.text("next");
        } while (!cursor.equals("null"));
        assertTrue(page.size() >= 200, page.size() + " runs in all pages");
    }

    @Test
    void keysAndDeliveriesStartOneRun() {
        var first = caller.post(RUNS, "{\"n\": 1}", "Idempotency-Key", "real");
        assertEquals(
                first.text("id"),
                caller.post(RUNS, "{\"n\": 1}", "Idempotency-Key", "real").text("id"));
        assertEquals(
                422, caller.post(RUNS, "{\"n\": 2}", "Idempotency-Key", "real").status());
        var hook = caller.post("/hooks/take", "3", "webhook-id", "d1");
        assertEquals(202, hook.status(), hook.body());
        assertEquals(
                hook.text("id"),
                caller.post("/hooks/take", "4", "webhook-id", "d1").text("id"));
    }

    @Test
    void aWaitingRunIsFollowedAndCancelled() throws Exception {
        String id = caller.post("/api/v1/workflows/sleepy/runs", "{}").text("id");
        var run = server.await(id, "waiting");
        assertTrue(Json.text(run.get("wakeAt")).length() > 20, Json.text(run.get("wakeAt")));
        var following = caller.client()
                .sendAsync(
                        caller.request("/api/v1/runs/" + id + "/events").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/cancel", "").status());
        assertTrue(following.get().body().contains("event: end"));
        assertEquals(
                "run_over", caller.post("/api/v1/runs/" + id + "/cancel", "").text("code"));
    }

    @Test
    void aFailedRunIsResumed() {
        server.http(call -> {
            throw new TestServer.Refusal("http_503");
        });
        var failed = caller.post(RUNS + "?wait=20s", "{\"n\": 5}");
        assertEquals("failed", failed.text("status"), failed.body());
        String id = failed.text("id");
        assertTrue(caller.get("/api/v1/runs?status=parked").body().contains(id));
        server.http(call -> Json.read("{\"status\": 200, \"headers\": {}, \"body\": null}"));
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/resume", "").status());
        assertEquals("{\"twice\":10}", Json.text(server.await(id, "succeeded").get("output")));
    }

    @Test
    void whatWasDeployedAndRunIsThereAfterARestart() {
        String id = caller.post(RUNS + "?wait=20s", "{\"n\": 8}").text("id");
        stop();
        start();
        assertEquals("{\"twice\":16}", caller.get("/api/v1/runs/" + id).text("output"));
        assertEquals("1", caller.get("/api/v1/workflows/take").text("version"));
        assertEquals(List.of(), server.calls, "nothing ran again");
    }

    @Test
    void healthAndTheQueueLookAtTheRealParts() {
        assertEquals(200, caller.get("/health").status());
        assertEquals("0", caller.get("/api/v1/queue").text("pending"));
    }
}
