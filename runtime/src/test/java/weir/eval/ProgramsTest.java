package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.graph.Expr;
import weir.graph.Library;
import weir.model.Builtins;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;
import weir.value.Json;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.Value;

class ProgramsTest {
    private static final Scripts NO_SCRIPTS = (body, parameters, arguments) -> {
        throw new AssertionError("not native: " + body);
    };

    static List<ExpressionCases.Case> cases() {
        return Stream.of("expressions.txt", "differential.txt")
                .flatMap(file -> ExpressionCases.read(file).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expressionsGiveWhatJavaScriptGives(ExpressionCases.Case test) {
        assertEquals(test.expected(), ExpressionCases.run(test.expression(), NO_SCRIPTS));
    }

    @Test
    void everyBuiltInOfTheTableIsNative() {
        var missing = new TreeSet<>(Builtins.names());
        missing.removeAll(Natives.names());
        assertEquals(List.of(), List.copyOf(missing));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void failuresSayWhatWhereAndWhy(List<String> test) {
        var error = assertThrows(EvaluationError.class, () -> ExpressionCases.evaluate(test.getFirst(), NO_SCRIPTS));
        assertEquals(test.getLast(), error.sentence());
    }

    static List<List<String>> messages() {
        return List.of(
                List.of("o.shipping.city", "`o.shipping` is undefined, so `.city` cannot be read"),
                List.of("o.note.length", "`o.note` is null, so `.length` cannot be read"),
                List.of("o.lines[7].sku", "`o.lines[7]` is undefined, so `.sku` cannot be read"),
                List.of(
                        "o.lines.find(l => l.qty > 99).sku",
                        "`o.lines.find(…)` is undefined, so `.sku` cannot be read"),
                List.of("o.shipping['city']", "`o.shipping` is undefined, so `[\"city\"]` cannot be read"),
                List.of("o.total.map(x => x)", "`o.total` is number 31.5, which has no method `map`"),
                List.of("o.id.flatten()", "`o.id` is text \"o-1\", which has no method `flatten`"),
                List.of(
                        "[...o]",
                        "a record with 1, id, customer, lines, … is not a list, so its items cannot be gone"
                                + " through"),
                List.of("[].reduce((a, b) => a)", "an empty list cannot be reduced without a first value"),
                List.of("time.add('soon', 5)", "\"soon\" is no datetime like 2026-01-31T08:00:00.000Z"),
                List.of(
                        "secret('KEY') === 'x'",
                        "a secret can only be joined to texts and handed to what takes a secret"));
    }

    @Test
    void secretsStayNamesWhereverTheyGo() {
        assertEquals(
                "{\"auth\":{\"kind\":\"bearer\",\"token\":\"<secret KEY>\"},\"basic\":\"Basic <secret KEY>!\"}",
                Json.text(ExpressionCases.evaluate(
                        "({ auth: bearer(secret('KEY')), basic: `Basic ${secret('KEY')}` + '!' })", NO_SCRIPTS)));
        for (var expression : List.of(
                "!secret('K')",
                "secret('K').length",
                "[secret('K')].join()",
                "secret('K') * 1",
                "secret('K') ? 1 : 2",
                "JSON.stringify({ a: secret('K') })",
                "typeof secret('K')",
                "[secret('K')].includes('x')",
                "['x'].includes(secret('K'))",
                "[1].includes(secret('K'))",
                "`${[secret('K')]}`",
                "({ ...secret('K') })",
                "hash.sha256(secret('K'))")) {
            var error = assertThrows(
                    EvaluationError.class, () -> ExpressionCases.evaluate(expression, NO_SCRIPTS), expression);
            assertEquals("type_error", error.code(), expression);
        }
    }

    @Test
    void aSecretMayBeAskedWhetherItIsThere() {
        for (var expression : List.of("secret('K') !== null", "undefined !== secret('K')")) {
            assertEquals(weir.value.BooleanValue.TRUE, ExpressionCases.evaluate(expression, NO_SCRIPTS), expression);
        }
    }

    @Test
    void everyEvaluationIsBounded() {
        for (var expression : List.of(
                "Array.from({ length: 1e9 }, (_, i) => i)",
                "Array.from({ length: 3000 }, (_, i) => i).map((x, i, all) => all.map(y => all.map(z => x + y + z)))",
                "'x'.repeat(1e9)",
                "'x'.padEnd(1e9)",
                "Array.from({ length: 30 }, (_, i) => i).reduce((text, i) => text + text, 'xx')",
                "Array.from({ length: 40 }, (_, i) => i).reduce((list, i) => list.concat(list), [1])",
                "'x'.repeat(4000000).replaceAll('x', 'yyyyyyyyyy')",
                "[1, 2].toSorted((a, b) => Array.from({ length: 1e8 }).length)",
                "matches('x'.repeat(4000000), '(x+x+)+y'.repeat(400))",
                "Array.from({ length: 5000000 }, () => 'abc')",
                "'ß'.repeat(4000000).toUpperCase()",
                "'ﷺ'.repeat(1000000).normalize('NFKD')",
                "encodeURIComponent('€'.repeat(4000000))",
                "'x'.repeat(4000000).concat(...Array.from({ length: 1000 }, () => 'x'.repeat(40000)))",
                "url.query({ a: ['x'.repeat(4000000)].flatMap(t => Array.from({ length: 100000 }, () => t)) })",
                "csv.format([['x'.repeat(4000000)].flatMap(t => Array.from({ length: 100000 }, () => t))])",
                "`${['x'.repeat(4000000)].flatMap(t => Array.from({ length: 100000 }, () => t))}`",
                "String(Array.from({ length: 60 }, (_, i) => i).reduce((a, i) => [a, a], []))",
                "JSON.stringify(Array.from({ length: 60 }, (_, i) => i).reduce((a, i) => ({ a, b: a }), {}), null, 2)",
                "Array.from({ length: 60 }, (_, i) => i).reduce((a, i) => [a, a], []).flat(Infinity)",
                "Array.from({ length: 40 }, (_, i) => i).reduce((list, i) => list.flatMap(x => [x, x]), [1])",
                "Array.from({ length: 300000 }, (_, i) => i).reduce((r, i) => [...r, i], [])",
                "Array.from({ length: 300000 }, (_, i) => i).reduce((r, i) => ({ ...r, ['k' + i]: i }), {})",
                "Array.from({ length: 100000 }, (_, i) => i).reduce((a, i) => [a], [])",
                "JSON.stringify(Array.from({ length: 100000 }, (_, i) => i).reduce((a, i) => [a], []))",
                "JSON.parse('['.repeat(100000))",
                "JSON.stringify(Array.from({ length: 900 }, (_, i) => i).reduce((a, i) => [a], []), null, 10)",
                "'ab'.repeat(2000000).replaceAll('a', '$`')",
                "JSON.stringify(Array.from({ length: 200000 }, (_, i) => 'x'.repeat(100)))")) {
            var error = assertThrows(
                    EvaluationError.class, () -> ExpressionCases.evaluate(expression, NO_SCRIPTS), expression);
            assertTrue(error.code().startsWith("limit_"), () -> expression + ": " + error.sentence());
        }
    }

    @Test
    void slowOperationsOnLongTextsAreBoundedByTheClock() {
        // Each comparison looks at two million characters, but counts as little as any.
        var slow = "['x', 'y'].map(end => 'a'.repeat(2000000) + end)"
                + ".map((t, i, all) => Array.from({ length: 900000 }, () => all[0] === all[1]))";
        var program =
                new Programs(Library.EMPTY, RecordValue.EMPTY, NO_SCRIPTS).compile(Exprs.read(slow), new Scope(null));
        var evaluation = new Evaluation(what -> Value.of(0), Budget.STANDARD.with(Budget.Limit.TIME, 100));
        var error = assertThrows(EvaluationError.class, () -> program.run(new Frame(null, 0), evaluation));
        assertEquals("limit_time", error.code());
    }

    @Test
    void whatIsNotInTheSubsetGoesToTheSandboxWithItsNames() {
        var calls = new ArrayList<String>();
        Scripts scripts = (body, parameters, arguments) -> {
            calls.add(body + " " + parameters + " " + arguments.size());
            return Value.of("from the sandbox");
        };
        assertEquals("\"from the sandbox\"", ExpressionCases.run("((x) => x + o.total + class_)(1)", scripts));
        assertEquals(List.of("return ((((x) => (((x + o.total) + class_))))((1))); [o, class_] 2"), calls);
        calls.clear();
        assertEquals("\"from the sandbox\"", ExpressionCases.run("(0.1).toString(3)", scripts));
        assertEquals(List.of("return (((0.1)).toString((3))); [] 0"), calls);
        var scope = new Scope(null);
        var programs = new Programs(Library.EMPTY, RecordValue.EMPTY, scripts);
        assertTrue(programs.compile(Exprs.read("1 + 1"), scope).isNative());
        assertFalse(
                programs.compile(Exprs.read("'a'.localeCompare('b')"), scope).isNative());
    }

    @Test
    void functionsConstantsAndSettingsAreFound() {
        var at = Span.NONE;
        var parameters = List.of(new Parameter("x", Type.Basic.NUMBER, false, ""));
        var twice = new Library.Function(
                "twice", parameters, Type.Basic.NUMBER, new Library.Function.Body.Of(Exprs.read("x * factor")), at);
        var script = new Library.Function(
                "odd",
                parameters,
                Type.Basic.BOOLEAN,
                new Library.Function.Body.Script("return x % 2 === 1", null),
                at);
        var endless = new Library.Function(
                "endless",
                parameters,
                Type.Basic.NUMBER,
                new Library.Function.Body.Of(new Expr.Apply("endless", List.of(new Expr.Name("x", at)), at)),
                at);
        var library = new Library(
                java.util.Map.of(),
                List.of(new Library.Setting("limit", Type.Basic.INT, false, Exprs.read("2 + 3"))),
                List.of(new Library.Constant("factor", Exprs.read("settings.limit - 3"))),
                List.of(twice, script, endless),
                List.of());
        Scripts scripts = (body, names, arguments) -> body.equals("return x % 2 === 1")
                ? Value.of(((NumberValue) arguments.getFirst()).value() % 2 == 1 ? "yes" : "no")
                : Value.of(0);
        var programs = new Programs(library, RecordValue.EMPTY, scripts);
        var functions = java.util.Set.of("twice", "odd", "endless");
        assertEquals("[2,4,6]", run(programs, Exprs.read("[1, 2, 3].map(x => twice(x))", functions)));
        assertEquals(new NumberValue(2), programs.constant("factor"));
        assertEquals("42", Json.text(programs.call("twice", List.of(Value.of(21)), ExpressionCases.evaluation())));
        assertEquals(
                "does_not_fit",
                assertThrows(EvaluationError.class, () -> run(programs, Exprs.read("odd(3)", functions)))
                        .code());
        assertEquals(
                "limit_depth",
                assertThrows(EvaluationError.class, () -> run(programs, Exprs.read("endless(3)", functions)))
                        .code());
    }

    private static String run(Programs programs, Expr expr) {
        var program = programs.compile(expr, new Scope(null));
        return Json.text(program.run(new Frame(null, 0), ExpressionCases.evaluation()));
    }

    @Test
    void namesOfTheRunAreReadFromTheirFrames() {
        var outer = new Scope(null);
        outer.declare("a");
        var inner = new Scope(outer);
        inner.declare("b");
        inner.declare("a");
        var program = new Programs(Library.EMPTY, RecordValue.EMPTY, NO_SCRIPTS).compile(Exprs.read("[a, b]"), inner);
        var outerFrame = new Frame(null, 1);
        outerFrame.set(0, Value.of("outer"));
        var frame = new Frame(outerFrame, 2);
        frame.set(0, Value.of("b"));
        assertThrows(EvaluationError.class, () -> program.run(frame, ExpressionCases.evaluation()));
        frame.set(1, Value.of("inner"));
        assertEquals("[\"inner\",\"b\"]", Json.text(program.run(frame, ExpressionCases.evaluation())));
    }

    @Test
    void drawnValuesMakeAResultWorthRecording() {
        var program = new Programs(Library.EMPTY, RecordValue.EMPTY, NO_SCRIPTS)
                .compile(Exprs.read("random() + 1"), new Scope(null));
        var evaluation = new Evaluation(what -> Value.of(0.5), 1000);
        assertFalse(evaluation.recordable());
        assertEquals(new NumberValue(1.5), program.run(new Frame(null, 0), evaluation));
        assertTrue(evaluation.recordable());
    }
}
