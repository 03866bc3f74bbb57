package weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Requests a second for a mix of reads and starts: of ten requests four read a run, two list runs, two list workflows
/// and two start a run without waiting for it.
final class Api {
    private static final int CLIENTS = 16;
    private static final int KNOWN_RUNS = 1_024;

    private final Options options;
    private final ServerUnderTest server;

    private Api(Options options, ServerUnderTest server) {
        this.options = options;
        this.server = server;
    }

    static Report run(Options options) throws IOException, InterruptedException {
        Progress.say("starting a server");
        try (var server = ServerUnderTest.start(options)) {
            server.deploy("greeting", new Inputs(options.root()).workflow("greeting"));
            return new Api(options, server).measure();
        }
    }

    private Report measure() throws IOException {
        int clients = options.clients().orElse(CLIENTS);
        Progress.say(clients + " clients");
        var report = new Report("api");
        var usage = new Usage[2];
        var outcome = Load.run(
                server.port(), clients, options.warmUp(), options.window(), new Mix(clients), new Load.Phases() {
                    @Override
                    public void begin() throws IOException {
                        usage[0] = Usage.of(server.process(), 0);
                    }

                    @Override
                    public void end() throws IOException {
                        usage[1] = Usage.of(server.process(), 0);
                    }
                });
        report.put("startSeconds", server.startSeconds());
        report.stage(new Stage("mix", clients, outcome.seconds(), outcome.right(), outcome.latency(), outcome.wrong())
                .usage(usage[0], usage[1], outcome.right())
                .with("p95_ms", outcome.latency().milliseconds(0.95)));
        return report;
    }

    private enum Kind {
        START,
        RUN,
        RUNS,
        WORKFLOWS;

        static final Kind[] MIX = {RUN, RUNS, START, RUN, WORKFLOWS, RUN, RUNS, START, RUN, WORKFLOWS};

        int expected() {
            return this == START ? 202 : 200;
        }
    }

    /// Starts runs, and reads what was started before.
    private final class Mix implements Load.Traffic {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final Random random = new Random(1);
        private final byte[] start;
        private final byte[] runs;
        private final byte[] workflows;
        private final Kind[] asked;
        private final int[] turn;
        private final String[] known = new String[KNOWN_RUNS];
        private long started;

        Mix(int clients) {
            int port = server.port();
            byte[] input = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);
            start = Message.request("POST", "/api/v1/workflows/greeting/runs", port, input);
            runs = Message.request("GET", "/api/v1/runs?workflow=greeting&limit=20", port, new byte[0]);
            workflows = Message.request("GET", "/api/v1/workflows", port, new byte[0]);
            asked = new Kind[clients];
            turn = new int[clients];
            for (int client = 0; client < clients; client++) {
                turn[client] = client;
            }
        }

        @Override
        public byte[] next(int client) {
            // Nothing can be read before something was started.
            Kind kind = started == 0 ? Kind.START : Kind.MIX[turn[client]++ % Kind.MIX.length];
            asked[client] = kind;
            return switch (kind) {
                case START -> start;
                case RUNS -> runs;
                case WORKFLOWS -> workflows;
                case RUN -> Message.request("GET", "/api/v1/runs/" + someRun(), server.port(), new byte[0]);
            };
        }

        private String someRun() {
            return known[random.nextInt((int) Math.min(started, KNOWN_RUNS))];
        }

        @Override
        public @Nullable String judge(int client, int status, byte[] answer, int body, int length) {
            if (status != asked[client].expected()) {
                return asked[client].name().toLowerCase(java.util.Locale.ROOT) + " answered " + status;
            }
            if (asked[client] == Kind.START) {
                try {
                    String id = JSON.readTree(answer, body, length - body)
                            .path("id")
                            .asText();
                    known[(int) (started++ % KNOWN_RUNS)] = id;
                } catch (IOException unreadable) {
                    return "a start without an id";
                }
            }
            return null;
        }
    }
}
