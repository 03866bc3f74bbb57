package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Source;

/// Texts that would take a careless checker for ever. The time is only there to tell slow from never.
class CompilerLimitsTest {
    private static Compiled compile(String text) {
        var compiler = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
        return assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> compiler.compile(new Source("big.weir", text), path -> null));
    }

    private static String lines(int count, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void recordsOfRecordsThatShareTheirParts() {
        var compiled = compile("workflow w() {\n  let a0 = { x: 1 }\n"
                + lines(60, i -> "  let a%d = { a: a%d, b: a%d }".formatted(i + 1, i, i))
                + "  log a60\n}\n");
        assertFalse(compiled.hasErrors());
    }

    @Test
    void typesThatNameEachOtherInManyWays() {
        var compiled = compile("type T0 = string\n"
                + lines(1_500, i -> "type T%d = { a: T%d, b: T%d }".formatted(i + 1, i, i))
                + "workflow w(x: T1500) {\n  let y: json = x\n  let z: { a: { a: T1498 } } = x\n  log [y, z]\n}\n");
        assertFalse(compiled.hasErrors());
    }

    @Test
    void unionsOfUnions() {
        var compiled = compile(
                "type A0 = \"a\"\ntype B0 = \"b\"\n"
                        + lines(
                                200,
                                i -> "type A%d = A%d | B%d\ntype B%d = B%d | A%d".formatted(i + 1, i, i, i + 1, i, i))
                        + "workflow w(x: A200 | B200) {\n  switch (x) {\n    case \"a\" {\n      log 1\n    }\n    case \"b\" {\n      log 2\n    }\n  }\n}\n");
        assertEquals("[]", compiled.diagnostics().toString());
    }

    @Test
    void accumulatorsInsideAccumulators() {
        var text = new StringBuilder("workflow w(xs: [int]) {\n  log ");
        IntStream.range(0, 50)
                .forEach(i -> text.append("xs.reduce((a%1$d, b%1$d) => a%1$d + b%1$d / 2 + ".formatted(i)));
        text.append("1").append(", 0)".repeat(50)).append("\n}\n");
        assertFalse(compile(text.toString()).hasErrors());
        assertFalse(compile("workflow w(x: json) {\n"
                        + lines(40, i -> "repeat at most 2 times with c%d = \"\" then x.y {".formatted(i))
                        + "log 1\n" + "}\n".repeat(40) + "}\n")
                .hasErrors());
    }

    @Test
    void aTableOfFiveThousandRows() {
        var compiled = compile("rules r(x: number) -> number first {\n  | x || z |\n  | --- || --- |\n"
                + lines(5_000, i -> "  | %d ..< %d || %d |".formatted(i, i + 1, i))
                + "  | else || 0 |\n}\n");
        assertEquals("[]", compiled.diagnostics().toString());
    }

    @Test
    void veryManyMistakesAreToldInPart() {
        var compiled = compile("workflow w() {\n"
                + lines(2_000, i -> "  let some_name_%d = %d".formatted(i, i))
                + lines(2_000, i -> "  log smoe_nmae_%d".formatted(i))
                + "}\n");
        assertTrue(compiled.hasErrors());
        assertTrue(compiled.diagnostics().size() < 1_000);
    }

    private static java.util.List<String> codes(String text) {
        return compile(text).diagnostics().stream().map(Diagnostic::code).toList();
    }

    @Test
    void nestingHasALimitWhateverIsNested() {
        for (String open : List.of("(", "[", "{ a: ", "f(", "a => ", "!", "- ", "a ? ")) {
            assertEquals(List.of("W1902"), codes("let a = " + open.repeat(10_000)), open);
        }
        assertEquals(List.of("W1902"), codes("let a = " + "`${".repeat(10_000) + "b" + "}`".repeat(10_000)));
        for (String open : List.of("[", "{ a: ", "(", "{ [k]: ")) {
            assertEquals(List.of("W1902"), codes("type A = " + open.repeat(10_000)), open);
        }
        for (String open : List.of("if (true) { ", "for x of y { ", "try { ", "parallel { a { ")) {
            assertEquals(List.of("W1902"), codes("workflow w() { " + open.repeat(10_000)), open);
        }
    }

    @Test
    void longChainsAreNoNesting() {
        var compiled = compile("workflow w(x: int) {\n  if (x === 0) {\n    log 0\n  }"
                + IntStream.range(1, 5_000)
                        .mapToObj(i -> " else if (x === %d) {\n    log %d\n  }".formatted(i, i))
                        .collect(Collectors.joining())
                + "\n}\n");
        assertEquals("[]", compiled.diagnostics().toString());
        assertEquals(
                "[]",
                compile("workflow w() {\n  log [" + lines(50_000, i -> i + ",").replace("\n", "") + "]\n}\n")
                        .diagnostics()
                        .toString());
    }

    @Test
    void aTableOfAHundredThousandRowsIsCheckedAndALongerOneRefused() {
        String head = "rules r(x: number, s: string) -> number first {\n  | x | s || z |\n  | --- | --- || --- |\n";
        String rows = lines(99_999, i -> "  | %d | \"s\" || %d |".formatted(i, i));
        String otherwise = "  | else | || 0 |\n}\n";
        assertEquals("[]", compile(head + rows + otherwise).diagnostics().toString());
        assertEquals(
                List.of("W1904"),
                compile(head + rows + rows.substring(0, rows.indexOf('\n') + 1) + otherwise).diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .map(Diagnostic::code)
                        .toList());
    }

    @Test
    void charactersThatNoFileHoldsAreRefusedAndOthersAreNot() {
        assertEquals(List.of("W1013"), codes("let a = \"\0\" // \0"));
        assertEquals(List.of("W1013"), codes("let a = \"\uD83D\""));
        assertEquals(List.of("W1013"), codes("// caf\uFFFD"));
        assertEquals(List.of(), codes("\uFEFFlet a = 1\r\n\uFEFFlet b = \"\uD83D\uDE00\"\rlet c = 2"));
        assertEquals(List.of(), codes(""));
        assertEquals(List.of(), codes("\n// nothing but this\n"));
    }
}
