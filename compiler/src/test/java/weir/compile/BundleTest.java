package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.graph.Graph;
import weir.model.StandardCatalog;
import weir.source.Origins;
import weir.source.Source;

class BundleTest {
    private static final Map<String, String> FILES = Map.of("pricing.weir", """
            use "types.weir"

            /// Twice as much.
            function twice(n: number) -> number = n * factor

            test "of its own" {
              run helper(n: 1)
            }
            """, "types.weir", """
            let factor = 2

            workflow helper(n: number) -> number {
              return n
            }

            workflow alone() {
              log "nobody calls it"
            }
            """);

    private static Source find(String path) {
        String text = FILES.get(path);
        return text == null ? null : new Source(path, text);
    }

    @Test
    void aTextAndTheFilesThatItUsesBecomeOneTextThatMeansTheSame() {
        var main = new Source("main.weir", """
                use "pricing.weir"

                workflow price(n: number) -> number {
                  step h = helper(n: n)
                  return twice(n) + h
                }
                """);
        var compiler = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
        assertFalse(compiler.compile(main, BundleTest::find).hasErrors());
        var bundled = compiler.compile(Bundle.of(main, BundleTest::find), Files.NONE);
        assertFalse(bundled.hasErrors(), () -> bundled.diagnostics().toString());
        assertEquals(
                java.util.List.of("helper", "price"),
                bundled.graphs().stream().map(Graph::workflow).toList());
        assertTrue(bundled.tests().isEmpty());
        var text = Bundle.of(main, BundleTest::find);
        var origins = Origins.of(text);
        assertEquals(
                "pricing.weir, line 4, column 39",
                origins.place(text.text().indexOf("n * factor")).toString());
        assertEquals(
                "main.weir, line 5, column 10",
                origins.place(text.text().indexOf("twice(n) + h")).toString());
    }

    @Test
    void filesAreCalledAsTheProjectCallsThem() {
        var main = new Source("shop/main.weir", "use \"pricing.weir\"\n\nworkflow w() {\n  log twice(1)\n}\n");
        String text = Bundle.of(main, BundleTest::find).text();
        assertTrue(text.contains("//@ shop/pricing.weir:3\n"), text);
        assertTrue(text.endsWith("//@ shop/main.weir:3\nworkflow w() {\n  log twice(1)\n}\n"), text);
    }

    @Test
    void aTextThatUsesNoFilesStaysAsItIs() {
        var main = new Source("main.weir", "workflow a() {\n  log 1\n}\n");
        assertSame(main, Bundle.of(main, BundleTest::find));
    }
}
