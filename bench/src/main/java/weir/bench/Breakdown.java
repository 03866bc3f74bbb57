package weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Says where the processor time of a server went, from the samples of a flight recording: to each sample the part that
/// its innermost known frame belongs to.
final class Breakdown {
    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final int SHOWN = 4;

    private record Rule(String part, String frame) {}

    /// The first rule that fits a frame counts.
    private static final List<Rule> RULES = List.of(
            new Rule("JSON read", "weir.value.JsonReader"),
            new Rule("JSON write", "weir.value.Json"),
            new Rule("JSON write", "weir.engine.FrameJson"),
            new Rule("JSON write", "weir.engine.EntryBuilder"),
            new Rule("input held against its type", "weir.eval.Fitting"),
            new Rule("engine", "weir.engine."),
            new Rule("expressions", "weir.eval."),
            new Rule("expressions", "weir.value."),
            new Rule("PostgreSQL's driver", "org.postgresql."),
            new Rule("PostgreSQL's driver", "com.zaxxer."),
            new Rule("PostgreSQL's driver", "io.helidon.dbclient."),
            new Rule("journal", "weir.store.postgres."),
            new Rule("Redis", "weir.store.redis."),
            new Rule("Redis", "redis.clients."),
            new Rule("connections kept open", "io.helidon.common.socket.IdleInputStream"),
            new Rule("HTTP out", "io.helidon.webclient."),
            new Rule("HTTP out", "weir.worker.Egress"),
            new Rule("HTTP out", "weir.integrations."),
            new Rule("worker", "weir.worker."),
            new Rule("HTTP in", "io.helidon.webserver."),
            new Rule("API", "weir.server."));

    private final Map<String, Map<String, Integer>> samples = new HashMap<>();
    private int all;

    private Breakdown() {}

    /// @param after how much of the beginning does not count
    static String of(Path recording, Duration after) throws IOException {
        var breakdown = new Breakdown();
        try (var file = new RecordingFile(recording)) {
            Instant from = null;
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)) {
                    from = from == null ? event.getStartTime().plus(after) : from;
                    if (!event.getStartTime().isBefore(from)) {
                        breakdown.add(event);
                    }
                }
            }
        }
        return breakdown.table();
    }

    private void add(RecordedEvent sample) {
        all++;
        var stack = sample.getStackTrace();
        List<RecordedFrame> frames = stack == null ? List.of() : stack.getFrames();
        for (var frame : frames) {
            for (var rule : RULES) {
                if (name(frame).startsWith(rule.frame())) {
                    count(rule.part(), name(frame));
                    return;
                }
            }
        }
        count("threads and the rest of the JDK", frames.isEmpty() ? "?" : name(frames.getFirst()));
    }

    private void count(String part, String frame) {
        samples.computeIfAbsent(part, none -> new HashMap<>()).merge(frame, 1, Integer::sum);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private String table() {
        var table = new StringBuilder("%,d samples%n".formatted(all));
        samples.entrySet().stream()
                .sorted((one, other) -> sum(other.getValue()) - sum(one.getValue()))
                .forEach(part -> {
                    line(table, "", part.getKey(), sum(part.getValue()));
                    part.getValue().entrySet().stream()
                            .sorted((one, other) -> other.getValue() - one.getValue())
                            .limit(SHOWN)
                            .forEach(frame -> line(table, "        ", frame.getKey(), frame.getValue()));
                });
        return table.toString();
    }

    private void line(StringBuilder table, String indent, String what, int count) {
        table.append("%s%5.1f %%  %s%n".formatted(indent, 100.0 * count / Math.max(1, all), what));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
