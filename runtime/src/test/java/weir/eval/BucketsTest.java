package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final double[] ODD = {
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -1e300,
        -3,
        -Double.MIN_VALUE,
        0,
        Double.MIN_VALUE,
        1e-9,
        1,
        2,
        1e15,
        1e300,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };

    @Test
    void everyNumberIsFoundWhereCountingFindsIt() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var numbers = DoubleStream.generate(() -> number(random))
                    .limit(random.nextInt(40))
                    .sorted()
                    .distinct()
                    .toArray();
            var buckets = new Buckets(numbers);
            for (double asked : DoubleStream.concat(Arrays.stream(numbers), Arrays.stream(ODD))
                    .toArray()) {
                for (double number : new double[] {asked, Math.nextUp(asked), Math.nextDown(asked)}) {
                    long less =
                            Arrays.stream(numbers).filter(one -> one < number).count();
                    assertEquals(
                            less,
                            buckets.position(number),
                            "seed " + seed + ": " + number + " in " + Arrays.toString(numbers));
                }
            }
        }
    }

    /// Without minus zero, which constants of tables are never.
    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> ODD[random.nextInt(ODD.length)];
            case 1 -> random.nextInt(100);
            case 2 -> random.nextGaussian() * 1e6 + 0.0;
            default -> 1e9 + random.nextDouble();
        };
    }
}
