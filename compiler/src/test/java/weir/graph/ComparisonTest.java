package weir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.model.StandardCatalog;
import weir.source.Source;

class ComparisonTest {
    private static final String BASE = """
            function twice(x: number) -> number = x * 2
            workflow w(n: int) -> number {
                step a = http.get(url: "a") {
                    timeout 3s
                }
                let b = n + 1
                if (b > 2) {
                    step http.post(url: "c", body: a.body)
                }
                log b
                return twice(b)
            }
            """;

    private static Graph graph(String text) {
        var compiled = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING)
                .compile(new Source("w.weir", text), Files.NONE);
        assertTrue(!compiled.hasErrors(), () -> compiled.diagnostics().toString());
        return compiled.graphs().getFirst();
    }

    private static Comparison compare(String old, String now) {
        return Comparison.of(graph(BASE), graph(BASE.replace(old, now)));
    }

    private static String told(Comparison comparison) {
        return comparison.statements().stream()
                .map(change -> switch (change) {
                    case Comparison.Change.Added(Node node) -> "+" + node.id();
                    case Comparison.Change.Removed(Node node) -> "-" + node.id();
                    case Comparison.Change.Changed changed ->
                        (changed.renamed() ? changed.before().id() + ">" : "")
                                + changed.after().id()
                                + (changed.moved() ? " moved" : "")
                                + changed.fields();
                })
                .collect(Collectors.joining(", "));
    }

    @Test
    void formattingAndCommentsChangeNothing() {
        assertTrue(
                compare("    let b = n + 1", "    // why\n\n  let  b =\n  n+1").isSame());
    }

    @Test
    void changedFieldsAreNamed() {
        assertEquals("a[arguments.url]", told(compare("url: \"a\"", "url: \"z\"")));
        assertEquals("a[policies.timeout]", told(compare("timeout 3s", "timeout 4s")));
        assertEquals("b[value]", told(compare("n + 1", "n + 2")));
        assertEquals("if[arms]", told(compare("b > 2", "b > 3")));
    }

    @Test
    void whatIsNewAndWhatIsGoneIsTold() {
        assertEquals("+log#2", told(compare("    return", "    log n\n    return")));
        assertEquals("+log", told(compare("    log b", "    log n\n    log b")));
        assertEquals("-log", told(compare("    log b\n", "")));
    }

    @Test
    void whatIsTheSameButForItsNameIsRenamedAndWhoMentionsItIsNot() {
        assertEquals("b>total[]", told(Comparison.of(graph(BASE), graph(BASE.replaceAll("\\bb\\b", "total")))));
    }

    @Test
    void whatStandsSomewhereElseIsMoved() {
        String other = BASE.replace("    log b\n", "").replace("    if (b > 2)", "    log b\n    if (b > 2)");
        // Of two that change places one has moved; it may be either.
        assertEquals("if moved[]", told(Comparison.of(graph(BASE), graph(other))));
    }

    @Test
    void theWorkflowItselfAndItsLibraryAreCompared() {
        assertEquals(List.of("parameters"), compare("n: int", "n: int, m?: int").head());
        assertEquals(
                List.of(new Comparison.Declared("function twice", "changed")),
                compare("x * 2", "x + x").library());
    }
}
