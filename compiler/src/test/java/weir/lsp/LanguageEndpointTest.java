package weir.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weir.model.StandardCatalog;

/// The protocol as a client sees it: JSON in, JSON out.
class LanguageEndpointTest {
    private static final String URI = "file:///w.weir";
    private final List<JsonObject> sent = new ArrayList<>();
    private final Map<String, String> others = Map.of("file:///rates.weir", "let RATE = 0.19\n");
    private final LanguageEndpoint endpoint = new LanguageEndpoint(
            StandardCatalog.catalog(),
            others::get,
            message -> sent.add(JsonParser.parseString(message).getAsJsonObject()),
            Pace.atOnce());
    private int id;

    private JsonElement request(String method, String params) {
        id++;
        endpoint.receive(
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params));
        JsonObject answer = sent.stream()
                .filter(message -> message.has("id") && !message.get("id").isJsonNull() && !message.has("method"))
                .filter(message -> message.get("id").getAsInt() == id)
                .findFirst()
                .orElseThrow();
        return answer.has("error") ? answer.get("error") : answer.get("result");
    }

    private void tell(String method, String params) {
        endpoint.receive("{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s}".formatted(method, params));
    }

    private void open(String text) {
        request("initialize", "{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}");
        tell("initialized", "{}");
        tell(
                "textDocument/didOpen",
                "{\"textDocument\":{\"uri\":\"%s\",\"languageId\":\"weir\",\"version\":1,\"text\":%s}}"
                        .formatted(URI, quote(text)));
    }

    private static String quote(String text) {
        return new com.google.gson.Gson().toJson(text);
    }

    private static String at(int line, int character) {
        return "{\"textDocument\":{\"uri\":\"%s\"},\"position\":{\"line\":%d,\"character\":%d}}"
                .formatted(URI, line, character);
    }

    private JsonArray diagnostics() {
        return sent.stream()
                .filter(message -> message.has("method")
                        && message.get("method").getAsString().equals("textDocument/publishDiagnostics")
                        && message.getAsJsonObject("params")
                                .get("uri")
                                .getAsString()
                                .equals(URI))
                .reduce((first, second) -> second)
                .orElseThrow()
                .getAsJsonObject("params")
                .getAsJsonArray("diagnostics");
    }

    @Test
    void sayingHelloTellsWhatTheServerCan() {
        var result = request("initialize", "{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}")
                .getAsJsonObject();
        var can = result.getAsJsonObject("capabilities");
        assertTrue(can.get("hoverProvider").getAsBoolean());
        assertTrue(can.get("documentFormattingProvider").getAsBoolean());
        assertEquals("weir", result.getAsJsonObject("serverInfo").get("name").getAsString());
    }

    @Test
    void mistakesAreToldWhenADocumentOpensAndAgainWhenItChanges() {
        open("workflow w(name: string) {\n  log nam\n}\n");
        assertEquals(1, diagnostics().size());
        var mistake = diagnostics().get(0).getAsJsonObject();
        assertEquals("W2001", mistake.get("code").getAsString());
        assertEquals(
                "{\"start\":{\"line\":1,\"character\":6},\"end\":{\"line\":1,\"character\":9}}",
                mistake.get("range").toString());
        tell(
                "textDocument/didChange",
                "{\"textDocument\":{\"uri\":\"%s\",\"version\":2},\"contentChanges\":[{\"range\":{\"start\":{\"line\":1,\"character\":9},\"end\":{\"line\":1,\"character\":9}},\"text\":\"e\"}]}"
                        .formatted(URI));
        assertEquals(0, diagnostics().size());
        tell("textDocument/didClose", "{\"textDocument\":{\"uri\":\"%s\"}}".formatted(URI));
        assertEquals(0, diagnostics().size());
    }

    @Test
    void filesBesideTheDocumentCanBeUsed() {
        open("use \"rates.weir\"\n\nworkflow w() {\n  log RATE\n}\n");
        assertEquals("[]", diagnostics().toString());
        var place = request("textDocument/definition", at(3, 7))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertEquals("file:///rates.weir", place.get("uri").getAsString());
    }

    @Test
    void questionsAreAnswered() {
        open(
                "/// Says hello.\nworkflow w(name: string) {\n  log name\n  step page = http.get(url: name)\n  log page.status\n}\n");
        assertTrue(request("textDocument/hover", at(2, 7)).toString().contains("name: string"));
        var items =
                request("textDocument/completion", at(4, 11)).getAsJsonObject().getAsJsonArray("items");
        assertEquals("status", items.get(0).getAsJsonObject().get("label").getAsString());
        var help = request("textDocument/signatureHelp", at(3, 24)).getAsJsonObject();
        assertEquals(0, help.get("activeParameter").getAsInt());
        assertEquals(
                3, request("textDocument/references", at(2, 7)).getAsJsonArray().size());
        assertEquals(
                3,
                request("textDocument/documentHighlight", at(2, 7))
                        .getAsJsonArray()
                        .size());
        assertEquals(
                "w",
                request("textDocument/documentSymbol", "{\"textDocument\":{\"uri\":\"%s\"}}".formatted(URI))
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString());
        assertEquals(
                1,
                request("textDocument/foldingRange", "{\"textDocument\":{\"uri\":\"%s\"}}".formatted(URI))
                        .getAsJsonArray()
                        .size());
    }

    @Test
    void renamingGivesEditsOrTheReasonWhyNot() {
        open("workflow w(name: string) {\n  log { name }\n}\n");
        String place = at(0, 12);
        String ask = place.substring(0, place.length() - 1) + ",\"newName\":\"%s\"}";
        assertTrue(request("textDocument/prepareRename", place).toString().contains("\"character\":11"));
        var changes = request("textDocument/rename", ask.formatted("who"))
                .getAsJsonObject()
                .getAsJsonObject("changes");
        assertTrue(changes.toString().contains("name: who"), changes::toString);
        var refused = request("textDocument/rename", ask.formatted("let")).getAsJsonObject();
        assertEquals("`let` is a word of the language.", refused.get("message").getAsString());
    }

    @Test
    void fixesAndFormattingAreEdits() {
        open("workflow w(name: string) {\n    log nam\n}\n");
        String range =
                "{\"textDocument\":{\"uri\":\"%s\"},\"range\":{\"start\":{\"line\":1,\"character\":8},\"end\":{\"line\":1,\"character\":8}},\"context\":{\"diagnostics\":[]}}"
                        .formatted(URI);
        var action = request("textDocument/codeAction", range)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertEquals("Write name", action.get("title").getAsString());
        var edits = request(
                        "textDocument/formatting",
                        "{\"textDocument\":{\"uri\":\"%s\"},\"options\":{\"tabSize\":2,\"insertSpaces\":true}}"
                                .formatted(URI))
                .getAsJsonArray();
        assertTrue(edits.get(0).toString().contains("  log nam\\n"), edits::toString);
    }

    @Test
    void whatIsNoMessageIsAnsweredWithAnError() {
        for (String broken : List.of(
                "",
                "nonsense",
                "{",
                "[]",
                "null",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no/such/thing\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"textDocument/hover\",\"params\":{\"position\":\"here\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"textDocument/hover\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"shutdown\"}")) {
            int before = sent.size();
            endpoint.receive(broken);
            assertTrue(sent.size() > before, () -> "no answer to " + broken);
            assertTrue(sent.getLast().has("error"), () -> broken + " gave " + sent.getLast());
            assertTrue(!sent.getLast().toString().contains("Exception"), () -> "insides in " + sent.getLast());
        }
        open("workflow w() {\n  log 1\n}\n");
        assertEquals(0, diagnostics().size());
    }

    @Test
    void questionsAboutUnknownDocumentsHaveEmptyAnswers() {
        request("initialize", "{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}");
        assertTrue(request("textDocument/hover", at(0, 0)) == null
                || request("textDocument/hover", at(0, 0)).isJsonNull());
        assertEquals("[]", request("textDocument/completion", at(5, 5)).toString());
    }

    @Test
    void theSameServerSpeaksOnStreams() {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}";
        String message = "Content-Length: " + body.length() + "\r\n\r\n" + body;
        var out = new ByteArrayOutputStream();
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> Stdio.serve(
                        StandardCatalog.catalog(),
                        new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)),
                        out));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"hoverProvider\":true"), out::toString);
    }
}
