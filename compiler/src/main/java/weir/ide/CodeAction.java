package weir.ide;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic;
import weir.source.Fix.Edit;

/// A change of a text that somebody may want.
///
/// @param title what it does, in the imperative
/// @param diagnostic what it removes the cause of, null when nothing is wrong
/// @param preferred whether it is the one that is most likely meant
public record CodeAction(
        String title, Kind kind, @Nullable Diagnostic diagnostic, List<Edit> edits, boolean preferred) {
    public CodeAction {
        edits = List.copyOf(edits);
    }

    /// What sort of change it is.
    public enum Kind {
        FIX,
        FIX_ALL,
        EXTRACT,
        REWRITE,
        ORGANISE
    }
}
