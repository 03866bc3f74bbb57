package weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Golden;
import weir.engine.Texts;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.value.RecordValue;

class TortureTest {
    private static List<Torture.Report> reports(String name, String text) {
        var source = new Source(name, text);
        var compiled = new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE);
        assertFalse(compiled.hasErrors(), () -> compiled.diagnostics().toString());
        var runner = new TestRunner(source, compiled.library(), compiled.graphs(), RecordValue.EMPTY, Texts.NO_SCRIPTS);
        var torture = new Torture(runner);
        return compiled.tests().stream().map(torture::of).toList();
    }

    @Test
    void whatPassesPassesWhereverTheProcessDies() {
        for (var name : List.of("orders", "world", "leaving", "files")) {
            var reports = reports(name + ".weir", Golden.text("weir/simulation/" + name + ".weir"));
            assertFalse(reports.isEmpty());
            for (var report : reports) {
                assertEquals(
                        List.of(),
                        report.deaths(),
                        () -> name + ": " + report.straight().title());
                assertEquals(report.straight().passed(), report.kills() > 0);
            }
        }
    }

    @Test
    void callsThatNobodyHeardOfAreMadeAgainAndNamed() {
        var report = reports("two.weir", """
                workflow two() {
                  step first = http.get(url: "https://a.example")
                  step second = http.post(url: "https://b.example") {
                    key "mine"
                  }
                }
                test "both" {
                  mock http.get returns { status: 200, headers: {}, body: null }
                  mock http.post returns { status: 200, headers: {}, body: null }
                  run two()
                  expect http.get called 1 times
                }
                """).getFirst();
        assertTrue(report.passed());
        // Three frames: the first call planned, the second one planned, the end; each twice, and once all of them.
        assertEquals(7, report.kills());
        assertEquals(
                List.of("`http.get` (step `first`) 1 false", "`http.post` (step `second`) 1 true"),
                report.repeated().stream()
                        .map(call -> call.what() + " " + call.times() + " " + call.keyed())
                        .toList());
    }
}
