package weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Load.Phases NOTHING = new Load.Phases() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /// Posts its own number with a growing text, and wants it back.
    private static final class Numbers implements Load.Traffic {
        private final int port;
        private final String[] said = new String[8];
        private long sent;

        Numbers(int port) {
            this.port = port;
        }

        @Override
        public byte[] next(int client) {
            said[client] = "\"" + client + " " + sent + "x".repeat((int) (sent % 20_000)) + "\"";
            sent++;
            return Message.request("POST", "/low", port, said[client].getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public @Nullable String judge(int client, int status, byte[] answer, int body, int length) {
            var heard = new String(answer, body, length - body, StandardCharsets.US_ASCII);
            return status == 200 && heard.equals(said[client]) ? null : "another answer";
        }
    }

    @Test
    void everyClientHearsWhatItSaidAndTheEchoCountsThemAll() throws Exception {
        try (var echo = Child.start(Child.java(List.of(), EchoServer.class, "0"))) {
            int port = Integer.parseInt(echo.line());
            var traffic = new Numbers(port);
            var outcome = Load.run(port, 8, Duration.ofMillis(50), Duration.ofMillis(200), traffic, NOTHING);
            assertEquals(Map.of(), outcome.wrong());
            assertTrue(outcome.right() > 0);
            assertEquals(outcome.right(), outcome.latency().total());
            long counted = count(port);
            assertTrue(traffic.sent - counted <= 8, "sent " + traffic.sent + ", counted " + counted);
        }
    }

    private static long count(int port) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/count"))
                    .build();
            return Long.parseLong(client.send(request, BodyHandlers.ofString()).body());
        }
    }

    @Test
    void whatAProcessTakesIsSeen() throws Exception {
        try (var echo = Child.start(Child.java(List.of(), EchoServer.class, "0"))) {
            echo.line();
            var usage = Usage.of(ProcessHandle.current().pid(), echo.id());
            if (!usage.cpuSeconds().isEmpty()) {
                assertTrue(usage.cpuSeconds().get(Usage.Part.SERVER) > 0, usage.toString());
                assertTrue(usage.memoryMib().get(Usage.Part.SERVER) > 1, usage.toString());
            }
        }
    }
}
