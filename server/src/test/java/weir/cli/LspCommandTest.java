package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
        var typed = Typed.in(Path.of(""), Map.of(), said, List.of("lsp"));
        assertEquals(Exit.OK, typed.exit());
        String answer = typed.out();
        assertTrue(answer.startsWith("Content-Length: "), answer);
        assertTrue(answer.contains("\"W2001\""), answer);
        assertEquals("", typed.err());
    }
}
