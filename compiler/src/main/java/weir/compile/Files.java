package weir.compile;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Source;

/// Where the files come from that a text uses.
public interface Files {
    /// No other files.
    Files NONE = path -> null;

    /// The file that `use "path"` names, null when there is none. Paths are relative to the text that is compiled.
    @Nullable
    Source find(String path);

    /// Whether a path leads to where no file may be read, so that [#find] is not asked. Paths from the root of a
    /// disk always do.
    default boolean isOutside(String path) {
        return false;
    }

    /// The paths of files that the text could use, for suggestions; none where that is not known.
    default Collection<String> all() {
        return List.of();
    }
}
