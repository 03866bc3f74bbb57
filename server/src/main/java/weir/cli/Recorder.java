package weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.compile.Compiled;
import weir.engine.Plan;
import weir.format.Formatter;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.simulation.Recording;
import weir.simulation.TestReport;
import weir.simulation.TestReport.Detail;
import weir.simulation.TestRunner;
import weir.source.Source;
import weir.value.RecordValue;
import weir.value.StringValue;

/// Writes the test that a run makes, and runs it at once: what is different every time is not expected.
final class Recorder {
    private final Language language;
    private final RecordValue settings;

    /// @param settings what the environment gives
    Recorder(Language language, RecordValue settings) {
        this.language = language;
        this.settings = settings;
    }

    /// @param complaints why the test does not pass, none when it does
    record Recorded(String text, List<String> complaints) {}

    /// @param source the text of the version that ran
    /// @param run as the API shows it
    Recorded of(Source source, RecordValue run) throws Failure {
        var compiled = language.sound(source);
        var graph = Language.workflow(compiled, text(run, "workflow"), source.name());
        String status = text(run, "status");
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            var plan = Plan.of(graph, settings, sandbox, source);
            var obstacles = Recording.obstacles(plan, run);
            if (!obstacles.isEmpty()) {
                throw Failure.usage(obstacles.getFirst() + ".");
            }
            var whole = tried(source, plan, run, false, sandbox);
            if (!whole.complaints().isEmpty() && status.equals("succeeded")) {
                var single = tried(source, plan, run, true, sandbox);
                return single.complaints().isEmpty() ? single : whole;
            }
            return whole;
        }
    }

    /// With events at once, else at their times; the first that passes, else the first.
    private Recorded tried(Source source, Plan plan, RecordValue run, boolean fields, Sandbox sandbox) throws Failure {
        @Nullable Recorded first = null;
        for (boolean timed : new boolean[] {false, true}) {
            String block = formatted(Recording.of(plan, run, new Recording.Style(timed, fields)));
            var report = tried(source, block, sandbox);
            if (fields && !report.passed()) {
                block = without(block, source, report);
                report = tried(source, block, sandbox);
            }
            if (report.passed()) {
                return new Recorded(block, List.of());
            }
            if (first == null) {
                first = new Recorded(
                        block,
                        report.failures().stream().map(Recorder::complaint).toList());
            }
        }
        return Objects.requireNonNull(first);
    }

    private static String complaint(TestReport.Failure failure) {
        return failure.details().stream()
                .map(Detail::text)
                .collect(Collectors.joining(
                        "; ", failure.message() + (failure.details().isEmpty() ? "" : ": "), ""));
    }

    private static String formatted(String block) {
        return Formatter.format(new Source("recorded", block)).text();
    }

    private static Source joined(Source source, String block) {
        return new Source(source.name(), source.text().stripTrailing() + "\n\n" + block);
    }

    private TestReport tried(Source source, String block, Sandbox sandbox) throws Failure {
        var joined = joined(source, block);
        Compiled compiled = language.sound(joined);
        var runner = new TestRunner(joined, compiled.library(), compiled.graphs(), settings, sandbox);
        return runner.run(compiled.tests().getLast());
    }

    /// The block without the expectations that do not hold.
    private static String without(String block, Source source, TestReport report) {
        var joined = joined(source, block);
        int before = (int) joined.text().lines().count() - (int) block.lines().count();
        Set<Integer> wrong = report.failures().stream()
                .map(failure -> joined.position(failure.at().start()).line() - before)
                .collect(Collectors.toSet());
        List<String> kept = new ArrayList<>();
        var lines = block.lines().toList();
        boolean dropping = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean begins = line.startsWith("  ") && !line.startsWith("   ") && !line.startsWith("  }");
            dropping = begins ? line.startsWith("  expect ") && wrong.contains(i + 1) : dropping && !line.equals("}");
            if (begins && dropping) {
                kept.add("  // " + line.substring(9).split(" ", 2)[0] + " is different every time");
            }
            if (!dropping) {
                kept.add(line);
            }
        }
        return formatted(String.join("\n", kept) + "\n");
    }

    private static String text(RecordValue run, String name) {
        return run.get(name) instanceof StringValue(String text) ? text : "";
    }
}
