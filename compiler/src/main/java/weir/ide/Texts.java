package weir.ide;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts of documents that no editor has open. Documents are named by their URI.
@FunctionalInterface
public interface Texts {
    /// Knows none.
    Texts NONE = uri -> null;

    /// The text of a document, null when there is none.
    @Nullable
    String read(String uri);

    /// The names of the Weir documents in a folder and the folders in it; none where that cannot be found out.
    default Collection<String> in(String folder) {
        return List.of();
    }
}
