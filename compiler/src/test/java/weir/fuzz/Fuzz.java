package weir.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import weir.fuzz.Inputs.Input;
import weir.fuzz.Inputs.Kind;

/// Tries many texts, one for each seed from the first on. `bench/run fuzz` starts it.
public final class Fuzz {
    private static final String USAGE = """
        Usage: bench/run fuzz [--inputs N] [--seed N] [--keep DIR] [--show]

          --inputs N   how many texts (10000)
          --seed N     the first seed (1); the text of a seed is always the same
          --keep DIR   where failing texts are kept, made small (target/fuzz)
          --show       prints the texts instead of trying them

        Ends with 0 when every text was taken, 1 when not, 2 for wrong usage.
        """;

    /// The same failure is made small and kept this often.
    private static final int KEPT = 3;

    private final Inputs inputs;
    private final Path keep;
    private final PrintStream out;
    private final Map<Kind, Integer> tried = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> spent = new EnumMap<>(Kind.class);
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private int reads;
    private int compiles;
    private long longest;
    private long slowest;

    Fuzz(Inputs inputs, Path keep, PrintStream out) {
        this.inputs = inputs;
        this.keep = keep;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("weir.root", "."));
        long count = 10_000;
        long seed = 1;
        Path keep = root.resolve("target/fuzz");
        boolean show = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--inputs" -> count = Long.parseLong(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--keep" -> keep = Path.of(arguments[++i]);
                    case "--show" -> show = true;
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.print(USAGE);
            return 2;
        }
        var inputs = new Inputs(new Corpus(root));
        if (show) {
            for (long i = seed; i < seed + count; i++) {
                System.out.println("---- " + i + " " + inputs.of(i).kind() + "\n"
                        + inputs.of(i).text());
            }
            return 0;
        }
        var fuzz = new Fuzz(inputs, keep, System.out);
        boolean taken = fuzz.tryAll(seed, count);
        System.out.print(fuzz.report(seed));
        return taken ? 0 : 1;
    }

    /// Whether all were taken.
    boolean tryAll(long seed, long count) throws IOException {
        var current = new AtomicReference<Input>();
        Thread watch = watch(current);
        long told = System.nanoTime();
        for (long i = seed; i < seed + count; i++) {
            Input input = inputs.of(i);
            current.set(input);
            Trial.Outcome outcome = Trial.of(input.text(), input.seed());
            note(input, outcome);
            if (outcome.failed().isPresent()) {
                failed(input, outcome.failed().get());
            }
            if (System.nanoTime() - told > 60_000_000_000L) {
                told = System.nanoTime();
                System.err.printf(Locale.ROOT, "fuzz: %d of %d, %d failures%n", i - seed + 1, count, sum());
            }
        }
        watch.interrupt();
        return failures.isEmpty();
    }

    private int sum() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Ends everything when one text does not come back.
    private Thread watch(AtomicReference<Input> current) {
        return Thread.ofPlatform().daemon().start(() -> {
            Input last = null;
            try {
                while (true) {
                    Thread.sleep(60_000);
                    Input now = current.get();
                    if (now != null && now == last) {
                        keepText(now, "hangs", now.text());
                        System.err.println("fuzz: seed " + now.seed() + " does not come back");
                        System.exit(1);
                    }
                    last = now;
                }
            } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
            } catch (IOException unwritable) {
                System.err.println("fuzz: " + unwritable.getMessage());
            }
        });
    }

    private void note(Input input, Trial.Outcome outcome) {
        tried.merge(input.kind(), 1, Integer::sum);
        reads += outcome.reads() ? 1 : 0;
        compiles += outcome.compiles() ? 1 : 0;
        spent.merge(input.kind(), outcome.nanoseconds(), Long::sum);
        if (outcome.nanoseconds() > longest) {
            longest = outcome.nanoseconds();
            slowest = input.seed();
        }
    }

    private void failed(Input input, Trial.Failed failed) throws IOException {
        if (failures.merge(failed.what(), 1, Integer::sum) > KEPT) {
            return;
        }
        boolean slow = failed.what().equals("takes long");
        String small = slow ? input.text() : Shrinking.shrink(input.text(), text -> failsAlike(text, input, failed));
        String details = Trial.of(small, input.seed())
                .failed()
                .map(Trial.Failed::details)
                .orElse(failed.details());
        Path kept = keepText(input, failed.what(), small);
        out.printf(
                "==== seed %d (%s): %s%n%s%n---- %s%n%s%n",
                input.seed(), input.kind(), failed.what(), details, kept, small);
    }

    private static boolean failsAlike(String text, Input input, Trial.Failed failed) {
        Optional<Trial.Failed> now = Trial.of(text, input.seed()).failed();
        return now.isPresent() && now.get().what().equals(failed.what());
    }

    private Path keepText(Input input, String what, String text) throws IOException {
        Files.createDirectories(keep);
        Path file = keep.resolve(input.seed() + "-" + what.replaceAll("[^A-Za-z0-9.]+", "-") + ".weir");
        Files.writeString(file, text.replaceAll("[\\uD800-\\uDFFF]", "?"));
        return file;
    }

    String report(long seed) {
        int count = tried.values().stream().mapToInt(Integer::intValue).sum();
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d texts from seed %d: %d without syntax errors, %d without any; %.2f ms CPU each, the longest %.0f ms (seed %d)%n",
                count,
                seed,
                reads,
                compiles,
                spent.values().stream().mapToLong(Long::longValue).sum() / 1e6 / Math.max(1, count),
                longest / 1e6,
                slowest));
        tried.forEach((kind, times) -> text.append(String.format(
                Locale.ROOT,
                "  %-16s %8d texts, %6.2f ms each%n",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                times,
                spent.getOrDefault(kind, 0L) / 1e6 / times)));
        failures.forEach(
                (what, times) -> text.append(times).append(" × ").append(what).append('\n'));
        return text.append(failures.isEmpty() ? "no failure\n" : "").toString();
    }
}
