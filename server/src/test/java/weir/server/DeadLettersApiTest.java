package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.store.memory.MemoryStore;
import weir.value.Json;
import weir.worker.Worker;

/// What happens to runs that failed and that nothing caught.
final class DeadLettersApiTest {
    private static final String NOBODY = "018f0000-0000-7000-8000-000000000000";
    private static final String CALL = "workflow %s() {\n    step http.get(url: \"https://%s.example\")\n}\n";

    private final TestServer server = new TestServer();
    private final Caller caller = server.caller;
    private final AtomicBoolean broken = new AtomicBoolean(true);

    @BeforeEach
    void breakEverything() {
        server.http(call -> {
            if (broken.get()) {
                throw new TestServer.Refusal(call.toString().contains("b.example") ? "http_404" : "http_503");
            }
            return Json.read("{\"status\": 200, \"headers\": {}, \"body\": 1}");
        });
        for (var name : List.of("a", "b")) {
            var answer = caller.put("/api/v1/workflows/" + name, CALL.formatted(name, name));
            assertEquals(200, answer.status(), answer.body());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String failed(String workflow) {
        String id = caller.post("/api/v1/workflows/" + workflow + "/runs", "{}").text("id");
        server.await(id, "failed");
        return id;
    }

    private List<String> found(String query) throws Exception {
        var answer = caller.get("/api/v1/dead-letters" + query);
        assertEquals(200, answer.status(), answer.body());
        var ids = new ArrayList<String>();
        new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(answer.body())
                .path("deadLetters")
                .forEach(letter -> ids.add(letter.path("id").asText()));
        return ids;
    }

    private Caller.Answer all(String deed, String wish) {
        var answer = caller.post("/api/v1/dead-letters/" + deed, wish);
        assertEquals(200, answer.status(), answer.body());
        return answer;
    }

    @Test
    void theyAreFoundByWhatTheySay() throws Exception {
        String first = failed("a");
        String second = failed("b");
        String third = failed("a");
        assertEquals(List.of(third, second, first), found(""));
        assertEquals(List.of(third, first), found("?workflow=a"));
        assertEquals(List.of(second), found("?code=http_404"));
        assertEquals(List.of(), found("?code=http_500"));
        assertEquals(List.of(), found("?since=2199-01-01T00:00:00Z"));
        assertEquals(
                3,
                found("?until=2199-01-01T00:00:00Z&since=2020-01-01T00:00:00Z").size());
        assertEquals(List.of(), found("?text=nobody%20says%20this"));
        assertEquals(404, caller.get("/api/v1/dead-letters?workflow=c").status());
        assertEquals(400, caller.get("/api/v1/dead-letters?since=yesterday").status());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() throws Exception {
        failed("a");
        failed("b");
        failed("a");
        var page = caller.get("/api/v1/dead-letters?limit=2");
        assertEquals(1, found("?limit=2&cursor=" + page.text("next")).size());
    }

    @Test
    void oneIsLookedAtRetriedAndGone() throws Exception {
        String id = failed("a");
        var letter = caller.get("/api/v1/dead-letters/" + id);
        assertEquals("http_503", letter.text("error", "code"));
        assertEquals("failed", letter.text("run", "status"));
        broken.set(false);
        assertEquals(
                202, caller.post("/api/v1/dead-letters/" + id + "/retry", "").status());
        server.await(id, "succeeded");
        assertEquals(List.of(), found(""));
        assertEquals(404, caller.get("/api/v1/dead-letters/" + id).status());
        assertEquals(
                404, caller.post("/api/v1/dead-letters/" + id + "/retry", "").status());
        assertEquals(
                404, caller.post("/api/v1/dead-letters/" + NOBODY + "/drop", "").status());
        assertEquals(404, caller.post("/api/v1/dead-letters/x/drop", "").status());
    }

    @Test
    void oneThatIsDroppedEndsForGood() throws Exception {
        String id = failed("a");
        assertEquals(
                202, caller.post("/api/v1/dead-letters/" + id + "/drop", "").status());
        server.await(id, "cancelled");
        assertEquals(List.of(), found(""));
    }

    @Test
    void manyAreCountedFirstAndThenSeenTo() throws Exception {
        String one = failed("a");
        String other = failed("b");
        String another = failed("a");
        var count = all("retry", "{\"workflow\": \"a\"}");
        assertEquals(List.of("2", "0"), List.of(count.text("matched"), count.text("told")), "it only counts");
        assertEquals(3, found("").size());
        broken.set(false);
        var done = all("retry", "{\"workflow\": \"a\", \"dryRun\": false}");
        assertEquals(List.of("2", "2"), List.of(done.text("matched"), done.text("told")));
        server.await(one, "succeeded");
        server.await(another, "succeeded");
        assertEquals(
                "1", all("drop", "{\"code\": \"http_404\", \"dryRun\": false}").text("told"));
        server.await(other, "cancelled");
        assertEquals("0", all("drop", "{}").text("matched"));
        assertEquals(
                400, caller.post("/api/v1/dead-letters/drop", "{\"code\": 7}").status());
    }

    @Test
    void nobodyHavingSeenToItForItsTimeItEndsAsFailed() {
        var options = Worker.Options.embedded().withParked(Duration.ofMillis(100));
        var config = Config.standard().withExamples(false);
        try (var hasty = new TestServer(config, TestServer.Stores.of(new MemoryStore()), options)) {
            hasty.http(call -> {
                throw new TestServer.Refusal("http_503");
            });
            hasty.caller.put("/api/v1/workflows/a", CALL.formatted("a", "a"));
            String id = hasty.caller.post("/api/v1/workflows/a/runs", "{}").text("id");
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!hasty.caller.get("/api/v1/runs/" + id).text("resumable").equals("false")
                    || !hasty.caller.get("/api/v1/runs/" + id).text("status").equals("failed")) {
                assertTrue(System.nanoTime() < deadline, "it did not end");
            }
        }
    }

    @Test
    void theirNumberAndAgeAreMetrics() {
        failed("a");
        failed("b");
        var standing = new DeadLetters(server.backend.views()).standing();
        assertEquals(2, standing.runs());
        assertNotNull(standing.oldest());
        assertTrue(caller.get("/metrics").body().contains("weir_dead_letters"));
    }
}
