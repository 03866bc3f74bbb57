package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.Draws;
import weir.eval.Evaluation;
import weir.eval.Programs;
import weir.eval.Scripts;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Renderer;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Evaluations a second of a field mapping on an order of 5 kB, on one thread: Weir's compiled expression, its sandbox,
/// Java by hand, and V8 where Node is there.
public final class Mapping {
    private static final String EXPRESSION = "({ id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) })";

    private Mapping() {}

    /// The mapping's result in Java.
    public record Mapped(String id, double total) {}

    /// The order as a Java program would have it.
    public record Order(String id, List<Line> lines) {
        public record Line(double qty, double price) {}
    }

    /// The same mapping in several ways. Each was done once, and rightly.
    public static final class Subjects {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Draws NOTHING = what -> {
            throw new IllegalStateException("the mapping draws nothing");
        };

        private final byte[] text;
        private final Value value;
        private final Order order;
        private final Programs programs;
        private final Scripts scripts;

        public Subjects(Inputs inputs, Scripts scripts) throws IOException {
            this.scripts = scripts;
            text = inputs.largeOrder().getBytes(StandardCharsets.UTF_8);
            value = Json.read(text);
            order = order(JSON.readTree(text));
            programs = programs(scripts);
            var expected = byHand();
            String wanted = Json.text(byHandOverValues());
            for (Value one : List.of(weir(), Json.read(weirText()), sandbox())) {
                if (!Json.text(one).equals(wanted)) {
                    throw new IOException("the mapping gave " + one + ", expected " + expected);
                }
            }
        }

        private static Order order(JsonNode order) {
            List<Order.Line> lines = new ArrayList<>();
            order.get("lines")
                    .forEach(line -> lines.add(new Order.Line(
                            line.get("qty").doubleValue(), line.get("price").doubleValue())));
            return new Order(order.get("id").textValue(), lines);
        }

        private static Programs programs(Scripts scripts) throws IOException {
            String type = "{ id: string, lines: [{ qty: number, price: number }] }";
            String text = "function map(o: " + type + ") -> { id: string, total: number } = " + EXPRESSION + "\n";
            var compiled =
                    new Compiler(StandardCatalog.catalog()).compile(new Source("mapping.weir", text), Files.NONE);
            if (compiled.hasErrors()) {
                throw new IOException(
                        "the mapping does not compile:\n" + Renderer.plain().render(compiled.diagnostics()));
            }
            return new Programs(compiled.library(), RecordValue.EMPTY, scripts);
        }

        /// The compiled expression over a document that was read.
        public Value weir() {
            return programs.call("map", List.of(value), new Evaluation(NOTHING, Evaluation.STANDARD_OPERATIONS));
        }

        /// The same with JSON text in and out.
        public byte[] weirText() {
            return Json.bytes(programs.call(
                    "map", List.of(Json.read(text)), new Evaluation(NOTHING, Evaluation.STANDARD_OPERATIONS)));
        }

        /// The expression as JavaScript in the sandbox.
        public Value sandbox() {
            return scripts.run("return " + EXPRESSION + ";", List.of("o"), List.of(value));
        }

        /// Java over records of its own.
        public Mapped byHand() {
            double total = 0;
            for (var line : order.lines()) {
                total += line.qty() * line.price();
            }
            return new Mapped(order.id(), total);
        }

        /// Java over the values that Weir's expression has to work with.
        public Value byHandOverValues() {
            var from = (RecordValue) value;
            double total = 0;
            for (Value line : ((ListValue) member(from, "lines")).asList()) {
                total += number(line, "qty") * number(line, "price");
            }
            return RecordValue.builder()
                    .put("id", member(from, "id"))
                    .put("total", Value.of(total))
                    .build();
        }

        /// Java with JSON text in and out, as it is usually written.
        public byte[] byHandText() throws IOException {
            var from = JSON.readTree(text);
            double total = 0;
            for (var line : from.get("lines")) {
                total += line.get("qty").doubleValue() * line.get("price").doubleValue();
            }
            return JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("id", from.get("id").textValue())
                    .put("total", total));
        }

        private static Value member(RecordValue record, String name) {
            return java.util.Objects.requireNonNull(record.get(name));
        }

        private static double number(Value record, String name) {
            return ((NumberValue) member((RecordValue) record, name)).value();
        }
    }

    static Comparison run(Options options) throws IOException, InterruptedException {
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            return compare(options, sandbox);
        }
    }

    private static Comparison compare(Options options, Scripts scripts) throws IOException, InterruptedException {
        var inputs = new Inputs(options.root());
        var subjects = new Subjects(inputs, scripts);
        var comparison = new Comparison("mapping", new Stopwatch(options.warmUp(), options.window()), "java");
        comparison.measure("java", "hand-written Java over its own records", i -> subjects.byHand());
        comparison.measure("java_values", "hand-written Java over Weir's values", i -> subjects.byHandOverValues());
        comparison.measure("weir", "Weir's compiled expression", i -> subjects.weir());
        comparison.measure("java_text", "hand-written Java, JSON text in and out", i -> text(subjects));
        comparison.measure("weir_text", "Weir's compiled expression, JSON text in and out", i -> subjects.weirText());
        comparison.measure("weir_sandbox", "Weir's sandbox", i -> subjects.sandbox());
        node(inputs, options, comparison);
        return comparison;
    }

    private static byte[] text(Subjects subjects) {
        try {
            return subjects.byHandText();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
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
        comparison.put(
                "node_function", "Node, a function", rates.path("node_function").doubleValue());
        comparison.put(
                "node_vm",
                "Node's vm, a context used again",
                rates.path("node_vm").doubleValue());
        comparison.put(
                "node_vm_text",
                "Node's vm, JSON text in and out",
                rates.path("node_vm_text").doubleValue());
    }
}
