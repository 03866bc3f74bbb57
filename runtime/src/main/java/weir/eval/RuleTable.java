package weir.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.graph.RuleSet;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.StringValue;
import weir.value.Value;

/// A table: small ones are scanned, larger ones narrowed down column by column with sets of bits, so that the cost
/// grows with the columns and hardly with the rows.
final class RuleTable implements RuleProgram {
    /// Tables of no more rows are scanned.
    static final int SCANNED_ROWS = 8;

    private final RuleSet set;
    private final Unit unit;
    private final Code[] inputs;
    private final Row[] rows;
    private final @Nullable Row otherwise;
    private final RuleColumn @Nullable [] columns;
    private final boolean dated;
    /// Whether the columns are the parameters in their order.
    private final boolean direct;

    /// A compiled row.
    static final class Row {
        private final int number;
        private final Cells[] cells;
        /// The columns whose cells are not fixed, so that an index cannot answer for them.
        private final int[] open;
        private final Code output;
        private final @Nullable Code from;
        private final @Nullable Code until;
        private final Fired fired;
        /// The outcome, when it is always the same.
        private final @Nullable Outcome outcome;

        /// @param number from 1
        Row(int number, List<Cells> cells, Code output, Bounds bounds, Fired fired) {
            this.number = number;
            this.cells = cells.toArray(Cells[]::new);
            this.open = IntStream.range(0, cells.size())
                    .filter(column -> !cells.get(column).isFixed())
                    .toArray();
            this.output = output;
            this.from = bounds.from;
            this.until = bounds.until;
            this.fired = fired;
            var value = output.constant();
            this.outcome = value == null ? null : new Outcome(value, fired.rows());
        }
    }

    /// From when and until when a row is valid; null without a limit.
    record Bounds(@Nullable Code from, @Nullable Code until) {}

    /// @param scanned up to how many rows the table is scanned and not indexed
    RuleTable(RuleSet set, Unit unit, List<Code> inputs, List<Row> rows, @Nullable Row otherwise, int scanned) {
        this.set = set;
        this.unit = unit;
        this.inputs = inputs.toArray(Code[]::new);
        this.rows = rows.toArray(Row[]::new);
        this.otherwise = otherwise;
        this.columns = rows.size() > scanned ? columns(rows) : null;
        this.direct = isDirect(set, inputs);
        this.dated = rows.stream().anyMatch(row -> row.from != null || row.until != null);
    }

    private static boolean isDirect(RuleSet set, List<Code> inputs) {
        return inputs.size() == set.parameters().size()
                && IntStream.range(0, inputs.size())
                        .allMatch(i -> inputs.get(i) instanceof Reads.Local local && local.slot == i);
    }

    private RuleColumn[] columns(List<Row> all) {
        var made = new RuleColumn[inputs.length];
        for (int i = 0; i < made.length; i++) {
            int column = i;
            made[i] = new RuleColumn(all.stream().map(row -> row.cells[column]).toList());
        }
        return made;
    }

    @Override
    public Outcome decide(List<Value> arguments, Evaluation evaluation) {
        return decide(arguments, evaluation, dated ? RuleCompiler.now(evaluation, set) : Instant.EPOCH);
    }

    @Override
    public Outcome decide(List<Value> arguments, Evaluation evaluation, Instant asOf) {
        var activation = RuleCompiler.activation(set, unit, arguments, evaluation);
        var values = direct ? activation.locals : values(activation);
        evaluation.spend(inputs.length + 1L + (columns == null ? rows.length : rows.length >> 6), set.at());
        return switch (set.policy()) {
            case FIRST -> first(values, activation, asOf);
            case UNIQUE -> unique(values, activation, asOf);
            case ALL -> all(values, activation, asOf);
        };
    }

    private Value[] values(Activation activation) {
        var values = new Value[inputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = inputs[i].run(activation);
            if (values[i] instanceof NumberValue(double number) && Double.isNaN(number)) {
                throw RuleCompiler.notANumber(set, inputs[i].at, "column " + (i + 1));
            }
        }
        return values;
    }

