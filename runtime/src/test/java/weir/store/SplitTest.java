package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final int KEYS = 10_000;

    private static Split split(double canary) {
        return new Split("Idempotency-Key", List.of(new Split.Share(1, 100 - canary), new Split.Share(2, canary)));
    }

    private static long onTwo(Split split) {
        return java.util.stream.IntStream.range(0, KEYS)
                .filter(i -> split.choose("order", "key " + i) == 2)
                .count();
    }

    @Test
    void weightsHoldAndKeysAreStable() {
        for (double weight : List.of(1.0, 10.0, 20.0, 50.0)) {
            long two = onTwo(split(weight));
            assertEquals(KEYS * weight / 100, two, 4 * Math.sqrt(KEYS * weight / 100), weight + " %");
            assertEquals(two, onTwo(Split.read(split(weight).text())));
        }
    }

    @Test
    void onlyTheKeysMoveThatHaveTo() {
        int there = 0;
        int back = 0;
        for (int i = 0; i < KEYS; i++) {
            int before = split(10).choose("order", "key " + i);
            int after = split(20).choose("order", "key " + i);
            there += before == 1 && after == 2 ? 1 : 0;
            back += before == 2 && after == 1 ? 1 : 0;
        }
        assertEquals(0, back);
        assertEquals(KEYS / 10, there, 130);
    }

    @Test
    void workflowsAreSplitIndependently() {
        long both = java.util.stream.IntStream.range(0, KEYS)
                .filter(i -> split(50).choose("a", "key " + i) == 2 && split(50).choose("b", "key " + i) == 2)
                .count();
        assertEquals(KEYS / 4, both, 250);
    }

    @Test
    void whatIsNoSplitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Split("", List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Split("k", List.of(new Split.Share(1, 1), new Split.Share(1, 2))));
        assertThrows(IllegalArgumentException.class, () -> new Split.Share(1, 0));
        assertTrue(new Split("k", List.of(new Split.Share(1, 1), new Split.Share(2, 2)))
                .text()
                .contains("weight"));
    }
}
