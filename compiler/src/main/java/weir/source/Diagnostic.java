package weir.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be said about a place in a text: one shape for terminal, editor, API and generator.
///
/// @param code stable name of the kind of message (`W2041`), explained by `weir explain`
/// @param message one sentence in the user's words
/// @param at where it is
/// @param related other places that belong to it
/// @param hint what to do next, or null
/// @param fixes edits that would remove its cause, the best first
public record Diagnostic(
        String code,
        Severity severity,
        String message,
        Location at,
        List<Related> related,
        @Nullable String hint,
        List<Fix> fixes) {
    public Diagnostic {
        related = List.copyOf(related);
        fixes = List.copyOf(fixes);
    }

    /// A second place and what it has to do with the message.
    public record Related(Location at, String message) {}

    public static Diagnostic error(String code, String message, Location at) {
        return new Diagnostic(code, Severity.ERROR, message, at, List.of(), null, List.of());
    }

    public static Diagnostic warning(String code, String message, Location at) {
        return new Diagnostic(code, Severity.WARNING, message, at, List.of(), null, List.of());
    }

    public Diagnostic withHint(String text) {
        return new Diagnostic(code, severity, message, at, related, text, fixes);
    }

    public Diagnostic withFix(Fix fix) {
        var more = new java.util.ArrayList<>(fixes);
        more.add(fix);
        return new Diagnostic(code, severity, message, at, related, hint, more);
    }

    public Diagnostic withRelated(Location place, String text) {
        var more = new java.util.ArrayList<>(related);
        more.add(new Related(place, text));
        return new Diagnostic(code, severity, message, at, more, hint, fixes);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
