package weir.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// What is known of a script.
///
/// @param mistake the first one, null when it is JavaScript; then the rest is empty
/// @param open names that the script reads or writes and does not declare itself, its parameters included, in the
/// order of the text
/// @param draws where it asks for the time or for chance: `Date.now`, `new Date()`, `Math.random`
/// @param returns whether its own body returns a value somewhere, or throws
public record Outline(@Nullable Mistake mistake, List<Use> open, List<Draw> draws, boolean returns) {
    public Outline {
        open = List.copyOf(open);
        draws = List.copyOf(draws);
    }

    /// @param what as it is written
    public record Draw(String what, Span at) {}

    /// Reads the body of a strict function.
    ///
    /// @param parameters the names that the function takes; they may not be declared again
    public static Outline of(String body, List<String> parameters) {
        var names = new Names(parameters);
        try {
            var statements = new Statements(new Tokens(body), names);
            statements.script();
            return new Outline(null, names.open(), names.draws(), statements.returns());
        } catch (Unreadable problem) {
            return problem.mistake() == null
                    ? new Outline(null, List.of(), List.of(), true)
                    : new Outline(problem.mistake(), List.of(), List.of(), true);
        }
    }
}
