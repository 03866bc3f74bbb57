package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.Egress;
import weir.worker.StepFailure;

/// Against a server that speaks OpenAI's language and says what the test wants.
class OpenAiHandlerTest {
    private static final String SCHEMA = """
            {"type":"object","properties":{"kind":{"enum":["bug","idea"]},"note":{"type":"string"}},"required":["kind"]}
            """;

    private HttpServer server;
    private Steps openai;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String asked = "";
    private volatile String authorization = "";
    private volatile String path = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            path = exchange.getRequestURI().toString();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/";
        openai = Steps.of(new OpenAiHandler(
                new Egress(new AddressRules(true, List.of())),
                Steps.connections(new Connections.Connection(
                        "openai", "openai", "bearer", Map.of("token", "sk-t0ken", "base_url", base)))));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void says(String content) {
        answer = Json.text(Json.read("{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
                + "\"content\":" + Json.text(Value.of(content)) + "}}]}"));
    }

    private static RecordValue.Builder prompt() {
        return RecordValue.builder().put("prompt", Value.of("What is it?"));
    }

    private RecordValue request() {
        return (RecordValue) Json.read(asked);
    }

    @Test
    void aModelIsAskedAndAnswersWithAText() throws Exception {
        says("A bug.");
        var arguments = prompt().put("system", Value.of("Be brief.")).put("temperature", Value.of(0));
        assertEquals(Value.of("A bug."), openai.perform("openai.chat", arguments));
        assertEquals("/v1/chat/completions", path);
        assertEquals("Bearer sk-t0ken", authorization);
        assertEquals(Value.of("gpt-5"), request().get("model"));
        assertEquals(
                Json.read(
                        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"What is it?\"}]"),
                request().get("messages"));
    }

    @Test
    void anAnswerFollowsItsSchemaAndLeavesOutWhatItMay() throws Exception {
        says("{\"kind\":\"bug\",\"note\":null}");
        var arguments = prompt().put("schema", Json.read(SCHEMA));
        assertEquals(Json.read("{\"kind\":\"bug\"}"), openai.perform("openai.chat", arguments));
        assertEquals(Json.read("""
                {"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object",
                 "properties":{"kind":{"enum":["bug","idea"]},"note":{"anyOf":[{"type":"string"},{"type":"null"}]}},
                 "required":["kind","note"],"additionalProperties":false}}}
                """), request().get("response_format"));
    }

    @Test
    void anAnswerThatIsNoRecordTravelsInOne() throws Exception {
        says("{\"answer\":[1,2]}");
        var arguments = prompt().put("schema", Json.read("{\"type\":\"array\",\"items\":{\"type\":\"number\"}}"));
        assertEquals(Json.read("[1,2]"), openai.perform("openai.chat", arguments));
    }

    @Test
    void refusalsAndCutAnswersFailForGood() {
        answer = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"refusal\":\"No.\",\"content\":null}}]}";
        var refused = assertThrows(StepFailure.class, () -> openai.perform("openai.chat", prompt()));
        assertEquals("model_refused", refused.error().code());
        assertTrue(refused.error().permanent());
        answer = "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"a\"}}]}";
        var cut = assertThrows(StepFailure.class, () -> openai.perform("openai.chat", prompt()));
        assertEquals("model_too_long", cut.error().code());
    }

    @Test
    void whatTheServerRefusesIsTriedAgainOnlyWhereThatHelps() {
        answer = "{\"error\":{\"message\":\"slow down\"}}";
        status = 429;
        var busy = assertThrows(StepFailure.class, () -> openai.perform("openai.chat", prompt()));
        assertFalse(busy.error().permanent());
        status = 401;
        var unknown = assertThrows(StepFailure.class, () -> openai.perform("openai.chat", prompt()));
        assertEquals("http_401", unknown.error().code());
        assertTrue(unknown.error().permanent());
        assertFalse(unknown.error().message().contains("sk-"));
    }

    @Test
    void textsBecomeVectorsInTheirOrder() throws Exception {
        answer = "{\"data\":[{\"index\":1,\"embedding\":[0,1]},{\"index\":0,\"embedding\":[1,0]}]}";
        var vectors = openai.perform("openai.embed", RecordValue.builder().put("texts", Json.read("[\"a\",\"b\"]")));
        assertEquals(Json.read("[[1,0],[0,1]]"), vectors);
        assertEquals("/v1/embeddings", path);
    }
}
