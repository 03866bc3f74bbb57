package weir.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is counted and measured, and its text for Prometheus (exposition format 0.0.4). Counting costs an addition.
public final class Metrics {
    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    sealed interface Family {
        String help();

        String kind();

        void write(String name, StringBuilder text);
    }

    /// Only grows.
    ///
    /// @param labels the names of its labels
    Counter counter(String name, String help, String... labels) {
        return (Counter) families.computeIfAbsent(name, n -> new Counter(help, List.of(labels)));
    }

    /// How many observations lie at or below each bound.
    ///
    /// @param bounds ascending, in the unit that the name ends with
    Histogram histogram(String name, String help, List<Double> bounds, String... labels) {
        return (Histogram) families.computeIfAbsent(
                name,
                n -> new Histogram(
                        help,
                        List.of(labels),
                        bounds.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /// A value that is asked for when somebody looks; one that fails is left out.
    void gauge(String name, String help, DoubleSupplier value) {
        families.put(name, new Asked(help, "gauge", value));
    }

    /// A count that is kept elsewhere.
    void counted(String name, String help, LongSupplier value) {
        families.put(name, new Asked(help, "counter", value::getAsLong));
    }

    /// Counts that are kept elsewhere, one for each value of a label.
    void counted(String name, String help, String label, Supplier<Map<String, Long>> values) {
        families.put(name, new AskedByLabel(help, "counter", label, values));
    }

    String text() {
        var text = new StringBuilder(4_096);
        families.forEach((name, family) -> {
            var samples = new StringBuilder();
            family.write(name, samples);
            if (!samples.isEmpty()) {
                text.append("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(family.help())
                        .append('\n');
                text.append("# TYPE ")
                        .append(name)
                        .append(' ')
                        .append(family.kind())
                        .append('\n');
                text.append(samples);
            }
        });
        return text.toString();
    }

    static final class Counter implements Family {
        private final String help;
        private final List<String> labels;
        private final Map<List<String>, LongAdder> children = new ConcurrentHashMap<>();

        private Counter(String help, List<String> labels) {
            this.help = help;
            this.labels = labels;
        }

        /// The one with these values of its labels; keep it where it is used often.
        LongAdder with(String... values) {
            return children.computeIfAbsent(checked(labels, values), key -> new LongAdder());
        }

        void increment(String... values) {
            with(values).increment();
        }

        @Override
        public String help() {
            return help;
        }

        @Override
        public String kind() {
            return "counter";
        }

        @Override
        public void write(String name, StringBuilder text) {
            children.forEach((values, sum) ->
                    sample(text, name, labels, values, "", "").append(sum.sum()).append('\n'));
        }
    }

    static final class Histogram implements Family {
        /// From a millisecond to a minute, for answers and runs, in seconds.
        static final List<Double> SECONDS =
                List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

        private final String help;
        private final List<String> labels;
        private final double[] bounds;
        private final Map<List<String>, Observations> children = new ConcurrentHashMap<>();

        private Histogram(String help, List<String> labels, double[] bounds) {
            this.help = help;
            this.labels = labels;
            this.bounds = bounds;
        }

        Observations with(String... values) {
            return children.computeIfAbsent(checked(labels, values), key -> new Observations(bounds));
        }

        @Override
        public String help() {
            return help;
        }

        @Override
        public String kind() {
            return "histogram";
        }

        @Override
        public void write(String name, StringBuilder text) {
            children.forEach((values, observed) -> {
                if (observed.isEmpty()) {
                    return;
                }
                long below = 0;
                for (int i = 0; i < bounds.length; i++) {
                    below += observed.counts[i].sum();
                    sample(text, name + "_bucket", labels, values, "le", number(bounds[i]))
                            .append(below)
                            .append('\n');
                }
                below += observed.counts[bounds.length].sum();
                sample(text, name + "_bucket", labels, values, "le", "+Inf")
                        .append(below)
                        .append('\n');
                sample(text, name + "_sum", labels, values, "", "")
                        .append(number(observed.nanos.sum() / 1e9))
                        .append('\n');
                sample(text, name + "_count", labels, values, "", "")
                        .append(below)
                        .append('\n');
            });
        }
    }

    /// One histogram of durations.
    static final class Observations {
        private final double[] bounds;
        private final LongAdder[] counts;
        private final LongAdder nanos = new LongAdder();

        private Observations(double[] bounds) {
            this.bounds = bounds;
            this.counts = new LongAdder[bounds.length + 1];
            Arrays.setAll(counts, i -> new LongAdder());
        }

        private boolean isEmpty() {
            return Arrays.stream(counts).allMatch(count -> count.sum() == 0);
        }

        void observeNanos(long duration) {
            double seconds = duration / 1e9;
            int bucket = 0;
            while (bucket < bounds.length && seconds > bounds[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            nanos.add(duration);
        }
    }

    private record Asked(String help, String kind, DoubleSupplier value) implements Family {
        @Override
        public void write(String name, StringBuilder text) {
            double now;
            try {
                now = value.getAsDouble();
            } catch (RuntimeException away) {
                return;
            }
            text.append(name).append(' ').append(number(now)).append('\n');
        }
    }

    private record AskedByLabel(String help, String kind, String label, Supplier<Map<String, Long>> values)
            implements Family {
        @Override
        public void write(String name, StringBuilder text) {
            new TreeMap<>(values.get())
                    .forEach((value, count) -> sample(text, name, List.of(label), List.of(value), "", "")
                            .append(count)
                            .append('\n'));
        }
    }

    private static List<String> checked(List<String> labels, String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException("labels " + labels + " need as many values, not " + values.length);
        }
        return List.of(values);
    }

    private static StringBuilder sample(
            StringBuilder text, String name, List<String> labels, List<String> values, String last, String lastValue) {
        text.append(name);
        var parts = new ArrayList<String>();
        for (int i = 0; i < labels.size(); i++) {
            parts.add(labels.get(i) + "=\"" + escaped(values.get(i)) + '"');
        }
        if (!last.isEmpty()) {
            parts.add(last + "=\"" + lastValue + '"');
        }
        if (!parts.isEmpty()) {
            text.append('{').append(String.join(",", parts)).append('}');
        }
        return text.append(' ');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
