package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weir.store.Connections;
import weir.store.Connections.Entry;

class RecentConnectionsTest {
    private static final int ORG = 1;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<Entry> kept = Optional.empty();
    private final List<String> asked = new ArrayList<>();

    private final Connections store = new Connections() {
        @Override
        public void put(int org, Entry entry) {
            kept = Optional.of(entry);
        }

        @Override
        public Optional<Entry> find(int org, String name) {
            asked.add(name);
            return kept.filter(entry -> entry.name().equals(name));
        }

        @Override
        public List<Entry> list(int org) {
            return kept.stream().toList();
        }

        @Override
        public boolean remove(int org, String name) {
            boolean there = kept.isPresent();
            kept = Optional.empty();
            return there;
        }
    };

    private final RecentConnections recent = new RecentConnections(store, () -> now);

    private Entry entry(String sealed) {
        return new Entry("shop", "http", "", "", sealed, now);
    }

    @Test
    void theStoreIsAskedOnceASecondAlsoForWhatIsNotThere() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(recent.find(ORG, "http").isEmpty());
        }
        assertEquals(1, asked.size());
        now = now.plus(RecentConnections.RECENT);
        recent.find(ORG, "http");
        assertEquals(2, asked.size());
    }

    @Test
    void whatIsChangedHereCountsAtOnce() {
        assertTrue(recent.find(ORG, "shop").isEmpty());
        recent.put(ORG, entry("a"));
        assertEquals("a", recent.find(ORG, "shop").orElseThrow().sealed());
        recent.put(ORG, entry("b"));
        assertEquals("b", recent.find(ORG, "shop").orElseThrow().sealed());
        assertTrue(recent.remove(ORG, "shop"));
        assertTrue(recent.find(ORG, "shop").isEmpty());
    }

    @Test
    void whatIsChangedElsewhereCountsASecondLater() {
        assertTrue(recent.find(ORG, "shop").isEmpty());
        kept = Optional.of(entry("a"));
        now = now.plus(RecentConnections.RECENT);
        assertEquals("a", recent.find(ORG, "shop").orElseThrow().sealed());
    }

    @Test
    void aClockThatIsSetBackMakesNothingLastLonger() {
        assertTrue(recent.find(ORG, "shop").isEmpty());
        kept = Optional.of(entry("a"));
        now = now.minusSeconds(3_600);
        assertEquals("a", recent.find(ORG, "shop").orElseThrow().sealed());
    }
}
