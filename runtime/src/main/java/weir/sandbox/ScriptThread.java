package weir.sandbox;

import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import weir.eval.EvaluationError;
import weir.value.Value;

/// A thread that runs the scripts of a [Sandbox], one after the other.
final class ScriptThread extends Thread {
    /// More than the frames that a script may have can fill; only what is used takes memory.
    private static final long STACK_BYTES = 64L << 20;

    private static final long IDLE_MILLIS = 600_000;

    private final Sandbox sandbox;
    private final FairQueue<Task> turns;
    private @Nullable World world;
    private boolean lost;

    ScriptThread(Sandbox sandbox, FairQueue<Task> turns) {
        super(null, null, "script", STACK_BYTES);
        this.sandbox = sandbox;
        this.turns = turns;
        setDaemon(true);
    }

    /// The world in which a script runs on this thread, which then is the calling one.
    @Nullable
    World world() {
        return world;
    }

    @Override
    public void run() {
        for (var turn = turns.take(IDLE_MILLIS); turn != null; turn = turns.take(IDLE_MILLIS)) {
            long before = Watch.cpu();
            perform(turn);
            if (!ends(turn, Watch.cpu() - before)) {
                return;
            }
        }
    }

    private void perform(FairQueue.Turn<Task> turn) {
        var task = turn.task();
        if (task.isOver()) {
            return;
        }
        try {
            var machinery = sandbox.machinery();
            task.succeed(run(turn, machinery));
        } catch (Throwable problem) {
            // Whatever it is, somebody waits to hear of it.
            task.fail(problem);
        }
    }

    private Value run(FairQueue.Turn<Task> turn, Sandbox.Machinery machinery) {
        var current = machinery.worlds().take(turn.organisation());
        var guard = machinery.watch().over(current::close, reason -> giveUp(turn, reason));
        boolean broken = false;
        world = current;
        try (guard) {
            return turn.task().runIn(current);
        } catch (PolyglotException problem) {
            broken = true;
            throw Border.stopped(problem, guard.reason());
        } catch (OutOfMemoryError | StackOverflowError e) {
            broken = true;
            throw Border.tooMuchMemory();
        } finally {
            world = null;
            if (broken || guard.reason() != null) {
                // It may have ended by itself just before it was stopped; its world is closed in any case.
                machinery.worlds().end(current);
                var _ = Thread.interrupted();
            } else {
                machinery.worlds().giveBack(turn.organisation(), current);
            }
        }
    }

    /// @return whether to go on
    private synchronized boolean ends(FairQueue.Turn<Task> turn, long nanos) {
        if (!lost) {
            turns.end(turn, nanos);
        }
        return !lost;
    }

    /// The script does not stop: its caller goes on, and another thread takes the place of this one.
    private synchronized void giveUp(FairQueue.Turn<Task> turn, EvaluationError reason) {
        if (!turn.task().isOver()) {
            lost = true;
            turn.task().fail(reason);
            if (turns.lost(turn, sandbox.limits().cpu().toNanos())) {
                sandbox.startThread();
            }
        }
    }
}
