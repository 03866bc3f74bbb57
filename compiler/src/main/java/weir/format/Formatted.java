package weir.format;

import java.util.List;
import weir.source.Diagnostic;

/// What formatting gives.
///
/// @param text the canonical form, or the text as it was if it could not be read
/// @param diagnostics why it could not be read; empty if it could
public record Formatted(String text, List<Diagnostic> diagnostics) {
    public Formatted {
        diagnostics = List.copyOf(diagnostics);
    }
}
