package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.websocket.WsListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.value.RecordValue;
import weir.value.Value;

/// What every request passes, on a server with a few routes of its own.
class SafetyTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private @Nullable HttpListener listener;
    private @Nullable Caller caller;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);

    private Caller start(Config config) {
        var guard = new Guard(config);
        var routes = new Routes(guard, config.limits(), new Metrics());
        routes.get("/api/v1/thing", exchange -> exchange.answer(RecordValue.of("is", Value.of("there"))))
                .post("/api/v1/thing", exchange -> exchange.answer(exchange.object(exchange.body())))
                .put(
                        "/api/v1/text",
                        exchange -> exchange.answer(RecordValue.of(
                                "length", Value.of(exchange.text().length()))))
                .get("/api/v1/slow", exchange -> {
                    entered.countDown();
                    release.await();
                    exchange.answer(RecordValue.EMPTY);
                })
                .get("/api/v1/broken", exchange -> {
                    throw new IllegalStateException("password is swordfish");
                })
                .open("ANY", "/hooks/*", exchange -> exchange.answer(RecordValue.of("hook", Value.of(true))));
        listener = new HttpListener(
                config.withPort(0), routes.finish(new StudioFiles()::serve), () -> new WsListener() {}, 1 << 20);
        caller = new Caller(listener.port());
        return caller;
    }

    @AfterEach
    void stop() {
        release.countDown();
        if (caller != null) {
            caller.close();
        }
        if (listener != null) {
            listener.close();
        }
    }

    @Test
    void anAnswerCarriesTheHeadersThatKeepBrowsersSafe() {
        var answer = start(Config.standard()).get("/api/v1/thing");
        assertEquals(200, answer.status());
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
    }

    @Test
    void aNameThatIsNotOursIsRefusedSoThatNoSiteCanTakeOurAddress() {
        var caller = start(Config.standard());
        for (String host :
                new String[] {"evil.example.com", "localhost.evil.example.com", "127.0.0.1.nip.io:8080", ""}) {
            String answer = caller.raw("GET /api/v1/thing HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 421") || answer.startsWith("HTTP/1.1 400"), host + ": " + answer);
        }
        for (String host : new String[] {"localhost:8080", "127.0.0.1", "[::1]:9", "LOCALHOST", "weir.localhost"}) {
            String answer = caller.raw("GET /api/v1/thing HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200"), host + ": " + answer);
        }
    }

    @Test
    void aPageOfAnotherSiteCannotUseTheServer() {
        var caller = start(Config.standard());
        assertEquals(
                403,
                caller.post("/api/v1/thing", "{}", "Origin", "https://evil.example.com")
                        .status());
        assertEquals(403, caller.post("/api/v1/thing", "{}", "Origin", "null").status());
        assertEquals(
                403, caller.get("/api/v1/thing", "Sec-Fetch-Site", "cross-site").status());
        assertEquals(
                403, caller.get("/api/v1/thing", "Sec-Fetch-Site", "same-site").status());
        assertEquals(
                403,
                caller.get("/hooks/x", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .status());
        assertEquals(
                200,
                caller.get("/api/v1/thing", "Sec-Fetch-Site", "same-origin").status());
        assertEquals(
                200,
                caller.get("/api/v1/thing", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .status());
    }

    @Test
    void aFormOfAnotherSiteCannotPostJson() {
        var caller = start(Config.standard());
        var plain = caller.request("/api/v1/thing")
                .header("Content-Type", "text/plain")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertEquals(415, caller.send(plain).status());
        assertEquals("{\"a\":1}", caller.post("/api/v1/thing", "{\"a\": 1}").body());
    }

    @Test
    void withATokenOnlyThoseWhoShowItGetIn() {
        var caller = start(Config.standard().withToken(TOKEN));
        assertEquals(401, caller.get("/api/v1/thing").status());
        assertEquals("Bearer", caller.get("/api/v1/thing").header("WWW-Authenticate"));
        assertEquals(
                401,
                caller.get("/api/v1/thing", "Authorization", "Bearer " + TOKEN + "0")
                        .status());
        assertEquals(
                401,
                caller.get("/api/v1/thing", "Authorization", "Basic " + TOKEN).status());
        assertEquals(
                200,
                caller.get("/api/v1/thing", "Authorization", "Bearer " + TOKEN).status());
        assertEquals(200, caller.get("/hooks/x").status(), "webhooks say themselves whom they let in");
        for (String path :
                new String[] {"//api/v1/thing", "/api/v1/../v1/thing", "/%61pi/v1/thing", "/api/v1/thing/"}) {
            String answer = caller.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertFalse(answer.contains("there\""), path + ": " + answer);
        }
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() {
        var open = assertThrows(Config.Unusable.class, Config.standard().withHost("0.0.0.0")::check);
        assertTrue(String.valueOf(open.getMessage()).contains("WEIR_TOKEN"));
        assertThrows(Config.Unusable.class, Config.standard().withHost("no.such.host.invalid")::check);
        assertThrows(Config.Unusable.class, () -> Config.read(Map.of("WEIR_TOKEN", "short")));
    }

    @Test
    void aTokenMakesAnyAddressUsable() throws Exception {
        Config.standard().withHost("0.0.0.0").withToken(TOKEN).check();
        Config.standard().check();
    }

    @Test
    void whatIsTooLargeIsRefusedWithoutBeingRead() {
        var limits = new Config.Limits(
                2_048, 4_096, 2_048, 512, 100, 100, 100, 100, Duration.ofSeconds(1), Duration.ofSeconds(5));
        var caller = start(Config.standard().withLimits(limits));
        String big = "{\"a\": \"" + "x".repeat(3_000) + "\"}";
        assertEquals("too_large", caller.post("/api/v1/thing", big).text("code"));
        assertEquals(413, caller.post("/api/v1/thing", big).status());
        assertEquals(413, caller.put("/api/v1/text", "x".repeat(5_000)).status());
        assertEquals(200, caller.put("/api/v1/text", "x".repeat(4_000)).status());
        String chunked =
                "POST /api/v1/thing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nbb9\r\n" + "x".repeat(0xbb9) + "\r\n0\r\n\r\n";
        assertTrue(caller.raw(chunked).startsWith("HTTP/1.1 413"), caller.raw(chunked));
        String header =
                caller.raw("GET /api/v1/thing HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(3_000) + "\r\n\r\n");
        assertTrue(header.startsWith("HTTP/1.1 4") && header.contains(Problem.CONTENT_TYPE), header);
        String line = caller.raw("GET /" + "a".repeat(1_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(line.startsWith("HTTP/1.1 4") && line.contains(Problem.CONTENT_TYPE), line);
    }

    @Test
    void moreRequestsThanTheServerCanHoldAreAskedToComeBack() throws Exception {
        var limits =
                new Config.Limits(2_048, 4_096, 2_048, 512, 1, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(30));
        var caller = start(Config.standard().withLimits(limits));
        var slow = caller.client()
                .sendAsync(caller.request("/api/v1/slow").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        entered.await();
        var refused = caller.get("/api/v1/thing");
        assertEquals(429, refused.status());
        assertEquals("1", refused.header("Retry-After"));
        release.countDown();
        assertEquals(200, slow.get().statusCode());
        assertEquals(200, caller.get("/api/v1/thing").status());
    }

    @Test
    void aFaultInsideSaysOnlyUnderWhichNumberItIsLogged() {
        var answer = start(Config.standard()).get("/api/v1/broken");
        assertEquals(500, answer.status());
        assertEquals(Problem.CONTENT_TYPE, answer.header("Content-Type"));
        assertEquals("internal", answer.text("code"));
        assertFalse(answer.body().contains("swordfish"), answer.body());
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        var answer = start(Config.standard()).put("/api/v1/thing", "x");
        assertEquals(405, answer.status());
        assertEquals("GET, POST", answer.header("Allow"));
    }

    @Test
    void anUnknownAddressIsAProblemDocument() {
        var answer = start(Config.standard()).get("/api/v1/nothing");
        assertEquals(404, answer.status());
        assertEquals(Problem.CONTENT_TYPE, answer.header("Content-Type"));
    }

    @Test
    void whatIsNotHttpGetsAProblemAndNoRepetitionOfWhatWasSent() {
        String answer = start(Config.standard()).raw("<script>alert(1)</script>\r\n\r\n");
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
        assertFalse(answer.contains("script"), answer);
    }

    @Test
    void aBodyInBrokenChunksIsRefusedAndEndsTheConnection() {
        String answer = start(Config.standard())
                .raw("POST /api/v1/thing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("bad_request"), answer);
    }

    @Test
    void aBodyThatNeverComesDoesNotHoldTheConnection() {
        var limits = new Config.Limits(
                2_048, 4_096, 2_048, 512, 100, 100, 100, 100, Duration.ofSeconds(1), Duration.ofSeconds(1));
        String answer = start(Config.standard().withLimits(limits))
                .raw("POST /api/v1/thing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 10\r\n\r\n{");
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    }

    @Test
    void aCompressedBodyIsRefusedInsteadOfUnpacked() {
        var answer = start(Config.standard()).post("/api/v1/thing", "{}", "Content-Encoding", "gzip");
        assertEquals(400, answer.status());
        assertEquals("bad_request", answer.text("code"));
    }

    @Test
    void whoAsksForHeadersOnlyGetsNoBody() {
        String answer = start(Config.standard())
                .raw("HEAD /nothing.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 404") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void settingsArePrintedWithoutSecrets() throws Exception {
        var config = Config.read(Map.of(
                "WEIR_TOKEN", TOKEN,
                "WEIR_POSTGRES", "postgresql://weir:hunter2@db.example.com/weir",
                "WEIR_REDIS", "redis://:hunter3@cache.example.com:6379",
                "OPENAI_API_KEY", "sk-hunter4",
                "WEIR_SECRET_STOCK", "hunter5"));
        String printed = config.toString();
        assertFalse(printed.contains("hunter"), printed);
        assertFalse(printed.contains(TOKEN), printed);
        assertTrue(printed.contains("db.example.com/weir"), printed);
        assertTrue(printed.contains("STOCK"), printed);
        assertEquals(Map.of("STOCK", "hunter5"), config.secrets());
    }

    @Test
    void howLongRunsAreKeptIsATimeOfADayOrMoreOrForEver() throws Exception {
        var kept = Config.retention(Map.of("WEIR_RETENTION_SUCCEEDED", "7d", "WEIR_RETENTION_FAILED", "forever"));
        assertEquals(new weir.store.Retention(java.time.Duration.ofDays(7), null, java.time.Duration.ofDays(30)), kept);
        for (var wrong : new String[] {"1h", "soon", "-1d"}) {
            var refused = assertThrows(
                    Config.Unusable.class, () -> Config.retention(Map.of("WEIR_RETENTION_CANCELLED", wrong)));
            assertTrue(refused.getMessage().contains("WEIR_RETENTION_CANCELLED"), refused.getMessage());
        }
    }

    @Test
    void aSettingThatCannotBeReadIsNamed() {
        var wrong = assertThrows(Config.Unusable.class, () -> Config.read(Map.of("WEIR_PORT", "eighty")));
        assertEquals("WEIR_PORT must be a whole number from 0 to 65535, not \"eighty\".", wrong.getMessage());
        var slow = assertThrows(Config.Unusable.class, () -> Config.budget(Map.of("WEIR_EVALUATION_TIME", "soon")));
        assertEquals(
                "WEIR_EVALUATION_TIME must be a time like 10s or 500ms, from 1 to 3600000 ms, not \"soon\".",
                slow.getMessage());
    }

    @Test
    void evaluationsMayTakeWhatTheEnvironmentSays() throws Exception {
        var budget = Config.budget(Map.of("WEIR_EVALUATION_TIME", "500ms", "WEIR_EVALUATION_OPERATIONS", "5000"));
        assertEquals(Duration.ofMillis(500), budget.time());
        assertEquals(5_000, budget.operations());
        assertEquals(weir.eval.Budget.STANDARD.depth(), budget.depth());
    }
}
