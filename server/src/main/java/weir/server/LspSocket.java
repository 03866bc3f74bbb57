package weir.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.lsp.LanguageEndpoint;

/// The language server for the studio: JSON-RPC, one message a WebSocket message, a server of its own for each
/// connection.
final class LspSocket {
    static final int LONGEST_MESSAGE = 4 << 20;

    private static final System.Logger LOG = System.getLogger(LspSocket.class.getName());

    private final Guard guard;
    private final Semaphore streams;
    private final Function<Consumer<String>, LanguageEndpoint> languages;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /// @param languages makes the language server of one connection, which sends by what it is given
    LspSocket(Guard guard, Semaphore streams, Function<Consumer<String>, LanguageEndpoint> languages) {
        this.guard = guard;
        this.streams = streams;
        this.languages = languages;
    }

    /// For a client that did not ask for a WebSocket, or was refused one.
    void routes(Routes routes) {
        routes.get("/lsp", exchange -> {
            throw Problem.of(
                            426,
                            "websocket_needed",
                            "A WebSocket is needed",
                            "The language server speaks by WebSocket.")
                    .thrown();
        });
    }

    WsListener listener() {
        return new Connection();
    }

    /// Asks every client whether it is still there; without an answer its connection times out. Called more often
    /// than that.
    void ping() {
        open.forEach(Connection::ping);
    }

    /// Says goodbye to everybody.
    void stop() {
        open.forEach(Connection::leave);
    }

    private final class Connection implements WsListener {
        private final StringBuilder message = new StringBuilder();
        private volatile @Nullable WsSession session;
        private volatile @Nullable LanguageEndpoint language;

        /// Who is refused here goes on as an ordinary request, which is answered with the reason.
        @Override
        public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
            String protocol = guard.foreign(prologue, headers) == null ? guard.subprotocol(headers) : null;
            if (protocol == null) {
                throw new WsUpgradeException("refused");
            }
            if (protocol.isEmpty()) {
                return Optional.empty();
            }
            var answer = WritableHeaders.create();
            answer.set(HeaderNames.create("Sec-WebSocket-Protocol"), protocol);
            return Optional.of(answer);
        }

        @Override
        public void onOpen(WsSession opened) {
            if (!streams.tryAcquire()) {
                opened.close(WsCloseCodes.TRY_AGAIN_LATER, "too many editors are open");
                return;
            }
            session = opened;
            language = languages.apply(this::say);
            open.add(this);
        }

        /// Answers come from another thread, maybe when nobody listens any more.
        private void say(String text) {
            var to = session;
            try {
                if (to != null && language != null) {
                    to.send(text, true);
                }
            } catch (RuntimeException gone) {
                end();
            }
        }

        @Override
        public void onMessage(WsSession from, String text, boolean last) {
            var server = language;
            if (server == null) {
                return;
            }
            if (message.length() + text.length() > LONGEST_MESSAGE) {
                from.close(WsCloseCodes.TOO_BIG, "that message is too long");
                end();
                return;
            }
            message.append(text);
            if (last) {
                String whole = message.toString();
                message.setLength(0);
                try {
                    server.receive(whole);
                } catch (RuntimeException wrong) {
                    LOG.log(System.Logger.Level.WARNING, "a message to the language server failed", wrong);
                    from.close(WsCloseCodes.UNEXPECTED_CONDITION, "that message could not be handled");
                    end();
                }
            }
        }

        @Override
        public void onClose(WsSession from, int status, String reason) {
            end();
        }

        @Override
        public void onError(WsSession from, Throwable cause) {
            end();
        }

        void ping() {
            try {
                if (session != null) {
                    session.ping(BufferData.create("weir"));
                }
            } catch (RuntimeException gone) {
                end();
            }
        }

        void leave() {
            try {
                if (session != null) {
                    session.close(WsCloseCodes.GOING_AWAY, "the server stops");
                }
            } catch (RuntimeException gone) {
                // Then there is nobody to tell.
            }
            end();
        }

        private synchronized void end() {
            if (open.remove(this) && language != null) {
                language = null;
                streams.release();
            }
        }
    }
}
