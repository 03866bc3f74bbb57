package weir.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import weir.embedded.EmbeddedProblem;

/// Harms a cluster of real processes while it works, then looks whether it kept its promises. `bench/run chaos` starts
/// it.
public final class Chaos implements Fault.Harm {
    private static final String USAGE = """
        Usage: bench/run chaos [--minutes N] [--runs N] [--seed N] [--fault NAME] [--json]

          --minutes N    how long harm is done (10)
          --runs N       how many runs are under way at any time (500)
          --seed N       which harm, and when; the order of what happens in the processes differs each time
          --fault NAME   only this harm: %s
          --json         one object on one line

        Ends with 0 when every promise was kept, 1 when not, 2 for wrong usage.
        """;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration HEALING = Duration.ofSeconds(70);

    private final long seed;
    private final Random random;
    private final int runs;
    private final List<Fault> faults;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final Collection<Instant> awakenings = new ConcurrentLinkedQueue<>();
    private final List<Duration> endings = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();

    /// @param runs under way at any time
    /// @param faults what may be done
    Chaos(long seed, int runs, List<Fault> faults) {
        this.seed = seed;
        this.random = new Random(seed);
        this.runs = runs;
        this.faults = faults;
    }

    public static void main(String[] arguments) throws Exception {
        double minutes = 10;
        int runs = 500;
        long seed = new Random().nextLong(1_000_000);
        var faults = List.of(Fault.values());
        boolean json = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                    case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--fault" -> faults = List.of(Fault.valueOf(arguments[++i].toUpperCase(Locale.ROOT)));
                    case "--json" -> json = true;
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.printf(USAGE, List.of(Fault.values()));
            System.exit(2);
        }
        var logs = Files.createTempDirectory("weir-chaos-logs");
        say("seed " + seed + ", logs in " + logs);
        var report = new Chaos(seed, runs, faults).run(Duration.ofMillis((long) (minutes * 60_000)), logs);
        System.out.println(json ? report.toJson().toString() : report.toJson().toPrettyString());
        System.exit(report.broken().isEmpty() ? 0 : 1);
    }

    /// @param time how long harm is done
    /// @param logs the folder of the processes' logs
    Report run(Duration time, Path logs) throws IOException, InterruptedException, EmbeddedProblem {
        try (var effects = new Effects();
                var cluster = new Cluster(logs)) {
            cluster.awaitReady();
            var deployed = cluster.send("PUT", "/api/v1/workflows/tracked", "text/plain", Story.text(effects.url()));
            if (deployed.statusCode() != 200) {
                throw new IOException("the workflows are not taken: " + deployed.body());
            }
            var load = new Load(cluster, runs);
            load.start();
            harm(cluster, time, load);
            load.wane();
            long last = System.nanoTime();
            while (!load.isOver() && System.nanoTime() - last < PATIENCE.toNanos()) {
                Thread.sleep(100);
            }
            var settled = Duration.ofNanos(System.nanoTime() - last);
            load.stop();
            say("settled after " + settled.toMillis() + " ms");
            var broken = new Judge(effects.requests(), awakenings).judge(load);
            broken.addAll(aftermath(cluster));
            int distinct = (int) effects.requests().stream()
                    .map(Effects.Request::step)
                    .distinct()
                    .count();
            return new Report(
                    seed,
                    done,
                    load.accepted().size(),
                    effects.requests().size(),
                    effects.requests().size() - distinct,
                    settled,
                    endings,
                    recoveries,
                    broken);
        }
    }

    private void harm(Cluster cluster, Duration time, Load load) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            Thread.sleep(500 + random.nextInt(3_000));
            // Each once, then as they come.
            var fault = i < faults.size() ? faults.get(i) : faults.get(random.nextInt(faults.size()));
            say(fault + " with " + load.accepted().size() + " accepted, "
                    + load.ended().size() + " ended");
            fault.happen(cluster, random, this);
            done.merge(fault, 1, Integer::sum);
        }
        cluster.awaitReady();
    }

    /// What has to be true when nothing is under way any more.
    private static List<String> aftermath(Cluster cluster) throws IOException, InterruptedException {
        List<String> broken = new ArrayList<>();
        var open = cluster.get("/api/v1/tasks?status=open").body();
        if (!open.contains("\"tasks\":[]")) {
            broken.add("questions are open: " + open);
        }
        long end = System.nanoTime() + HEALING.toNanos();
        String without = "";
        do {
            without = cluster.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("weir_runs_without_wakeup"))
                    .findFirst()
                    .orElse("weir_runs_without_wakeup is not told");
            if (without.matches("\\S+ 0(\\.0)?")) {
                return broken;
            }
            Thread.sleep(1_000);
        } while (System.nanoTime() < end);
        broken.add(without);
        return broken;
    }

    private static void say(String what) {
        System.err.println("chaos: " + what);
    }

    @Override
    public void awake(Instant at) {
        awakenings.add(at);
    }

    @Override
    public void ended(Duration after) {
        endings.add(after);
    }

    @Override
    public void back(Duration after) {
        recoveries.add(after);
        say("everything was killed, and ready again after " + after.toMillis() + " ms");
    }
}
