package weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Golden;
import weir.engine.Texts;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.value.RecordValue;

class TestRunnerTest {
    @Test
    void testsOfAnOrderWorkflow() {
        check("orders");
    }

    @Test
    void filesOfTestsAreTexts() {
        check("files");
    }

    @Test
    void testsOfChildrenEventsAndPeople() {
        check("world");
    }

    @Test
    void testsOfUndoingAndRaces() {
        check("leaving");
    }

    @Test
    void testsAreTheSameEveryTime() {
        assertEquals(reports("orders"), reports("orders"));
    }

    /// @param name of a `.weir` file; what its tests report stands beside it
    private static void check(String name) {
        Golden.check("weir/simulation/" + name + ".txt", reports(name));
    }

    private static String reports(String name) {
        var source = new Source(name + ".weir", Golden.text("weir/simulation/" + name + ".weir"));
        Compiled compiled = new Compiler(StandardCatalog.catalog()).compile(source, Files.NONE);
        assertFalse(compiled.hasErrors(), () -> compiled.diagnostics().toString());
        var runner = new TestRunner(source, compiled.library(), compiled.graphs(), RecordValue.EMPTY, Texts.NO_SCRIPTS);
        var text = new StringBuilder();
        compiled.tests().forEach(test -> show(runner.run(test), source, text));
        return text.toString();
    }

    private static void show(TestReport report, Source source, StringBuilder text) {
        text.append(report.passed() ? "passed: " : "failed: ").append(report.title());
        text.append(" (")
                .append(report.calls())
                .append(" calls, ")
                .append(report.virtualTime())
                .append(")\n");
        for (var failure : report.failures()) {
            text.append("  line ")
                    .append(source.position(failure.at().start()).line())
                    .append(": ")
                    .append(failure.message())
                    .append('\n');
            failure.details()
                    .forEach(detail -> text.append("    ").append(detail.text()).append('\n'));
        }
    }
}
