package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.graph.Expr;
import weir.graph.Library;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.Value;

/// Whoever meets a limit learns which, how much, and what sets it.
class BudgetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPERATIONS | Array.from({ length: 2000 }, (x, i) => i) | limit_operations |"
                        + " this expression took more than 1,000 operations",
                "TEXT  | \"x\".repeat(2000)                | limit_size  | this expression makes a text of more than 1,000 characters",
                "TEXT  | [\"x\".repeat(900), \"y\".repeat(900)].join() | limit_size |"
                        + " the items of this list make a text of more than 1,000 characters",
                "SIZE  | [1, 2, 3, 4, 5, 6, 7, 8, 9].map(x => \"x\".repeat(900)) | limit_size |"
                        + " this expression makes more data than 1,000, counting 1 for a character and 8 for an item",
                "DEPTH | down(9)                        | limit_depth | functions call each other more than 1 deep",
            })
    void aLimitThatIsReachedIsNamedWithItsValueAndItsVariable(
            Budget.Limit limit, String expression, String code, String reason) {
        var evaluation = new Evaluation(what -> Value.of(0), Budget.STANDARD.with(limit, Math.max(limit.least, 1)));
        var program = new Programs(LIBRARY, RecordValue.EMPTY, (body, names, values) -> Value.of(body))
                .compile(Exprs.read(expression, java.util.Set.of("down")), new Scope(null));
        var error = assertThrows(EvaluationError.class, () -> program.run(new Frame(null, 0), evaluation));
        assertEquals(code, error.code());
        assertEquals(
                reason + " (limit `" + limit.limitName() + "`, set by " + limit.variable() + ")", error.sentence());
    }

    private static final Library LIBRARY = new Library(
            java.util.Map.of(),
            List.of(),
            List.of(),
            List.of(new Library.Function(
                    "down",
                    List.of(new Parameter("x", Type.Basic.NUMBER, false, "")),
                    Type.Basic.NUMBER,
                    new Library.Function.Body.Of(
                            new Expr.Apply("down", List.of(new Expr.Name("x", Span.NONE)), Span.NONE)),
                    Span.NONE)),
            List.of());

    private static final Library FENCED = new Library(
            java.util.Map.of(),
            List.of(),
            List.of(),
            List.of(new Library.Function(
                    "fence",
                    List.of(new Parameter("x", Type.Basic.JSON, false, "")),
                    Type.Basic.JSON,
                    new Library.Function.Body.Script("return x", null),
                    Span.NONE)),
            List.of());

    private static Value fences(Scripts scripts, Evaluation evaluation) {
        return new Programs(FENCED, RecordValue.EMPTY, scripts)
                .compile(Exprs.read("[1, 2, 3].map(x => fence(x))", java.util.Set.of("fence")), new Scope(null))
                .run(new Frame(null, 0), evaluation);
    }

    @Test
    void scriptsTogetherHaveTheTimeOfTheEvaluation() {
        Scripts slow = (body, names, values) -> {
            long end = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return values.getFirst();
        };
        var hurried = new Evaluation(what -> Value.of(0), Budget.STANDARD.with(Budget.Limit.TIME, 1));
        assertEquals(
                "limit_time",
                assertThrows(EvaluationError.class, () -> fences(slow, hurried)).code());
        assertEquals(
                "[1,2,3]", weir.value.Json.text(fences(slow, new Evaluation(what -> Value.of(0), Budget.STANDARD))));
    }

    @Test
    void aMistakeOfOursFailsTheExpressionAndTellsNothingOfIt() {
        Scripts broken = (body, names, values) -> {
            throw new NullPointerException("hunter2");
        };
        var error = assertThrows(
                EvaluationError.class, () -> fences(broken, new Evaluation(what -> Value.of(0), Budget.STANDARD)));
        assertEquals("internal_error", error.code());
        assertTrue(!error.sentence().contains("hunter2"), error.sentence());
    }

    @Test
    void aLimitKeepsWithinItsRange() {
        assertThrows(IllegalArgumentException.class, () -> Budget.STANDARD.with(Budget.Limit.DEPTH, 100_000));
        assertThrows(IllegalArgumentException.class, () -> Budget.STANDARD.with(Budget.Limit.TIME, 0));
        for (var limit : Budget.Limit.values()) {
            assertEquals(limit.most, Budget.STANDARD.with(limit, limit.most).of(limit));
        }
    }

    @Test
    void whatIsUnderWayDoesNotGetDeeperByFailing() {
        var evaluation = new Evaluation(what -> Value.of(0), Budget.STANDARD.with(Budget.Limit.DEPTH, 2));
        var programs = new Programs(LIBRARY, RecordValue.EMPTY, (body, names, values) -> Value.of(body));
        for (int i = 0; i < 3; i++) {
            var error =
                    assertThrows(EvaluationError.class, () -> programs.call("down", List.of(Value.of(1)), evaluation));
            assertEquals("limit_depth", error.code());
        }
    }
}
