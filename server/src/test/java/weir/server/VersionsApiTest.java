package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;

/// Which version starts take, and what differs between two.
class VersionsApiTest {
    private static final String ONE = "workflow w(who: string) -> int {\n    return 1\n}\n";
    private static final String TWO = ONE.replace("return 1", "return 2");

    private final TestServer server = new TestServer();
    private final Caller caller = server.caller;

    @AfterEach
    void stop() {
        server.close();
    }

    private Caller.Answer deploy(String name, String text) {
        var answer = caller.put("/api/v1/workflows/" + name, text);
        assertEquals(200, answer.status(), answer.body());
        return answer;
    }

    private String start(String who, String... headers) {
        var answer = caller.post("/api/v1/workflows/w/runs?wait=20s", "{\"who\": \"" + who + "\"}", headers);
        return answer.text("output");
    }

    @Test
    void anOlderVersionIsMadeActiveAgain() {
        deploy("w", ONE);
        deploy("w", TWO);
        assertEquals("2", start("a"));
        assertEquals(
                200, caller.post("/api/v1/workflows/w/versions/1/activate", "").status());
        assertEquals("1", start("a"));
        assertEquals("1", caller.get("/api/v1/workflows/w").text("version"));
        assertEquals(
                404, caller.post("/api/v1/workflows/w/versions/9/activate", "").status());
    }

    @Test
    void startsAreSharedByAKey() {
        deploy("w", ONE);
        deploy("w", TWO);
        var answer = caller.post(
                "/api/v1/workflows/w/split",
                "{\"by\": \"input.who\", \"shares\": [{\"version\": 1, \"weight\": 50}, {\"version\": 2, \"weight\": 50}]}");
        assertEquals(200, answer.status(), answer.body());
        var seen = new java.util.TreeSet<String>();
        for (int i = 0; i < 20; i++) {
            String got = start("key " + i);
            seen.add(got);
            assertEquals(got, start("key " + i));
        }
        assertEquals(java.util.Set.of("1", "2"), seen);
        caller.post("/api/v1/workflows/w/versions/2/activate", "");
        assertEquals("null", caller.get("/api/v1/workflows/w").text("split"));
    }

    @Test
    void aRetiredWorkflowStartsNothing() {
        deploy("w", ONE);
        assertEquals("true", caller.post("/api/v1/workflows/w/retire", "").text("retired"));
        assertEquals(
                "retired",
                caller.post("/api/v1/workflows/w/runs", "{\"who\": \"a\"}").text("code"));
        assertEquals(200, caller.post("/api/v1/workflows/w/unretire", "").status());
        assertEquals("1", start("a"));
    }

    @Test
    void aDeploymentSaysWhatItsFileDoesNotDeclareAnyMore() {
        deploy("w", ONE + "\nworkflow other() {\n}\n");
        assertEquals(
                "[{\"kind\":\"workflow\",\"name\":\"other\"}]",
                Json.text(deploy("w", ONE).json().get("gone")));
        caller.post("/api/v1/workflows/other/retire", "");
        assertEquals("[]", Json.text(deploy("w", TWO).json().get("gone")));
    }

    @Test
    void twoVersionsAreComparedByMeaning() {
        deploy("w", ONE);
        deploy("w", "// a note\nworkflow w(who: string) -> int {\n    return   1\n}\n");
        deploy("w", TWO);
        assertEquals(
                "true", caller.get("/api/v1/workflows/w/versions/1/compare/2").text("same"));
        var compared = caller.get("/api/v1/workflows/w/versions/1/compare/3");
        assertEquals(200, compared.status());
        assertTrue(compared.body().contains("\"fields\":[\"value\"]"), compared.body());
        assertEquals("0", compared.text("runs", "resumable"));
    }
}
