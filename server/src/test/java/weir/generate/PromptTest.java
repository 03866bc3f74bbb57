package weir.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.eval.EvaluationError;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;
import weir.source.Span;
import weir.value.RecordValue;

/// What the model is shown is right, or it would learn mistakes.
class PromptTest {
    private static final Function<Source, Compiled> COMPILER =
            source -> new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE);
    private static final Judge JUDGE = new Judge(COMPILER, RecordValue.EMPTY, (body, parameters, arguments) -> {
        throw new EvaluationError("script_error", "no sandbox here", Span.NONE);
    });

    @ParameterizedTest
    @MethodSource("examples")
    void everyWorkedExampleCompilesWithoutAWordAndPassesItsTests(String name) {
        var example = Prompt.Example.named(name);
        var source = new Source(name + ".weir", example.text());
        assertEquals("", Renderer.plain().render(JUDGE.apply(source)));
        var compiled = COMPILER.apply(source);
        assertTrue(!compiled.graphs().isEmpty() && !compiled.tests().isEmpty());
        assertTrue(example.request().length() > 80, "an example is a request and its answer");
    }

    static List<String> examples() {
        return Prompt.EXAMPLES;
    }

    @Test
    void aTextThatCompilesAndDoesTheWrongThingIsToldWhichTestFails() {
        var said = JUDGE.apply(new Source("sum.weir", """
                workflow sum(a: int, b: int) -> int {
                  return a - b
                }
                test "it adds" {
                  run sum(a: 1, b: 2)
                  expect result === 3
                }
                """));
        assertEquals(1, said.size());
        assertEquals(Judge.TEST_FAILED, said.getFirst().code());
        assertTrue(said.getFirst().message().contains("it adds"), said.toString());
        assertEquals(6, said.getFirst().at().start().line());
    }
}
