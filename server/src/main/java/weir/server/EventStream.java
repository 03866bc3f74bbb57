package weir.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import weir.value.Json;
import weir.value.Value;

/// Server-sent events, each on its way at once. Writing to a client that has gone throws [UncheckedIOException].
/// For several threads.
final class EventStream implements AutoCloseable {
    /// Something is sent at least this often, so that neither proxies nor the client give the connection up.
    static final int HEARTBEAT_SECONDS = 15;

    private final OutputStream out;

    EventStream(ServerResponse response) {
        var headers = response.headers();
        headers.set(HeaderNames.CONTENT_TYPE, "text/event-stream");
        headers.set(HeaderNames.CACHE_CONTROL, "no-store");
        headers.set(HeaderNames.create("X-Accel-Buffering"), "no");
        out = response.outputStream();
    }

    /// @param id what a client that comes back says it has seen, or null
    synchronized void send(@Nullable String id, String event, Value data) {
        var head = (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: ";
        write(head.getBytes(StandardCharsets.UTF_8), Json.bytes(data), "\n\n".getBytes(StandardCharsets.UTF_8));
    }

    /// A comment, which clients pass over.
    synchronized void heartbeat() {
        write(": \n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[]... parts) {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
