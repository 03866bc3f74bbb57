package weir.compile;

import java.util.Comparator;
import java.util.List;
import weir.check.CheckProblem;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Parsed;

/// Diagnostics as people read them.
final class Reports {
    private Reports() {}

    /// The checker's diagnostics without what may only look missing: in a declaration that could not be read whole.
    static List<Diagnostic> without(List<CheckProblem> problems, Parsed parsed, MissingUses missing) {
        var unread = parsed.file().declarations().stream()
                .map(Declaration::span)
                .filter(span -> parsed.diagnostics().stream()
                        .anyMatch(diagnostic -> diagnostic.isError()
                                && span.contains(diagnostic.at().span().start())))
                .toList();
        return problems.stream()
                .filter(problem -> !problem.isAbsence()
                        || unread.stream()
                                .noneMatch(span ->
                                        span.contains(problem.at().span().start())))
                .map(missing::diagnostic)
                .toList();
    }

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
