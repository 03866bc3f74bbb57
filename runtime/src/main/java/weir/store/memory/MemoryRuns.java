package weir.store.memory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.engine.Message;
import weir.store.Journal.Accepted;
import weir.store.Journal.Append;
import weir.store.Journal.Appended;
import weir.store.Journal.Birth;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.Journal.Due;
import weir.store.Journal.Once;
import weir.store.Journal.Told;
import weir.store.Letter;
import weir.store.Slots;
import weir.store.Views.Worker;

/// All runs, and who works on them; every method is one transaction.
class MemoryRuns {
    private record OnceKey(int org, int scope, ByteBuffer key) {}

    private record FirstUse(UUID run, Instant until, byte[] body) {}

    private record Heartbeat(Instant at, int running) {}

    private final InstantSource clock;
    private final TreeMap<UUID, LiveRun> runs = new TreeMap<>();
    private final Map<OnceKey, FirstUse> once = new HashMap<>();
    private final Map<Long, Heartbeat> workers = new TreeMap<>();

    /// Where letters go with their frames.
    private Consumer<Letter> outbox = letter -> {};

    MemoryRuns(InstantSource clock) {
        this.clock = clock;
    }

    void posting(Consumer<Letter> into) {
        outbox = into;
    }

    synchronized Accepted accept(Birth birth) {
        if (runs.containsKey(birth.id())) {
            return new Accepted.Known(birth.id());
        }
        Accepted before = birth.once() == null ? null : firstUse(birth, birth.once());
        if (before != null) {
            return before;
        }
        runs.put(birth.id(), new LiveRun(birth));
        birth.letters().forEach(outbox);
        return new Accepted.Fresh(birth.id());
    }

    private @Nullable Accepted firstUse(Birth birth, Once key) {
        var now = clock.instant();
        once.values().removeIf(use -> !use.until().isAfter(now));
        var use = once.putIfAbsent(
                new OnceKey(birth.org(), key.scope(), ByteBuffer.wrap(key.key().clone())),
                new FirstUse(birth.id(), now.plus(key.within()), key.body().clone()));
        if (use == null) {
            return null;
        }
        return Arrays.equals(use.body(), key.body()) ? new Accepted.Known(use.run()) : new Accepted.Conflict(use.run());
    }

    synchronized boolean freeKey(int org, int scope, byte[] key, UUID run) {
        var place = new OnceKey(org, scope, ByteBuffer.wrap(key.clone()));
        var use = once.get(place);
        return use != null && use.run().equals(run) && once.remove(place) != null;
    }

    synchronized Appended append(long worker, Append append) {
        var run = runs.get(append.run());
        if (run == null || !mayAppend(run, worker, append)) {
            boolean owned = run != null && run.ownedBy(worker) && run.epoch == append.epoch();
            return new Appended(false, run == null ? 0 : run.inbox.size(), owned);
        }
        boolean unheard = isUnheard(run, append);
        switch (append.disposition()) {
            case Disposition.Keep() -> {}
            case Disposition.End(var status) -> run.end(status, clock.instant());
            case Disposition.Release(var wakeAt) -> {
                if (unheard) {
                    return new Appended(false, run.inbox.size(), true);
                }
                run.release(wakeAt);
            }
            case Disposition.Gate() -> {
                if (unheard) {
                    return new Appended(false, run.inbox.size(), true);
                }
                run.owner = Slots.GATE;
            }
            case Disposition.Pause(var look) -> {
                if (unheard) {
                    return new Appended(false, run.inbox.size(), true);
                }
                run.pause(look);
            }
            case Disposition.Park(var expires) -> {
                if (unheard) {
                    return new Appended(false, run.inbox.size(), true);
                }
                run.park(expires);
            }
        }
        run.add(append.frames());
        append.letters().forEach(outbox);
        run.taken = append.taken();
        return new Appended(true, run.inbox.size(), run.ownedBy(worker));
    }

    /// The fence: only who owns the run under this epoch goes on from the frame that it knows as the last.
    boolean mayAppend(LiveRun run, long worker, Append append) {
        return run.ownedBy(worker) && run.epoch == append.epoch() && run.head() == append.head();
    }

    /// Whether the run was told something that its owner has not seen.
    boolean isUnheard(LiveRun run, Append append) {
        return run.inbox.size() != append.inboxSeen();
    }

    synchronized List<Claim> claim(long worker, Collection<UUID> ids) {
        return known(ids).filter(LiveRun::free).map(run -> claim(worker, run)).toList();
    }

