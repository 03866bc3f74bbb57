package weir.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.store.Views;
import weir.store.Views.Query;
import weir.store.Views.State;

/// How long reading takes when there is a long history: `bench/run history` starts it. Everything is asked as the API
/// asks it, as a role that sees one organisation.
public final class HistoryBench {
    private static final String USAGE = """
        Usage: bench/run history [--runs N] [--samples N] [--json]

          --runs N      how many ended runs are made, over twelve months (1000000); about 700 bytes of disk each
          --samples N   how often each question is asked (300)

        Ends with 0 when every question was answered, 2 for wrong usage.
        """;
    private static final int WARM_UP = 30;
    private static final int ALIVE = 5_000;
    private static final int PAGE = 50;
    private static final long SEED = 1;

    private final Views views;
    private final Random random = new Random(SEED);
    private final Map<String, double[]> milliseconds = new LinkedHashMap<>();

    private HistoryBench(Views views) {
        this.views = views;
    }

    public static void main(String[] arguments) throws Exception {
        long runs = 1_000_000;
        int samples = 300;
        boolean json = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--runs" -> runs = Long.parseLong(arguments[++i]);
                    case "--samples" -> samples = Integer.parseInt(arguments[++i]);
                    case "--json" -> json = true;
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.print(USAGE);
            System.exit(2);
        }
        System.exit(measure(runs, samples, json));
    }

    private static int measure(long runs, int samples, boolean json) throws Exception {
        Path folder = Files.createTempDirectory(
                "weir-history", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        try (var data = DataDirectory.open(folder);
                var postgres = EmbeddedPostgres.start(data)) {
            var address = PostgresAddress.of(postgres.uri());
            try (var store = PostgresStore.open(address, "history")) {
                long start = System.nanoTime();
                new History(address).fill(runs, ALIVE);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.err.printf(Locale.ROOT, "history: made %d runs in %.0f s%n", runs, seconds);
                var bench = new HistoryBench(store.views());
                bench.all(samples);
                System.out.print(json ? bench.json(runs, seconds) : bench.table());
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void all(int samples) {
        var now = Instant.now();
        var main = new Query(History.MAIN, null, null, null, PAGE);
        var someRuns = views.list(new Query(History.MAIN, null, null, before(), 200));
        ask("list", samples, i -> views.page(main));
        ask("list_deep_cursor", samples, i -> views.page(new Query(History.MAIN, null, null, before(), PAGE)));
        ask("list_workflow", samples, i -> views.page(new Query(History.MAIN, workflow(), null, null, PAGE)));
        ask("list_failed", samples, i -> views.page(new Query(History.MAIN, null, State.FAILED, null, PAGE)));
        ask("list_cancelled", samples, i -> views.page(new Query(History.MAIN, null, State.CANCELLED, before(), PAGE)));
        ask("list_workflow_failed_range", samples, i -> {
            var until = before();
            return views.page(new Query(
                    History.MAIN,
                    workflow(),
                    State.FAILED,
                    until,
                    Instant.ofEpochMilli(until.getMostSignificantBits() >>> 16).minus(Duration.ofDays(7)),
                    PAGE));
        });
        ask("list_small_organisation", samples, i -> views.page(new Query(History.SMALL, null, null, null, PAGE)));
        ask("dead_letters", samples, i -> views.page(new Query(History.MAIN, null, State.PARKED, null, PAGE)));
        ask(
                "open_run",
                samples,
                i -> views.see(History.MAIN, someRuns.get(i % someRuns.size()).run())
                        .orElseThrow());
        ask("counts_week", samples, i -> views.counts(History.MAIN, now.minus(Duration.ofDays(7))));
        ask("counts_year", samples, i -> views.counts(History.MAIN, now.minus(Duration.ofDays(365))));
    }

    private int workflow() {
        return 1 + random.nextInt(History.WORKFLOWS);
    }

    /// A moment of the year.
    private UUID before() {
        return Views.lowest(Instant.now().minus(Duration.ofMinutes(random.nextInt(330 * 24 * 60))));
    }

    private void ask(String name, int samples, IntFunction<?> question) {
        for (int i = 0; i < WARM_UP; i++) {
            question.apply(i);
        }
        var taken = new double[samples];
        for (int i = 0; i < samples; i++) {
            long start = System.nanoTime();
            question.apply(i);
            taken[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(taken);
        milliseconds.put(name, taken);
    }

    private static double share(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private String json(long runs, double seconds) {
        var text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "{\"bench\":\"history\",\"runs\":%d,\"fill_seconds\":%.1f", runs, seconds));
        milliseconds.forEach((name, taken) -> text.append(String.format(
                Locale.ROOT,
                ",\"%s\":{\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}",
                name,
                share(taken, 0.5),
                share(taken, 0.99),
                taken[taken.length - 1])));
        return text.append("}\n").toString();
    }

    private String table() {
        var text =
                new StringBuilder(String.format(Locale.ROOT, "%-28s %9s %9s %9s%n", "", "p50 ms", "p99 ms", "max ms"));
        milliseconds.forEach((name, taken) -> text.append(String.format(
                Locale.ROOT,
                "%-28s %9.2f %9.2f %9.2f%n",
                name,
                share(taken, 0.5),
                share(taken, 0.99),
                taken[taken.length - 1])));
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
