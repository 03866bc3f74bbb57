package weir.engine;

/// A journal's entry that the graph has no place for.
final class ReplayMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayMismatch(Entry entry) {
        super(entry.getClass().getSimpleName() + (entry instanceof Entry.Placed placed ? " of " + placed.path() : ""));
    }
}
