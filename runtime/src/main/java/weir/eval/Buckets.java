package weir.eval;

/// Where a number lies among sorted ones: mostly found without a comparison, because the range is cut into as many
/// equal buckets as there are numbers, twice, and a bucket knows the positions in it.
final class Buckets {
    private static final int MOST = 1 << 12;

    private final double[] numbers;
    private final double least;
    private final double scale;
    /// For each bucket the position of the first number that is not before it, and the count of numbers at the end.
    private final int[] starts;

    /// @param numbers sorted, without NaN
    Buckets(double[] numbers) {
        this.numbers = numbers;
        this.least = numbers.length == 0 ? 0 : numbers[0];
        int count = Math.min(Integer.highestOneBit(Math.max(numbers.length, 1)) * 4, MOST);
        double range = numbers.length == 0 ? 0 : numbers[numbers.length - 1] - least;
        double wanted = count / range;
        // Where the range is empty or not finite, all lie in one bucket.
        this.scale = Double.isFinite(wanted) && Double.isFinite(range) ? wanted : 0;
        this.starts = new int[count + 1];
        int position = 0;
        for (int bucket = 0; bucket < count; bucket++) {
            while (position < numbers.length && bucket(numbers[position], count) < bucket) {
                position++;
            }
            starts[bucket] = position;
        }
        starts[count] = numbers.length;
    }

    /// Grows with the number, so that what lies in an earlier bucket is less.
    private int bucket(double number, int count) {
        int bucket = (int) ((number - least) * scale);
        return Math.clamp(bucket, 0, count - 1);
    }

    /// How many of the numbers are less.
    ///
    /// @param number not NaN
    int position(double number) {
        int bucket = bucket(number, starts.length - 1);
        int low = starts[bucket];
        int high = starts[bucket + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
