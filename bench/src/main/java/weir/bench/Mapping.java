package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import weir.bench.MappingSubjects.Expression;
import weir.eval.Scripts;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;

/// Evaluations a second of a field mapping, a template, and a filter with a map and a template, on an order of 5 kB, on
/// one thread: Weir's compiled expression, its sandbox, Java by hand, and V8 where Node is there.
final class Mapping {
    private Mapping() {}

    static Comparison run(Options options) throws IOException, InterruptedException {
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            return compare(options, sandbox);
        }
    }

    private static Comparison compare(Options options, Scripts scripts) throws IOException, InterruptedException {
        var inputs = new Inputs(options.root());
        var subjects = new MappingSubjects(inputs, scripts);
        var comparison = new Comparison("mapping", new Stopwatch(options.warmUp(), options.window()), "java");
        for (var expression : Expression.values()) {
            var prefix = prefix(expression);
            var what = expression.name().toLowerCase(Locale.ROOT) + ": ";
            comparison.measure(List.of(
                    new Comparison.Way(
                            prefix + "java",
                            what + "hand-written Java, its own records",
                            i -> subjects.byHand(expression)),
                    new Comparison.Way(
                            prefix + "java_values",
                            what + "hand-written Java, Weir's values",
                            i -> subjects.byHandOverValues(expression)),
                    new Comparison.Way(
                            prefix + "weir", what + "Weir's compiled expression", i -> subjects.weir(expression))));
        }
        comparison.measure(List.of(
                new Comparison.Way(
                        "java_text", "mapping: hand-written Java, JSON text in and out", i -> text(subjects)),
                new Comparison.Way("weir_text", "mapping: Weir, JSON text in and out", i -> subjects.weirText())));
        comparison.measure("weir_sandbox", "mapping: Weir's sandbox", i -> subjects.sandbox(Expression.MAPPING));
        node(inputs, options, comparison);
        for (var expression : Expression.values()) {
            for (var other : new String[] {"java", "java_values", "node_function", "node_vm"}) {
                comparison.relate(prefix(expression) + "weir", prefix(expression) + other);
            }
        }
        comparison.relate("weir_text", "java_text");
        comparison.relate("weir_text", "node_vm_text");
        return comparison;
    }

    /// The mapping's names stand without one.
    private static String prefix(Expression expression) {
        return expression == Expression.MAPPING ? "" : expression.name().toLowerCase(Locale.ROOT) + "_";
    }

    private static byte[] text(MappingSubjects subjects) {
        try {
            return subjects.byHandText();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Left out where there is no Node.
    private static void node(Inputs inputs, Options options, Comparison comparison)
            throws IOException, InterruptedException {
        Progress.say("V8");
        JsonNode rates;
        try {
            var node = new ProcessBuilder(
                            "node",
                            inputs.script("mapping.js").toString(),
                            String.format(Locale.ROOT, "%d", options.window().toSeconds()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            rates = new ObjectMapper().readTree(node.getInputStream());
            if (node.waitFor() != 0) {
                throw new IOException("bench/mapping.js failed");
            }
        } catch (IOException missing) {
            System.err.println("bench: Node is left out: " + missing.getMessage());
            return;
        }
        for (var expression : Expression.values()) {
            var what = expression.name().toLowerCase(Locale.ROOT) + ": ";
            put(comparison, rates, prefix(expression) + "node_function", what + "Node, a function");
            put(comparison, rates, prefix(expression) + "node_vm", what + "Node's vm, a context used again");
        }
        put(comparison, rates, "node_vm_text", "mapping: Node's vm, JSON text in and out");
    }

    private static void put(Comparison comparison, JsonNode rates, String name, String what) {
        comparison.put(name, what, rates.path(name).doubleValue());
    }
}
