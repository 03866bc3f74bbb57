package weir.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Cell;
import weir.syntax.Declaration.CellTest;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Rule sets: columns, cells and answers, and what can be proven about them together.
final class RuleSets {
    private final Checking checking;
    private final Expressions expressions;
    private final Declarations.Rules rules;
    private final Scope scope;
    private final Columns columns;

    private RuleSets(Checking checking, Declarations.Rules rules) {
        this.checking = checking;
        this.rules = rules;
        this.expressions = new Expressions(checking);
        this.scope = Workflows.parameters(
                rules.tree().parameters(), rules.signature().parameters(), Scope.Place.RULES, checking);
        this.columns = new Columns(checking, rules.signature().parameters());
    }

    static void check(Checking checking, Declarations.Rules rules) {
        var check = new RuleSets(checking.in(rules.source()), rules);
        check.checking.findings.scopes.put(rules.tree(), check.scope);
        switch (rules.tree().body()) {
            case RulesBody.Table table -> check.table(table);
            case RulesBody.Sentences sentences -> check.sentences(sentences);
        }
    }

    private String policy() {
        return rules.tree().policy() == null ? "unique" : rules.tree().policy().text();
    }

    // ---- sentences

    private void sentences(RulesBody.Sentences sentences) {
        Scope at = scope;
        for (var when : sentences.whens()) {
            var test = expressions.conditions.decides(when.condition(), at, "`when`");
            expressions.rely(when.result(), rules.row(), at.with(test.yes()), "the answer");
            at = policy().equals("first") ? at.with(test.no()) : at;
        }
        if (sentences.otherwise() != null) {
            expressions.rely(sentences.otherwise(), rules.row(), at, "the answer");
        }
        Declaration.Rules tree = rules.tree();
        if (sentences.whens().isEmpty() && sentences.otherwise() == null) {
            checking.report(new RulesProblem.NoRows(
                    checking.at(tree.name().span()), tree.name().text()));
        } else {
            verdict(tree.name().span(), () -> null);
        }
    }

    // ---- tables

    private void table(RulesBody.Table table) {
        boolean sound = true;
        for (Tree.Path path : table.inputs()) {
            sound &= column(path);
        }
        outputs(table);
        int otherwise = 0;
        for (int i = 0; i < table.rows().size(); i++) {
            Row row = table.rows().get(i);
            row(table, row);
            if (row.otherwise() && ++otherwise > 1) {
                checking.report(new RulesProblem.BadRow(checking.at(row.span()), "A table has one `else` row.", null));
            } else if (row.otherwise() && i + 1 < table.rows().size()) {
                checking.report(new RulesProblem.BadRow(
                        checking.at(row.span()),
                        "The `else` row has to be the last one.",
                        "Rows below it would read as if they counted."));
            }
        }
        if (sound && !table.inputs().isEmpty()) {
            proofs(table);
        }
    }

    private boolean column(Tree.Path path) {
        Tree.Name first = path.names().getFirst();
        Symbol parameter = scope.find(first.text());
        if (parameter == null) {
            var names = rules.signature().parameters().stream()
                    .map(candidate -> candidate.name())
                    .toList();
            checking.report(new RulesProblem.NoColumn(
                    checking.at(first.span()),
                    first.text(),
                    Words.quoted(names, "and"),
                    checking.nearest(first.text(), names).orElse(null)));
            return false;
        }
        checking.findings.use(first, parameter, checking.source, first.span());
        Type type = parameter.type();
        for (Tree.Name name : path.names().subList(1, path.names().size())) {
            Type owner = checking.types.withoutMissing(type);
            type = columns.step(type, name.text());
            if (type == Basic.UNKNOWN && owner != Basic.UNKNOWN) {
                var record = checking.types.recordOf(owner);
                List<String> names = record == null
                        ? List.of()
                        : record.fields().stream().map(Field::name).toList();
                checking.report(new TypeProblem.NoSuchField(
                        checking.at(name.span()),
                        Words.sentence(Words.a(owner)),
                        name.text(),
                        checking.nearest(name.text(), names).orElse(null),
                        names.isEmpty() ? null : "It has " + Words.quoted(names, "and") + "."));
                return false;
            }
        }
        if (checking.types.holdsSecret(type)) {
            checking.report(new EffectProblem.SecretLeak(checking.at(path.span()), "a condition"));
            return false;
        }
        return true;
    }

