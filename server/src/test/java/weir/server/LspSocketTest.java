package weir.server;

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

    /// The first message of the language server.
    private CompletableFuture<String> ask(@Nullable String protocol) {
        var answer = new CompletableFuture<String>();
        var builder = server.caller.client().newWebSocketBuilder();
        if (protocol != null) {
            builder.subprotocols(protocol);
        }
        return builder.buildAsync(
                        URI.create("ws://127.0.0.1:" + server.server().port() + "/lsp"), new WebSocket.Listener() {
                            private final StringBuilder text = new StringBuilder();

                            @Override
                            public void onOpen(WebSocket socket) {
                                socket.sendText(INITIALIZE.substring(0, 20), false)
                                        .thenCompose(sent -> sent.sendText(INITIALIZE.substring(20), true));
                                socket.request(1);
                            }

                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket socket, CharSequence data, boolean last) {
                                text.append(data);
                                if (last) {
                                    answer.complete(text.toString());
                                    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
                                }
                                socket.request(1);
                                return null;
                            }
                        })
                .thenCompose(socket -> answer);
    }
}
