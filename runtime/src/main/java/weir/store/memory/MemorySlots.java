package weir.store.memory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import weir.graph.Graph.Priority;
import weir.store.Journal;
import weir.store.Slots;

/// Turns in memory; every method is one transaction.
final class MemorySlots implements Slots {
    private record Slot(UUID run, Key key, int most, Priority priority, long arrival, boolean held) {}

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
        if (!slots.containsKey(run)) {
            slots.put(run, new Slot(run, key, most, priority, arrivals++, false));
            runs.shut(run);
        }
    }

    @Override
    public synchronized List<Journal.Due> grant(Key key) {
        var granted = new ArrayList<Journal.Due>();
        var waiting = slots.values().stream()
                .filter(slot -> slot.key().equals(key) && !slot.held())
                .sorted(Comparator.comparing(Slot::priority).reversed().thenComparingLong(Slot::arrival))
                .toList();
        for (var slot : waiting) {
            if (held(key, slot.run()).size() >= slot.most()) {
                break;
            }
            slots.put(slot.run(), new Slot(slot.run(), key, slot.most(), slot.priority(), slot.arrival(), true));
            if (runs.open(slot.run())) {
                granted.add(new Journal.Due(slot.run(), key.org(), slot.priority(), clock.instant()));
            }
        }
        return granted;
    }

    @Override
    public synchronized List<Key> leave(UUID run) {
        var slot = slots.remove(run);
        return slot == null ? List.of() : List.of(slot.key());
    }

    @Override
    public synchronized void pass(UUID run) {
        slots.computeIfPresent(run, (id, slot) -> slot.held() ? slot : null);
        runs.open(run);
    }

    @Override
    public synchronized List<UUID> held(Key key, UUID besides) {
        return slots.values().stream()
                .filter(slot ->
                        slot.key().equals(key) && slot.held() && !slot.run().equals(besides))
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
}
