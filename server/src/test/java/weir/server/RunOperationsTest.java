package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;

/// What people do to runs that are there.
class RunOperationsTest {
    private final TestServer server = new TestServer();
    private final Caller caller = server.caller;

    @AfterEach
    void stop() {
        server.close();
    }

    private void deploy(String name, String text) {
        var answer = caller.put("/api/v1/workflows/" + name, text);
        assertEquals(200, answer.status(), answer.body());
    }

    private String start(String name) {
        return caller.post("/api/v1/workflows/" + name + "/runs", "{}").text("id");
    }

    @Test
    void aPausedRunStartsNothingUntilItIsResumed() {
        deploy(
                "slow",
                "workflow slow() -> int {\n    wait 1s\n    step http.get(url: \"https://a.example\")\n    return 7\n}\n");
        String id = start("slow");
        server.await(id, "waiting");
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/pause", "").status());
        var paused = server.await(id, "paused");
        assertEquals("true", Json.text(paused.get("paused")));
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/pause", "").status(), "it is");
        assertEquals(
                1,
                ((weir.value.ListValue) java.util.Objects.requireNonNull(
                                caller.get("/api/v1/runs?status=paused").json().get("runs")))
                        .size());
        assertEquals(202, caller.post("/api/v1/runs/" + id + "/resume", "").status());
        assertEquals("7", Json.text(server.await(id, "succeeded").get("output")));
        assertEquals(
                "run_over", caller.post("/api/v1/runs/" + id + "/pause", "").text("code"));
    }

    private static final String PAY = """
            workflow pay(n: int) -> int {
                step a = http.get(url: "https://a.example")
                step b = http.post(url: "https://b.example", body: { n, limit: 10 })
                return n
            }
            """;

    private String failed(String name, String input) {
        server.http(call -> {
            if (call.path().equals("b")) {
                throw new TestServer.Refusal("http_400");
            }
            return Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"total\": 9}}");
        });
        String id = caller.post("/api/v1/workflows/" + name + "/runs", input).text("id");
        server.await(id, "failed");
        server.http(call -> Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"total\": 9}}"));
        server.calls.clear();
        return id;
    }

    @Test
    void aFailedRunGoesOnWithANewerVersionThatItFits() {
        deploy("pay", PAY);
        String id = failed("pay", "{\"n\": 3}");
        deploy("pay", PAY.replace("limit: 10", "limit: 20"));
        deploy("pay", PAY.replace("n: int)", "n: int, who: string)"));
        var refused = caller.post("/api/v1/runs/" + id + "/resume", "{\"version\": 3}");
        assertEquals(422, refused.status());
        assertEquals("version_does_not_fit", refused.text("code"));
        assertEquals("input", refused.text("path"));
        assertEquals("failed", caller.get("/api/v1/runs/" + id).text("status"));
        assertEquals(
                202,
                caller.post("/api/v1/runs/" + id + "/resume", "{\"version\": 2}")
                        .status());
        assertEquals("2", Json.text(server.await(id, "succeeded").get("version")));
        assertEquals(
                java.util.List.of("b"),
                server.calls.stream().map(weir.worker.Handler.Call::path).toList());
        assertEquals(
                404,
                caller.post(
                                "/api/v1/runs/" + failed("pay", "{\"n\": 3, \"who\": \"me\"}") + "/resume",
                                "{\"version\": 9}")
                        .status());
    }

    @Test
    void manyRunsAreDealtWithByAQuery() {
        deploy("pay", PAY);
        for (int i = 0; i < 3; i++) {
            failed("pay", "{\"n\": " + i + "}");
        }
        deploy("pay", PAY.replace("limit: 10", "limit: 20"));
        deploy("pay", PAY.replace("n: int)", "n: int, who: string)"));
        String which = "\"action\": \"resume\", \"workflow\": \"pay\", \"errorCode\": \"http_400\"";
        var dry = caller.post("/api/v1/runs/bulk", "{" + which + ", \"version\": 3, \"dryRun\": true}");
        assertEquals(200, dry.status(), dry.body());
        assertEquals("3 0 3", dry.text("matched") + " " + dry.text("done") + " " + dry.text("refused"));
        var none = caller.post("/api/v1/runs/bulk", "{" + which + ", \"until\": \"2020-01-01T00:00:00Z\"}");
        assertEquals("0", none.text("matched"));
        assertEquals(
                "0",
                caller.post("/api/v1/runs/bulk", "{\"action\": \"resume\", \"errorCode\": \"other\"}")
                        .text("matched"));
        var done = caller.post(
                "/api/v1/runs/bulk", "{" + which + ", \"version\": 2, \"since\": \"2020-01-01T00:00:00Z\"}");
        assertEquals("3", done.text("done"), done.body());
        assertEquals("null", done.text("next"));
        assertEquals(
                400,
                caller.post("/api/v1/runs/bulk", "{\"action\": \"explode\"}").status());
    }

    @Test
    void aNewRunBeginsAtAStepOfAnotherWithAnotherInput() {
        deploy("pay", PAY);
        String id = failed("pay", "{\"n\": 3}");
        var answer = caller.post("/api/v1/runs/" + id + "/replay", "{\"from\": \"b\", \"input\": {\"n\": 5}}");
        assertEquals(202, answer.status(), answer.body());
        var run = server.await(answer.text("id"), "succeeded");
        assertEquals("5", Json.text(run.get("output")));
        assertEquals("\"" + id + "\"", Json.text(run.get("origin")));
        assertEquals(
                java.util.List.of("b"),
                server.calls.stream().map(weir.worker.Handler.Call::path).toList());
        assertEquals(
                "step_not_reached",
                caller.post("/api/v1/runs/" + id + "/replay", "{\"from\": \"c\"}")
                        .text("code"));
        assertEquals(
                "no_such_step",
                caller.post("/api/v1/runs/" + id + "/replay", "{\"outputs\": {\"c\": 1}}")
                        .text("code"));
        assertEquals(
                "version_does_not_fit",
                caller.post("/api/v1/runs/" + id + "/replay", "{\"from\": \"b\", \"outputs\": {\"a\": 1}}")
                        .text("code"));
    }
}
