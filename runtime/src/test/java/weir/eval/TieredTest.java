package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.Value;

/// When expressions become bytecode, what they do with records of other shapes, and what becomes of their classes.
class TieredTest {
    private static final String TOTAL = "o.lines.reduce((a, l) => a + l.qty * l.price, 0)";

    private static EmittedWay way(String expression) {
        return new EmittedWay(Exprs.read(expression), List.of("o"));
    }

    private static Value order(String line, int lines) {
        return Json.read(
                IntStream.range(0, lines).mapToObj(i -> line).collect(Collectors.joining(", ", "{\"lines\": [", "]}")));
    }

    @Test
    void whatRunsOftenBecomesBytecodeAndWhatRunsSeldomDoesNot() {
        var way = way(TOTAL);
        var order = order("{\"qty\": 2, \"price\": 10.5}", 3);
        for (int i = 0; i < 10; i++) {
            way.outcome(way.tiered, List.of(order));
        }
        assertFalse(way.tiered.isEmitted());
        for (int i = 0; i < 2_000; i++) {
            way.outcome(way.tiered, List.of(order));
        }
        assertTrue(way.tiered.isEmitted());
        assertEquals(way.outcome(way.closures, List.of(order)), way.outcome(way.tiered, List.of(order)));
    }

    @Test
    void recordsOfOtherShapesGiveTheSameAndAreExpectedLater() {
        var way = way(TOTAL);
        way.outcome(way.closures, List.of(order("{\"qty\": 2, \"price\": 10.5}", 3)));
        way.tiered.emitNow();
        var other = order("{\"price\": 10.5, \"discount\": 1, \"qty\": 4}", 1_000);
        var wanted = way.outcome(way.closures, List.of(other));
        boolean anew = false;
        for (int i = 0; i < 30; i++) {
            assertEquals(wanted, way.outcome(way.tiered, List.of(other)));
            anew |= !way.tiered.isEmitted();
        }
        assertTrue(anew);
        assertTrue(way.tiered.isEmitted());
    }

    @Test
    void anythingInPlaceOfARecordFailsAsInClosures() {
        var way = way("o.lines.map(({ qty, price }) => qty * price.net)");
        var inputs = List.of(
                List.of(order("{\"qty\": 2, \"price\": {\"net\": 1}}", 3)),
                List.of(order("{\"qty\": 2}", 3)),
                List.of(order("null", 1)),
                List.of(order("\"text\"", 1)),
                List.of(Json.read("{\"lines\": {}}")),
                List.of(Json.read("null")));
        assertEquals(List.of(), way.disagreements(inputs));
    }

    @Test
    void sumsGoOnWithAnythingThatIsAdded() {
        var inputs = List.of(
                List.of(Json.read("{\"lines\": [1, 2.5, -0, 4]}")),
                List.of(Json.read("{\"lines\": []}")),
                List.of(Json.read("{\"lines\": [1, 2, \"x\", 3, null, {\"qty\": 1}]}")),
                List.of(Json.read("{\"lines\": [\"x\"]}")),
                List.of(Json.read("{\"lines\": [1, 2, {\"toString\": 1}, 3]}")),
                List.of(Json.read("{\"lines\": [1, [2, [3]], true, 4]}")));
        for (var sum : List.of(
                "o.lines.reduce((a, l) => a + l, 0)",
                "o.lines.reduce((a, l, i) => a + (l ?? i), 1)",
                "o.lines.reduceRight((a, l, i) => a + o.lines[i], 0)",
                "o.lines.reduce((a, l) => a + (a > 1 ? l : 1), 0)",
                "o.lines.reduce((a, l) => a + o.lines.reduce((b, k) => b + l + k, 0), 0)")) {
            assertEquals(List.of(), way(sum).disagreements(inputs), sum);
        }
        var many = order("{\"qty\": 2}", 200);
        assertEquals(List.of(), way("o.lines.reduce((a, l) => a + l.qty, 0)").disagreements(List.of(List.of(many))));
    }

    @Test
    void budgetsEndWhereTheyEndInClosures() {
        var way = way("o.lines.map(l => o.lines.some(k => k.qty > l.qty)).length");
        way.tiered.emitNow();
        var order = List.of(order("{\"qty\": 2}", 100));
        for (long operations = 0; operations < 80_000; operations += 997) {
            assertEquals(
                    limited(way, way.closures, order, operations),
                    limited(way, way.tiered, order, operations),
                    operations + " operations");
        }
    }

    /// Without the place: of two loops in each other either may be where the budget ends.
    private static String limited(EmittedWay way, Code code, List<Value> values, long operations) {
        return way.outcome(code, values, new Evaluation(what -> Value.of(what.name()), operations))
                .replaceAll(" Span\\[.*", "");
    }

    @Test
    void longAndDeepExpressionsGiveTheSame() {
        var order = List.of(order("{\"qty\": 2, \"price\": 10.5}", 3));
        var fields = IntStream.range(0, 140)
                .mapToObj(i -> "f" + i + ": o.lines[" + i % 3 + "].qty * " + i + " + " + TOTAL)
                .collect(Collectors.joining(", ", "({ ", " })"));
        assertEquals(List.of(), way(fields).disagreements(List.of(order)));
        var items = IntStream.range(0, 3_000)
                .mapToObj(i -> "o.lines[0].qty + " + i)
                .collect(Collectors.joining(", ", "[", "]"));
        assertEquals(List.of(), way(items).disagreements(List.of(order)));
        var deep = "(1 + ".repeat(180) + "o.lines[0].qty" + ")".repeat(180);
        assertEquals(List.of(), way(deep).disagreements(List.of(order)));
        var texts = IntStream.range(0, 60)
                .mapToObj(i -> "${o.lines[0].qty + " + i + "} \u0001")
                .collect(Collectors.joining("", "`", "`"));
        assertEquals(List.of(), way(texts).disagreements(List.of(order)));
    }

    @Test
    void threadsShareAnExpressionWhileItBecomesBytecode() throws Exception {
        var scope = new Scope(null);
        scope.declare("o");
        var program = EmittedWay.PROGRAMS.compile(Exprs.read(TOTAL), scope);
        var frame = new Frame(null, 1);
        frame.set(0, order("{\"qty\": 2, \"price\": 10.5}", 40));
        Callable<Boolean> runs = () -> {
            for (int i = 0; i < 3_000; i++) {
                if (!program.run(frame, ExpressionCases.evaluation()).equals(Value.of(840))) {
                    return false;
                }
            }
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var right : threads.invokeAll(List.of(runs, runs, runs, runs))) {
                assertTrue(right.get());
            }
        }
    }

    @Test
    void classesGoWithTheirPrograms() {
        var emitted = emitted();
        for (int i = 0; i < 50 && emitted.get() != null; i++) {
            System.gc();
        }
        assertNull(emitted.get());
    }

    private static WeakReference<Class<?>> emitted() {
        var way = way(TOTAL);
        var made = Emitter.emit(way.closures, way.tiered);
        return new WeakReference<>(made == null ? String.class : made.code().getClass());
    }
}
