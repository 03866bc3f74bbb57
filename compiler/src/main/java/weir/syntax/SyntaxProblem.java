package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;
import weir.source.Source;
import weir.source.Span;

/// What can be wrong with the form of a text: one record a mistake, each code with a page
/// `grammar/diagnostics/CODE.md`.
sealed interface SyntaxProblem permits LexicalProblem, StructureProblem, HabitProblem, LimitProblem {
    /// Where it is.
    Span span();

    String code();

    /// One sentence in the words of a person who writes workflows.
    String message();

    default Severity severity() {
        return Severity.ERROR;
    }

    /// What to do next, where no fix says it.
    default @Nullable String hint() {
        return null;
    }

    default List<Fix> fixes() {
        return List.of();
    }

    default List<Related> related(Source source) {
        return List.of();
    }

    default Diagnostic diagnostic(Source source) {
        return new Diagnostic(
                code(), severity(), message(), new Location(source, span()), related(source), hint(), fixes());
    }
}
