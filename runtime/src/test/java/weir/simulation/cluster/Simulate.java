package weir.simulation.cluster;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/// Many stories, one for each seed from the first on. `bench/run simulate` starts it.
public final class Simulate {
    private static final String USAGE = """
        Usage: bench/run simulate [--seeds N] [--seed N] [--tell] [--sabotage NAME]

          --seeds N         how many stories (10000)
          --seed N          the first seed (1); the story of a seed is always the same
          --tell            tells the story: everything that is asked of the stores, and the journals in the end
          --sabotage NAME   takes a protection away, to see that the laws notice: %s

        Ends with 0 when every law held, 1 when not, 2 for wrong usage.
        """;
    private static final int PROGRESS = 1_000;

    private long runs;
    private long direct;
    private long effects;
    private long repeated;
    private int broken;

    private Simulate() {}

    public static void main(String[] arguments) {
        // What the servers of the stories complain about is what was done to them.
        LogManager.getLogManager().reset();
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        long count = 10_000;
        long seed = 1;
        boolean tell = false;
        var sabotage = Sabotage.NONE;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--seeds" -> count = Long.parseLong(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--tell" -> tell = true;
                    case "--sabotage" -> sabotage = Sabotage.valueOf(arguments[++i].toUpperCase(Locale.ROOT));
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.printf(USAGE, java.util.Arrays.toString(Sabotage.values()));
            return 2;
        }
        return new Simulate().all(seed, count, sabotage, tell ? System.out::println : null);
    }

    private int all(long first, long count, Sabotage sabotage, @Nullable Consumer<String> narrator) {
        var thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        for (long seed = first; seed < first + count; seed++) {
            var report = Simulation.of(seed, sabotage, narrator);
            runs += report.runs();
            direct += report.direct();
            effects += report.effects();
            repeated += report.repeated();
            if (report.broken() != null) {
                broken++;
                System.out.println("seed " + seed + ", after " + report.time() + ": " + report.broken()
                        + "\n  again, with its story: bench/run simulate --tell --seeds 1 --seed " + seed);
            }
            long done = seed - first + 1;
            if (done % PROGRESS == 0) {
                System.err.printf(Locale.ROOT, "%,d of %,d stories, %d broken%n", done, count, broken);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d stories, %d broken; %,d runs, %,d of them driven where they were accepted, %,d effects, %,d of them repeated as they may be; %.1f ms of CPU a"
                        + " story%n",
                count,
                broken,
                runs,
                direct,
                effects,
                repeated,
                (thread.getCurrentThreadCpuTime() - start) / 1e6 / count);
        return broken == 0 ? 0 : 1;
    }
}
