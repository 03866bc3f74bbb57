package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Library;
import weir.graph.RuleSet;
import weir.graph.RuleSet.Cell;
import weir.graph.RuleSet.Test.Compare;
import weir.graph.RuleSet.Test.Condition;
import weir.graph.RuleSet.Test.Equal;
import weir.graph.RuleSet.Test.Range;
import weir.model.Parameter;
import weir.model.StandardCatalog;
import weir.model.Type;
import weir.source.Renderer;
import weir.source.Source;
import weir.source.Span;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

class RulesTest {
    private static final String TEXT = """
            type Order = { id: string, customer: { tier: "gold" | "silver" | "none" } }

            rules discount(tier: "gold" | "silver" | "none", total: number) -> { rate: number, reason: string } first {
              | tier             | total       || rate         | reason           |
              | ---------------- | ----------- || ------------ | ---------------- |
              | "gold"           | >= 500      || 0.15         | "gold, big cart" |
              | "gold", "silver" | 100 ..< 500 || total / 1000 | "loyal"          |
              | -                | >= 1000     || 0.05         | "big cart"       |
              | else             |             || 0            | "list price"     |
            }

            rules size(total: number) -> string {
              | total     || size     |
              | --------- || -------- |
              | < 10      || "small"  |
              | 10..99    || "medium" |
              | > 99      || "large"  |
            }

            rules points(order: Order, total: number) -> int all {
              | order.customer.tier | total        || points |
              | ------------------- | ------------ || ------ |
              | "gold"              | -            || 10     |
              | not "none"          | > 100        || 5      |
              | -                   | (total > 50) || 1      |
            }

            rules band(total: number) -> string first {
              when total > 100 then "high"
              when total > 10 then "middle"
              else "low"
            }

            rules price(sku: string) -> number first {
              | sku || price |
              | --- || ----- |
              | "a" || 1     | valid until "2026-01-01T00:00:00.000Z"
              | "a" || 2     | valid from "2026-01-01T00:00:00.000Z"
              | else || 0    |
            }
            """;

