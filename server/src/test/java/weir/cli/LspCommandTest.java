package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LspCommandTest {
    private static String message(String json) {
        return "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    @Test
    void anEditorIsToldOfAMistakeInTheTextItOpened() {
        String said =
                Stream.of("""
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}""", """
                        {"jsonrpc":"2.0","method":"initialized","params":{}}""", """
                        {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.weir",\
                        "languageId":"weir","version":1,"text":"workflow a(name: string) { log nmae }"}}}""", """
                        {"jsonrpc":"2.0","id":2,"method":"shutdown"}""", """
                        {"jsonrpc":"2.0","method":"exit"}""").map(LspCommandTest::message).collect(Collectors.joining());
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of(""),
                Terminal.Screens.NONE);
        assertEquals(Exit.OK, new Weir(terminal).run("lsp"));
        String answer = out.toString(StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("Content-Length: "), answer);
        assertTrue(answer.contains("\"W2001\""), answer);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }
}
