package weir.script;

import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// Ends the reading of a script. Never leaves the package.
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Mistake mistake;

    Unreadable(String sentence, int start, int end) {
        super(sentence, null, false, false);
        this.mistake = new Mistake(sentence, new Span(start, Math.max(start, end)));
    }

    /// The script takes too much to read; nothing is said about it.
    Unreadable() {
        super("too much", null, false, false);
        this.mistake = null;
    }

    @Nullable
    Mistake mistake() {
        return mistake;
    }
}
