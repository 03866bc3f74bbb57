package weir.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import weir.store.Journal.Due;
import weir.store.Queue;

/// Puts accepted runs into the queue, many in one round trip. Nobody waits for it: a run whose journal is durable and
/// whose place in the queue is lost with this process is found again by the reconciler.
final class Enqueuer implements AutoCloseable {
    private static final int BATCH = 256;

    private final Queue queue;
    private final Runnable onQueued;
    private final LinkedBlockingQueue<Due> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    /// @param onQueued called after runs went in, to wake whoever claims
    Enqueuer(Queue queue, Runnable onQueued) {
        this.queue = queue;
        this.onQueued = onQueued;
        this.thread = Thread.ofPlatform().name("weir-enqueue").daemon().start(this::loop);
    }

    void add(Due due) {
        waiting.add(due);
    }

    private void loop() {
        List<Due> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                queue.ensure(batch);
                batch.clear();
                onQueued.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
