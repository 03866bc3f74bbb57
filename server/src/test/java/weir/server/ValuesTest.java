package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.StringValue;

/// What JSON can say and others bend goes the whole way unchanged, or is refused with the place: from the bytes of a
/// request through PostgreSQL, expressions and a step to the answer and every view.
class ValuesTest {
    private static final String TEXT = """
            workflow carry(v: json) -> json {
              on webhook(method: "POST", path: "/carry", reply: result)
              let inner = [v].map(x => ({ x })).map(({ x }) => x)[0]
              step seen = http.post(url: "https://echo.example.com/", body: { v: inner })
              return seen.body.v
            }
            """;
    private static final String RUNS = "/api/v1/workflows/carry/runs";
    private static final int TEN_MB = 10_000_000;

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
        start(Config.standard());
    }

    private void start(Config config) {
        real = new RealServer(stores, config);
        server = real.server;
        caller = server.caller;
        server.http(call -> RecordValue.builder()
                .put("status", weir.value.Value.of(200))
                .put("headers", RecordValue.EMPTY)
                .put("body", Objects.requireNonNull(call.arguments().get("body")))
                .build());
        server.deploy("carry", TEXT);
    }

    @AfterEach
    void stop() {
        real.close();
    }

    static List<String> kept() {
        return List.of(
                "9007199254740991",
                "9007199254740992",
                "-9007199254740994",
                "1e+21",
                "1.7976931348623157e+308",
                "5e-324",
                "0.1",
                "{\"__proto__\":1,\"constructor\":{\"prototype\":null},\"toString\":\"x\"}",
                "{\"1\":\"a\",\"10\":\"b\",\"z\":1,\"01\":2,\"-1\":3}",
                "\"\\u0000a\\u0000\"",
                "{\"\\u0000\":\"\\u0000\"}",
                "\"\\ud800\"",
                "[\"\\udc00\\ud800\",\"😀\"]",
                "{\"\\ud800\":\"\\udfff\"}",
                "{\"\":{\"\":\"\"}}",
                "\"\u2028\u2029\u007f\"",
                "{\"$number\":\"NaN\",\"$$undefined\":true,\"$secret\":[]}",
                "{\"$undefined\":true}",
                "[null,true,false,[],{}]",
                "\"é e\u0301 ß ı İ\"",
                "[".repeat(999) + "]".repeat(999));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void isTheSameEverywhere(String json) {
        var answer = caller.post(RUNS + "?wait=20s", "{\"v\":" + json + "}");
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.body().contains("\"output\":" + json), answer.body());
        var id = id(answer);
        var view = caller.get("/api/v1/runs/" + id);
        assertEquals(200, view.status(), view.body());
        assertTrue(view.body().contains("\"input\":{\"v\":" + json + "}"), view.body());
        assertTrue(view.body().contains("\"output\":" + json), view.body());
        var hook = caller.post("/hooks/carry", json);
        assertEquals(200, hook.status(), hook.body());
        assertEquals(json, hook.body());
    }

    /// Read without a parser, which would be part of what is tested.
    private static String id(Caller.Answer answer) {
        int start = answer.body().indexOf("\"id\":\"") + 6;
        return answer.body().substring(start, answer.body().indexOf('"', start));
    }

    /// JSON that others bend, with why it is refused and where.
    static List<List<String>> refused() {
        return List.of(
                List.of("9007199254740993", "number_not_exact", "v"),
                List.of("-9007199254740993", "number_not_exact", "v"),
                List.of("123456789012345678", "number_not_exact", "v"),
                List.of("[1,{\"id\":9007199254740993}]", "number_not_exact", "v[1].id"),
                List.of("1e400", "number_too_large", "v"),
                List.of("[0,-1e400]", "number_too_large", "v[1]"),
                List.of("9".repeat(400), "number_too_large", "v"),
                List.of("{\"a\":1,\"b\":2,\"a\":1}", "duplicate_name", "v.a"),
                List.of("{\"a\":1,\"\\u0061\":1}", "duplicate_name", "v.a"),
                List.of("{\"__proto__\":1,\"__proto__\":2}", "duplicate_name", "v.__proto__"),
                List.of("{\"1\":1,\"1\":2}", "duplicate_name", "v[\"1\"]"),
                List.of("NaN", "not_json", "v"),
                List.of("\"\t\"", "not_json", "v"),
                List.of("[1,]", "not_json", "v[1]"),
                List.of("[".repeat(10_000) + "]".repeat(10_000), "limit_depth", "v[0][0]"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithThePlace(List<String> row) {
        var answer = caller.post(RUNS, "{\"v\":" + row.get(0) + "}");
        assertRefused(answer, row.get(1), row.get(2));
        var hook = caller.post("/hooks/carry", row.get(0));
        assertRefused(hook, row.get(1), row.get(2).replaceFirst("^v\\.?", ""));
        assertEquals(0, server.calls.size());
    }

    private static void assertRefused(Caller.Answer answer, String reason, String path) {
        assertEquals(400, answer.status(), answer.body());
        assertEquals("invalid_json", answer.text("code"));
        var error = WorkflowsApiTest.first(answer, "errors");
        assertEquals(reason, ((StringValue) Objects.requireNonNull(error.get("reason"))).value());
        var place = ((StringValue) Objects.requireNonNull(error.get("path"))).value();
        assertTrue(place.startsWith(path), place);
        assertTrue(answer.text("detail").length() < 2_000, answer.body());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (String path : List.of(RUNS, "/hooks/carry")) {
            var answer = caller.send(caller.request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            new byte[] {'{', '"', 'v', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'}))
                    .build());
            assertRefused(answer, "not_utf8", "");
        }
    }

    @Test
    void minusZeroStaysOneInsideAndIsWrittenAsJavaScriptDoes() {
        server.deploy("zero", """
                workflow zero(v: number) -> { same: boolean, text: string, v: number } {
                  let one = v
                  wait 1ms
                  return { same: Object.is(one, -0), text: `${1 / one}`, v: one }
                }
                """);
        var answer = caller.post("/api/v1/workflows/zero/runs?wait=20s", "{\"v\":-0}");
        assertEquals("{\"same\":true,\"text\":\"-Infinity\",\"v\":0}", answer.text("output"), answer.body());
    }

    @Test
    void aQuestionMayBeAnyText() {
        server.deploy("asks", """
                workflow asks(v: string) -> string {
                  step answer = ask v of role("r") -> { note: string }
                  return answer.note
                }
                """);
        var answer = caller.post("/api/v1/workflows/asks/runs", "{\"v\":\"a\\u0000b\\ud800\\u001b0000\"}");
        assertEquals(202, answer.status(), answer.body());
        server.await(answer.text("id"), "waiting");
        var task = task(answer.text("id"));
        assertEquals("\"a\\u0000b\\ud800\\u001b0000\"", Json.text(task.get("question")));
        var given = caller.post(
                "/api/v1/tasks/" + ((StringValue) Objects.requireNonNull(task.get("id"))).value() + "/answer",
                "{\"approved\":true,\"note\":\"\\u0000\\udc00\"}");
        assertTrue(given.status() < 300, given.body());
        var run = server.await(answer.text("id"), "succeeded");
        assertEquals("\"\\u0000\\udc00\"", Json.text(run.get("output")));
    }

    /// The question of a run, which comes soon after the run waits for it.
    private RecordValue task(String run) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (true) {
            var tasks = (ListValue) Objects.requireNonNull(
                    caller.get("/api/v1/tasks?run=" + run).json().get("tasks"));
            if (tasks.size() > 0 || System.nanoTime() > deadline) {
                return (RecordValue) tasks.get(0);
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aNameOrKeyThatNoDatabaseTakesFailsTheRunAndNothingElse() {
        server.deploy("named", """
                workflow named(event: string, key: string) {
                  emit event {}
                  step http.post(url: "https://echo.example.com/", body: { v: 1 }) {
                    key key
                    once per key within 1h
                  }
                }
                """);
        server.deploy("turns", """
                workflow turns(key: string) {
                  at most 1 at once per key
                  log key
                }
                """);
        for (String odd : List.of("a\\u0000b", "\\ud800", "x\\udc00x")) {
            for (String input :
                    List.of("{\"event\":\"" + odd + "\",\"key\":\"k\"}", "{\"event\":\"e\",\"key\":\"" + odd + "\"}")) {
                var answer = caller.post("/api/v1/workflows/named/runs?wait=20s", input);
                assertEquals("failed", answer.text("status"), answer.body());
                assertTrue(answer.body().contains("range_error"), answer.body());
            }
            assertRefusedTurn(caller.post("/api/v1/workflows/turns/runs?wait=20s", "{\"key\":\"" + odd + "\"}"));
        }
        var longest = "k".repeat(100_000);
        var event =
                caller.post("/api/v1/workflows/named/runs?wait=20s", "{\"event\":\"" + longest + "\",\"key\":\"k\"}");
        assertTrue(event.body().contains("hash.sha256"), event.body());
        assertRefusedTurn(caller.post("/api/v1/workflows/turns/runs?wait=20s", "{\"key\":\"" + longest + "\"}"));
        assertEquals(400, caller.post("/api/v1/events/a%00b", "{}").status());
    }

    private static void assertRefusedTurn(Caller.Answer answer) {
        assertTrue(answer.status() == 200 || answer.status() == 422, answer.status() + " " + answer.body());
        assertTrue(answer.body().contains("a key"), answer.body());
    }

    @Test
    void aFormIsTakenExactlyOrRefused() {
        assertEquals(
                "{\"a\":\"\\u0000\",\"__proto__\":\"1\"}",
                form("a=%00&__proto__=1").body());
        assertEquals(400, form("a=%ff").status());
        assertEquals(400, form("a=%zz").status());
        var many = new StringBuilder("a=1");
        for (int i = 0; i < 1_000; i++) {
            many.append("&f").append(i).append("=1");
        }
        assertEquals(400, form(many.toString()).status());
    }

    private Caller.Answer form(String body) {
        return caller.send(caller.request("/hooks/carry")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aLargeDocumentIsRefusedOrGoesTheWholeWay() {
        String text = "\"" + "é\\u0000".repeat(TEN_MB / 8) + "\"";
        String list = "[" + "{\"id\":\"a-1\",\"n\":[1.5,null]},".repeat(TEN_MB / 31) + "0]";
        var refused = caller.post(RUNS, "{\"v\":" + text + "}");
        assertEquals(413, refused.status(), refused.body());
        assertTrue(refused.text("detail").contains("WEIR_BODY_BYTES"), refused.body());
        stop();
        var limits = Config.Limits.STANDARD;
        start(Config.standard()
                .withLimits(new Config.Limits(
                        16 << 20,
                        limits.text(),
                        limits.headers(),
                        limits.line(),
                        limits.requests(),
                        limits.streams(),
                        limits.queue(),
                        limits.organisation(),
                        limits.patience(),
                        limits.read())));
        for (String json : List.of(text, list)) {
            var answer = caller.post(RUNS + "?wait=60s", "{\"v\":" + json + "}");
            assertEquals(200, answer.status(), () -> answer.body().substring(0, 500));
            assertTrue(
                    answer.body().contains("\"output\":" + json),
                    () -> answer.body().substring(0, 500));
            var id = id(answer);
            var view = caller.get("/api/v1/runs/" + id);
            assertEquals(200, view.status(), view.body());
            assertTrue(
                    view.body().contains("\"input\":{\"v\":" + json + "}"),
                    () -> view.body().substring(0, 500));
            assertEquals(json, caller.post("/hooks/carry", json).body());
        }
    }

    @Test
    void whatExpressionsMakeTooDeepFailsTheRunAndNothingElse() {
        server.deploy("deep", """
                workflow deep(v: json, times: int) -> json {
                  let deeper = Array.from({ length: times }, (_, i) => i).reduce(inner => [inner], v)
                  return deeper
                }
                """);
        String deep = "[".repeat(900) + "]".repeat(900);
        for (int times : List.of(50, 100, 101, 110, 120, 5_000)) {
            var answer =
                    caller.post("/api/v1/workflows/deep/runs?wait=20s", "{\"times\":" + times + ",\"v\":" + deep + "}");
            assertEquals(200, answer.status(), answer.body());
            boolean succeeded = answer.body().contains("\"status\":\"succeeded\"");
            // What is wrapped around a value when it is stored has room above the limit; beyond that it is refused.
            assertEquals(succeeded, times <= 100 || (times < 116 && succeeded), times + " " + answer.body());
            assertEquals(!succeeded, answer.body().contains("\"code\":\"limit_depth\""), answer.body());
            var view = caller.get("/api/v1/runs/" + id(answer));
            assertEquals(200, view.status(), view.body());
        }
    }
}
