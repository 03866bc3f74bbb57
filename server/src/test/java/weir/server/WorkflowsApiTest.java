package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;

class WorkflowsApiTest {
    private static final String GREET = """
            /// Greets.
            workflow greet(name: string, loud?: boolean) -> { text: string } {
              let text = `Hello ${name}`
              return { text }
            }
            """;

    private final TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDeployedWorkflowIsListedAndShownWithItsGraph() {
        var stored = server.deploy("greet", GREET);
        assertEquals("1", stored.text("version"));
        var listed = first(server.caller.get("/api/v1/workflows"), "workflows");
        assertEquals("\"greet\"", Json.text(listed.get("name")));
        assertEquals("\"Greets.\"", Json.text(listed.get("doc")));
        assertEquals("[{\"kind\":\"manual\",\"summary\":\"by hand or by API\"}]", Json.text(listed.get("triggers")));
        var shown = server.caller.get("/api/v1/workflows/greet");
        assertEquals(GREET, shown.text("text"));
        assertEquals(stored.text("hash"), shown.text("hash"));
        var parameters = (ListValue) shown.json().get("parameters");
        assertEquals(
                "{\"name\":\"loud\",\"type\":\"boolean\",\"optional\":true,\"doc\":\"\"}",
                Json.text(parameters.get(1)));
        assertEquals("name", shown.text("inputExample", "name"));
        assertTrue(shown.text("graph", "nodes").contains("\"id\":\"text\",\"kind\":\"let\""), shown.text("graph"));
    }

    @Test
    void aTextWithErrorsIsToldWhereAndChangesNothing() {
        server.deploy("greet", GREET);
        var answer = server.caller.put("/api/v1/workflows/greet", GREET.replace("${name}", "${nam}"));
        assertEquals(422, answer.status());
        assertEquals("invalid_text", answer.text("code"));
        var diagnostic = first(answer, "diagnostics");
        assertEquals("\"error\"", Json.text(diagnostic.get("severity")));
        assertEquals("3", Json.text(((RecordValue) diagnostic.get("start")).get("line")));
        assertEquals("1", server.caller.get("/api/v1/workflows/greet").text("version"));
    }

    @Test
    void theTextMustDeclareTheNameInTheAddress() {
        var answer = server.caller.put("/api/v1/workflows/meet", GREET);
        assertEquals(422, answer.status());
        assertEquals("name_not_declared", answer.text("code"));
        assertTrue(answer.text("detail").contains("greet"), answer.body());
        assertEquals(404, server.caller.get("/api/v1/workflows/greet").status());
    }

    @Test
    void theSameTextIsTheSameVersionAndAnotherTextTheNext() {
        server.deploy("greet", GREET);
        assertEquals("1", server.deploy("greet", GREET).text("version"));
        assertEquals("2", server.deploy("greet", GREET.replace("Hello", "Hi")).text("version"));
        var versions =
                (ListValue) server.caller.get("/api/v1/workflows/greet").json().get("versions");
        assertEquals(2, versions.size());
        assertEquals(
                GREET, server.caller.get("/api/v1/workflows/greet/versions/1").text("text"));
        assertEquals(
                404, server.caller.get("/api/v1/workflows/greet/versions/3").status());
        assertEquals("1", server.deploy("greet", GREET).text("version"), "going back is deploying the old text");
    }

    @Test
    void everyWorkflowAndRuleSetOfAFileIsDeployedWithIt() {
        server.deploy("greet", GREET + """
                rules rate(total: number) -> number first {
                  | total  || rate |
                  | ------ || ---- |
                  | >= 100 || 0.1  |
                  | else   || 0    |
                }
                workflow other() { log "x" }
                """);
        assertEquals(200, server.caller.get("/api/v1/workflows/other").status());
        assertEquals(
                "\"rate\"",
                Json.text(first(server.caller.get("/api/v1/rules"), "rules").get("name")));
    }

    @Test
    void aNameBelongsToTheFileThatDeclaredIt() {
        String rate = "rules rate(total: number) -> number first {\n  when total > %d then 0.1\n  else 0\n}\n";
        String text = "workflow %s(n: number) -> number {\n  return rate(n)\n}\n" + rate;
        assertEquals(
                200,
                server.caller
                        .put("/api/v1/workflows/a?file=shop/a.weir", text.formatted("a", 100))
                        .status());
        var refused = server.caller.put("/api/v1/workflows/b?file=shop/b.weir", text.formatted("b", 200));
        assertEquals(409, refused.status());
        assertEquals("name_taken", refused.text("code"));
        assertTrue(
                refused.text("detail").contains("rate belongs to shop/a.weir, and shop/b.weir declares one, too"),
                refused.body());
        assertEquals(404, server.caller.get("/api/v1/workflows/b").status());
        var taken = server.caller.put("/api/v1/workflows/b?file=shop/b.weir&replace=true", text.formatted("b", 200));
        assertEquals(200, taken.status(), taken.body());
        assertEquals(
                409,
                server.caller
                        .put("/api/v1/workflows/a?file=shop/a.weir", text.formatted("a", 300))
                        .status());
    }

    @Test
    void whoDoesNotSayTheFileChangesTheOneThatTheNameCameFrom() {
        assertEquals(
                200,
                server.caller
                        .put("/api/v1/workflows/greet?file=people.weir", GREET)
                        .status());
        assertEquals(
                200,
                server.caller
                        .put("/api/v1/workflows/greet", GREET + "// changed\n")
                        .status());
        assertEquals(
                "\"people.weir\"",
                Json.text(first(server.caller.get("/api/v1/workflows"), "workflows")
                        .get("file")));
    }

