package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;

class RunsApiTest {
    private static final String TEXT = """
            type Order = { id: string, lines: [{ qty: int, price: number }] }
            workflow order(order: Order) -> { total: number } {
              let total = order.lines.reduce((sum, line) => sum + line.qty * line.price, 0)
              step http.post(url: "https://stock.example.com/", body: { id: order.id, total }) {
                key order.id
              }
              return { total }
            }
            workflow sleepy() -> string {
              wait 1h
              return "done"
            }
            workflow quick() -> string {
              return "done"
            }
            """;
    private static final String ORDER = "{\"order\": {\"id\": \"o1\", \"lines\": [{\"qty\": 2, \"price\": 4.5}]}}";
    private static final String ORDERS = "/api/v1/workflows/order/runs";

    private final TestServer server = new TestServer();
    private final Caller caller = server.caller;

    @BeforeEach
    void deploy() {
        server.deploy("order", TEXT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoWaitsGetsTheResult() {
        var answer = caller.post(ORDERS + "?wait=20s", ORDER);
        assertEquals(200, answer.status(), answer.body());
        assertEquals("succeeded", answer.text("status"));
        assertEquals("{\"total\":9}", answer.text("output"));
        assertEquals("null", answer.text("error"));
    }

    @Test
    void whoDoesNotWaitGetsTheAddressOfAStoredRun() {
        var answer = caller.post(ORDERS, ORDER);
        assertEquals(202, answer.status());
        assertEquals("/api/v1/runs/" + answer.text("id"), answer.header("Location"));
        var run = server.await(answer.text("id"), "succeeded");
        assertEquals("\"order\"", Json.text(run.get("workflow")));
        assertEquals("\"api\"", Json.text(run.get("trigger")));
        assertEquals("{\"total\":9}", Json.text(run.get("output")));
        assertEquals(Json.read(ORDER), run.get("input"));
        var step = (RecordValue) ((ListValue) java.util.Objects.requireNonNull(run.get("steps"))).get(0);
        assertEquals("\"succeeded\"", Json.text(step.get("status")));
    }

    @Test
    void whoStopsWaitingGetsTheAddress() {
        var answer = caller.post("/api/v1/workflows/sleepy/runs?wait=50ms", "{}");
        assertEquals(202, answer.status());
        server.await(answer.text("id"), "waiting");
    }

    @Test
    void anInputThatDoesNotFitIsToldWhere() {
        var wrong = caller.post(ORDERS, "{\"order\": {\"id\": 7, \"lines\": [{\"qty\": 2.5, \"price\": \"x\"}]}}");
        assertEquals(422, wrong.status());
        assertEquals("input_does_not_fit", wrong.text("code"));
        var paths = ((ListValue) java.util.Objects.requireNonNull(wrong.json().get("errors")))
                .asList().stream()
                        .map(error -> Json.text(((RecordValue) error).get("path")))
                        .toList();
        assertEquals(List.of("\"order.id\"", "\"order.lines[0].qty\"", "\"order.lines[0].price\""), paths);
        var unknown = caller.post(ORDERS, ORDER.replace("\"order\"", "\"oder\""));
        assertTrue(unknown.body().contains("did you mean \\\"order\\\"?"), unknown.body());
        assertEquals(422, caller.post(ORDERS, "{}").status());
    }

    @Test
    void whatIsNotAnObjectOfJsonIsRefused() {
        assertEquals("invalid_json", caller.post(ORDERS, "{\"order\": ").text("code"));
        assertEquals("bad_request", caller.post(ORDERS, "[1]").text("code"));
        assertEquals("invalid_json", caller.post(ORDERS, "{\"a\": 1, \"a\": 2}").text("code"));
        assertEquals("bad_request", caller.post(ORDERS + "?wait=soon", ORDER).text("code"));
        assertEquals(404, caller.post("/api/v1/workflows/none/runs", "{}").status());
        assertEquals(
                400, caller.post(ORDERS, "[".repeat(5_000) + "]".repeat(5_000)).status());
    }

    @Test
    void theSameKeyStartsOneRun() {
        var first = caller.post(ORDERS, ORDER, "Idempotency-Key", "k1");
        var again = caller.post(ORDERS + "?wait=20s", ORDER, "Idempotency-Key", "k1");
        assertEquals(first.text("id"), again.text("id"));
        assertEquals("succeeded", again.text("status"));
        assertEquals(1, server.calls.size());
        var other = caller.post(ORDERS, ORDER.replace("o1", "o2"), "Idempotency-Key", "k1");
        assertEquals(422, other.status());
        assertEquals("key_used_otherwise", other.text("code"));
        assertNotEquals(
                first.text("id"),
                caller.post(ORDERS, ORDER, "Idempotency-Key", "k2").text("id"));
        var elsewhere = caller.post("/api/v1/workflows/quick/runs", "{}", "Idempotency-Key", "k1");
        assertEquals(202, elsewhere.status(), "keys are a workflow's own");
    }

    @Test
    void runsAreListedNewestFirstInPages() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(
                    caller.post("/api/v1/workflows/quick/runs?wait=20s", "{}").text("id"));
        }
        caller.post(ORDERS + "?wait=20s", ORDER);
        var page = caller.get("/api/v1/runs?workflow=quick&limit=3");
        assertEquals(ids.subList(0, 3), ids(page));
        var rest = caller.get("/api/v1/runs?workflow=quick&limit=3&cursor=" + page.text("next"));
        assertEquals(ids.subList(3, 5), ids(rest));
        assertEquals("null", rest.text("next"));
        var line = WorkflowsApiTest.first(page, "runs");
        assertEquals("\"quick\"", Json.text(line.get("workflow")));
        assertEquals("\"api\"", Json.text(line.get("trigger")));
        assertEquals("\"succeeded\"", Json.text(line.get("status")));
        assertEquals(6, ids(caller.get("/api/v1/runs")).size());
        assertEquals(0, ids(caller.get("/api/v1/runs?status=failed")).size());
        assertEquals(400, caller.get("/api/v1/runs?status=odd").status());
        assertEquals(400, caller.get("/api/v1/runs?limit=0").status());
        assertEquals(400, caller.get("/api/v1/runs?cursor=x").status());
        assertEquals(404, caller.get("/api/v1/runs?workflow=none").status());
    }

