package weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void percentilesAreWithinOnePercentOfTheSortedTruth() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var histogram = new Histogram();
        long[] all = new long[20_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.record(all[i]);
        }
        Arrays.sort(all);
        for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
            long truth = all[(int) Math.max(0, Math.ceil(share * all.length) - 1)];
            long found = histogram.percentile(share);
            assertTrue(found >= truth && found <= truth * 1.01 + 1, share + ": " + found + " for " + truth);
        }
    }

    @Test
    void everyValueLiesInItsBucket() {
        for (long value = 0; value >= 0 && value < Long.MAX_VALUE / 4; value = value * 5 / 4 + 1) {
            int bucket = Histogram.bucket(value);
            assertTrue(value <= Histogram.upper(bucket), () -> "too large for bucket " + bucket);
            assertTrue(bucket == 0 || value > Histogram.upper(bucket - 1), () -> "too small for bucket " + bucket);
        }
    }

    @Test
    void nothingMeasuredIsZero() {
        assertEquals(0, new Histogram().percentile(0.99));
    }
}
