package weir.engine;

/// Which loops are split, and how: each segment is walked by a run of its own, by whoever is free.
///
/// @param above a loop with more items than that is split
/// @param size how many items a segment has at most
/// @param open how many segments of a loop are under way at once at most, however many items may be
public record Splitting(int above, int size, int open) {
    /// What servers do unless they are told otherwise.
    public static final Splitting STANDARD = new Splitting(1_000, 1_000, 8);

    public Splitting {
        if (above < 1 || size < 1 || open < 1) {
            throw new IllegalArgumentException("loops are split into at least one segment of at least one item");
        }
    }
}
