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
    /// @param details what explains it, a line each
    /// @param at the expectation, mock or step it is about
    public record Failure(String message, List<Detail> details, Span at) {
        public Failure {
            details = List.copyOf(details);
        }
    }

    /// What explains a failure.
    public sealed interface Detail {
        /// As one line.
        String text();

        record Note(String text) implements Detail {}

        /// A place where two values differ.
        ///
        /// @param path of the place in the values, empty for the whole
        record Difference(String path, String expected, String actual) implements Detail {
            @Override
            public String text() {
                String where = path.isEmpty() ? "" : "`" + path + "`: ";
                return where + "expected " + expected + ", got " + actual;
            }
        }
    }
}
