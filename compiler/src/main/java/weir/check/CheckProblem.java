package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// What can be wrong with the meaning of a text: one record a mistake, each code with a page
/// `grammar/diagnostics/CODE.md`.
public sealed interface CheckProblem
        permits NameProblem,
                TypeProblem,
                MissingProblem,
                CallProblem,
                FlowProblem,
                EffectProblem,
                RulesProblem,
                HeadProblem,
                TestProblem,
                IntegrationProblem,
                ScriptProblem,
                NotAvailable {
    /// Where it is.
    Location at();

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

    default List<Related> related() {
        return List.of();
    }

    /// Whether it is about something that is not there. Where part of a declaration could not be read, what is
    /// missing may stand in that part, so nothing is said about it.
    default boolean isAbsence() {
        return false;
    }

    default Diagnostic diagnostic() {
        return new Diagnostic(code(), severity(), message(), at(), related(), hint(), fixes());
    }
}
