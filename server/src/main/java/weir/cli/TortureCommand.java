package weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weir.cli.Terminal.Style;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.TestReport;
import weir.simulation.TestRunner;
import weir.simulation.Torture;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

@Command(
        name = "torture",
        description = {
            "Runs the tests of texts, and kills the engine after each entry of the journal.",
            "Each time everything has to come out as if nothing had been. Says which calls were made again, because"
                    + " the engine died between a call and what came of it: the other side has to know their key.",
            "Without network and in virtual time. Ends with 1 when something comes out in another way."
        },
        footer = {"Examples:", "  weir torture orders.weir", "  weir torture . --only refund --json"})
final class TortureCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Language language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, a folder, or - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--only", paramLabel = "WORDS", description = "Only tests whose title holds these words.")
    private String only = "";

    @Option(
            names = "--json",
            description = "One JSON object: {passed, failed, kills, tests: [{file, title, line, passed, kills, …}]}.")
    private boolean json;

    TortureCommand(Terminal terminal, Language language) {
        this.terminal = terminal;
        this.language = language;
    }

    /// A tortured test of a text.
    private record Result(Source source, Torture.Report report) {}

    @Override
    public Integer call() throws Failure {
        Logs.toTerminal(terminal);
        var settings = Settings.read(terminal);
        var results = new ArrayList<Result>();
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            for (var source : new Texts(terminal).all(files)) {
                var compiled = language.sound(source);
                var runner = new TestRunner(
                        source,
                        compiled.library(),
                        compiled.graphs(),
                        settings.values(),
                        sandbox,
                        language.used(source, compiled)::workflow);
                var torture = new Torture(runner);
                for (var test : compiled.tests()) {
                    if (test.title().contains(only)) {
                        var result = new Result(source, torture.of(test));
                        results.add(result);
                        tell(result);
                    }
                }
            }
        }
        if (results.isEmpty()) {
            throw Failure.usage("there is no such test; `test \"what it shows\" { … }` makes one.");
        }
        return conclude(results);
    }

    private void tell(Result result) {
        if (json) {
            return;
        }
        var lines = new FailureLines(terminal);
        var source = result.source();
        var report = result.report();
        terminal.out()
                .println(lines.mark(report.passed()) + " " + report.straight().title() + "  "
                        + terminal.paint(Style.QUIET, report.kills() + " deaths"));
        lines.tell(source, report.straight());
        for (var death : report.deaths()) {
            terminal.out().println("    killed " + death.when() + ":");
            if (death.difference() != null) {
                terminal.out().println("      " + death.difference());
            }
            lines.tell(source, death.report());
        }
        for (var call : report.repeated()) {
            String key = call.keyed() ? "under the key that the workflow gives" : "under the run's own key";
            terminal.out()
                    .println("    made again: " + call.what() + ", " + key + "  " + lines.place(source, call.at()));
        }
    }

    private int conclude(List<Result> results) {
        long failed =
                results.stream().filter(result -> !result.report().passed()).count();
        int kills = results.stream().mapToInt(result -> result.report().kills()).sum();
        if (json) {
            terminal.out()
                    .println(Json.text(RecordValue.builder()
                            .put("passed", Value.of(results.size() - failed))
                            .put("failed", Value.of(failed))
                            .put("kills", Value.of(kills))
                            .put(
                                    "tests",
                                    list(results.stream()
                                            .map(TortureCommand::json)
                                            .toList()))
                            .build()));
        } else {
            terminal.out().printf("%n%d passed, %d failed, %d deaths%n", results.size() - failed, failed, kills);
        }
        return failed == 0 ? Exit.OK : Exit.FAILED;
    }

    private static Value list(List<? extends Value> values) {
        return ListValue.of(List.copyOf(values));
    }

    private static Value json(Result result) {
        var report = result.report();
        return RecordValue.builder()
                .put("file", Value.of(result.source().name()))
                .put("title", Value.of(report.straight().title()))
                .put(
                        "line",
                        Value.of(result.source()
                                .position(report.straight().at().start())
                                .line()))
                .put("passed", Value.of(report.passed()))
                .put("kills", Value.of(report.kills()))
                .put("failures", messages(report.straight()))
                .put(
                        "deaths",
                        list(report.deaths().stream()
                                .map(death -> RecordValue.builder()
                                        .put("when", Value.of(death.when()))
                                        .put("failures", messages(death.report()))
                                        .put(
                                                "difference",
                                                death.difference() == null
                                                        ? NullValue.NULL
                                                        : Value.of(death.difference()))
                                        .build())
                                .toList()))
                .put(
                        "repeated",
                        list(report.repeated().stream()
                                .map(call -> RecordValue.builder()
                                        .put("call", Value.of(call.what()))
                                        .put("times", Value.of(call.times()))
                                        .put("keyed", Value.of(call.keyed()))
                                        .put(
                                                "line",
                                                Value.of(result.source()
                                                        .position(call.at().start())
                                                        .line()))
                                        .build())
                                .toList()))
                .build();
    }

    private static Value messages(TestReport report) {
        return list(report.failures().stream()
                .map(failure -> Value.of(failure.message()))
                .toList());
    }
}
