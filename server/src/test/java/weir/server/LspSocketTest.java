package weir.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import weir.store.memory.MemoryStore;

class LspSocketTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}";

    private TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(Config config) {
        server.close();
        server = new TestServer(config, TestServer.Stores.of(new MemoryStore()));
    }

    @Test
    void theLanguageServerAnswersByWebSocket() throws Exception {
        assertTrue(ask(null).get(20, TimeUnit.SECONDS).contains("\"capabilities\""));
    }

    @Test
    void theLanguageServerAsksForTheTokenToo() throws Exception {
        restart(Config.standard().withToken(TOKEN));
        String shown = Guard.BEARER_PROTOCOL
                + Base64.getUrlEncoder().withoutPadding().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8));
        assertTrue(ask(shown).get(20, TimeUnit.SECONDS).contains("\"capabilities\""));
        var refused = assertThrows(CompletionException.class, () -> ask(null).join());
        assertTrue(refused.getCause() instanceof WebSocketHandshakeException handshake
                && handshake.getResponse().statusCode() == 401);
        assertThrows(
                CompletionException.class,
                () -> ask(Guard.BEARER_PROTOCOL + "AAAA").join());
    }

    /// The answer to the first request, which is sent in two pieces.
    private CompletableFuture<String> ask(@Nullable String protocol) {
        var conversation = new Conversation();
        var builder = server.caller.client().newWebSocketBuilder();
        if (protocol != null) {
            builder.subprotocols(protocol);
        }
        return builder.buildAsync(address(), conversation).thenApplyAsync(socket -> {
            socket.sendText(INITIALIZE.substring(0, 20), false).join();
            socket.sendText(INITIALIZE.substring(20), true).join();
            try {
                return conversation.next();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
    }

    @Test
    void aPageOfAnotherSiteCannotConnect() {
        var builder = server.caller.client().newWebSocketBuilder().header("Origin", "https://evil.example.com");
        var refused = assertThrows(
                CompletionException.class,
                () -> builder.buildAsync(address(), new WebSocket.Listener() {}).join());
        assertTrue(refused.getCause() instanceof WebSocketHandshakeException handshake
                && handshake.getResponse().statusCode() == 403);
    }

    @Test
    void whatIsNoMessageIsAnsweredAndTheConnectionGoesOn() throws Exception {
        var conversation = new Conversation();
        var socket = server.caller
                .client()
                .newWebSocketBuilder()
                .buildAsync(address(), conversation)
                .get();
        socket.sendText("no json", true).get();
        assertTrue(conversation.next().contains("\"error\""));
        socket.sendText("[1, 2]", true).get();
        assertTrue(conversation.next().contains("\"error\""));
        socket.sendText(INITIALIZE, true).get();
        assertTrue(conversation.next().contains("\"capabilities\""));
        socket.sendText("""
                {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "weir:/a.weir",
                "languageId": "weir", "version": 1, "text": "workflow w() { log missing }"}}}""", true).get();
        String published = conversation.next();
        assertTrue(published.contains("publishDiagnostics") && published.contains("missing"), published);
    }

    @Test
    void whoWritesIsHelpedOverTheSocket() throws Exception {
        var conversation = new Conversation();
        var socket = server.caller
                .client()
                .newWebSocketBuilder()
                .buildAsync(address(), conversation)
                .get();
        socket.sendText(INITIALIZE, true).get();
        assertTrue(conversation.next().contains("\"renameProvider\""));
        socket.sendText("""
                {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "weir:/a.weir",
                "languageId": "weir", "version": 1, "text": "workflow w(order: { id: string }) { log order. }"}}}""", true).get();
        String place =
                "{\"textDocument\": {\"uri\": \"weir:/a.weir\"}, \"position\": {\"line\": 0, \"character\": %d}%s}";
        ask(socket, 2, "textDocument/completion", place.formatted(46, ""));
        String completed = conversation.answer(2);
        assertTrue(completed.contains("\"label\":\"id\""), completed);
        ask(socket, 3, "textDocument/rename", place.formatted(12, ", \"newName\": \"given\""));
        String renamed = conversation.answer(3);
        assertTrue(renamed.contains("\"newText\":\"given\""), renamed);
    }

    private static void ask(WebSocket socket, int id, String method, String params) throws Exception {
        String request = "{\"jsonrpc\": \"2.0\", \"id\": %d, \"method\": \"%s\", \"params\": %s}";
        socket.sendText(request.formatted(id, method, params), true).get();
    }

    @Test
    void whoAsksWithoutAWebSocketIsToldSo() {
        assertEquals("websocket_needed", server.caller.get("/lsp").text("code"));
    }

    private URI address() {
        return URI.create("ws://127.0.0.1:" + server.server().port() + "/lsp");
    }

    /// Collects what the server says, message by message.
    private static final class Conversation implements WebSocket.Listener {
        private final java.util.concurrent.BlockingQueue<String> messages =
                new java.util.concurrent.LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        /// The answer to a request; what is said by the way is passed over.
        String answer(int id) throws InterruptedException {
            String message = next();
            for (int i = 0; i < 5 && !message.contains("\"id\":" + id); i++) {
                message = next();
            }
            return message;
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(20, TimeUnit.SECONDS));
        }
    }
}
