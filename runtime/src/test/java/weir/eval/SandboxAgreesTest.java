package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Expr;
import weir.graph.Library;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Source;
import weir.source.Span;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// The cases that closures are held against hold in a real JavaScript engine, too.
class SandboxAgreesTest {
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);
    private static final AllWays WAYS = new AllWays(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static List<ExpressionCases.Case> cases() {
        return Stream.of("expressions.txt", "differential.txt")
                .flatMap(file -> ExpressionCases.read(file).stream())
                .toList();
    }

    @Test
    void scriptsCallFunctionsRulesAndBuiltInsOfTheirFile() {
        var text = """
                function twice(x: number) -> number = x * 2
                function odd(x: number) -> boolean ```js
                  let n = x;
                  while (n > 1) n -= 2;
                  return n === 1;
                ```
                rules size(total: number) -> string first {
                  when total > 10 then "large"
                  else "small"
                }
                """;
        var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source("a.weir", text), Files.NONE);
        assertEquals(List.of(), compiled.diagnostics());
        var programs = new Programs(compiled.library(), RecordValue.EMPTY, SANDBOX);
        var functions = Set.of("twice", "odd");
        var expr = new Expr.ListLiteral(
                List.of(
                        new Expr.Element(false, Exprs.read("((f) => [f(3), f(8)])(x => twice(x))", functions)),
                        new Expr.Element(
                                false, new Expr.Decide("size", List.of(Exprs.read("((x) => x)(11)")), Span.NONE)),
                        new Expr.Element(false, Exprs.read("((x) => odd(x))(7)", functions)),
                        new Expr.Element(false, Exprs.read("((t) => time.add(t, 1000))(now())"))),
                Span.NONE);
        var program = programs.compile(expr, new Scope(null));
        assertFalse(program.isNative());
        var evaluation = new Evaluation(what -> Value.of("2026-01-31T08:00:00.000Z"), 1000);
        assertEquals(
                "[[6,16],\"large\",true,\"2026-01-31T08:00:01.000Z\"]",
                Json.text(program.run(new Frame(null, 0), evaluation)));
        assertEquals("[Fired[rules=size, rows=[1]]]", evaluation.fired().toString());
    }

    @Test
    void failuresHaveTheSameCodesWhereverTheyHappen() {
        for (var expression :
                List.of("((x) => x.y.z)({})", "((x) => x.repeat(-1))('a')", "((x) => JSON.parse(x))('{')")) {
            var programs = new Programs(Library.EMPTY, RecordValue.EMPTY, SANDBOX);
            var program = programs.compile(Exprs.read(expression), new Scope(null));
            var error = assertThrows(
                    EvaluationError.class, () -> program.run(new Frame(null, 0), ExpressionCases.evaluation()));
            assertTrue(Set.of("type_error", "range_error", "syntax_error").contains(error.code()), error.sentence());
            assertFalse(error.sentence().contains("line 1"), error.sentence());
        }
    }

    @Test
    void whatIsNoJsonIsToldInTheSameWordsWhereverItIsFound() {
        for (var text : List.of("JSON.parse('[1,')", "JSON.parse('{\"a\": 1,}')", "JSON.parse(undefined)")) {
            var programs = new Programs(Library.EMPTY, RecordValue.EMPTY, SANDBOX);
            var sentences = Stream.of(text, "((x) => " + text + ")(1)")
                    .map(expression -> assertThrows(
                            EvaluationError.class,
                            () -> programs.compile(Exprs.read(expression), new Scope(null))
                                    .run(new Frame(null, 0), ExpressionCases.evaluation())))
                    .map(error -> error.code() + ": " + error.sentence())
                    .distinct()
                    .toList();
            assertEquals(1, sentences.size(), sentences.toString());
            assertTrue(sentences.getFirst().startsWith("syntax_error: this is not JSON: "), sentences.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSandboxGivesTheSame(ExpressionCases.Case test) {
        assertEquals(
                test.expected(),
                WAYS.script(new Case(Exprs.read(test.expression()), List.of("o"), List.of(ExpressionCases.ORDER))));
    }
}
