package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.Draws;
import weir.eval.Evaluation;
import weir.eval.Programs;
import weir.eval.RuleProgram;
import weir.eval.Scripts;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// Evaluations a second of a table with 100 rows and 6 columns, on one thread: Weir's, and a chain of conditions in
/// Java that was compiled for this table.
public final class Rules {
    private Rules() {}

    /// An input of the table.
    public record Customer(double age, double amount, double score, String country, String tier, String channel) {
        static Customer of(JsonNode input) {
            return new Customer(
                    input.get("age").doubleValue(),
                    input.get("amount").doubleValue(),
                    input.get("score").doubleValue(),
                    input.get("country").textValue(),
                    input.get("tier").textValue(),
                    input.get("channel").textValue());
        }

        List<Value> values() {
            return List.of(
                    Value.of(age),
                    Value.of(amount),
                    Value.of(score),
                    Value.of(country),
                    Value.of(tier),
                    Value.of(channel));
        }
    }

    /// An output of the table.
    public record Price(double discount, String code) {}

    /// The table as somebody would write it in Java.
    public interface ByHand {
        Price decide(Customer customer);
    }

    /// The same table in two languages, with its inputs. Every input was decided once by both, and rightly.
    public static final class Subjects {
        /// What decisions without `now()` draw.
        private static final Draws NOTHING = what -> {
            throw new IllegalStateException("the table draws nothing");
        };

        private static final Scripts NO_SCRIPTS = (body, parameters, arguments) -> {
            throw new IllegalStateException("the table holds no scripts");
        };

        private final List<Customer> customers;
        private final List<List<Value>> values;
        private final RuleProgram program;
        private final ByHand byHand;

        public Subjects(Inputs inputs) throws IOException {
            var table = inputs.table();
            var all = inputs.tableInputs();
            customers = all.stream().map(Customer::of).toList();
            values = customers.stream().map(Customer::values).toList();
            program = program(TableTexts.weir(table));
            byHand = GeneratedJava.instance("PriceTable", TableTexts.java(table, "PriceTable"), ByHand.class);
            for (int i = 0; i < all.size(); i++) {
                int expected = all.get(i).get("expect").intValue();
                compare(expected < 0 ? "none" : "R" + expected, i);
            }
        }

        private static RuleProgram program(String text) throws IOException {
            Compiled compiled =
                    new Compiler(StandardCatalog.catalog()).compile(new Source("table.weir", text), Files.NONE);
            if (compiled.hasErrors()) {
                throw new IOException(
                        "the table does not compile:\n" + Renderer.plain().render(compiled.diagnostics()));
            }
            return new Programs(compiled.library(), RecordValue.EMPTY, Subjects.NO_SCRIPTS).rules(TableTexts.RULES);
        }

        private void compare(String expected, int i) throws IOException {
            boolean weir =
                    ((RecordValue) weir(i)).get("code") instanceof StringValue(String code) && code.equals(expected);
            if (!weir || !byHand(i).code().equals(expected)) {
                throw new IOException("input %d: %s and %s, expected %s".formatted(i, weir(i), byHand(i), expected));
            }
        }

        public Value weir(int i) {
            var evaluation = new Evaluation(NOTHING, Evaluation.STANDARD_OPERATIONS);
            return program.decide(values.get(i % values.size()), evaluation).value();
        }

        public Price byHand(int i) {
            return byHand.decide(customers.get(i % customers.size()));
        }
    }

    static Comparison run(Options options) throws IOException {
        var subjects = new Subjects(new Inputs(options.root()));
        var comparison = new Comparison("rules", new Stopwatch(options.warmUp(), options.window()), "java_if_chain");
        comparison.measure(List.of(
                new Comparison.Way("java_if_chain", "hand-written Java, a chain of conditions", subjects::byHand),
                new Comparison.Way("weir", "Weir's table", subjects::weir)));
        return comparison;
    }
}
