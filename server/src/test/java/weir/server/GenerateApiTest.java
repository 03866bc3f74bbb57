package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.generate.FakeModel;
import weir.store.memory.MemoryStore;

class GenerateApiTest {
    private final FakeModel model = new FakeModel();
    private TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
        model.close();
    }

    private void useModel() {
        server.close();
        server = new TestServer(
                Config.standard()
                        .withExamples(false)
                        .withModel(new Config.Model(
                                "sk-test", URI.create(model.address()), "fake", Duration.ofSeconds(20))),
                TestServer.Stores.of(new MemoryStore()));
    }

    @Test
    void aWrongAnswerIsRepairedAndTheResultIsOnlyProposed() {
        useModel();
        String right = "workflow greet(name: string) -> string {\n  return `Hello ${name}`\n}\n";
        model.says("````weir\n" + right.replace("${name}", "${nam}") + "````")
                .says("Greets.\n````weir\n" + right + "````");
        var events = generate("{\"prompt\": \"Greet people\"}");
        assertTrue(events.stream().anyMatch(event -> event.startsWith("event: progress")), events.toString());
        assertTrue(events.stream().anyMatch(event -> event.startsWith("event: text")), events.toString());
        String result = events.getLast();
        assertTrue(result.startsWith("event: result"), result);
        assertTrue(result.contains("\"rounds\":2") && result.contains("\"diagnostics\":[]"), result);
        assertTrue(result.contains("\"explanation\":\"Greets.\""), result);
        assertTrue(model.lastMessage(1).contains("nam"), model.lastMessage(1));
        assertEquals(404, server.caller.get("/api/v1/workflows/greet").status());
    }

    @Test
    void withoutAModelOneSentenceSaysWhatToSet() {
        var events = generate("{\"prompt\": \"Greet people\"}");
        assertTrue(events.getLast().startsWith("event: problem"), events.toString());
        assertTrue(events.getLast().contains("model_not_configured")
                && events.getLast().contains("OPENAI_API_KEY"));
    }

    @Test
    void anEmptyWishIsRefused() {
        assertEquals(
                400,
                server.caller.post("/api/v1/generate", "{\"prompt\": \" \"}").status());
    }

    private List<String> generate(String body) {
        var answer = server.caller.post("/api/v1/generate", body);
        assertEquals("text/event-stream", answer.header("Content-Type"));
        return List.of(answer.body().strip().split("\n\n"));
    }
}
