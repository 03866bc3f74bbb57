package weir.syntax;

import java.util.List;
import weir.source.Diagnostic;

/// What parsing gives: always a tree, and what was wrong with the text.
public record Parsed(Tree.File file, List<Diagnostic> diagnostics) {
    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }
}
