package weir.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.source.Renderer;
import weir.source.Source;

/// Texts with several mistakes get several messages, and no more. Beside each `mistakes/NAME.weir` lies what is said
/// about it; `-Dupdate` writes that anew.
class MistakesTest {
    private static final Path FILES = ParserTest.root().resolve("compiler/src/test/resources/weir/syntax/mistakes");

    @TestFactory
    Stream<DynamicTest> eachMistakeIsToldOnce() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".weir")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString();
        var diagnostics = Parser.parse(new Source(name, Files.readString(file))).diagnostics();
        String said = Renderer.plain().render(diagnostics);
        Path expected = file.resolveSibling(name.replace(".weir", ".txt"));
        if (System.getProperty("update") != null) {
            Files.writeString(expected, said);
        }
        assertEquals(Files.readString(expected), said);
        assertFalse(said.contains("expecting"), "the words of the parser generator are not the user's");
    }
}
