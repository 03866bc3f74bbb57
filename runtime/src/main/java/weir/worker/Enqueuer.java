package weir.worker;

import java.util.List;
import weir.store.Journal.Due;
import weir.store.Queue;

/// Puts accepted runs into the queue, many in one round trip. Nobody waits for it: a run whose journal is durable and
/// whose place in the queue is lost with this process is found again by the reconciler.
final class Enqueuer implements Actor<Due> {
    private final Queue queue;
    private final Runnable onQueued;

    /// @param onQueued called after runs went in, to wake whoever claims
    Enqueuer(Queue queue, Runnable onQueued) {
        this.queue = queue;
        this.onQueued = onQueued;
    }

    @Override
    public Next act(List<Due> due) {
        if (!due.isEmpty()) {
            queue.ensure(due);
            onQueued.run();
        }
        return new Next.News();
    }
}
