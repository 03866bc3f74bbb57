package weir.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What was measured in one window.
///
/// @param mode `sync`, `async` or what else sets it apart
/// @param completed right answers, or completed runs
/// @param wrong how many others, by what was wrong
/// @param more further figures by name
/// @param parts CPU and memory of each process
record Stage(
        String mode,
        int clients,
        double seconds,
        long completed,
        Histogram latency,
        Map<String, Long> wrong,
        Map<String, Number> more,
        Map<Usage.Part, Usage.Taken> parts) {
    Stage(String mode, int clients, double seconds, long completed, Histogram latency, Map<String, Long> wrong) {
        this(mode, clients, seconds, completed, latency, wrong, Map.of(), Map.of());
    }

    double rate() {
        return completed / seconds;
    }

    long failed() {
        return wrong.values().stream().mapToLong(Long::longValue).sum();
    }

    Stage with(String name, Number value) {
        var all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Stage(mode, clients, seconds, completed, latency, wrong, all, parts);
    }

    /// @param units what the CPU is divided by
    Stage usage(Usage before, Usage after, long units) {
        var taken = new TreeMap<Usage.Part, Usage.Taken>();
        after.cpuSince(before)
                .forEach((part, cpu) -> taken.put(
                        part,
                        new Usage.Taken(
                                cpu / seconds,
                                cpu * 1e6 / Math.max(1, units),
                                after.memoryMib().getOrDefault(part, 0.0))));
        return new Stage(mode, clients, seconds, completed, latency, wrong, more, taken);
    }
}
