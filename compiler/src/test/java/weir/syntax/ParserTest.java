package weir.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.source.Diagnostic;
import weir.source.Source;

class ParserTest {
    @Test
    void everyFormOfTheLanguageIsRead() throws IOException {
        Parsed parsed = Parser.parse(new Source("forms.weir", Files.readString(forms())));
        assertEquals(
                List.of(),
                parsed.diagnostics().stream()
                        .map(d -> d.at().start() + " " + d.message())
                        .toList());
        assertEquals(35, parsed.file().declarations().size());
    }

    @Test
    void docsBelongToWhatFollowsThem() {
        Parsed parsed = Parser.parse(new Source("docs.weir", """
                /// One parcel.
                ///   Indented.
                type Parcel = {
                  /// Its name.
                  id: string
                }
                /// Nothing follows.
                """));
        var type = (Declaration.TypeDeclaration) parsed.file().declarations().getFirst();
        assertEquals("One parcel.\n  Indented.", type.doc());
        assertEquals(
                "Its name.",
                ((TypeExpression.RecordOf) type.type()).fields().getFirst().doc());
        assertEquals("/// Nothing follows.", parsed.file().comments().getFirst().text());
    }

    @Test
    void aMistakeStaysInItsDeclaration() {
        Parsed parsed = Parser.parse(new Source("two.weir", """
                workflow broken( {
                  log
                }
                workflow whole() {
                  log "fine"
                }
                """));
        assertEquals(2, parsed.file().declarations().size());
        assertInstanceOf(
                Declaration.Workflow.class, parsed.file().declarations().get(1));
    }

    @Test
    void theNameOfABrokenStatementIsStillKnown() {
        Parsed parsed = Parser.parse(new Source("names.weir", """
                workflow run() {
                  let total = 5 5
                  step page = http.get(url: *)
                  log total
                }
                """));
        var body = ((Declaration.Workflow) parsed.file().declarations().getFirst())
                .body()
                .statements();
        assertEquals(3, body.size());
        assertEquals("total", ((Statement.Let) body.get(0)).name().text());
        assertInstanceOf(Statement.Log.class, body.get(2));
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefusedAtOnce() {
        assertEquals(List.of("W1901"), codes("// " + "x".repeat(Parser.LONGEST)));
        assertEquals(List.of("W1902"), codes("let a = " + "(".repeat(100_000)));
        assertEquals(List.of("W1902"), codes("let a = " + "!".repeat(100_000) + "b"));
        assertEquals(List.of("W1902"), codes("let a = b" + " + b".repeat(100_000)));
        assertEquals(List.of("W1902"), codes("let a = " + "a => ".repeat(100_000) + "b"));
        assertEquals(List.of("W1902"), codes("let a = " + "`${".repeat(1_000) + "b" + "}`".repeat(1_000)));
        assertEquals(List.of(), codes("let a = [" + "b, ".repeat(100_000) + "]"));
        assertEquals(List.of(), codes("type A = \"a\"" + " | \"b\"".repeat(100_000)));
    }

    private static List<String> codes(String text) {
        return Parser.parse(new Source("limits.weir", text)).diagnostics().stream()
                .map(Diagnostic::code)
                .distinct()
                .toList();
    }

    static Path root() {
        return Path.of(System.getProperty("weir.root", ".."));
    }

    static Path forms() {
        return root().resolve("grammar/examples/forms.weir");
    }
}
