package weir.integrations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import weir.store.Connections;

/// Connections as they were a moment ago: steps ask for theirs with every request, most often to hear that there is
/// none, and each question would be a transaction. They stay sealed here. What changes in this process counts at once,
/// what changes in another one a second later.
public final class RecentConnections implements Connections {
    /// How old an answer may be.
    static final Duration RECENT = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    private final Connections store;
    private final InstantSource clock;
    private final Map<Place, Seen> seen = new ConcurrentHashMap<>();

    private record Place(int org, String name) {}

    private record Seen(Optional<Entry> entry, Instant at) {
        boolean isRecent(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(RECENT));
        }
    }

    public RecentConnections(Connections store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Entry> find(int org, String name) {
        var place = new Place(org, name);
        var now = clock.instant();
        var known = seen.get(place);
        if (known != null && known.isRecent(now)) {
            return known.entry();
        }
        var found = store.find(org, name);
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.put(place, new Seen(found, now));
        return found;
    }

    @Override
    public void put(int org, Entry entry) {
        store.put(org, entry);
        seen.clear();
    }

    @Override
    public List<Entry> list(int org) {
        return store.list(org);
    }

    @Override
    public boolean remove(int org, String name) {
        boolean removed = store.remove(org, name);
        seen.clear();
        return removed;
    }
}
