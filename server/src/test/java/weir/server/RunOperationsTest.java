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
}
