package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;

class HooksApiTest {
    private final TestServer server = new TestServer();
    private final Caller caller = server.caller;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCallStartsTheWorkflowWithItsBody() {
        server.deploy("take", """
                workflow take(order: { id: string, qty: int }) -> int {
                  on webhook(method: "POST", path: "/orders")
                  return order.qty * 2
                }
                """);
        var answer = caller.post("/hooks/orders", "{\"id\": \"o1\", \"qty\": 4, \"more\": true}");
        assertEquals(202, answer.status(), answer.body());
        assertEquals(answer.text("id"), answer.header("X-Weir-Run"));
        var run = server.await(answer.text("id"), "succeeded");
        assertEquals("8", Json.text(run.get("output")));
        assertEquals("\"webhook POST /orders\"", Json.text(run.get("trigger")));
        assertEquals("{\"order\":{\"id\":\"o1\",\"qty\":4}}", Json.text(run.get("input")));
    }

    @Test
    void aBodyThatDoesNotFitIsRefusedWithThePlace() {
        server.deploy("take", """
                workflow take(order: { id: string }) {
                  on webhook(method: "POST", path: "/orders")
                  log order
                }
                """);
        var answer = caller.post("/hooks/orders", "{\"id\": 1}");
        assertEquals(422, answer.status());
        assertEquals(
                "\"order.id\"",
                Json.text(WorkflowsApiTest.first(answer, "errors").get("path")));
        assertEquals("0", Json.text(runs()));
    }

    @Test
    void aResultIsRepliedWhereTheTriggerSaysSo() {
        server.deploy("twice", """
                workflow twice(n: { value: int }) -> { twice: int } {
                  on webhook(method: "POST", path: "/twice", reply: result)
                  return { twice: n.value * 2 }
                }
                """);
        var answer = caller.post("/hooks/twice", "{\"value\": 21}");
        assertEquals(200, answer.status());
        assertEquals("{\"twice\":42}", answer.body());
    }

    @Test
    void aFailureIsRepliedWithoutItsInsides() {
        server.deploy("never", """
                workflow never(n: json) -> int {
                  on webhook(method: "POST", path: "/never", reply: result)
                  if (n === 1) { return 1 }
                  fail "the customer's card 1234 was declined"
                }
                """);
        var answer = caller.post("/hooks/never", "{}");
        assertEquals(502, answer.status());
        assertEquals("run_failed", answer.text("code"));
        assertTrue(!answer.body().contains("1234"), answer.body());
    }

    @Test
    void headersAndQueryAreMappedAndWhenIsAsked() {
        server.deploy("mapped", """
                workflow mapped(kind: string, page: string, name: string | null) -> string {
                  on webhook(method: "POST", path: "/mapped", reply: result) when event.headers["x-kind"] !== "test" with { kind: event.headers["x-kind"] ?? "none", page: event.query.page ?? "0", name: event.body.name ?? null }
                  return `${kind} ${page} ${name ?? "nobody"}`
                }
                """);
        var answer = caller.post("/hooks/mapped?page=3", "{\"name\": \"Ada\"}", "X-Kind", "real");
        assertEquals("\"real 3 Ada\"", answer.body());
        var ignored = caller.post("/hooks/mapped", "{}", "X-Kind", "test");
        assertEquals(202, ignored.status());
        assertEquals("{\"ignored\":true}", ignored.body());
    }

    @Test
    void onlyASignedBodyGetsIn() throws Exception {
        server.deploy("signed", """
                workflow signed(body: json) {
                  on webhook(method: "POST", path: "/signed", signature: hmac("X-Hub-Signature-256", secret("HOOK"), "sha256="))
                  log body
                }
                """);
        String body = "{ \"a\":  1 }";
        assertEquals(
                202,
                caller.post("/hooks/signed", body, "X-Hub-Signature-256", "sha256=" + hmac("s3cret", body))
                        .status());
        assertEquals(401, caller.post("/hooks/signed", body).status());
        assertEquals(
                401,
                caller.post("/hooks/signed", body, "X-Hub-Signature-256", hmac("s3cret", body))
                        .status());
        assertEquals(
                401,
                caller.post("/hooks/signed", body, "X-Hub-Signature-256", "sha256=" + hmac("wrong", body))
                        .status());
        assertEquals(
                401,
                caller.post("/hooks/signed", body, "X-Hub-Signature-256", "sha256=xyz")
                        .status());
        assertEquals(
                401,
                caller.post("/hooks/signed", body + " ", "X-Hub-Signature-256", "sha256=" + hmac("s3cret", body))
                        .status(),
                "every byte counts");
        assertEquals("1", Json.text(runs()));
    }

