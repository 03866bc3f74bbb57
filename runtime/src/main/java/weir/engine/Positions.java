package weir.engine;

import java.util.HashSet;
import java.util.Set;

/// Which events the waits of one node have taken, by their positions. Events are told in the order of their positions,
/// so when none was refused, one number says it all.
final class Positions {
    private static final long NONE = Long.MAX_VALUE;

    /// All positions up to here were taken.
    private long floor;

    /// The first position that a `where` refused, which another pass may take.
    private long refused = NONE;

    /// Those that were taken behind a refused one.
    private final Set<Long> others = new HashSet<>(0);

    boolean isTaken(long position) {
        return position <= floor || others.contains(position);
    }

    void take(long position) {
        if (position < refused) {
            floor = Math.max(floor, position);
        } else {
            others.add(position);
        }
    }

    void refuse(long position) {
        refused = Math.min(refused, position);
    }

    /// Nothing up to here is of interest any more.
    long floor() {
        return floor;
    }

    @Override
    public String toString() {
        return floor + " " + others + (refused == NONE ? "" : " refused " + refused);
    }
}
