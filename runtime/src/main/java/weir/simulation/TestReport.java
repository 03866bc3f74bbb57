package weir.simulation;

import java.time.Duration;
import java.util.List;
import weir.source.Span;

/// What came of a `test` block.
///
/// @param at the block
/// @param failures none when it passed
/// @param virtualTime how much time passed for the run
/// @param calls how many calls the run made
public record TestReport(String title, Span at, List<Failure> failures, Duration virtualTime, int calls) {
    public TestReport {
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /// @param message one sentence
    /// @param details the values that explain it, a line each
    /// @param at the expectation, mock or step it is about
    public record Failure(String message, List<String> details, Span at) {
        public Failure {
            details = List.copyOf(details);
        }
    }
}
