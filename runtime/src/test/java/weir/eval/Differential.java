package weir.eval;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import weir.graph.Expr;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;

/// All ways give the same result on every input: random expressions with random values, compared.
/// `bench/run differential` is the long form.
final class Differential {
    private static final String USAGE = """
            Usage: bench/run differential [--cases N] [--seed N] [--stop N] [--parts] [--node]

              --cases N   how many expressions times values (1000000)
              --seed N    the first seed (of the clock); the expression of a seed is always the same
              --stop N    ends after so many different disagreements (20)
              --parts     prints how often each part of the language was compared
              --node      compares with Node instead of the sandbox, every other expression about numbers and texts

            Ends with 0 when all ways agree on every case, 1 when not, 2 for wrong usage. Disagreements are printed as
            small as they could be made, in the form of differential.txt.
            """;

    /// With so many values each expression is tried.
    static final int VALUES = 10;

    /// One world is enough for one thread; a batch may take as long as many scripts.
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Limits.STANDARD.allocated() * 4, Limits.STANDARD.text(), 1);

    private static final int EXPRESSIONS = 40;
    /// The engine keeps what it has read; so it is left after so many batches.
    private static final int BATCHES = 100;
    /// As many disagreements that look the same are made small.
    private static final int ALIKE = 2;

    private final int values;
    private final int stop;
    private final boolean node;
    private final Coverage coverage = new Coverage();
    private final Map<String, Integer> alike = new HashMap<>();
    private final List<String> found = new ArrayList<>();
    private long compared;
    private long failed;
    private long notNative;
    private long limits;
    private long limitsOfScripts;
    private long disagreements;

    /// @param values with so many each expression is tried
    /// @param stop after so many different disagreements
    Differential(int values, int stop) {
        this(values, stop, false);
    }

    /// @param node whether Node stands in the place of the sandbox
    Differential(int values, int stop, boolean node) {
        this.values = values;
        this.stop = stop;
        this.node = node;
    }

    /// What native code is held against, and ends with it.
    private record World(Scripts scripts, Runnable end) implements AutoCloseable {
        World(Sandbox sandbox) {
            this(sandbox, sandbox::close);
        }

        World(NodeScripts node) {
            this(node, node::close);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private record Trial(long seed, Case test, String closures) {}

    /// Compares so many cases; each expression has a seed, the first of them this one.
    ///
    /// @param progress hears how far it is, now and then
    void run(long cases, long seed, PrintStream progress) {
        long expressions = (cases + values - 1) / values;
        long told = System.nanoTime();
        for (long done = 0; done < expressions && found.size() < stop; ) {
            try (var world = node ? new World(new NodeScripts()) : new World(new Sandbox(LIMITS))) {
                var ways = new AllWays(world.scripts());
                for (int i = 0; i < BATCHES && done < expressions && found.size() < stop; i++) {
                    long next = Math.min(done + EXPRESSIONS, expressions);
                    compare(trials(seed + done, seed + next, ways), ways);
                    done = next;
                    if (System.nanoTime() - told > 30_000_000_000L) {
                        told = System.nanoTime();
                        progress.printf(
                                Locale.ROOT,
                                "differential: %d of %d cases, %d disagreements%n",
                                done * values,
                                cases,
                                disagreements);
                    }
                }
            }
        }
    }

    /// Goes through so many cases without comparing them, for what [#coverage] says.
    void cover(long cases, long seed, AllWays ways) {
        trials(seed, seed + cases / values, ways);
    }

    /// The cases of the seeds, with what native code gives; without those that there is nothing to compare in.
    private List<Trial> trials(long from, long to, AllWays ways) {
        var trials = new ArrayList<Trial>();
        for (long seed = from; seed < to; seed++) {
            // The random numbers of seeds that follow each other are alike.
            var random = new Random(seed * 0x9E3779B97F4A7C15L);
            var exprs = new RandomExprs(random);
            boolean plain = node && seed % 2 == 0;
            var inputs = new RandomValues(random);
            var expr = plain ? PlainExprs.next(random) : exprs.next();
            if (node && callsOurs(expr)) {
                continue;
            }
            var code = ways.closures(expr, RandomExprs.NAMES);
            int before = trials.size();
            int good = 0;
            for (int i = 0; i < values; i++) {
                var test = new Case(
                        expr, RandomExprs.NAMES, plain ? PlainExprs.values(random, inputs) : inputs.forNames());
                var outcome = code.run(test.values());
                if (outcome.equals(AllWays.NOT_NATIVE)) {
                    notNative++;
                } else if (AllWays.isLimit(outcome)) {
                    limits++;
                } else {
                    good += outcome.startsWith("!") ? 0 : 1;
                    trials.add(new Trial(seed, test, outcome));
                }
            }
            int tried = trials.size() - before;
            coverage.count(expr, exprs.used(), tried, good);
            compared += tried;
            failed += tried - good;
        }
        return trials;
    }

    /// Node knows nothing of our functions.
    private static boolean callsOurs(Expr expr) {
        return !ScriptText.of(expr).script().functions().isEmpty();
    }

    /// Compares closures with bytecode, which knows the shapes of all the values.
    private void emitted(List<Trial> trials, AllWays ways) {
        var test = trials.getFirst().test();
        var all = trials.stream().map(trial -> trial.test().values()).toList();
        var told = ways.bytecode(test.expr(), test.names(), all);
        if (!told.isEmpty()) {
            var failing = trials.stream()
                    .filter(trial -> !ways.run(trial.test()).agrees())
                    .findFirst();
            if (failing.isPresent()) {
                disagreed(failing.get(), ways.run(failing.get().test()), ways);
            } else {
                disagreements++;
                found.add("seed " + trials.getFirst().seed() + ", with the shapes of all its values: "
                        + Smallest.text(test.expr()) + "\n" + String.join("\n", told));
            }
        }
    }

    private void compare(List<Trial> trials, AllWays ways) {
        trials.stream()
                .collect(Collectors.groupingBy(Trial::seed, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> emitted(alike, ways));
        var scripts = ways.scripts(trials.stream().map(Trial::test).toList());
        for (int i = 0; i < trials.size(); i++) {
            var trial = trials.get(i);
            if (AllWays.isLimit(scripts.get(i))) {
                limitsOfScripts++;
            } else if (!trial.closures().equals(scripts.get(i))) {
                // In a batch, what a function of the file complains about comes out as another kind of error.
                var alone = ways.run(trial.test());
                if (!alone.agrees()) {
                    disagreed(trial, alone, ways);
                }
            }
        }
    }

    /// Disagreements that look the same are mostly one mistake.
    private void disagreed(Trial trial, AllWays.Outcome outcome, AllWays ways) {
        disagreements++;
        var look =
                (outcome.closures() + " / " + outcome.script() + outcome.bytecode()).replaceAll("[0-9a-z\"]{9,}", "…");
        if (alike.merge(look, 1, Integer::sum) <= ALIKE && found.size() < stop) {
            found.add("seed " + trial.seed() + "\n" + new Smallest(ways).of(trial.test()));
        }
    }

    List<String> found() {
        return List.copyOf(found);
    }

    Coverage coverage() {
        return coverage;
    }

    /// How many cases were compared, and what became of the others.
    String report() {
        return String.format(
                Locale.ROOT,
                "%d cases compared, %d of them failures; %d not native; limits: %d in native code, %d in scripts only;"
                        + " %d disagreements",
                compared,
                failed,
                notNative,
                limits,
                limitsOfScripts,
                disagreements);
    }

    public static void main(String[] arguments) {
        long cases = 1_000_000;
        long seed = System.nanoTime() & 0xFFFF_FFFFFFL;
        int stop = 20;
        boolean parts = false;
        boolean node = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--cases" -> cases = Long.parseLong(arguments[++i]);
                    case "--seed" -> seed = Long.parseLong(arguments[++i]);
                    case "--stop" -> stop = Integer.parseInt(arguments[++i]);
                    case "--parts" -> parts = true;
                    case "--node" -> node = true;
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.print(USAGE);
            System.exit(2);
        }
        System.out.println("seed " + seed);
        long start = System.nanoTime();
        var differential = new Differential(VALUES, stop, node);
        differential.run(cases, seed, System.err);
        differential.found().forEach(System.out::println);
        System.out.println(differential.report());
        System.out.printf(
                Locale.ROOT, "%.0f cases a second%n", differential.compared / ((System.nanoTime() - start) / 1e9));
        if (parts) {
            System.out.print(differential.coverage());
        }
        var missing = differential.coverage().missing();
        System.out.println(missing.isEmpty() ? "every part of the language gave values" : "never a value: " + missing);
        System.exit(differential.disagreements > 0 ? 1 : 0);
    }
}
