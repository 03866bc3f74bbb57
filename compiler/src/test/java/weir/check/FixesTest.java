package weir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.compile.Compiler;
import weir.model.StandardCatalog;
import weir.source.Source;

/// What a text means after a fix of the checker.
class FixesTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog());

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
}
