package weir.bench;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import weir.eval.EvaluationError;
import weir.eval.Scripts;

/// How long each attack of the sandbox's suite lasts, one after the other with nothing else running: from the call to
/// the answer, whether it was stopped at a limit or came to nothing by itself.
final class Stops {
    private static final int SLOWEST = 5;

    private Stops() {}

    /// @param name what the figures are called
    /// @param scripts an organisation of its own
    static void measure(String name, List<Attacks.Case> cases, Scripts scripts, Report report) {
        var all = new Histogram();
        var stopped = new Histogram();
        var again = new Histogram();
        var slowest = new TreeMap<Long, String>();
        for (var each : cases) {
            // What the attack before broke is replaced by now: that is told apart.
            long start = System.nanoTime();
            Sandboxing.map(scripts);
            long ready = System.nanoTime();
            boolean atLimit = isStopped(each, scripts);
            long taken = System.nanoTime() - ready;
            again.record(ready - start);
            all.record(taken);
            if (atLimit) {
                stopped.record(taken);
            }
            slowest.put(taken, each.name());
            if (slowest.size() > SLOWEST) {
                slowest.pollFirstEntry();
            }
        }
        put(report, name + "_attacks", all);
        put(report, name + "_stop_ms", stopped);
        put(report, name + "_honest_after_attack_ms", again);
        slowest.descendingMap()
                .forEach((taken, what) ->
                        System.err.printf(Locale.ROOT, "%s: %d ms %s%n", name, taken / 1_000_000, what));
    }

    private static boolean isStopped(Attacks.Case each, Scripts scripts) {
        try {
            var _ = each.run(scripts);
            return false;
        } catch (EvaluationError error) {
            return error.code().startsWith("limit_");
        }
    }

    private static void put(Report report, String name, Histogram taken) {
        report.put(name + "_p50", taken.milliseconds(0.5));
        report.put(name + "_p99", taken.milliseconds(0.99));
        report.put(name + "_max", taken.milliseconds(1));
    }
}
