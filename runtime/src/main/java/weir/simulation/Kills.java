package weir.simulation;

/// When the process of some runs is killed: after which of the frames that become durable, and whether the calls that
/// the frame plans are made before.
final class Kills {
    private static final int NEVER = 0;
    private static final int ALWAYS = -1;

    private final int after;
    private final boolean afterCalls;
    private int frames;

    private Kills(int after, boolean afterCalls) {
        this.after = after;
        this.afterCalls = afterCalls;
    }

    static Kills none() {
        return new Kills(NEVER, false);
    }

    /// @param frame from 1, over all runs of a test
    /// @param afterCalls whether the calls are made and only what comes of them is lost
    static Kills after(int frame, boolean afterCalls) {
        return new Kills(frame, afterCalls);
    }

    static Kills always(boolean afterCalls) {
        return new Kills(ALWAYS, afterCalls);
    }

    /// A frame is durable.
    ///
    /// @return whether the process dies now
    boolean strike() {
        frames++;
        return after == ALWAYS || frames == after;
    }

    boolean afterCalls() {
        return afterCalls;
    }

    /// How many frames became durable.
    int frames() {
        return frames;
    }
}
