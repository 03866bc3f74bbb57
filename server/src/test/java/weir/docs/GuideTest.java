package weir.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.TestRunner;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.value.RecordValue;

/// What the guide shows is true: its texts compile, their tests pass, and its mistakes are found as it says.
class GuideTest {
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static Stream<Guide.Example> examples() throws IOException {
        return Stream.concat(Guide.pages().stream(), Guide.files().stream());
    }

    static Stream<Guide.Example> correct() throws IOException {
        return examples().filter(example -> example.codes().isEmpty());
    }

    private static Compiled compile(Guide.Example example) {
        return new Compiler(StandardCatalog.catalog())
                .compile(new Source(example.place(), example.text()), Guide::beside);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aTextHasTheDiagnosticsThatItsPageSays(Guide.Example example) {
        var found = compile(example).diagnostics();
        assertEquals(
                example.codes(),
                found.stream()
                        .filter(diagnostic -> !example.codes().isEmpty() || diagnostic.isError())
                        .map(Diagnostic::code)
                        .toList(),
                found.toString());
    }

    @ParameterizedTest
    @MethodSource("correct")
    void theTestsInATextPass(Guide.Example example) {
        var compiled = compile(example);
        var runner = new TestRunner(
                compiled.tree().source(), compiled.library(), compiled.graphs(), RecordValue.EMPTY, SANDBOX);
        for (var test : compiled.tests()) {
            var report = runner.run(test);
            assertTrue(report.passed(), () -> test.title() + ": " + report.failures());
        }
    }

    @Test
    void theGuideAndTheExamplesAreThere() throws IOException {
        assertFalse(Guide.pages().size() < 10);
        assertFalse(Guide.files().size() < 12);
    }
}
