package weir.store.memory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.store.Registry;
import weir.store.Split;

/// Deployed texts in memory.
final class MemoryRegistry implements Registry {
    private final InstantSource clock;
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();
    private final Set<Integer> removed = new HashSet<>();
    private final List<Version> versions = new ArrayList<>();
    private int lastEntry;

    MemoryRegistry(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Version deploy(
            int org, Kind kind, String name, String hash, String file, String text, String graph) {
        var entry = find(org, kind, name).orElseGet(() -> new Entry(++lastEntry, org, kind, name, 0));
        var known = versions(entry.id());
        var version = known.stream()
                .filter(old -> old.text().equals(text)
                        && old.hash().equals(hash)
                        && old.file().equals(file))
                .findFirst()
                .orElseGet(() -> {
                    var made = new Version(
                            versions.size() + 1,
                            entry.id(),
                            known.size() + 1,
                            hash,
                            file,
                            text,
                            graph,
                            clock.instant());
                    versions.add(made);
                    return made;
                });
        entries.put(entry.id(), new Entry(entry.id(), org, kind, name, version.number()));
        return version;
    }

    @Override
    public synchronized boolean activate(int entry, int number) {
        var old = entries.get(entry);
        if (old == null || version(entry, number).isEmpty()) {
            return false;
        }
        entries.put(entry, new Entry(entry, old.org(), old.kind(), old.name(), number, null, old.retired()));
        return true;
    }

    @Override
    public synchronized void split(int entry, @Nullable Split split) {
        entries.computeIfPresent(
                entry,
                (id, old) -> new Entry(id, old.org(), old.kind(), old.name(), old.active(), split, old.retired()));
    }

    @Override
    public synchronized void retire(int entry, boolean retired) {
        entries.computeIfPresent(
                entry,
                (id, old) -> new Entry(id, old.org(), old.kind(), old.name(), old.active(), old.split(), retired));
    }

    @Override
    public synchronized List<Entry> list(int org, Kind kind) {
        return entries.values().stream()
                .filter(entry -> entry.org() == org && entry.kind() == kind && !removed.contains(entry.id()))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    @Override
    public synchronized Optional<Entry> find(int org, Kind kind, String name) {
        return list(org, kind).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    @Override
    public synchronized Optional<Entry> find(int id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public synchronized List<Version> versions(int entry) {
        return versions.stream()
                .filter(version -> version.entry() == entry)
                .sorted(Comparator.comparingInt(Version::number).reversed())
                .toList();
    }

    @Override
    public synchronized Optional<Version> version(int entry, @Nullable Integer number) {
        var wanted = number != null ? number : find(entry).map(Entry::active).orElse(0);
        return versions(entry).stream()
                .filter(version -> version.number() == wanted)
                .findFirst();
    }

    @Override
    public synchronized Optional<Version> version(int id) {
        return versions.stream().filter(version -> version.id() == id).findFirst();
    }

    @Override
    public synchronized void remove(int entry) {
        removed.add(entry);
    }
}
