package weir.format;

/// The places where a line may or must break.
final class Breaks {
    /// A space, or a line end if the group around it does not fit.
    static final Doc LINE = new Doc.Line(" ", false);

    /// Nothing, or a line end if the group around it does not fit.
    static final Doc SOFT = new Doc.Line("", false);

    /// A line end in any case; every group around it is broken.
    static final Doc HARD = new Doc.Line("", true);

    static final Doc NONE = new Doc.Text("");

    private Breaks() {}

    static boolean isNone(Doc doc) {
        return NONE.equals(doc);
    }
}
