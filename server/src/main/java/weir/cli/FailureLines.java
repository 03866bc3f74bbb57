package weir.cli;

import weir.cli.Terminal.Style;
import weir.simulation.TestReport;
import weir.simulation.TestReport.Detail;
import weir.source.Source;
import weir.source.Span;

/// How failures of a test are told to people: a line each with its place, and what explains it below.
final class FailureLines {
    private final Terminal terminal;

    FailureLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void tell(Source source, TestReport report) {
        for (var failure : report.failures()) {
            terminal.out().println("    " + failure.message() + "  " + place(source, failure.at()));
            failure.details().forEach(detail -> terminal.out().println("      " + told(detail)));
        }
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

    /// `file:line:column`, in a quiet colour.
    String place(Source source, Span at) {
        var position = source.position(at.start());
        return terminal.paint(Style.QUIET, "%s:%d:%d".formatted(source.name(), position.line(), position.column()));
    }

    /// What stands before a test's title.
    String mark(boolean passed) {
        return passed ? terminal.paint(Style.GOOD, "✓") : terminal.paint(Style.BAD, "✗");
    }
}
