package weir.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/// What was asked for on the command line.
///
/// @param bench which one
/// @param clients how many at once, or empty: the usual 1, 16 and 64
/// @param asynchronous only starts, without waiting for results
/// @param json one object instead of a table
/// @param folder where the server's data lie while it runs; must be on a real disk
/// @param root the checkout
/// @param rest what is handed on to JMH
record Options(
        String bench,
        OptionalInt clients,
        boolean asynchronous,
        Duration warmUp,
        Duration window,
        boolean json,
        Path folder,
        Path root,
        List<String> rest) {
    static final List<String> BENCHES =
            List.of("orders", "rules", "mapping", "sandbox", "api", "queue", "compiler", "jmh", "breakdown");

    static final String USAGE = """
        Usage: bench/run orders|rules|mapping|sandbox|api|queue|compiler [--clients N] [--seconds N] [--warm-up N] [--json]
               bench/run jmh [JMH's options]
               bench/run breakdown FILE.jfr [SECONDS]
               bench/run fuzz [--inputs N] [--seed N]

          orders    completed durable runs of the order workflow a second (starts a server and an echo server)
          api       requests a second for a mix of reads and starts (starts a server)
          rules     evaluations a second of a table with 100 rows, beside hand-written Java
          mapping   evaluations a second of a field mapping, beside hand-written Java and Node's vm
          sandbox   small scripts a second in threads and in processes, alone and beside attacks
          queue     microseconds a run in the queue behind a million others, and the place of a newcomer's (starts a Redis)
          compiler  how long people wait for a check, an editor's answer and the command in a shell, to 50,000 lines
          jmh       the micro benchmarks under JMH
          breakdown no measuring: shares of a server's processor time, from a flight recording without its first seconds
          fuzz      no measuring: hands spoiled texts to all that reads texts; see bench/run fuzz --help

          --clients N   as many clients at once; without it orders takes 1, 16 and 64, then 64 that do not wait
          --async       orders: clients do not wait for results
          --seconds N   how long to measure (20; rules and mapping: 5; sandbox and compiler: 5 each)
          --warm-up N   how long not to measure before (8; the others: 5)
          --data DIR    where the server's data lie meanwhile; on a disk, not in memory (/var/tmp)
          --json        one JSON object instead of a table

        Ends with 0 when everything asked for was measured, 1 when it was not, 2 for wrong usage.
        """;

    /// What cannot be made sense of.
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static Options read(String[] arguments, Path root) throws Wrong {
        if (arguments.length == 0 || !BENCHES.contains(arguments[0])) {
            throw new Wrong("say what to measure: " + String.join(", ", BENCHES));
        }
        String bench = arguments[0];
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        boolean micro = List.of("rules", "mapping", "sandbox", "compiler").contains(bench);
        var options = new Options(
                bench,
                OptionalInt.empty(),
                false,
                Duration.ofSeconds(micro ? 5 : 8),
                Duration.ofSeconds(micro ? 5 : 20),
                false,
                Path.of("/var/tmp"),
                root,
                rest);
        return List.of("jmh", "breakdown").contains(bench) ? options : options.with(new ArrayList<>(rest).iterator());
    }

    private Options with(Iterator<String> words) throws Wrong {
        Options now = this;
        while (words.hasNext()) {
            String word = words.next();
            now = switch (word) {
                case "--clients" -> now.clients(number(word, words, 1, 4_096));
                case "--seconds" -> now.times(now.warmUp, Duration.ofSeconds(number(word, words, 1, 3_600)));
                case "--warm-up" -> now.times(Duration.ofSeconds(number(word, words, 0, 3_600)), now.window);
                case "--async" -> now.flags(true, now.json);
                case "--json" -> now.flags(now.asynchronous, true);
                case "--data" -> now.folder(Path.of(value(word, words)));
                default -> throw new Wrong("there is no option " + word);
            };
        }
        return now;
    }

    private static String value(String option, Iterator<String> words) throws Wrong {
        if (!words.hasNext()) {
            throw new Wrong(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String option, Iterator<String> words, int least, int most) throws Wrong {
        String value = value(option, words);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // Said below, as for a number out of range.
        }
        throw new Wrong("%s needs a whole number from %d to %d, not \"%s\"".formatted(option, least, most, value));
    }

    private Options clients(int count) {
        return new Options(bench, OptionalInt.of(count), asynchronous, warmUp, window, json, folder, root, rest);
    }

    private Options times(Duration before, Duration measured) {
        return new Options(bench, clients, asynchronous, before, measured, json, folder, root, rest);
    }

    private Options flags(boolean notWaiting, boolean object) {
        return new Options(bench, clients, notWaiting, warmUp, window, object, folder, root, rest);
    }

    private Options folder(Path where) {
        return new Options(bench, clients, asynchronous, warmUp, window, json, where, root, rest);
    }
}
