package weir.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Measures how often an operation runs in a second on one thread, as JMH does it: warmed up, in batches long enough
/// for the clock, with results that the compiler must not leave out. The same subjects are also there for JMH itself
/// ([RulesBenchmark], [MappingBenchmark]); this one takes seconds and one process for a whole comparison.
final class Stopwatch {
    private static final long BATCH_NANOSECONDS = 2_000_000;
    private static final VarHandle SINK;

    static {
        try {
            SINK = MethodHandles.lookup().findStaticVarHandle(Stopwatch.class, "sink", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /// Where results go, so that computing them cannot be left out.
    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // Written through its handle.
    private static Object sink = "";

    private final Duration warmUp;
    private final Duration window;

    Stopwatch(Duration warmUp, Duration window) {
        this.warmUp = warmUp;
        this.window = window;
    }

    /// What is measured.
    interface Operation {
        /// @param i grows by one from call to call
        Object run(int i);
    }

    /// @param single durations of single calls, with the reading of the clock
    record Measured(double perSecond, Histogram single) {}

    /// Measures the rate in batches, and then single calls for the percentiles, whose times include reading the
    /// clock.
    Measured measure(Operation operation) {
        return measure(List.of(operation)).getFirst();
    }

    /// Measures several operations in turns of a batch each, so that what disturbs the machine disturbs all alike.
    List<Measured> measure(List<Operation> operations) {
        int[] batches = operations.stream().mapToInt(this::batch).toArray();
        long[] rounds = new long[batches.length];
        long[] times = new long[batches.length];
        while (LongStream.of(times).anyMatch(time -> time < window.toNanos())) {
            for (int k = 0; k < batches.length; k++) {
                long start = System.nanoTime();
                repeat(operations.get(k), (int) (rounds[k] & Integer.MAX_VALUE), batches[k]);
                times[k] += System.nanoTime() - start;
                rounds[k] += batches[k];
            }
        }
        return IntStream.range(0, batches.length)
                .mapToObj(k -> new Measured(rounds[k] * 1e9 / times[k], single(operations.get(k))))
                .toList();
    }

    /// Warms up, and finds how many calls fill a batch.
    private int batch(Operation operation) {
        long start = System.nanoTime();
        long end = start + warmUp.toNanos();
        int batch = 1;
        int i = 0;
        long now = start;
        while (now < end || now - start == 0) {
            long before = System.nanoTime();
            i = repeat(operation, i, batch);
            now = System.nanoTime();
            if (now - before < BATCH_NANOSECONDS && batch < 1 << 24) {
                batch *= 2;
            }
        }
        return batch;
    }

    private static int repeat(Operation operation, int from, int times) {
        int i = from;
        for (int n = 0; n < times; n++) {
            SINK.setOpaque(operation.run(i++ & Integer.MAX_VALUE));
        }
        return i;
    }

    private Histogram single(Operation operation) {
        var histogram = new Histogram();
        long end = System.nanoTime() + window.toNanos() / 4;
        int i = 0;
        long before = System.nanoTime();
        while (before < end) {
            SINK.setOpaque(operation.run(i++ & Integer.MAX_VALUE));
            long now = System.nanoTime();
            histogram.record(now - before);
            before = System.nanoTime();
        }
        return histogram;
    }
}
