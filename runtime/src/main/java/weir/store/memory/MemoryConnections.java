package weir.store.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import weir.store.Connections;

/// Kept as long as this process lives.
public final class MemoryConnections implements Connections {
    private final Map<Integer, TreeMap<String, Entry>> entries = new HashMap<>();

    private TreeMap<String, Entry> of(int org) {
        return entries.computeIfAbsent(org, number -> new TreeMap<>());
    }

    @Override
    public synchronized void put(int org, Entry entry) {
        of(org).put(entry.name(), entry);
    }

    @Override
    public synchronized Optional<Entry> find(int org, String name) {
        return Optional.ofNullable(of(org).get(name));
    }

    @Override
    public synchronized List<Entry> list(int org) {
        return List.copyOf(of(org).values());
    }

    @Override
    public synchronized boolean remove(int org, String name) {
        return of(org).remove(name) != null;
    }
}
