package weir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.compile.Compiler;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Source;

/// What a text means after a fix of the checker.
class FixesTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog());
    private static final Compiler WHOLE = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            value = {
                "x + 1 => (x ?? 0) + 1",
                "1 + x => 1 + (x ?? 0)",
                "x > 5 => (x ?? 0) > 5",
                "-x => -(x ?? 0)",
                "2 * (x) => 2 * ((x) ?? 0)",
                "1 + (true ? x : 2) => 1 + ((true ? x : 2) ?? 0)",
                "`${x}` => `${x ?? \"\"}`",
            })
    void aStandardValueBesideAnOperatorBelongsToItsOperandAlone(String before, String after) {
        String text = "workflow w(x?: int) -> json {\n  return %s\n}\n";
        var diagnostics = COMPILER.compile(new Source("case.weir", text.formatted(before)), path -> null)
                .diagnostics();
        assertEquals(1, diagnostics.size(), diagnostics.toString());
        assertEquals(
                text.formatted(after), diagnostics.getFirst().fixes().getFirst().apply(text.formatted(before)));
    }

    /// Over all cases of the checker and all wrong programs of the pages' kind: a fix takes away what it is about, and
    /// leaves a text that can be read.
    @TestFactory
    Stream<DynamicTest> aFixTakesItsMistakeAwayAndTheTextCanBeRead() throws IOException {
        try (Stream<Path> files = Files.list(CheckTest.CASES)) {
            return files.sorted().toList().stream()
                    .flatMap(file -> CheckTest.read(file).stream()
                            .map(one -> DynamicTest.dynamicTest(
                                    file.getFileName() + " " + one.title(), () -> fixes(one.text()))));
        }
    }

    private static void fixes(String text) {
        var before = diagnose(text);
        for (Diagnostic diagnostic : before) {
            for (Fix fix : diagnostic.fixes()) {
                String fixed = fix.apply(text);
                var after = diagnose(fixed);
                assertTrue(
                        count(after, diagnostic.code()) < count(before, diagnostic.code()),
                        () -> fix.title() + " leaves " + diagnostic.code() + " in\n" + fixed);
                after.stream()
                        .filter(other -> other.code().startsWith("W1"))
                        .forEach(other -> assertTrue(
                                count(before, other.code()) >= count(after, other.code()),
                                () -> fix.title() + " makes " + other.message() + "\n" + fixed));
            }
        }
    }

    private static long count(List<Diagnostic> diagnostics, String code) {
        return diagnostics.stream().filter(one -> one.code().equals(code)).count();
    }

    private static List<Diagnostic> diagnose(String text) {
        return WHOLE.compile(new Source("case.weir", text), path -> null).diagnostics();
    }
}
