package weir.engine;

import java.util.Arrays;

/// Which events of one name the waits of one node have taken, by their positions, and from where on they want to be
/// told.
///
/// Events that were published at the same time may be told out of their order. So what was taken is known exactly, and
/// what was told to a pass that was over by then is wanted again.
final class Positions {
    private static final long NONE = Long.MAX_VALUE;

    /// Sorted; they grow at the end, but for those that came late.
    private long[] taken = new long[4];

    private int count;

    /// The walk that the rest is about: another one may take what was refused before.
    private int walk;

    /// The last position that was told.
    private long heard;

    /// The first position that has to be told again.
    private long open = NONE;

    boolean isTaken(long position) {
        return Arrays.binarySearch(taken, 0, count, position) >= 0;
    }

    void take(long position, int now) {
        hear(position, now);
        int at = -Arrays.binarySearch(taken, 0, count, position) - 1;
        if (at >= 0) {
            taken = count == taken.length ? Arrays.copyOf(taken, 2 * count) : taken;
            System.arraycopy(taken, at, taken, at + 1, count - at);
            taken[at] = position;
            count++;
        }
    }

    /// A `where` does not want it.
    ///
    /// @param forAll whether no other wait of the node wants it in this walk
    void refuse(long position, boolean forAll, int now) {
        hear(position, now);
        if (!forAll) {
            open = Math.min(open, position);
        }
    }

    /// It came when nobody waited.
    void miss(long position) {
        if (!isTaken(position)) {
            open = Math.min(open, position);
        }
    }

    private void hear(long position, int now) {
        heard = walk == now ? Math.max(heard, position) : position;
        open = walk == now ? open : NONE;
        walk = now;
    }

    /// Nothing up to here needs to be told again.
    long after(int now) {
        return walk == now ? Math.min(heard, open - 1) : 0;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(taken, count)) + " heard " + heard + " open "
                + (open == NONE ? "none" : open) + " in " + walk;
    }
}
