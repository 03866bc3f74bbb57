package weir.engine;

/// A journal that this build cannot read, most likely because a newer one wrote it. The run is to be handed back, not
/// ended.
public final class JournalFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param what the entry or value that is not known
    public JournalFormatException(String what) {
        super("this build does not know " + what
                + " in a journal; a newer version of Weir wrote it: update this server");
    }
}
