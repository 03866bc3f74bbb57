package weir.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Which rows a column's value leaves, found by one search instead of a test a row.
///
/// The constants of a column cut its values into regions in which every cell gives the same answer: each constant by
/// itself, and what lies between two. For each region the rows are known beforehand, as a set of bits, by asking the
/// cells about one value of it; so an index cannot disagree with a scan. Rows whose cell is not fixed are left in.
final class RuleColumn {
    private final double[] numbers;
    private final Buckets buckets;
    /// Rows of the regions: below the first number, at it, between it and the next, …
    private final long[][] numberRows;
    private final String[] texts;
    private final long[][] textRows;
    private final Map<String, long[]> textTable;
    /// For texts that are no constant, where nothing but equality is asked.
    private final long @Nullable [] otherTexts;
    private final long[] whenTrue;
    private final long[] whenFalse;
    private final long[] whenNull;
    private final long[] whenUndefined;
    private final long[] otherwise;

    RuleColumn(List<Cells> cells) {
        var constants =
                cells.stream().filter(Cells::isFixed).flatMap(Cells::constants).toList();
        this.numbers = constants.stream()
                .filter(NumberValue.class::isInstance)
                .mapToDouble(value -> ((NumberValue) value).value() + 0.0)
                .sorted()
                .distinct()
                .toArray();
        this.texts = new TreeSet<>(constants.stream()
                        .filter(StringValue.class::isInstance)
                        .map(value -> ((StringValue) value).value())
                        .toList())
                .toArray(String[]::new);
        this.buckets = new Buckets(numbers);
        this.numberRows = numberRows(cells);
        this.textRows = textRows(cells);
        this.textTable = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            textTable.put(texts[i], textRows[2 * i + 1]);
        }
        this.otherTexts = otherTexts();
        this.whenTrue = rows(cells, BooleanValue.TRUE);
        this.whenFalse = rows(cells, BooleanValue.FALSE);
        this.whenNull = rows(cells, NullValue.NULL);
        this.whenUndefined = rows(cells, UndefinedValue.UNDEFINED);
        this.otherwise = rows(cells, RecordValue.EMPTY);
    }

    /// The rows whose cell holds, or is not known to fail.
    ///
    /// @param value not NaN
    long[] rows(Value value) {
        return switch (value) {
            case NumberValue(double number) -> numberRows[region(number)];
            case StringValue(String text) -> textRows(text);
            case BooleanValue truth -> truth.isTrue() ? whenTrue : whenFalse;
            case NullValue _ -> whenNull;
            case UndefinedValue _ -> whenUndefined;
            case ListValue _, RecordValue _ -> otherwise;
            case SecretValue _ -> throw Coercion.secret();
        };
    }

    private long @Nullable [] otherTexts() {
        boolean same = IntStream.range(1, texts.length + 1).allMatch(i -> Arrays.equals(textRows[2 * i], textRows[0]));
        return same ? textRows[0] : null;
    }

    private int region(double number) {
        int low = buckets.position(number);
        return low < numbers.length && numbers[low] == number ? 2 * low + 1 : 2 * low;
    }

    private long[] textRows(String text) {
        var known = textTable.get(text);
        if (known != null) {
            return known;
        }
        return otherTexts != null ? otherTexts : textRows[2 * -(Arrays.binarySearch(texts, text) + 1)];
    }

    private long[][] numberRows(List<Cells> cells) {
        var regions = new ArrayList<long[]>();
        regions.add(rows(cells, new NumberValue(Double.NEGATIVE_INFINITY)));
        for (double number : numbers) {
            regions.add(rows(cells, new NumberValue(number)));
            regions.add(rows(cells, new NumberValue(Math.nextUp(number))));
        }
        return regions.toArray(long[][]::new);
    }

    /// The text that follows directly after another is that with a NUL behind it.
    private long[][] textRows(List<Cells> cells) {
        var regions = new ArrayList<long[]>();
        regions.add(rows(cells, new StringValue("")));
        for (var text : texts) {
            regions.add(rows(cells, new StringValue(text)));
            regions.add(rows(cells, new StringValue(text + "\0")));
        }
        return regions.toArray(long[][]::new);
    }

    private static long[] rows(List<Cells> cells, Value value) {
        var rows = new long[(cells.size() + 63) >> 6];
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            if (!cell.isFixed() || cell.holds(value, Activation.NONE)) {
                rows[i >> 6] |= 1L << i;
            }
        }
        return rows;
    }
}
