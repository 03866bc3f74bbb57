package weir.bench;

/// Counts of durations with a relative error below 1 %, from a nanosecond to centuries, in a fixed 60 kB: 128 buckets
/// for each power of two, as HdrHistogram has them.
final class Histogram {
    private static final int BITS = 7;

    private final long[] counts = new long[(Long.SIZE - BITS) << BITS];
    private long total;
    private long longest;

    void record(long nanoseconds) {
        long value = Math.max(0, nanoseconds);
        counts[bucket(value)]++;
        total++;
        longest = Math.max(longest, value);
    }

    long total() {
        return total;
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        longest = Math.max(longest, other.longest);
    }

    /// The duration that a share of all did not exceed, in nanoseconds; 0 when there are none.
    ///
    /// @param share from 0 to 1
    long percentile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(upper(i), longest);
            }
        }
        return 0;
    }

    /// [#percentile] in milliseconds.
    double milliseconds(double share) {
        return percentile(share) / 1e6;
    }

    static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - BITS);
        return (shift << BITS) + (int) (value >>> shift);
    }

    /// The greatest value of a bucket.
    static long upper(int bucket) {
        int shift = Math.max(0, (bucket >> BITS) - 1);
        long mantissa = bucket - ((long) shift << BITS);
        return ((mantissa + 1) << shift) - 1;
    }
}
