package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final long MILLI = 1_000_000;
    private static final int LONG_WAIT = 60_000;

    private final FairQueue<String> turns = new FairQueue<>(3);

    private void submit(int organisation, String... tasks) {
        for (var task : tasks) {
            turns.submit(organisation, task);
        }
    }

    private FairQueue.Turn<String> next() {
        var turn = turns.take(LONG_WAIT);
        assertNotNull(turn);
        return turn;
    }

    private String run(long millis) {
        var turn = next();
        turns.end(turn, millis * MILLI);
        return turn.task();
    }

    @Test
    void whoUsedLeastIsNext() {
        submit(1, "a1", "a2", "a3");
        submit(2, "b1", "b2", "b3");
        assertEquals("a1", run(10));
        assertEquals("b1", run(4));
        assertEquals("b2", run(4));
        assertEquals("b3", run(4));
        assertEquals("a2", run(1));
        assertEquals("a3", run(1));
    }

    @Test
    void whoComesBackHasNoCredit() {
        submit(1, "a1", "a2", "a3");
        assertEquals("a1", run(20));
        assertEquals("a2", run(20));
        submit(2, "b1", "b2", "b3", "b4");
        // Level with where the others are, not 40 ms ahead of them.
        assertEquals("b1", run(15));
        assertEquals("b2", run(15));
        assertEquals("a3", run(1));
        assertEquals("b3", run(1));
    }

    @Test
    void oneThreadIsLeftForTheQuick() {
        submit(1, "a0", "a1", "a2", "a3");
        assertEquals("a0", run(1_000));
        assertEquals("a1", next().task());
        var second = next();
        assertEquals("a2", second.task());
        // Nothing for the third thread until somebody quick comes.
        submit(2, "b1");
        assertEquals("b1", next().task());
        turns.end(second, 1_000 * MILLI);
        assertEquals("a3", next().task());
    }

    @Test
    void nobodyHasAllThreads() {
        submit(1, "a1", "a2", "a3");
        assertEquals("a1", next().task());
        var second = next();
        assertNull(turns.take(0), "the third thread is for others, however quick these are");
        turns.end(second, MILLI);
        assertEquals("a3", next().task());
    }

    @Test
    void asManyThreadsAsScriptsAreStartedUpToTheMost() {
        assertTrue(turns.submit(1, "a"));
        assertTrue(turns.submit(1, "b"));
        assertTrue(turns.submit(2, "c"));
        assertFalse(turns.submit(3, "d"));
        assertEquals(3, turns.threads());
        assertEquals(4, turns.waiting());
        next();
        var stubborn = next();
        assertTrue(turns.lost(stubborn, MILLI), "another thread for the one that does not come back");
        assertEquals(3, turns.threads());
    }

    @Test
    void aThreadWithoutWorkEnds() {
        submit(1, "a");
        run(1);
        assertNull(turns.take(0));
        assertEquals(0, turns.threads());
    }

    @Test
    void nothingIsTakenOnceItIsClosed() {
        submit(1, "a", "b");
        submit(2, "c");
        assertEquals(List.of("a", "b", "c"), turns.close().stream().sorted().toList());
        assertNull(turns.take(LONG_WAIT));
        assertThrows(IllegalStateException.class, () -> turns.submit(1, "d"));
    }
}