    private Outcome first(Value[] values, Activation activation, Instant asOf) {
        var row = next(0, values, activation, asOf);
        row = row == null ? otherwise : row;
        return row == null ? nothing() : fired(row, activation);
    }

    private Outcome unique(Value[] values, Activation activation, Instant asOf) {
        var row = next(0, values, activation, asOf);
        if (row == null) {
            return otherwise == null ? nothing() : fired(otherwise, activation);
        }
        var result = row.output.run(activation);
        for (var other = next(row.number, values, activation, asOf);
                other != null;
                other = next(other.number, values, activation, asOf)) {
            if (!other.output.run(activation).equals(result)) {
                throw RuleCompiler.conflict(set, row.number, other.number);
            }
        }
        return fired(row, activation);
    }

    private Outcome all(Value[] values, Activation activation, Instant asOf) {
        var numbers = new ArrayList<Integer>();
        var results = new ArrayList<Value>();
        for (var row = next(0, values, activation, asOf);
                row != null;
                row = next(row.number, values, activation, asOf)) {
            numbers.add(row.number);
            results.add(row.output.run(activation));
        }
        if (numbers.isEmpty() && otherwise != null) {
            numbers.add(otherwise.number);
            results.add(otherwise.output.run(activation));
        }
        activation.evaluation.fired(new Fired(set.name(), List.copyOf(numbers)));
        return new Outcome(ListValue.of(results), numbers);
    }

    private Outcome fired(Row row, Activation activation) {
        activation.evaluation.fired(row.fired);
        return row.outcome != null ? row.outcome : new Outcome(row.output.run(activation), row.fired.rows());
    }

    private static Outcome nothing() {
        return new Outcome(NullValue.NULL, List.of());
    }

    /// The first matching row whose number is greater.
    private @Nullable Row next(int after, Value[] values, Activation activation, Instant asOf) {
        return columns == null
                ? scan(after, values, activation, asOf)
                : search(columns, after, values, activation, asOf);
    }

    private @Nullable Row scan(int after, Value[] values, Activation activation, Instant asOf) {
        for (var row : rows) {
            if (row.number > after && matches(row, values, activation) && isValid(row, activation, asOf)) {
                return row;
            }
        }
        return null;
    }

    private static boolean matches(Row row, Value[] values, Activation activation) {
        for (int i = 0; i < row.cells.length; i++) {
            if (!row.cells[i].holds(values[i], activation)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Row search(RuleColumn[] index, int after, Value[] values, Activation activation, Instant asOf) {
        var left = new long[index.length][];
        for (int i = 0; i < left.length; i++) {
            left[i] = index[i].rows(values[i]);
        }
        for (int word = 0; word < (rows.length + 63) >> 6; word++) {
            long bits = word == (rows.length - 1) >> 6 ? -1L >>> -rows.length : -1L;
            for (var column : left) {
                bits &= column[word];
            }
            for (; bits != 0; bits &= bits - 1) {
                var row = rows[(word << 6) + Long.numberOfTrailingZeros(bits)];
                if (row.number > after && isOpenMatch(row, values, activation) && isValid(row, activation, asOf)) {
                    return row;
                }
            }
        }
        return null;
    }

    private static boolean isOpenMatch(Row row, Value[] values, Activation activation) {
        for (int column : row.open) {
            if (!row.cells[column].holds(values[column], activation)) {
                return false;
            }
        }
        return true;
    }

    private boolean isValid(Row row, Activation activation, Instant asOf) {
        return !dated
                || ((row.from == null || !asOf.isBefore(time(row.from, activation)))
                        && (row.until == null || asOf.isBefore(time(row.until, activation))));
    }

    private static Instant time(Code code, Activation activation) {
        var time = code.run(activation) instanceof StringValue(String text) ? Datetimes.parse(text) : null;
        if (time == null) {
            throw new EvaluationError("type_error", "`valid from` and `until` need a datetime", code.at);
        }
        return time;
    }
}