    private @Nullable Type answer(Tree.Name output, RulesBody.Table table) {
        var record = checking.types.recordOf(checking.types.withoutMissing(rules.row()));
        if (record == null) {
            return table.outputs().size() == 1 ? rules.row() : null;
        }
        Field field = Types.field(record, output.text());
        return field == null ? null : Types.read(field);
    }

    private void outputs(RulesBody.Table table) {
        var record = checking.types.recordOf(checking.types.withoutMissing(rules.row()));
        Map<String, Span> seen = new HashMap<>();
        for (Tree.Name output : table.outputs()) {
            if (seen.putIfAbsent(output.text(), output.span()) != null) {
                checking.report(new RulesProblem.Outputs(
                        checking.at(output.span()), "The column `" + output.text() + "` stands here twice.", null));
            } else if (record != null && Types.field(record, output.text()) == null) {
                var names = record.fields().stream().map(Field::name).toList();
                checking.report(new TypeProblem.UnknownField(
                        checking.at(output.span()),
                        output.text(),
                        Words.there(names),
                        checking.nearest(output.text(), names).orElse(null)));
            }
        }
        if (table.outputs().isEmpty()) {
            return;
        }
        if (record == null && table.outputs().size() > 1) {
            checking.report(new RulesProblem.Outputs(
                    checking.at(table.outputs().get(1).span()),
                    "The result is " + Words.a(rules.row()) + ", so there is one column right of `||`.",
                    "For several answers let the result be a record: `-> { rate: number, reason: string }`."));
        } else if (record != null) {
            for (Field field : record.fields()) {
                if (!field.optional() && !seen.containsKey(field.name())) {
                    checking.report(new RulesProblem.Outputs(
                            checking.at(table.outputs()
                                    .getFirst()
                                    .span()
                                    .to(table.outputs().getLast().span())),
                            "The result needs a column `" + field.name() + "`.",
                            null));
                }
            }
        }
    }

    private void row(RulesBody.Table table, Row row) {
        for (int i = 0; i < row.cells().size() && i < table.inputs().size(); i++) {
            if (row.cells().get(i) instanceof Cell.Tests tests) {
                Type type = columns.type(table.inputs().get(i));
                if (checking.types.holdsSecret(type)) {
                    continue;
                }
                for (CellTest test : tests.tests()) {
                    test(test, type, table.inputs().get(i).text());
                }
            }
        }
        for (int i = 0; i < row.outputs().size() && i < table.outputs().size(); i++) {
            Type wanted = answer(table.outputs().get(i), table);
            expressions.rely(
                    row.outputs().get(i),
                    wanted == null ? Basic.UNKNOWN : wanted,
                    scope,
                    "`" + table.outputs().get(i).text() + "`");
        }
        if (row.validity() != null) {
            validity(row.validity().from());
            validity(row.validity().until());
        }
    }

    private void validity(@Nullable Expression date) {
        if (date == null) {
            return;
        }
        expressions.check(date, Basic.STRING, scope, "`valid`");
        String text = new Folding(checking.declarations).text(date);
        if (text != null && !text.matches("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z)?")) {
            checking.report(new RulesProblem.BadRow(
                    checking.at(date.span()),
                    "`" + text + "` is no date.",
                    "Write the day (`2026-01-31`) or the time in UTC (`2026-01-31T09:00:00Z`)."));
        }
    }

    // ---- cells

    /// Whether a cell's value is a condition over the inputs instead of something to be equal to.
    static boolean isCondition(Expression value, Type type, Types types) {
        return value instanceof Expression.Parenthesized
                && types.members(type).stream()
                        .allMatch(member -> types.kind(member).equals("boolean"));
    }

    private void test(CellTest test, Type column, String name) {
        switch (test) {
            case CellTest.Value value -> value(value.value(), column, name);
            case CellTest.Compare compare -> ordered(compare.value(), column, name, compare.operator());
            case CellTest.Range range -> {
                ordered(range.from(), column, name, "..");
                ordered(range.to(), column, name, "..");
                var folding = new Folding(checking.declarations);
                Double from = folding.number(range.from());
                Double to = folding.number(range.to());
                if (from != null && to != null && (to < from || (to.equals(from) && !range.closed()))) {
                    checking.report(
                            new RulesProblem.BadRow(checking.at(range.span()), "Nothing lies in this range.", null));
                }
            }
        }
    }

