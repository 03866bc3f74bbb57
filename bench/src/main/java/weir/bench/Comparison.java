package weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Several ways to do the same, each measured, and how they compare.
final class Comparison implements Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bench;
    private final Stopwatch stopwatch;
    private final String reference;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();

    /// @param p99 of single calls in microseconds; NaN when it was not measured
    private record Row(String what, double perSecond, double p99) {}

    /// @param reference the name of what everything is compared with
    Comparison(String bench, Stopwatch stopwatch, String reference) {
        this.bench = bench;
        this.stopwatch = stopwatch;
        this.reference = reference;
    }

    void measure(String name, String what, Stopwatch.Operation operation) {
        measure(List.of(new Way(name, what, operation)));
    }

    /// One way of several that are measured in turns.
    record Way(String name, String what, Stopwatch.Operation operation) {}

    void measure(List<Way> ways) {
        ways.forEach(way -> Progress.say(way.what));
        var measured = stopwatch.measure(ways.stream().map(Way::operation).toList());
        for (int i = 0; i < measured.size(); i++) {
            var one = measured.get(i);
            rows.put(
                    ways.get(i).name,
                    new Row(ways.get(i).what, one.perSecond(), one.single().percentile(0.99) / 1e3));
        }
    }

    /// What another program measured.
    void put(String name, String what, double perSecond) {
        rows.put(name, new Row(what, perSecond, Double.NaN));
    }

    /// Says how one way compares with another, where both were measured.
    void relate(String name, String other) {
        var one = rows.get(name);
        var two = rows.get(other);
        if (one != null && two != null) {
            ratios.put(name + " / " + other, one.perSecond() / two.perSecond());
        }
    }

    private double ratio(Row row) {
        var other = rows.get(reference);
        return other == null ? Double.NaN : row.perSecond() / other.perSecond();
    }

    @Override
    public boolean isRight() {
        return rows.values().stream().allMatch(row -> row.perSecond() > 0);
    }

    @Override
    public String json() {
        var object = JSON.createObjectNode().put("bench", bench);
        var weir = rows.get("weir");
        if (weir != null) {
            object.put("evaluations_per_second", Math.round(weir.perSecond())).put("p99_us", rounded(weir.p99()));
        }
        object.put("compared_with", reference);
        var all = object.putObject("ways");
        rows.forEach((name, row) -> {
            var one = all.putObject(name).put("per_second", Math.round(row.perSecond()));
            one.put("ratio", rounded(ratio(row)));
            if (!Double.isNaN(row.p99())) {
                one.put("p99_us", rounded(row.p99()));
            }
        });
        if (!ratios.isEmpty()) {
            var related = object.putObject("ratios");
            ratios.forEach((name, ratio) -> related.put(name, rounded(ratio)));
        }
        return object.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    @Override
    public String table() {
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%-52s %14s %9s %9s%n", "on one thread", "per second", "p99 µs", "ratio"));
        rows.values()
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "%-52s %,14.0f %9s %9.4f%n",
                        row.what(),
                        row.perSecond(),
                        Double.isNaN(row.p99()) ? "" : String.format(Locale.ROOT, "%.2f", row.p99()),
                        ratio(row))));
        ratios.forEach((name, ratio) -> text.append(String.format(Locale.ROOT, "%-52s %34.3f%n", name, ratio)));
        return text.toString();
    }
}
