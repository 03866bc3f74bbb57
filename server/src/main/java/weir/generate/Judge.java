package weir.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import weir.compile.Compiled;
import weir.eval.Scripts;
import weir.graph.TestCase;
import weir.simulation.TestReport;
import weir.simulation.TestRunner;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.source.Source;
import weir.value.RecordValue;

/// What a proposed text is worth: what the compiler says, and when that is nothing, whether the text's own tests pass.
/// A text that compiles may still do the wrong thing.
public final class Judge implements Function<Source, List<Diagnostic>> {
    /// The code of a test that fails.
    public static final String TEST_FAILED = "test_failed";

    private static final int MOST_TESTS = 20;

    private final Function<Source, Compiled> compiler;
    private final RecordValue settings;
    private final Scripts scripts;

    /// @param compiler never throws for a text
    /// @param settings what the environment gives to `settings` declarations
    public Judge(Function<Source, Compiled> compiler, RecordValue settings, Scripts scripts) {
        this.compiler = compiler;
        this.settings = settings;
        this.scripts = scripts;
    }

    @Override
    public List<Diagnostic> apply(Source source) {
        var compiled = compiler.apply(source);
        if (compiled.hasErrors()) {
            return compiled.diagnostics();
        }
        var found = new ArrayList<>(compiled.diagnostics());
        var runner = new TestRunner(source, compiled.library(), compiled.graphs(), settings, scripts);
        compiled.tests().stream().limit(MOST_TESTS).forEach(test -> found.addAll(failures(source, runner, test)));
        return found;
    }

    private static List<Diagnostic> failures(Source source, TestRunner runner, TestCase test) {
        return runner.run(test).failures().stream()
                .map(failure -> diagnostic(source, test, failure))
                .toList();
    }

    private static Diagnostic diagnostic(Source source, TestCase test, TestReport.Failure failure) {
        String message = "The test \"" + test.title() + "\" fails: " + failure.message();
        var diagnostic = Diagnostic.error(TEST_FAILED, message, new Location(source, failure.at()));
        return failure.details().isEmpty()
                ? diagnostic
                : diagnostic.withHint(failure.details().stream()
                        .map(TestReport.Detail::text)
                        .collect(java.util.stream.Collectors.joining("\n")));
    }
}
