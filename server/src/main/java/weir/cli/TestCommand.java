package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.cli.TestResults.Result;
import weir.source.Source;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;

@Command(
        name = "test",
        description = {
            "Runs the tests that stand in texts.",
            "Without network and in virtual time: a test of a week takes milliseconds. Ends with 1 when one fails.",
            "With --record: writes the test that a stored run makes; its mocks answer as the world did. The server is"
                    + " --server, else WEIR_SERVER, else " + Remote.STANDARD + "; its token is in WEIR_TOKEN."
        },
        footer = {
            "Examples:",
            "  weir test orders.weir",
            "  weir test . --only refund",
            "  weir test . --junit target/weir.xml --coverage=target/lcov.info",
            "  weir test --record 0197… >> orders.weir"
        })
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--only", paramLabel = "WORDS", description = "Only tests whose title holds these words.")
    private String only = "";

    @Option(
            names = "--json",
            description = "One JSON object: {passed, failed, tests: [{file, title, line, passed, failures, …}]}.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes the results as JUnit XML, for build servers.")
    private @Nullable String junit;

    @Option(
            names = "--coverage",
            arity = "0..1",
            paramLabel = "FILE",
            preprocessor = Attached.class,
            description = "Shows which statements, branches and rule rows no test reaches; =FILE writes them for lcov.")
    private @Nullable String coverage;

    @Option(names = "--record", paramLabel = "RUN", description = "Prints the test that a stored run makes.")
    private @Nullable String record;

    @Option(names = "--server", paramLabel = "URL", description = "Where the run is stored.")
    private String server = "";

    TestCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    /// Only a value behind `=` is the option's own.
    static final class Attached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // The parser's own type.
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (" ".equals(info.get("separator"))) {
                arguments.push("");
            }
            return false;
        }
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        Logs.toTerminal(terminal);
        var settings = Settings.read(terminal);
        if (record != null) {
            return record(record, settings.values());
        }
        if (files.isEmpty()) {
            throw Failure.usage("say what to test: files or folders, as in `weir test .`.");
        }
        List<TestRun.Unit> units = new ArrayList<>();
        for (var source : new Texts(terminal).all(files)) {
            var compiled = language.sound(source);
            units.add(new TestRun.Unit(source, compiled, language.used(source, compiled)));
        }
        var outcome = new TestRun(settings.values(), only, coverage != null).of(units, this::tell);
        if (outcome.results().isEmpty()) {
            throw Failure.usage(
                    only.isEmpty()
                            ? "there is no test in " + String.join(", ", files)
                                    + "; `test \"what it shows\" { … }` makes one."
                            : "there is no test whose title holds \"" + only + "\".");
        }
        return conclude(new TestResults(outcome.results()), new CoverageText(outcome.coverage()));
    }

    private int record(String run, RecordValue settings) throws Failure, InterruptedException {
        try (var remote = Remote.of(terminal, server)) {
            var view = remote.record("/api/v1/runs/" + run, "a run " + run);
            String name = view.get("workflow") instanceof StringValue(String text) ? text : "";
            String version = view.get("version") instanceof NumberValue(double number) ? "" + (int) number : "";
            var stored = remote.record(
                    "/api/v1/workflows/" + name + "/versions/" + version, "version " + version + " of " + name);
            String text = stored.get("text") instanceof StringValue(String whole) ? whole : "";
            var recorded = new Recorder(language, settings).of(new Source(name + ".weir", text), view);
            terminal.out().print(recorded.text());
            recorded.complaints()
                    .forEach(complaint ->
                            terminal.err().println("weir: the test does not pass as it stands: " + complaint));
            return recorded.complaints().isEmpty() ? Exit.OK : Exit.FAILED;
        }
    }

    private void tell(Result result) {
        if (json) {
            return;
        }
        var lines = new FailureLines(terminal);
        var report = result.report();
        terminal.out().println(lines.mark(report.passed()) + " " + report.title());
        lines.tell(result.source(), report);
    }

    private int conclude(TestResults results, CoverageText reached) throws Failure {
        if (junit != null) {
            write(junit, results.xml());
        }
        if (coverage != null && !coverage.isEmpty()) {
            write(coverage, reached.lcov());
        }
        if (json) {
            terminal.out().println(results.json(coverage == null ? null : reached));
        } else {
            terminal.out().printf("%n%d passed, %d failed%n", results.passed(), results.failed());
            if (coverage != null) {
                terminal.out().print("\n" + reached.table(terminal));
            }
        }
        return results.failed() == 0 ? Exit.OK : Exit.FAILED;
    }

    private void write(String file, String text) throws Failure {
        try {
            var path = terminal.path(file);
            var folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(path, text);
        } catch (IOException unwritable) {
            throw Failure.usage("cannot write " + file + ": " + Texts.reason(unwritable) + ".");
        }
    }
}
