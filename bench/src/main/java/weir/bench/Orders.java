package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Completed durable runs of the order workflow a second: over HTTP in, through queue and journal, to an echo server,
/// and back. Waiting clients get the result of their run; others only start runs, and completions are counted.
final class Orders {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] USUAL = {1, 16, 64};
    /// Every so many answers are compared with the expected result, member by member.
    private static final int COMPARE_EVERY = 32;

    private static final String PATH = "/api/v1/workflows/order/runs";

    private final Options options;
    private final ServerUnderTest server;
    private final Child echo;
    private final Order[] orders;

    /// @param input of a run, as JSON
    record Order(String input, String id, double total, String band) {
        static Order of(JsonNode order) {
            double total = 0;
            for (var line : order.get("lines")) {
                total += line.get("qty").doubleValue() * line.get("price").doubleValue();
            }
            String input = JSON.createObjectNode().set("order", order).toString();
            return new Order(input, order.get("id").textValue(), total, total > 500 ? "high" : "low");
        }

        /// @return what is wrong with the output of its run, or null
        @Nullable
        String misfit(JsonNode output) {
            boolean right = output.path("id").asText().equals(id)
                    && output.path("total").asDouble() == total
                    && output.path("band").asText().equals(band)
                    && output.path("status").asInt() == 200;
            return right ? null : "another output than expected";
        }
    }

    private Orders(Options options, ServerUnderTest server, Child echo, Order[] orders) {
        this.options = options;
        this.server = server;
        this.echo = echo;
        this.orders = orders;
    }

    static Report run(Options options) throws IOException, InterruptedException {
        var inputs = new Inputs(options.root());
        var orders = inputs.orders().stream().map(Order::of).toArray(Order[]::new);
        try (var echo = Child.start(Child.java(
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"), EchoServer.class, "0"));
                var server = start(options)) {
            String text = inputs.workflow("order").replace("http://127.0.0.1:9", "http://127.0.0.1:" + echo.line());
            server.deploy("order", text);
            return new Orders(options, server, echo, orders).measure();
        }
    }

    private static ServerUnderTest start(Options options) throws IOException, InterruptedException {
        Progress.say("starting a server");
        return ServerUnderTest.start(options);
    }

    private Report measure() throws IOException, InterruptedException {
        var report = new Report("orders");
        report.put("startSeconds", server.startSeconds());
        if (options.asynchronous()) {
            stage(report, options.clients().orElse(64), false);
        } else if (options.clients().isPresent()) {
            stage(report, options.clients().getAsInt(), true);
        } else {
            for (int clients : USUAL) {
                stage(report, clients, true);
            }
            stage(report, 64, false);
        }
        return report;
    }

    private void stage(Report report, int clients, boolean waiting) throws IOException, InterruptedException {
        Progress.say("%d %s %s".formatted(clients, clients == 1 ? "client" : "clients", waiting ? "" : "not waiting"));
        var traffic = waiting ? new Waiting(clients) : new Starting(clients);
        var phases = new Phases();
        var outcome = Load.run(server.port(), clients, options.warmUp(), options.window(), traffic, phases);
        report.stage(waiting ? waiting(clients, outcome, phases) : starting(clients, outcome, phases));
    }

    private Stage waiting(int clients, Load.Outcome outcome, Phases phases) {
        return new Stage("sync", clients, outcome.seconds(), outcome.right(), outcome.latency(), outcome.wrong())
                .usage(phases.before, phases.after, outcome.right());
    }

    /// Counts what was completed within the window, then waits until the rest is.
    private Stage starting(int clients, Load.Outcome outcome, Phases phases) throws IOException, InterruptedException {
        long completed = phases.succeededAfter - phases.succeededBefore;
        long began = System.nanoTime();
        long last = phases.succeededAfter;
        long lastMoved = began;
        while (System.nanoTime() - lastMoved < 2_000_000_000L) {
            Thread.sleep(50);
            long now = server.succeeded();
            if (now > last) {
                last = now;
                lastMoved = System.nanoTime();
            }
        }
        double drain = (lastMoved - began) / 1e9;
        return new Stage("async", clients, outcome.seconds(), completed, outcome.latency(), outcome.wrong())
                .usage(phases.before, phases.after, completed)
                .with("accepted_per_second", outcome.rate())
                .with("left_at_end", last - phases.succeededAfter)
                .with("drain_seconds", drain);
    }

    /// Looks at processes and counters on both ends of the window.
    private final class Phases implements Load.Phases {
        private Usage before = new Usage(Map.of(), Map.of());
        private Usage after = before;
        private long succeededBefore;
        private long succeededAfter;

        @Override
        public void begin() throws IOException {
            before = Usage.of(server.process(), echo.id());
            succeededBefore = succeeded();
        }

        @Override
        public void end() throws IOException {
            succeededAfter = succeeded();
            after = Usage.of(server.process(), echo.id());
        }

        private long succeeded() throws IOException {
            try {
                return server.succeeded();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }
    }

    /// Starts a run and waits for its result.
    private class Waiting implements Load.Traffic {
        private final List<byte[]> requests = new ArrayList<>();
        private final int[] current;
        private long answers;

        Waiting(int clients) {
            this(clients, PATH + "?wait=30s");
        }

        Waiting(int clients, String path) {
            for (var order : orders) {
                requests.add(Message.request(
                        "POST", path, server.port(), order.input().getBytes(StandardCharsets.UTF_8)));
            }
            current = new int[clients];
            for (int client = 0; client < clients; client++) {
                current[client] = client * 61;
            }
        }

        @Override
        public byte[] next(int client) {
            current[client] = (current[client] + 1) % orders.length;
            return requests.get(current[client]);
        }

        @Override
        public @Nullable String judge(int client, int status, byte[] answer, int body, int length) {
            if (status != 200) {
                return "status " + status;
            }
            return answers++ % COMPARE_EVERY == 0 ? compare(orders[current[client]], answer, body, length) : null;
        }

        private @Nullable String compare(Order order, byte[] answer, int body, int length) {
            try {
                var result = JSON.readTree(answer, body, length - body);
                String outcome = result.path("status").asText();
                return outcome.equals("succeeded") ? order.misfit(result.path("output")) : "a run " + outcome;
            } catch (IOException unreadable) {
                return "an answer that is no JSON";
            }
        }
    }

    /// Starts a run, and that is it.
    private final class Starting extends Waiting {
        Starting(int clients) {
            super(clients, PATH);
        }

        @Override
        public @Nullable String judge(int client, int status, byte[] answer, int body, int length) {
            return status == 202 ? null : "status " + status;
        }
    }
}