    private void value(Expression value, Type column, String name) {
        checking.findings.wanted.put(value, column);
        if (value instanceof Expression.Parenthesized) {
            var tested = expressions.conditions.test(value, scope);
            if (isCondition(value, tested.type(), checking.types)) {
                return;
            }
        }
        Type type = checking.findings.types.containsKey(value)
                ? checking.findings.types.getOrDefault(value, Basic.UNKNOWN)
                : expressions.infer(value, scope);
        boolean missing = type == Basic.NULL && checking.types.mayBeMissing(column);
        if (!missing && !checking.types.overlap(column, type)) {
            checking.report(new RulesProblem.NeverMatches(
                    checking.at(value.span()), name, Words.a(type), Words.a(column), nearest(value, column)));
        }
    }

    private @Nullable Fix nearest(Expression value, Type column) {
        if (!(value instanceof Expression.Text text)) {
            return null;
        }
        return expressions.misfits.nearest(text.value(), column, value.span());
    }

    private void ordered(Expression value, Type column, String name, String operator) {
        Type type = expressions.infer(value, scope);
        Type there = checking.types.withoutMissing(column);
        boolean orderable = checking.types.members(there).stream().allMatch(member -> {
            String kind = checking.types.kind(member);
            return kind.isEmpty() || kind.equals("number") || kind.equals("string");
        });
        if (!orderable) {
            checking.report(new TypeProblem.Operands(
                    checking.at(value.span()), operator, "`" + name + "`, which is " + Words.a(column), "", null));
        } else if (!checking.types.overlap(checking.types.widen(there), checking.types.widen(type))) {
            checking.report(new RulesProblem.NeverMatches(
                    checking.at(value.span()), name, Words.a(type), Words.a(column), null));
        }
    }

    // ---- proofs

    private void proofs(RulesBody.Table table) {
        var coverage = checking.findings.coverages.get(rules.tree());
        if (coverage == null) {
            return;
        }
        if (table.rows().isEmpty()) {
            checking.report(new RulesProblem.NoRows(
                    checking.at(rules.tree().name().span()), rules.tree().name().text()));
            return;
        }
        verdict(Coverage.head(table), () -> elseRow(table));
        if (policy().equals("first")) {
            for (var covered : coverage.neverFiring()) {
                var by = covered.by() == null ? null : checking.at(covered.by().span());
                checking.report(
                        new RulesProblem.NeverFires(checking.at(covered.row().span()), by));
            }
        } else if (policy().equals("unique")) {
            for (var overlap : coverage.overlaps()) {
                if (!sameAnswers(overlap.first(), overlap.second())) {
                    checking.report(new RulesProblem.Conflict(
                            checking.at(overlap.second().span()),
                            checking.at(overlap.first().span()),
                            overlap.example()));
                }
            }
        }
    }

    /// Equal texts that name nothing that could change give equal answers: rules are pure.
    private boolean sameAnswers(Row a, Row b) {
        for (int i = 0; i < Math.min(a.outputs().size(), b.outputs().size()); i++) {
            String first = checking.text(a.outputs().get(i).span()).strip();
            String second = checking.text(b.outputs().get(i).span()).strip();
            if (!first.equals(second)) {
                return false;
            }
        }
        return true;
    }

    private void verdict(Span at, Supplier<@Nullable Fix> fix) {
        var coverage = checking.findings.coverages.get(rules.tree());
        switch (coverage == null ? new Coverage.Verdict.Total() : coverage.verdict()) {
            case Coverage.Verdict.Total total -> {}
            case Coverage.Verdict.Gap(String example) ->
                checking.report(new RulesProblem.Gap(checking.at(at), example, fix.get()));
            case Coverage.Verdict.Unproven unproven ->
                checking.report(new RulesProblem.MaybeGap(
                        checking.at(at), rules.tree().name().text(), Shape.display(rules.row())));
        }
    }

    /// A fix that adds an `else` row with examples as answers.
    private @Nullable Fix elseRow(RulesBody.Table table) {
        var shape = new Shape(checking.declarations.types);
        var row = new StringBuilder("\n  | else ");
        row.append("| ".repeat(Math.max(0, table.inputs().size() - 1))).append("||");
        for (Tree.Name output : table.outputs()) {
            Type type = answer(output, table);
            row.append(' ').append(type == null ? "null" : shape.example(type)).append(" |");
        }
        return Fix.insert("Add an else row", table.rows().getLast().span().end(), row.toString());
    }
}
