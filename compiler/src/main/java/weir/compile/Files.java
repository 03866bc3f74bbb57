package weir.compile;

import org.jspecify.annotations.Nullable;
import weir.source.Source;

/// Where the files come from that a text uses.
public interface Files {
    /// No other files.
    Files NONE = path -> null;

    /// The file that `use "path"` names, null when there is none. Paths are relative to the text that is compiled.
    @Nullable
    Source find(String path);
}
