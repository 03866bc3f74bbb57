package weir.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What happened, and which promises were broken.
///
/// @param faults how often what was done to the cluster
/// @param accepted starts that were answered with 2xx
/// @param effects requests that the world outside got
/// @param repeated requests among them for what had been performed before, as it may be
/// @param settled how long after the last fault the last run had ended
/// @param endings how long processes took to end that were told to
/// @param recoveries how long it took until the server was ready after everything was killed
/// @param broken promises, a sentence each
record Report(
        long seed,
        Map<Fault, Integer> faults,
        int accepted,
        int effects,
        int repeated,
        Duration settled,
        List<Duration> endings,
        List<Duration> recoveries,
        List<String> broken) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ObjectNode toJson() {
        var json = JSON.createObjectNode()
                .put("bench", "chaos")
                .put("seed", seed)
                .put("accepted", accepted)
                .put("effects", effects)
                .put("repeated_as_they_may_be", repeated)
                .put("settled_ms", settled.toMillis())
                .put("slowest_ending_ms", longest(endings))
                .put("slowest_recovery_ms", longest(recoveries))
                .put("broken", broken.size());
        var counts = json.putObject("faults");
        faults.forEach((fault, times) -> counts.put(fault.name().toLowerCase(java.util.Locale.ROOT), times));
        var sentences = json.putArray("promises_broken");
        broken.forEach(sentences::add);
        return json;
    }

    private static long longest(List<Duration> times) {
        return times.stream().mapToLong(Duration::toMillis).max().orElse(0);
    }
}
