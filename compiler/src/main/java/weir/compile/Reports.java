package weir.compile;

import java.util.Comparator;
import java.util.List;
import weir.source.Diagnostic;
import weir.source.Source;

/// Diagnostics as people read them.
final class Reports {
    private Reports() {}

    /// In the order of the text, those of other files first.
    static List<Diagnostic> inOrder(List<Diagnostic> diagnostics, Source main) {
        return diagnostics.stream()
                .sorted(Comparator.comparing(
                                (Diagnostic diagnostic) -> diagnostic.at().source() == main)
                        .thenComparing(diagnostic -> diagnostic.at().source().name())
                        .thenComparingInt(diagnostic -> diagnostic.at().span().start())
                        .thenComparing(Diagnostic::code))
                .toList();
    }
}
