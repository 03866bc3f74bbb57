package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What the command line does when a server has too much to do.
final class RemoteTest {
    /// @param refusals how often the server says so first
    private static int asked(int refusals, int status, String retryAfter, String body, int expected) throws Exception {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean refused = asked.getAndIncrement() < refusals;
            if (refused && !retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] text = (refused ? body : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? status : 202, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        try (var remote = new Remote("http://127.0.0.1:" + server.getAddress().getPort(), "")) {
            assertEquals(expected, remote.post("/api/v1/events/x", "{}", "").status());
        } finally {
            server.stop(0);
        }
        return asked.get();
    }

    @Test
    void itWaitsAsLongAsItIsTold() throws Exception {
        assertEquals(2, asked(1, 429, "1", "{}", 202));
        assertEquals(2, asked(1, 503, "1", "{\"code\":\"overloaded\"}", 202));
    }

    @Test
    void itDoesNotRepeatWhatMayHaveHappened() throws Exception {
        assertEquals(1, asked(1, 503, "1", "{\"code\":\"unknown_outcome\"}", 503));
        assertEquals(1, asked(1, 429, "", "{}", 429));
        assertEquals(1, asked(1, 429, "3600", "{}", 429));
    }
}
