package weir.store.memory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import weir.graph.Graph.Priority;
import weir.store.Journal;
import weir.store.Slots;

/// Turns in memory; every method is one transaction.
final class MemorySlots implements Slots {
    private record Slot(UUID run, Key key, int most, Priority priority, long arrival, boolean held) {
        boolean waitsFor(Key other) {
            return !held && key.equals(other);
        }

        boolean holds(Key other) {
            return held && key.equals(other);
        }
    }

    private final InstantSource clock;
    private final MemoryRuns runs;
    private final Map<UUID, Slot> slots = new HashMap<>();
    private long arrivals;

    MemorySlots(InstantSource clock, MemoryRuns runs) {
        this.clock = clock;
        this.runs = runs;
    }

    @Override
    public synchronized void enter(UUID run, Key key, int most, Priority priority) {
        var before = slots.get(run);
        if (runs.isAtGate(run) && (before == null || before.held())) {
            slots.put(run, new Slot(run, key, most, priority, arrivals++, false));
        }
    }

    @Override
    public synchronized List<Journal.Due> grant(Key key) {
        var granted = new ArrayList<Journal.Due>();
        var waiting = slots.values().stream()
                .filter(slot -> slot.waitsFor(key))
                .sorted(Comparator.comparing(Slot::priority).reversed().thenComparingLong(Slot::arrival))
                .toList();
        for (var slot : waiting) {
            if (held(key, slot.run()).size() >= slot.most()) {
                break;
            }
            if (runs.open(slot.run())) {
                slots.put(slot.run(), new Slot(slot.run(), key, slot.most(), slot.priority(), slot.arrival(), true));
                granted.add(new Journal.Due(slot.run(), key.org(), slot.priority(), clock.instant()));
            }
        }
        return granted;
    }

    @Override
    public synchronized List<Key> leave(UUID run) {
        return takeBack(slot -> slot.run().equals(run));
    }

    @Override
    public synchronized List<Key> takeBackForgotten() {
        return takeBack(slot -> true);
    }

    private List<Key> takeBack(Predicate<Slot> which) {
        var over = slots.values().stream()
                .filter(slot -> slot.held() && which.test(slot) && runs.isOverOrRests(slot.run()))
                .toList();
        over.forEach(slot -> slots.remove(slot.run()));
        return over.stream().map(Slot::key).distinct().toList();
    }

    @Override
    public synchronized boolean holds(UUID run) {
        var slot = slots.get(run);
        return slot != null && slot.held();
    }

    @Override
    public synchronized void pass(UUID run) {
        if (runs.open(run)) {
            slots.remove(run);
        }
    }

    @Override
    public synchronized List<UUID> held(Key key, UUID besides) {
        return slots.values().stream()
                .filter(slot -> slot.holds(key) && !slot.run().equals(besides))
                .sorted(Comparator.comparingLong(Slot::arrival))
                .map(Slot::run)
                .toList();
    }

    @Override
    public synchronized List<Key> waiting(int limit) {
        return slots.values().stream()
                .filter(slot -> !slot.held())
                .map(Slot::key)
                .distinct()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<AtGate> unasked(int limit) {
        return runs.atGate().stream()
                .filter(one -> {
                    var slot = slots.get(one.run());
                    return slot == null || slot.held();
                })
                .limit(limit)
                .toList();
    }
}
