package weir.lsp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// When work is done.
///
/// @param now answers, one after the other
/// @param soon what can wait until somebody stops typing
record Pace(Executor now, Executor soon) {
    private static final int PAUSE = 150;

    /// On another thread, so that what nobody needs any more can be cancelled before its turn.
    static Pace inTurns() {
        var turns = new Turns();
        return new Pace(turns, CompletableFuture.delayedExecutor(PAUSE, TimeUnit.MILLISECONDS, turns));
    }

    /// At once, on the thread that asks.
    static Pace atOnce() {
        return new Pace(Runnable::run, Runnable::run);
    }
}
