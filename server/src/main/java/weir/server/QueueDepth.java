package weir.server;

import weir.store.Queue;

/// How full the queue was at the last look, so that nobody who starts a run or reads metrics has to ask for it.
final class QueueDepth {
    private final Queue queue;
    private final int limit;
    private volatile Queue.Depth last = new Queue.Depth(0, 0, 0, 0);

    /// @param limit how many ready runs may wait before new ones are turned away
    QueueDepth(Queue queue, int limit) {
        this.queue = queue;
        this.limit = limit;
    }

    /// Called often, from one thread.
    void look() {
        last = queue.depth();
    }

    Queue.Depth last() {
        return last;
    }

    /// Turns new runs away while the workers are far behind: what is accepted shall also be done.
    ///
    /// @throws Problem.Thrown 429
    void admit() {
        if (last.pending() > limit) {
            throw Problem.of(
                            429,
                            "queue_full",
                            "Too many runs wait",
                            "More than " + limit + " runs wait for a worker. Nothing was started; try again later.")
                    .retryAfter(2)
                    .thrown();
        }
    }
}