    private static List<String> ids(Caller.Answer page) {
        return ((ListValue) java.util.Objects.requireNonNull(page.json().get("runs")))
                .asList().stream()
                        .map(run -> String.valueOf(((RecordValue) run).get("id")))
                        .map(text -> text.replaceAll(".*value=(.*)]", "$1"))
                        .toList();
    }

    @Test
    void aWaitingRunIsCancelled() {
        String id = caller.post("/api/v1/workflows/sleepy/runs", "{}").text("id");
        server.await(id, "waiting");
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/cancel", "").status());
        var run = server.await(id, "cancelled");
        assertEquals(NullValue.NULL, run.get("output"));
        assertEquals(
                "run_over", caller.post("/api/v1/runs/" + id + "/cancel", "").text("code"));
    }

    @Test
    void aFailedRunIsResumedFromTheStepThatFailed() {
        server.http(call -> {
            throw new TestServer.Refusal("http_503");
        });
        var failed = caller.post(ORDERS + "?wait=20s", ORDER);
        assertEquals("failed", failed.text("status"));
        assertEquals("http_503", failed.text("error", "code"));
        String id = failed.text("id");
        var run = server.await(id, "failed");
        assertEquals("true", Json.text(run.get("resumable")));
        assertEquals(List.of(id), ids(caller.get("/api/v1/runs?status=parked")));
        var line = WorkflowsApiTest.first(caller.get("/api/v1/runs?status=failed"), "runs");
        assertEquals(
                "\"http_503\"",
                Json.text(((RecordValue) java.util.Objects.requireNonNull(line.get("error"))).get("code")));
        server.http(call -> Json.read("{\"status\": 200, \"headers\": {}, \"body\": null}"));
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/resume", "").status());
        assertEquals("{\"total\":9}", Json.text(server.await(id, "succeeded").get("output")));
        assertEquals(
                "not_resumable",
                caller.post("/api/v1/runs/" + id + "/resume", "").text("code"));
    }

    @Test
    void anUnknownRunIsNotFound() {
        String id = "018f0000-0000-7000-8000-000000000000";
        assertEquals(404, caller.get("/api/v1/runs/" + id).status());
        assertEquals(404, caller.get("/api/v1/runs/nonsense").status());
        assertEquals(404, caller.get("/api/v1/runs/" + id + "/events").status());
        assertEquals(404, caller.post("/api/v1/runs/" + id + "/cancel", "").status());
        assertEquals(404, caller.post("/api/v1/runs/" + id + "/resume", "").status());
    }

    @Test
    void aRunIsFollowedToItsEnd() throws Exception {
        String id = caller.post(ORDERS, ORDER).text("id");
        var events = follow(id, "");
        assertEquals("event: run", events.getFirst().split("\n")[0]);
        assertTrue(events.stream().anyMatch(event -> event.contains("event: entry")), events.toString());
        assertTrue(events.getLast().startsWith("event: end"), events.toString());
        var views =
                events.stream().filter(event -> event.startsWith("event: run")).toList();
        assertTrue(views.getLast().contains("\"status\":\"succeeded\""), views.getLast());
    }

    @Test
    void whoComesBackGetsOnlyWhatIsNew() throws Exception {
        String id = caller.post(ORDERS + "?wait=20s", ORDER).text("id");
        var all =
                follow(id, "").stream().filter(event -> event.contains("id: ")).toList();
        String first = all.getFirst().lines().findFirst().orElseThrow().substring(4);
        var rest = follow(id, first).stream()
                .filter(event -> event.contains("id: "))
                .toList();
        assertEquals(all.subList(1, all.size()), rest);
        String last = all.getLast().lines().findFirst().orElseThrow().substring(4);
        assertTrue(follow(id, last).stream().noneMatch(event -> event.contains("event: entry")));
    }

    @Test
    void whoFollowsHearsOfAChangeWithoutAskingAgain() throws Exception {
        String id = caller.post("/api/v1/workflows/sleepy/runs", "{}").text("id");
        server.await(id, "waiting");
        var following = caller.client()
                .sendAsync(
                        caller.request("/api/v1/runs/" + id + "/events").build(), HttpResponse.BodyHandlers.ofString());
        caller.post("/api/v1/runs/" + id + "/cancel", "");
        assertTrue(following.get().body().contains("\"status\":\"cancelled\""));
    }

    /// The events as texts, until the stream ends.
    private List<String> follow(String id, String last) throws Exception {
        var request = caller.request("/api/v1/runs/" + id + "/events");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        var answer = caller.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(
                "text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
        return List.of(answer.body().strip().split("\n\n"));
    }
}
