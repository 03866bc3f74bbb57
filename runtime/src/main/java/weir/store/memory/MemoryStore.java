package weir.store.memory;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import weir.store.Journal;
import weir.store.Post;
import weir.store.Queue;
import weir.store.Registry;
import weir.store.Slots;
import weir.store.Views;

/// A whole store in memory. Views, registry and queue are shared; each journal is another worker's.
public final class MemoryStore {
    private final RandomGenerator random;
    private final MemoryRuns runs;
    private final MemoryQueue queue;
    private final MemoryRegistry registry;
    private final MemoryPost post;
    private final MemorySlots slots;

    /// @param random gives workers their incarnations
    public MemoryStore(InstantSource clock, RandomGenerator random) {
        this(clock, random, new MemoryRuns(clock));
    }

    MemoryStore(InstantSource clock, RandomGenerator random, MemoryRuns runs) {
        this.random = random;
        this.runs = runs;
        this.queue = new MemoryQueue(clock);
        this.post = new MemoryPost(clock, runs);
        runs.posting(post::post);
        this.slots = new MemorySlots(clock, runs);
        this.registry = new MemoryRegistry(clock);
    }

    /// On the system's clock.
    public MemoryStore() {
        this(InstantSource.system(), RandomGenerator.getDefault());
    }

    /// The journal of one more worker.
    public Journal journal() {
        long incarnation;
        do {
            incarnation = random.nextLong();
        } while (incarnation == 0 || incarnation == Slots.GATE);
        return new MemoryJournal(runs, incarnation);
    }

    public Queue queue() {
        return queue;
    }

    public Views views() {
        return new MemoryViews(runs);
    }

    /// How runs reach each other, people and the outside.
    public Post post() {
        return new Post(post, post, post, post, slots);
    }

    public Registry registry() {
        return registry;
    }

    /// Loses everything the queue holds, as a Redis that starts empty does.
    public void loseQueue() {
        queue.lose();
    }
}
