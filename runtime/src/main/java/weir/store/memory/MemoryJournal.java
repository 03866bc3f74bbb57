package weir.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import weir.engine.Message;
import weir.store.Journal;

/// One worker's way to the runs. Everything is durable, as far as memory is, when its method returns.
final class MemoryJournal implements Journal {
    private final MemoryRuns runs;
    private final long incarnation;
    private final LongAdder items = new LongAdder();

    MemoryJournal(MemoryRuns runs, long incarnation) {
        this.runs = runs;
        this.incarnation = incarnation;
        runs.seen(incarnation, 0);
    }

    @Override
    public CompletableFuture<Accepted> accept(Birth birth) {
        items.increment();
        return CompletableFuture.completedFuture(runs.accept(birth));
    }

    @Override
    public boolean freeKey(int org, int scope, byte[] key, UUID run) {
        return runs.freeKey(org, scope, key, run);
    }

    @Override
    public CompletableFuture<Appended> append(Append append) {
        items.increment();
        return CompletableFuture.completedFuture(runs.append(incarnation, append));
    }

    @Override
    public List<Claim> claim(Collection<UUID> ids) {
        return runs.claim(incarnation, ids);
    }

    @Override
    public List<Told> messages(UUID run, int after) {
        return runs.messages(run, after);
    }

    @Override
    public Collection<UUID> told(Collection<UUID> ids) {
        return runs.told(incarnation, ids);
    }

    @Override
    public void disown(Collection<UUID> ids) {
        runs.disown(incarnation, ids);
    }

    @Override
    public boolean tell(UUID run, Message message, String source) {
        return runs.tell(run, message, source, false);
    }

    @Override
    public boolean tellInTurn(UUID run, Message message, String source) {
        return runs.tell(run, message, source, true);
    }

    @Override
    public List<Due> due(Instant from, Instant before, int limit) {
        return runs.due(from, before, limit);
    }

    @Override
    public Written written() {
        return new Written(items.sum(), items.sum(), 0, 0);
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    @Override
    public void heartbeat(int running) {
        runs.seen(incarnation, running);
    }

    @Override
    public int freeDead(Duration silence) {
        return runs.freeDead(incarnation, silence);
    }

    @Override
    public void close() {
        runs.gone(incarnation);
    }
}
