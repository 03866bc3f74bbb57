package weir.lsp;

import org.jspecify.annotations.Nullable;

/// The texts of documents that no editor has open.
public interface Texts {
    /// Knows none.
    Texts NONE = uri -> null;

    /// The text of a document, null when there is none.
    @Nullable
    String read(String uri);
}