    @Test
    void onlyWhoShowsTheSecretGetsIn() {
        server.deploy("guarded", """
                workflow guarded(body: json) {
                  on webhook(method: "POST", path: "/guarded", auth: bearer(secret("TOKEN")))
                  log body
                }
                """);
        assertEquals(
                202,
                caller.post("/hooks/guarded", "{}", "Authorization", "Bearer t0ken")
                        .status());
        assertEquals(
                "caller_not_known",
                caller.post("/hooks/guarded", "{}", "Authorization", "Bearer token")
                        .text("code"));
        assertEquals(401, caller.post("/hooks/guarded", "{}").status());
    }

    @Test
    void withoutItsSecretAWebhookLetsNobodyIn() {
        server.deploy("unset", """
                workflow unset(body: json) {
                  on webhook(method: "POST", path: "/unset", auth: bearer(secret("NEVER_SET")))
                  log body
                }
                """);
        var answer = caller.post("/hooks/unset", "{}", "Authorization", "Bearer ");
        assertEquals(503, answer.status());
        assertTrue(!answer.body().contains("NEVER_SET"), answer.body());
    }

    @Test
    void aDeliveryThatComesAgainIsTheSameRun() {
        server.deploy("take", """
                workflow take(body: json) {
                  on webhook(method: "POST", path: "/orders")
                  log body
                }
                """);
        var first = caller.post("/hooks/orders", "{\"sent\": 1}", "webhook-id", "msg_1");
        var again = caller.post("/hooks/orders", "{\"sent\": 2}", "webhook-id", "msg_1");
        assertEquals(first.text("id"), again.text("id"));
        assertEquals(202, again.status());
        caller.post("/hooks/orders", "{\"sent\": 3}", "webhook-id", "msg_2");
        caller.post("/hooks/orders", "{\"sent\": 3}");
        assertEquals("3", Json.text(runs()));
    }

    @Test
    void formsAndTextsAreTakenToo() {
        server.deploy("echo", """
                workflow echo(body: json) -> json {
                  on webhook(method: "POST", path: "/echo", reply: result)
                  return body
                }
                """);
        assertEquals(
                "{\"a\":\"1 2\",\"b\":[\"x\",\"y\"]}", posted("application/x-www-form-urlencoded", "a=1+2&b=x&b=y"));
        assertEquals("{\"a\":1}", posted("application/x-www-form-urlencoded", "{\"a\": 1}"), "what curl -d sends");
        assertEquals("\"plain\"", posted("text/plain", "plain"));
        assertEquals("null", posted("text/plain", ""));
        assertEquals("{\"a\":1}", posted("application/cloudevents+json", "{\"a\":1}"));
    }

    private String posted(String type, String body) {
        return caller.send(caller.request("/hooks/echo")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
    }

    @Test
    void otherPathsAndMethodsAreTold() {
        server.deploy("take", """
                workflow take(body: json) {
                  on webhook(method: "PUT", path: "/orders")
                  log body
                }
                """);
        assertEquals(404, caller.post("/hooks/order", "{}").status());
        assertEquals(404, caller.post("/hooks", "{}").status());
        var wrong = caller.post("/hooks/orders", "{}");
        assertEquals(405, wrong.status());
        assertTrue(wrong.text("detail").contains("PUT"), wrong.body());
    }

    @Test
    void aChangedWorkflowAnswersAtItsNewAddressAtOnce() {
        String text = "workflow take(body: json) { on webhook(method: \"POST\", path: \"%s\")\n log body }";
        server.deploy("take", text.formatted("/shop/eu/orders"));
        assertEquals(202, caller.post("/hooks/shop/eu/orders", "{}").status());
        server.deploy("take", text.formatted("/old"));
        server.deploy("take", text.formatted("/new"));
        assertEquals(202, caller.post("/hooks/new", "{}").status());
        assertEquals(404, caller.post("/hooks/old", "{}").status());
    }

    private weir.value.Value runs() {
        var list = (weir.value.ListValue) java.util.Objects.requireNonNull(
                caller.get("/api/v1/runs?limit=200").json().get("runs"));
        return weir.value.Value.of(list.size());
    }

    private static String hmac(String key, String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
