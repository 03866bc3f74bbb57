package weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/// Measures what the first argument names; `bench/run` starts it.
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /// Ends with 0 when everything asked for was measured, 1 when it was not, 2 for wrong usage.
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, Path.of(System.getProperty("weir.root", "."))));
    }

    private static int run(String[] arguments, Path root) throws InterruptedException {
        try {
            var options = Options.read(arguments, root);
            if (options.bench().equals("jmh")) {
                org.openjdk.jmh.Main.main(options.rest().toArray(String[]::new));
                return 0;
            }
            if (options.bench().equals("breakdown")) {
                return breakdown(options.rest());
            }
            return measure(options);
        } catch (Options.Wrong wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.err.print(Options.USAGE);
            return USAGE;
        } catch (IOException failed) {
            System.err.println("bench: " + failed.getMessage());
            return FAILED;
        }
    }

    private static int breakdown(List<String> words) throws Options.Wrong, IOException {
        try {
            var after = Duration.ofSeconds(words.size() > 1 ? Long.parseLong(words.get(1)) : 0);
            System.out.print(Breakdown.of(Path.of(words.getFirst()), after));
            return 0;
        } catch (NoSuchElementException | NumberFormatException unclear) {
            throw new Options.Wrong("breakdown takes a recording, and how many of its first seconds do not count");
        }
    }

    private static int measure(Options options) throws IOException, InterruptedException {
        Figures report = switch (options.bench()) {
            case "orders" -> Orders.run(options);
            case "api" -> Api.run(options);
            case "rules" -> Rules.run(options);
            case "mapping" -> Mapping.run(options);
            case "sandbox" -> Sandboxing.run(options);
            case "queue" -> Queueing.run(options);
            case "compiler" -> Compilation.run(options);
            default -> throw new IllegalStateException(options.bench());
        };
        System.out.print(options.json() ? report.json() + "\n" : report.table());
        return report.isRight() ? 0 : FAILED;
    }
}