    @Test
    void whatATextOnlyUsesStaysWithItsFile() {
        String shared = "workflow shared() {\n  log \"x\"\n}\n";
        String bundle = "//@ lib.weir:1\n" + shared + "\n//@ main.weir:3\nworkflow main() {\n  step shared()\n}\n";
        var first = server.caller.put("/api/v1/workflows/main?file=main.weir", bundle);
        assertEquals(200, first.status(), first.body());
        assertTrue(first.body().contains("\"file\":\"lib.weir\""), first.body());
        assertEquals(
                "2",
                server.caller
                        .put("/api/v1/workflows/shared?file=lib.weir", shared.replace("x", "y"))
                        .text("version"));
        var again = server.caller.put(
                "/api/v1/workflows/main?file=main.weir", bundle.replace("step shared()", "step shared()\n  log 1"));
        assertEquals(200, again.status(), again.body());
    }

    @Test
    void aFileHasAName() {
        assertEquals(
                400,
                server.caller.put("/api/v1/workflows/greet?file=%20", GREET).status());
    }

    @Test
    void aTextWhoseSettingsTheEnvironmentDoesNotGiveIsNotDeployed() {
        String text = """
                settings { region: string, limit: int = 5 }
                workflow reads() -> string {
                  return settings.region
                }
                """;
        var answer = server.caller.put("/api/v1/workflows/reads", text);
        assertEquals(422, answer.status());
        assertEquals("settings_do_not_fit", answer.text("code"));
        assertTrue(answer.text("detail").contains("settings.region"), answer.body());
        assertEquals(404, server.caller.get("/api/v1/workflows/reads").status());
        server.deploy("reads", text.replace("region: string", "region: string = \"eu\""));
    }

    @Test
    void twoWorkflowsCannotHaveTheSameWebhook() {
        String hook = "workflow %s(body: json) { on webhook(method: \"POST\", path: \"/in\")\n log body }\n";
        server.deploy("a", hook.formatted("a"));
        var answer = server.caller.put("/api/v1/workflows/b", hook.formatted("b"));
        assertEquals(409, answer.status());
        assertEquals("webhook_taken", answer.text("code"));
        assertTrue(answer.text("detail").contains("POST /in"), answer.body());
        server.deploy("a", hook.formatted("a") + "// changed\n");
    }

    @Test
    void rulesAreEvaluatedByName() {
        server.deploy("rate", """
                rules rate(total: number, tier: "gold" | "none") -> { rate: number, why: string } first {
                  | total  | tier   || rate | why    |
                  | ------ | ------ || ---- | ------ |
                  | >= 100 | "gold" || 0.2  | "both" |
                  | >= 100 | -      || 0.1  | "big"  |
                  | else   |        || 0    | "no"   |
                }
                """);
        var decided = server.caller.post("/api/v1/rules/rate/evaluate", "{\"total\": 120, \"tier\": \"none\"}");
        assertEquals("{\"output\":{\"rate\":0.1,\"why\":\"big\"},\"fired\":[2]}", decided.body());
        var wrong = server.caller.post("/api/v1/rules/rate/evaluate", "{\"total\": \"many\", \"tier\": \"none\"}");
        assertEquals(422, wrong.status());
        assertEquals("\"total\"", Json.text(first(wrong, "errors").get("path")));
        assertEquals(
                404, server.caller.post("/api/v1/rules/none/evaluate", "{}").status());
    }

    @Test
    void aTextIsCheckedAndFormattedWithoutDeployingIt() {
        var request = server.caller.request("/api/v1/check").header("Content-Type", "text/plain");
        var checked = server.caller.send(request.POST(java.net.http.HttpRequest.BodyPublishers.ofString(GREET))
                .build());
        assertEquals("[]", checked.text("diagnostics"));
        assertEquals("[\"greet\"]", checked.text("workflows"));
        assertEquals("name", checked.text("inputExamples", "greet", "name"));
        assertEquals("greet", checked.text("drawn"));
        assertTrue(checked.text("graph", "edges").contains("\"from\""), checked.text("graph"));
        var formatted = server.caller.send(server.caller
                .request("/api/v1/format")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(GREET.replace("  ", "     ")))
                .build());
        assertEquals(GREET, formatted.text("text"));
        assertEquals(404, server.caller.get("/api/v1/workflows/greet").status());
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() {
        var answer = server.caller.send(server.caller
                .request("/api/v1/workflows/greet")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[] {'/', '/', (byte) 0xff}))
                .build());
        assertEquals("not_utf8", answer.text("code"));
    }

    @Test
    void noTextMakesTheCheckerFail() {
        for (String text : new String[] {"", "\u0000", "workflow", "}{", "workflow w( {", "\uD83D\uDE00".repeat(500)}) {
            var answer = server.caller.send(server.caller
                    .request("/api/v1/check")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(text))
                    .build());
            assertEquals(200, answer.status(), answer.body());
            assertFalse(answer.text("diagnostics").isEmpty());
        }
    }

    static RecordValue first(Caller.Answer answer, String list) {
        return (RecordValue)
                ((ListValue) java.util.Objects.requireNonNull(answer.json().get(list), answer.body())).get(0);
    }
}
