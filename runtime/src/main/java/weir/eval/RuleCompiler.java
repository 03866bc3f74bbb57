package weir.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation.Fired;
import weir.graph.Expr;
import weir.graph.RuleSet;
import weir.source.Span;
import weir.value.NumberValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// From rule sets to programs.
final class RuleCompiler {
    private final RuleSet set;
    private final Programs programs;
    private final Unit unit = new Unit();
    private final @Nullable Names names;

    private RuleCompiler(RuleSet set, Programs programs) {
        this.set = set;
        this.programs = programs;
        @Nullable Names declared = null;
        for (var parameter : set.parameters()) {
            declared = new Names(declared, parameter.name(), unit.local(), false);
        }
        this.names = declared;
    }

    static RuleProgram compile(RuleSet set, Programs programs) {
        return compile(set, programs, RuleTable.SCANNED_ROWS);
    }

    /// @param scanned up to how many rows a table is scanned and not indexed
    static RuleProgram compile(RuleSet set, Programs programs, int scanned) {
        var compiler = new RuleCompiler(set, programs);
        return switch (set.body()) {
            case RuleSet.Body.Table table -> compiler.table(table, scanned);
            case RuleSet.Body.Sentences sentences -> compiler.sentences(sentences);
        };
    }

    private RuleProgram table(RuleSet.Body.Table table, int scanned) {
        var rows = new ArrayList<RuleTable.Row>();
        RuleTable.@Nullable Row otherwise = null;
        for (int i = 0; i < table.rows().size(); i++) {
            var row = table.rows().get(i);
            var compiled = row(i + 1, row, table);
            if (row.otherwise()) {
                otherwise = compiled;
            } else {
                rows.add(compiled);
            }
        }
        return new RuleTable(set, unit, codes(table.inputs()), rows, otherwise, scanned);
    }

    private RuleTable.Row row(int number, RuleSet.Row row, RuleSet.Body.Table table) {
        var cells = row.cells().stream().map(this::cell).toList();
        var bounds = new RuleTable.Bounds(
                row.from() == null ? null : code(row.from()), row.until() == null ? null : code(row.until()));
        return new RuleTable.Row(number, cells, output(row, table), bounds, new Fired(set.name(), List.of(number)));
    }

    /// A row's result: a record of its output columns, or the value of the only one. When it does not depend on
    /// anything it is made once.
    private Code output(RuleSet.Row row, RuleSet.Body.Table table) {
        var outputs = codes(row.outputs());
        if (!table.record()) {
            return outputs.getFirst();
        }
        var putters = new ArrayList<Literals.Putter>();
        for (int i = 0; i < outputs.size(); i++) {
            putters.add(new Literals.Putter.Named(table.outputs().get(i), outputs.get(i)));
        }
        var record = new Literals.MixedRecord(putters, row.at());
        return outputs.stream().allMatch(code -> code.constant() != null)
                ? new Literals.Constant(record.run(Activation.NONE), row.at())
                : record;
    }

    private Cells cell(RuleSet.Cell cell) {
        return switch (cell) {
            case RuleSet.Cell.Any() -> new Cells.Any();
            case RuleSet.Cell.Tests(boolean negated, var tests) -> {
                var compiled = tests.stream().map(this::test).toList();
                yield !negated && compiled.size() == 1 ? compiled.getFirst() : new Cells.Tests(negated, compiled);
            }
        };
    }

    private Cells test(RuleSet.Test test) {
        return switch (test) {
            case RuleSet.Test.Equal(Expr value) -> new Cells.Equal(code(value));
            case RuleSet.Test.Compare(var operator, Expr value) -> new Cells.Compare(operator, code(value));
            case RuleSet.Test.Range(Expr from, Expr to, boolean closed) ->
                new Cells.Range(code(from), code(to), closed);
            case RuleSet.Test.Condition(Expr condition) -> new Cells.Condition(code(condition));
        };
    }

    private RuleProgram sentences(RuleSet.Body.Sentences sentences) {
        var whens = sentences.whens().stream()
                .map(when -> new RuleSentences.When(code(when.condition()), code(when.result())))
                .toList();
        var otherwise = sentences.otherwise();
        return new RuleSentences(set, unit, whens, otherwise == null ? null : code(otherwise));
    }

    private List<Code> codes(List<Expr> exprs) {
        return exprs.stream().map(this::code).toList();
    }

    private Code code(Expr expr) {
        return programs.code(expr, names, null, unit);
    }

    /// The arguments as the first locals; none may be NaN, which no row could be asked about.
    static Activation activation(RuleSet set, Unit unit, List<Value> arguments, Evaluation evaluation) {
        var activation = unit.activation(null, evaluation);
        int count = set.parameters().size();
        for (int i = 0; i < count; i++) {
            var value = i < arguments.size() ? arguments.get(i) : UndefinedValue.UNDEFINED;
            if (value instanceof NumberValue(double number) && Double.isNaN(number)) {
                throw notANumber(set, set.at(), set.parameters().get(i).name());
            }
            activation.locals[i] = value;
        }
        return activation;
    }

    static EvaluationError notANumber(RuleSet set, Span at, String input) {
        return new EvaluationError(
                "nan_input",
                "NaN was handed to the rules `" + set.name() + "` as " + input + "; no row can answer it",
                at);
    }

    static EvaluationError conflict(RuleSet set, int one, int other) {
        return new EvaluationError(
                "conflicting_rules",
                "rows " + one + " and " + other + " of the rules `" + set.name()
                        + "` both match, but give different results",
                set.at());
    }

    static Instant now(Evaluation evaluation, RuleSet set) {
        var now = evaluation.draw(Expr.Drawn.NOW) instanceof StringValue(String text) ? Datetimes.parse(text) : null;
        if (now == null) {
            throw new EvaluationError("type_error", "now() gave no datetime", set.at());
        }
        return now;
    }
}
