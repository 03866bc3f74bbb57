package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import weir.graph.Expr;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.value.Json;
import weir.value.Value;

/// Both ways give the same result on every input: random expressions over random values, as closures and as JavaScript.
///
/// The long form: `java weir.eval.Differential [CASES [SEED]]`; each line it prints is a mistake, as small as it could
/// be made, in the form of `differential.txt`.
final class Differential {
    private static final int INPUTS_PER_EXPRESSION = 4;
    private static final int MAX_STEPS = 400;

    private final BothWays both;
    private final Random random;
    private final RandomExprs exprs;
    private final RandomValues values;

    Differential(Scripts sandbox, long seed) {
        this.both = new BothWays(sandbox);
        this.random = new Random(seed);
        this.exprs = new RandomExprs(random);
        this.values = new RandomValues(random);
    }

    /// @param values one for each of [RandomExprs#NAMES]
    record Case(Expr expr, List<Value> values) {
        @Override
        public String toString() {
            var text = new StringBuilder(ScriptText.of(expr).script().body().replaceAll("^return \\(|\\);$", ""));
            for (int i = 0; i < values.size(); i++) {
                text.append(" | ").append(Json.exactText(values.get(i)));
            }
            return text.toString();
        }
    }

    /// The disagreements among so many cases, shrunk.
    List<String> run(int cases, int stopAt) {
        var found = new ArrayList<String>();
        for (int done = 0; done < cases && found.size() < stopAt; done += INPUTS_PER_EXPRESSION) {
            var expr = exprs.any(2 + random.nextInt(4));
            for (int i = 0; i < INPUTS_PER_EXPRESSION; i++) {
                var test = new Case(
                        expr, List.of(values.number(), values.text(), values.list(2), values.record(2), values.any(2)));
                var outcome = outcome(test);
                if (!outcome.agrees()) {
                    found.add(shown(shrunk(test)) + "\n    before shrinking: " + test + " " + outcome);
                    break;
                }
            }
        }
        return found;
    }

    private BothWays.Outcome outcome(Case test) {
        return both.run(test.expr, RandomExprs.NAMES, test.values);
    }

    private String shown(Case test) {
        var outcome = outcome(test);
        return test + "\n    closures: " + outcome.closures() + "\n    script:   " + outcome.script();
    }

    private Case shrunk(Case test) {
        var smallest = test;
        for (int step = 0; step < MAX_STEPS; step++) {
            var smaller = smaller(smallest);
            if (smaller == null) {
                return smallest;
            }
            smallest = smaller;
        }
        return smallest;
    }

    private @org.jspecify.annotations.Nullable Case smaller(Case test) {
        for (var expr : Shrinking.smaller(test.expr)) {
            var candidate = new Case(expr, test.values);
            if (disagrees(candidate)) {
                return candidate;
            }
        }
        for (int i = 0; i < test.values.size(); i++) {
            for (var value : Shrinking.smaller(test.values.get(i))) {
                var changed = new ArrayList<>(test.values);
                changed.set(i, value);
                var candidate = new Case(test.expr, changed);
                if (disagrees(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /// Names that shrinking tore from their arrows make no case.
    private boolean disagrees(Case test) {
        var free = ScriptText.of(test.expr).names();
        return RandomExprs.NAMES.containsAll(free)
                && Shrinking.chainsAreWhole(test.expr, false)
                && !outcome(test).agrees();
    }

    public static void main(String[] arguments) {
        int cases = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        System.out.println("seed " + seed);
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            var found = new Differential(sandbox, seed).run(cases, 20);
            found.forEach(System.out::println);
            System.out.println(found.isEmpty() ? cases + " cases agree" : found.size() + " disagreements");
            if (!found.isEmpty()) {
                System.exit(1);
            }
        }
    }
}
