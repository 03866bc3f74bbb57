package weir.lsp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Does one thing after the other, on a thread that lives only while there is something to do.
final class Turns implements Executor {
    private static final System.Logger LOG = System.getLogger(Turns.class.getName());

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        Thread.ofVirtual().name("weir-editor").start(this::work);
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | StackOverflowError wrong) {
                LOG.log(System.Logger.Level.WARNING, "work for an editor failed", wrong);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = waiting.poll();
        busy = task != null;
        return task;
    }
}
