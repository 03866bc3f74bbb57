package weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Figures as a table for people or as one JSON object for programs. On top of the object stand the figures of the
/// stage with the highest rate.
final class Report implements Figures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};
    private static final List<String> SHARE_NAMES = List.of("p50_ms", "p90_ms", "p99_ms", "p999_ms");

    private final String bench;
    private final Map<String, Number> facts = new LinkedHashMap<>();
    private final List<Stage> stages = new ArrayList<>();

    Report(String bench) {
        this.bench = bench;
    }

    void put(String name, double value) {
        facts.put(name, round(value));
    }

    void stage(Stage stage) {
        stages.add(stage);
    }

    /// Whether everything that was answered was answered rightly.
    @Override
    public boolean isRight() {
        return stages.stream().allMatch(stage -> stage.failed() == 0 && stage.completed() > 0);
    }

    @Override
    public String json() {
        var object = JSON.createObjectNode().put("bench", bench);
        stages.stream().max(Comparator.comparingDouble(Stage::rate)).ifPresent(best -> put(object, best));
        facts.forEach((name, value) -> object.putPOJO(name, value));
        object.put("cores", Runtime.getRuntime().availableProcessors());
        var array = object.putArray("stages");
        stages.forEach(stage -> put(array.addObject(), stage));
        return object.toString();
    }

    private static void put(ObjectNode object, Stage stage) {
        object.put("mode", stage.mode());
        object.put("clients", stage.clients());
        object.put("seconds", round(stage.seconds()));
        object.put("completed", stage.completed());
        object.put("completed_per_second", round(stage.rate()));
        for (int i = 0; i < SHARES.length; i++) {
            object.put(SHARE_NAMES.get(i), round(stage.latency().milliseconds(SHARES[i])));
        }
        object.put("max_ms", round(stage.latency().milliseconds(1)));
        stage.more().forEach((name, value) -> object.put(name, round(value.doubleValue())));
        object.put("failed", stage.failed());
        var wrong = object.putObject("wrong");
        stage.wrong().forEach(wrong::put);
        var processes = object.putObject("processes");
        stage.parts()
                .forEach((part, taken) -> processes
                        .putObject(part.word())
                        .put("cores", round(taken.cores()))
                        .put("cpu_us_each", round(taken.cpuMicroseconds()))
                        .put("pss_mib", round(taken.memoryMib())));
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    @Override
    public String table() {
        var text = new StringBuilder("%-6s %7s %10s %9s %9s %9s %9s %7s%n"
                .formatted("mode", "clients", "per second", "p50 ms", "p90 ms", "p99 ms", "max ms", "failed"));
        for (var stage : stages) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %7d %10.0f %9.2f %9.2f %9.2f %9.2f %7d%n",
                    stage.mode(),
                    stage.clients(),
                    stage.rate(),
                    stage.latency().milliseconds(0.5),
                    stage.latency().milliseconds(0.9),
                    stage.latency().milliseconds(0.99),
                    stage.latency().milliseconds(1),
                    stage.failed()));
            text.append(details(stage));
        }
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String details(Stage stage) {
        var text = new StringBuilder();
        stage.parts()
                .forEach((part, taken) -> text.append(String.format(
                        Locale.ROOT,
                        "       %-8s %5.2f cores  %7.0f µs CPU each  %6.0f MiB%n",
                        part.word(),
                        taken.cores(),
                        taken.cpuMicroseconds(),
                        taken.memoryMib())));
        if (!stage.more().isEmpty()) {
            text.append("       ")
                    .append(stage.more().entrySet().stream()
                            .map(entry -> entry.getKey() + " "
                                    + round(entry.getValue().doubleValue()))
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        stage.wrong()
                .forEach((what, count) -> text.append("       wrong: ")
                        .append(what)
                        .append(" × ")
                        .append(count)
                        .append('\n'));
        return text.toString();
    }
}
