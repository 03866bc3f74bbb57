package weir.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import java.util.List;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;

/// What the model is shown is right, or it would learn mistakes.
class PromptTest {
    @ParameterizedTest
    @MethodSource("examples")
    void everyWorkedExampleCompilesWithoutAWord(String name) {
        var example = Prompt.Example.named(name);
        var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source(name + ".weir", example.text()), Files.NONE);
        assertEquals("", Renderer.plain().render(compiled.diagnostics()));
        assertTrue(!compiled.graphs().isEmpty() && !compiled.tests().isEmpty());
        assertTrue(example.request().length() > 80, "an example is a request and its answer");
    }

    static List<String> examples() {
        return Prompt.EXAMPLES;
    }
}
