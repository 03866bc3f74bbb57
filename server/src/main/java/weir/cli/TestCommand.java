package weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.cli.Terminal.Style;
import weir.cli.TestResults.Result;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.TestReport.Detail;
import weir.simulation.TestRunner;
import weir.source.Source;

@Command(
        name = "test",
        description = {
            "Runs the tests that stand in texts.",
            "Without network and in virtual time: a test of a week takes milliseconds. Ends with 1 when one fails."
        },
        footer = {
            "Examples:",
            "  weir test orders.weir",
            "  weir test . --only refund",
            "  weir test . --junit target/weir.xml"
        })
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--only", paramLabel = "WORDS", description = "Only tests whose title holds these words.")
    private String only = "";

    @Option(
            names = "--json",
            description = "One JSON object: {passed, failed, tests: [{file, title, line, passed, failures, …}]}.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes the results as JUnit XML, for build servers.")
    private @Nullable String junit;

    TestCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    @Override
    public Integer call() throws Failure {
        Logs.toTerminal(terminal);
        var settings = Settings.read(terminal);
        List<Result> results = new ArrayList<>();
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            for (var source : new Texts(terminal).all(files)) {
                var compiled = language.sound(source);
                var runner = new TestRunner(source, compiled.library(), compiled.graphs(), settings.values(), sandbox);
                for (var test : compiled.tests()) {
                    if (test.title().contains(only)) {
                        long start = System.nanoTime();
                        var report = runner.run(test);
                        results.add(tell(new Result(source, report, (System.nanoTime() - start) / 1e9)));
                    }
                }
            }
        }
        if (results.isEmpty()) {
            throw Failure.usage(
                    only.isEmpty()
                            ? "there is no test in " + String.join(", ", files)
                                    + "; `test \"what it shows\" { … }` makes one."
                            : "there is no test whose title holds \"" + only + "\".");
        }
        return conclude(new TestResults(results));
    }

    private Result tell(Result result) {
        if (!json) {
            var report = result.report();
            String mark = report.passed() ? terminal.paint(Style.GOOD, "✓") : terminal.paint(Style.BAD, "✗");
            terminal.out().println(mark + " " + report.title());
            for (var failure : report.failures()) {
                terminal.out()
                        .println("    " + failure.message() + "  "
                                + terminal.paint(
                                        Style.QUIET,
                                        place(result.source(), failure.at().start())));
                failure.details().forEach(detail -> terminal.out().println("      " + told(detail)));
            }
        }
        return result;
    }

    /// On a terminal what was expected is green, and what came is red.
    private String told(Detail detail) {
        return switch (detail) {
            case Detail.Note(String text) -> text;
            case Detail.Difference(String path, String expected, String actual) ->
                new Detail.Difference(path, terminal.paint(Style.GOOD, expected), terminal.paint(Style.BAD, actual))
                        .text();
        };
    }

    private static String place(Source source, int offset) {
        var position = source.position(offset);
        return "%s:%d:%d".formatted(source.name(), position.line(), position.column());
    }

    private int conclude(TestResults results) throws Failure {
        if (junit != null) {
            try {
                Files.writeString(terminal.path(junit), results.xml());
            } catch (IOException unwritable) {
                throw Failure.usage("cannot write " + junit + ": " + Texts.reason(unwritable) + ".");
            }
        }
        if (json) {
            terminal.out().println(results.json());
        } else {
            terminal.out().printf("%n%d passed, %d failed%n", results.passed(), results.failed());
        }
        return results.failed() == 0 ? Exit.OK : Exit.FAILED;
    }
}