    private static Programs programs(String text) {
        var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source("rules.weir", text), Files.NONE);
        assertEquals("", compiled.hasErrors() ? Renderer.plain().render(compiled.diagnostics()) : "");
        return new Programs(compiled.library(), RecordValue.EMPTY, (body, names, values) -> Value.of(body));
    }

    private static final Programs PROGRAMS = programs(TEXT);

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '~', textBlock = """
            discount ⇒ ["gold", 500]    ⇒ {"rate":0.15,"reason":"gold, big cart"} ⇒ [1]
            discount ⇒ ["gold", 499]    ⇒ {"rate":0.499,"reason":"loyal"}         ⇒ [2]
            discount ⇒ ["silver", 1000] ⇒ {"rate":0.05,"reason":"big cart"}       ⇒ [3]
            discount ⇒ ["none", 0]      ⇒ {"rate":0,"reason":"list price"}        ⇒ [4]
            discount ⇒ ["none", null]   ⇒ {"rate":0,"reason":"list price"}        ⇒ [4]
            size     ⇒ [9.99]           ⇒ "small"                                 ⇒ [1]
            size     ⇒ [10]             ⇒ "medium"                                ⇒ [2]
            size     ⇒ [99]             ⇒ "medium"                                ⇒ [2]
            size     ⇒ [99.5]           ⇒ "large"                                 ⇒ [3]
            size     ⇒ ["10"]           ⇒ null                                    ⇒ []
            points   ⇒ [{"id": "1", "customer": {"tier": "gold"}}, 200]   ⇒ [10,5,1] ⇒ [1, 2, 3]
            points   ⇒ [{"id": "1", "customer": {"tier": "silver"}}, 60]  ⇒ [1]      ⇒ [3]
            points   ⇒ [{"id": "1", "customer": {"tier": "none"}}, 1]     ⇒ []       ⇒ []
            band     ⇒ [101]            ⇒ "high"                                  ⇒ [1]
            band     ⇒ [11]             ⇒ "middle"                                ⇒ [2]
            band     ⇒ [1]              ⇒ "low"                                   ⇒ [3]
            """)
    void rulesDecideAsTheirTextSays(String rules, String arguments, String result, String rows) {
        var evaluation = ExpressionCases.evaluation();
        var values = ((ListValue) Json.read(arguments)).asList();
        var outcome = PROGRAMS.rules(rules).decide(values, evaluation);
        assertEquals(result, Json.text(outcome.value()));
        assertEquals(rows, outcome.rows().toString());
        assertEquals(
                rows.equals("[]") && !rules.equals("points") ? "[]" : "[Fired[rules=" + rules + ", rows=" + rows + "]]",
                evaluation.fired().toString());
    }

    @Test
    void rowsAreValidFromAndUntilATime() {
        var price = PROGRAMS.rules("price");
        var arguments = List.of(Value.of("a"));
        var turn = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(
                Value.of(1),
                price.decide(arguments, ExpressionCases.evaluation(), turn.minusMillis(1))
                        .value());
        assertEquals(
                Value.of(2),
                price.decide(arguments, ExpressionCases.evaluation(), turn).value());
        var drawn = new Evaluation(what -> Value.of("2025-06-01T00:00:00.000Z"), 1000);
        assertEquals(Value.of(1), price.decide(arguments, drawn).value());
    }

    @Test
    void nanIsRefused() {
        var error = assertThrows(
                EvaluationError.class,
                () -> PROGRAMS.rules("size").decide(List.of(Value.of(Double.NaN)), ExpressionCases.evaluation()));
        assertEquals("nan_input", error.code());
    }

    @Test
    void rowsThatMustAgreeDo() {
        var programs = new Programs(
                new Library(
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(set(
                                RuleSet.Policy.UNIQUE,
                                List.of(
                                        row(List.of(compare(BinaryOperator.GREATER, 1)), text("a")),
                                        row(List.of(compare(BinaryOperator.GREATER, 2)), text("a")),
                                        row(List.of(compare(BinaryOperator.GREATER, 3)), text("b"))),
                                1))),
                RecordValue.EMPTY,
                (body, names, values) -> Value.of(body));
        var rules = programs.rules("rules");
        assertEquals(
                Value.of("a"),
                rules.decide(List.of(Value.of(3)), ExpressionCases.evaluation()).value());
        var error = assertThrows(
                EvaluationError.class, () -> rules.decide(List.of(Value.of(4)), ExpressionCases.evaluation()));
        assertEquals("rows 1 and 3 of the rules `rules` both match, but give different results", error.sentence());
        assertEquals("conflicting_rules", error.code());
    }

    @Test
    void anIndexedTableDecidesLikeAScannedOne() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            var policy = RuleSet.Policy.values()[random.nextInt(3)];
            int columns = 1 + random.nextInt(3);
            var rows = new ArrayList<RuleSet.Row>();
            for (int i = random.nextInt(140); i >= 0; i--) {
                var cells = new ArrayList<Cell>();
                for (int c = 0; c < columns; c++) {
                    cells.add(cell(random));
                }
                var output =
                        policy == RuleSet.Policy.UNIQUE && random.nextInt(20) > 0 ? text("same") : text("row " + i);
                rows.add(row(cells, output));
            }
            var set = set(policy, rows, columns);
            var programs = new Programs(Library.EMPTY, RecordValue.EMPTY, (body, names, values) -> Value.of(body));
            var indexed = RuleCompiler.compile(set, programs, 0);
            var scanned = RuleCompiler.compile(set, programs, Integer.MAX_VALUE);
            for (int i = 0; i < 40; i++) {
                var arguments = new ArrayList<Value>();
                for (int c = 0; c < columns; c++) {
                    arguments.add(value(random));
                }
                assertEquals(
                        decide(scanned, arguments), decide(indexed, arguments), () -> "seed " + seed + " " + arguments);
            }
        }
    }

    private static String decide(RuleProgram rules, List<Value> arguments) {
        try {
            return rules.decide(arguments, ExpressionCases.evaluation()).toString();
        } catch (EvaluationError error) {
            return error.code() + error.sentence();
        }
    }

    private static Value value(Random random) {
        return random.nextInt(3) == 0 ? new RandomValues(random).any(1) : constant(random.nextInt(14));
    }

    private static Value constant(int i) {
        return switch (i) {
            case 0 -> Value.of("");
            case 1 -> Value.of("a");
            case 2 -> Value.of("a\0");
            case 3 -> Value.of("ab");
            case 4 -> Value.of("b");
            case 5 -> Value.of(-0.0);
            case 6 -> Value.of(true);
            case 7 -> Value.of(Math.nextUp(1.0));
            default -> Value.of((i - 9) / 2.0);
        };
    }

    private static Expr literal(Random random) {
        var value = constant(random.nextInt(14));
        return switch (value) {
            case weir.value.StringValue(String text) -> text(text);
            case weir.value.NumberValue(double number) -> new Expr.Numeric(number, Span.NONE);
            // Default: the only other one.
            default -> random.nextBoolean() ? new Expr.Truth(true, Span.NONE) : new Expr.Null(Span.NONE);
        };
    }

    private static Cell cell(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Cell.Any();
            case 1 -> new Cell.Tests(random.nextBoolean(), List.of(test(random), test(random)));
            default -> new Cell.Tests(random.nextInt(4) == 0, List.of(test(random)));
        };
    }

    private static RuleSet.Test test(Random random) {
        var operators = List.of(
                BinaryOperator.LESS, BinaryOperator.LESS_EQUAL, BinaryOperator.GREATER, BinaryOperator.GREATER_EQUAL);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Equal(literal(random));
            case 3, 4 -> new Compare(operators.get(random.nextInt(4)), literal(random));
            case 5 -> new Range(literal(random), literal(random), random.nextBoolean());
            case 6 -> new Equal(new Expr.Name("p0", Span.NONE));
            default ->
                new Condition(new Expr.Binary(
                        BinaryOperator.EQUAL, new Expr.Name("p0", Span.NONE), literal(random), Span.NONE));
        };
    }

    private static Cell compare(BinaryOperator operator, double value) {
        return new Cell.Tests(false, List.of(new Compare(operator, new Expr.Numeric(value, Span.NONE))));
    }

    private static Expr text(String value) {
        return new Expr.Text(value, Span.NONE);
    }

    private static RuleSet.Row row(List<Cell> cells, Expr output) {
        return new RuleSet.Row(false, cells, List.of(output), null, null, Span.NONE);
    }

    private static RuleSet set(RuleSet.Policy policy, List<RuleSet.Row> rows, int columns) {
        var parameters = new ArrayList<Parameter>();
        var inputs = new ArrayList<Expr>();
        for (int i = 0; i < columns; i++) {
            parameters.add(new Parameter("p" + i, Type.Basic.JSON, false, ""));
            inputs.add(new Expr.Name("p" + i, Span.NONE));
        }
        return new RuleSet(
                "rules",
                "",
                parameters,
                Type.Basic.STRING,
                policy,
                new RuleSet.Body.Table(inputs, List.of("out"), false, rows),
                Span.NONE);
    }
}
