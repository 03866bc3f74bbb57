package weir.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.source.Renderer;
import weir.source.Source;
import weir.syntax.Parsed;
import weir.syntax.Parser;
import weir.syntax.ProgramGenerator;
import weir.syntax.Tree;
import weir.syntax.Trees;

class FormatterTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));

    /// How many random programs are formatted; `-Dprograms=N` for more.
    private static final int PROGRAMS = Integer.getInteger("programs", 1_500);

    @TestFactory
    Stream<DynamicTest> theExamplesAreInCanonicalForm() throws IOException {
        try (Stream<Path> grammar = Files.walk(ROOT.resolve("grammar/examples"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
            return Stream.concat(grammar, examples)
                    .filter(file -> file.toString().endsWith(".weir"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(),
                            () -> assertEquals(Files.readString(file), formatted(Files.readString(file)))));
        }
    }

    @Test
    void formattingKeepsTheTreeAndTheCommentsAndIsDoneOnce() {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            String program = ProgramGenerator.program(seed, seed % 2 == 0);
            check(program, seed);
        }
    }

    private static void check(String program, long seed) {
        Parsed before = Parser.parse(new Source("program", program));
        assertEquals("", Renderer.plain().render(errors(before)), () -> "seed " + seed + "\n" + program);
        String once = formatted(program);
        Parsed after = Parser.parse(new Source("formatted", once));
        assertEquals(
                "", Renderer.plain().render(errors(after)), () -> "seed " + seed + "\n" + program + "\n→\n" + once);
        assertEquals(
                Trees.withoutPlaces(before.file()),
                Trees.withoutPlaces(after.file()),
                () -> "seed " + seed + "\n" + program + "\n→\n" + once);
        assertEquals(comments(before), comments(after), () -> "seed " + seed + "\n" + program + "\n→\n" + once);
        assertEquals(once, formatted(once), () -> "seed " + seed + "\n" + program);
    }

    @Test
    void whatCannotBeReadStaysAsItIs() {
        Formatted formatted = Formatter.format(new Source("broken.weir", "workflow  a( {\n}\n"));
        assertEquals("workflow  a( {\n}\n", formatted.text());
        assertTrue(formatted.diagnostics().size() > 0);
    }

    @Test
    void habitsThatAreUnderstoodAreRewritten() {
        assertEquals("type A = [[string]]\n", formatted("type A = string[][]"));
        assertEquals("let a = \"b\"\n", formatted("let a = 'b'"));
        assertEquals("let a = b => b\n", formatted("let a = (b) => b"));
    }

    @Test
    void commentsStayWhereTheyAreUseful() {
        String text = """
                // Before everything.
                workflow a(x: json) { // beside the brace
                  // before a statement
                  let b = {
                    c: 1, // beside a property
                    // before a property
                    d: 2
                  }
                  log b // behind a statement

                  if (x) {
                    // alone in a block
                  } else {
                    log "no"
                    // at the end of a block
                  }
                }

                // At the end.
                """;
        assertEquals(text, formatted(text));
    }

    @Test
    void docsThatBelongToNothingBecomeCommentsAndBannersStay() {
        assertEquals(
                "///////\n// a\n///////\nsettings { // none's\n  b: int\n}\n",
                formatted("///////\n// a\n///////\nsettings /// none's\n { b: int }"));
    }

    @Test
    void commentsInOddPlacesStayInOrder() {
        assertEquals("""
                rules tier(total: number) -> /* the tier */ string first { // by total
                  // before the table
                  | total  || tier   |
                  | ------ || ------ |
                  // between cells
                  | >= 100 || "gold" | // behind a row
                  // between rows
                  | else   || "none" |
                }

                workflow w( // a parameter's
                  x: json
                ) { /* the body */
                  let list = [ // beside a bracket
                    1, // one
                    2
                    // the last
                  ]
                  step a = ask "?"
                    of /* who */ role("r")
                    up to // at most
                    2h
                  let f =
                    a => /* gives */ a.b /* c */.c( // nothing
                    )
                  log `a ${/* in a template */ x} b`
                }

                // after the last statement
                """, formatted("""
                rules tier(total: number) -> /* the tier */ string first { // by total
                  // before the table
                  | total || tier |
                  | --- || --- |
                  | >= 100 // between cells
                    || "gold" | // behind a row
                  // between rows
                  | else || "none" |
                }
                workflow w(// a parameter's
                  x: json) /* the body */ {
                  let list = [ // beside a bracket
                    1, // one
                    2
                    // the last
                  ]
                  step a = ask "?" of /* who */ role("r") up to // at most
                    2h
                  let f = (a) => /* gives */ a.b /* c */.c(// nothing
                  )
                  log `a ${ /* in a template */ x } b`
                }

                // after the last statement
                """));
    }

    @Test
    void commentsAtAnyGapAreKeptOnceAndInOrder() {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            check(ProgramGenerator.program(seed, true), seed);
        }
    }

    private static List<weir.source.Diagnostic> errors(Parsed parsed) {
        return parsed.diagnostics().stream()
                .filter(weir.source.Diagnostic::isError)
                .toList();
    }

    private static List<String> comments(Parsed parsed) {
        return parsed.file().comments().stream()
                .map(Tree.Comment::text)
                .map(text -> text.replaceAll("\\s+", " "))
                .toList();
    }

    private static String formatted(String text) {
        Formatted formatted = Formatter.format(new Source("text", text));
        assertEquals("", Renderer.plain().render(formatted.diagnostics()));
        return formatted.text();
    }
}
