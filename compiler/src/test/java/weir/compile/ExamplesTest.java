package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;

/// The examples that come with the server can be deployed as they are, and each brings tests of its own.
class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("weir.root", "..")).resolve("examples");

    @TestFactory
    Stream<DynamicTest> everyExampleCanBeDeployed() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".weir")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        var source = new Source(file.getFileName().toString(), java.nio.file.Files.readString(file));
        Compiled compiled = new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE);
        assertEquals("", Renderer.plain().render(compiled.diagnostics()));
        assertFalse(compiled.graphs().isEmpty());
        assertFalse(compiled.tests().isEmpty());
    }
}