    private static Claim claim(long worker, LiveRun run) {
        run.owner = worker;
        run.epoch++;
        run.parked = false;
        run.paused = false;
        return new Claim(
                run.birth.id(),
                run.birth.org(),
                run.birth.workflow(),
                run.birth.version(),
                run.epoch,
                run.head(),
                run.inbox.size(),
                run.taken,
                List.copyOf(run.frames),
                run.messages(run.taken));
    }

    synchronized List<Told> messages(UUID id, int after) {
        var run = runs.get(id);
        return run == null ? List.of() : run.messages(after);
    }

    synchronized List<UUID> told(long worker, Collection<UUID> ids) {
        return known(ids)
                .filter(run -> run.ownedBy(worker) && run.inbox.size() > run.taken)
                .map(run -> run.birth.id())
                .toList();
    }

    synchronized void disown(long worker, Collection<UUID> ids) {
        known(ids).filter(run -> run.ownedBy(worker)).forEach(run -> run.release(clock.instant()));
    }

    /// @param inTurn whether it goes to the gate when it rests
    synchronized boolean tell(UUID id, Message message, String source, boolean inTurn) {
        var run = runs.get(id);
        if (run == null || run.ended != null) {
            return false;
        }
        run.tell(message, source, clock.instant(), inTurn);
        return true;
    }

    synchronized boolean isAtGate(UUID id) {
        var run = runs.get(id);
        return run != null && run.ownedBy(Slots.GATE);
    }

    synchronized List<Slots.AtGate> atGate() {
        return runs.values().stream()
                .filter(run -> run.ownedBy(Slots.GATE))
                .map(run -> new Slots.AtGate(run.birth.id(), run.birth.org()))
                .toList();
    }

    synchronized boolean isOverOrRests(UUID id) {
        var run = runs.get(id);
        return run == null || run.ended != null || (run.free() && run.parked);
    }

    /// Whether the run was at the gate, and now is due.
    synchronized boolean open(UUID id) {
        var run = runs.get(id);
        if (run == null || !run.ownedBy(Slots.GATE)) {
            return false;
        }
        run.release(clock.instant());
        return true;
    }

    synchronized List<Due> due(Instant from, Instant before, int limit) {
        return runs.values().stream()
                .filter(run -> run.free() && run.wakeAt.isBefore(before) && !run.wakeAt.isBefore(from))
                .sorted(Comparator.comparing((LiveRun run) -> run.wakeAt))
                .limit(limit)
                .map(LiveRun::due)
                .toList();
    }

    synchronized void seen(long worker, int running) {
        workers.put(worker, new Heartbeat(clock.instant(), running));
    }

    synchronized List<Worker> workers() {
        return workers.entrySet().stream()
                .map(one -> new Worker(
                        "memory-" + Long.toHexString(one.getKey()),
                        one.getValue().at(),
                        one.getValue().running()))
                .toList();
    }

    synchronized void gone(long worker) {
        workers.remove(worker);
    }

    /// @param asker lives, whatever its last heartbeat says
    synchronized int freeDead(long asker, Duration silence) {
        var now = clock.instant();
        workers.entrySet()
                .removeIf(one -> one.getKey() != asker && one.getValue().at().isBefore(now.minus(silence)));
        workers.putIfAbsent(asker, new Heartbeat(now, 0));
        var orphans = runs.values().stream()
                .filter(run -> run.ended == null
                        && run.owner != 0
                        && run.owner != Slots.GATE
                        && !workers.containsKey(run.owner))
                .toList();
        orphans.forEach(run -> run.release(now));
        return orphans.size();
    }

    synchronized Instant now() {
        return clock.instant();
    }

    /// What `read` makes of the run, null when the organisation has none of that id.
    synchronized <T> @Nullable T read(int org, UUID id, Function<LiveRun, T> read) {
        var run = runs.get(id);
        return run != null && run.birth.org() == org ? read.apply(run) : null;
    }

    /// What `read` makes of the runs that fit, newest first, while nothing changes.
    synchronized <T> List<T> newest(
            @Nullable UUID before, Predicate<LiveRun> fits, int limit, Function<LiveRun, T> read) {
        var older = before == null ? runs : runs.headMap(before, false);
        return older.descendingMap().values().stream()
                .filter(fits)
                .limit(limit)
                .map(read)
                .toList();
    }

    private Stream<LiveRun> known(Collection<UUID> ids) {
        return ids.stream().distinct().map(runs::get).filter(Objects::nonNull);
    }
}
