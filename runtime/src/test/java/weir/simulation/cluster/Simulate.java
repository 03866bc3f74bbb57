package weir.simulation.cluster;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Many stories, on all processors: `bench/run simulate [--seeds N] [--from SEED]`.
public final class Simulate {
    private Simulate() {}

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        var sabotage = arguments.length > 2 ? Sabotage.valueOf(arguments[2]) : Sabotage.NONE;
        long from = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        var cpu = java.lang.management.ManagementFactory.getThreadMXBean();
        long start = cpu.getCurrentThreadCpuTime();
        long digest = 0;
        int bad = 0;
        long runs = 0;
        long effects = 0;
        long repeated = 0;
        for (long seed = from; seed < from + count; seed++) {
            var report = Simulation.of(seed, sabotage);
            runs += report.runs();
            effects += report.effects();
            repeated += report.repeated();
            digest = 31 * digest + report.digest();
            if (report.broken() != null) {
                bad++;
                System.out.println(seed + " " + report.time() + ": " + report.broken().lines().findFirst().orElse(""));
            }
            if (count == 1) {
                System.out.println(report);
            }
        }
        System.out.printf("%d stories, %d broken, %d runs, %d effects, %d repeated, %.1f ms a story, digest %x%n", count, bad, runs, effects, repeated, (cpu.getCurrentThreadCpuTime() - start) / 1e6 / count, digest);
    }
}
