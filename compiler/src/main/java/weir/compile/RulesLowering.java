package weir.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.check.Checked;
import weir.check.Declarations;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.RuleSet;
import weir.model.Type;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Cell;
import weir.syntax.Declaration.CellTest;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Checked rule sets to decisions.
final class RulesLowering {
    private final Checked checked;
    private final ExpressionLowering expressions;
    private final boolean foreign;

    RulesLowering(Checked checked, Reach reach, boolean foreign) {
        this.checked = checked;
        this.expressions = new ExpressionLowering(checked, reach, foreign);
        this.foreign = foreign;
    }

    private Span at(Span span) {
        return foreign ? Span.NONE : span;
    }

    RuleSet lower(Declarations.Rules rules) {
        Declaration.Rules tree = rules.tree();
        RuleSet.Body body = switch (tree.body()) {
            case RulesBody.Table table -> table(rules, table);
            case RulesBody.Sentences sentences ->
                new RuleSet.Body.Sentences(
                        sentences.whens().stream()
                                .map(when -> new RuleSet.When(
                                        expressions.lower(when.condition()),
                                        expressions.lower(when.result()),
                                        at(when.span())))
                                .toList(),
                        expressions.lowerOptional(sentences.otherwise()));
        };
        return new RuleSet(
                tree.name().text(),
                tree.doc(),
                rules.signature().parameters(),
                rules.row(),
                policy(tree.policy()),
                body,
                at(tree.span()));
    }

    private static RuleSet.Policy policy(Tree.@Nullable Name policy) {
        return switch (policy == null ? "unique" : policy.text()) {
            case "first" -> RuleSet.Policy.FIRST;
            case "all" -> RuleSet.Policy.ALL;
            default -> RuleSet.Policy.UNIQUE;
        };
    }

    private RuleSet.Body table(Declarations.Rules rules, RulesBody.Table table) {
        var inputs = table.inputs().stream().map(path -> column(rules, path)).toList();
        return new RuleSet.Body.Table(
                inputs,
                table.outputs().stream().map(Tree.Name::text).toList(),
                checked.isRecord(rules.row()),
                table.rows().stream().map(row -> row(rules, table, row, inputs)).toList());
    }

    /// A path whose steps read on where something may be missing.
    private Expr column(Declarations.Rules rules, Tree.Path path) {
        Span at = at(path.span());
        Expr value = new Expr.Name(path.names().getFirst().text(), at);
        boolean optional = false;
        for (int i = 1; i < path.names().size(); i++) {
            var before = new Tree.Path(path.names().subList(0, i), path.span());
            boolean missing = checked.mayBeMissing(checked.columnType(rules, before));
            value = new Expr.Member(value, path.names().get(i).text(), missing, at);
            optional |= missing;
        }
        return optional ? new Expr.Chain(value, at) : value;
    }

    private RuleSet.Row row(Declarations.Rules rules, RulesBody.Table table, Row row, List<Expr> inputs) {
        var cells = new ArrayList<RuleSet.Cell>();
        for (int i = 0; i < row.cells().size(); i++) {
            Type column = checked.columnType(rules, table.inputs().get(i));
            cells.add(cell(row.cells().get(i), column, inputs.get(i)));
        }
        var validity = row.validity();
        return new RuleSet.Row(
                row.otherwise(),
                cells,
                expressions.lower(row.outputs()),
                validity == null ? null : expressions.lowerOptional(validity.from()),
                validity == null ? null : expressions.lowerOptional(validity.until()),
                at(row.span()));
    }

    private RuleSet.Cell cell(Cell cell, Type column, Expr input) {
        return switch (cell) {
            case Cell.Any any -> new RuleSet.Cell.Any();
            case Cell.Tests tests ->
                new RuleSet.Cell.Tests(
                        tests.negated(),
                        tests.tests().stream()
                                .map(test -> test(test, column, input))
                                .toList());
        };
    }

    private RuleSet.Test test(CellTest test, Type column, Expr input) {
        return switch (test) {
            case CellTest.Value(Expression.Null none, Span span)
            when mayBeUndefined(column) -> missing(input, at(span));
            case CellTest.Value value ->
                checked.isCondition(value.value())
                        ? new RuleSet.Test.Condition(expressions.lower(value.value()))
                        : new RuleSet.Test.Equal(expressions.lower(value.value()));
            case CellTest.Compare compare ->
                new RuleSet.Test.Compare(operator(compare.operator()), expressions.lower(compare.value()));
            case CellTest.Range range ->
                new RuleSet.Test.Range(expressions.lower(range.from()), expressions.lower(range.to()), range.closed());
        };
    }

    private static boolean mayBeUndefined(Type column) {
        return column instanceof Type.Union(List<Type> members)
                ? members.contains(Type.Basic.UNDEFINED)
                : column == Type.Basic.UNDEFINED;
    }

    /// A cell `null` means what is left out too: `(input ?? null) === null`.
    private static RuleSet.Test missing(Expr input, Span at) {
        var nothing = new Expr.Null(at);
        var value = new Expr.Binary(BinaryOperator.COALESCE, input, nothing, at);
        return new RuleSet.Test.Condition(new Expr.Binary(BinaryOperator.EQUAL, value, nothing, at));
    }

    private static BinaryOperator operator(String sign) {
        return switch (sign) {
            case "<" -> BinaryOperator.LESS;
            case "<=" -> BinaryOperator.LESS_EQUAL;
            case ">" -> BinaryOperator.GREATER;
            default -> BinaryOperator.GREATER_EQUAL;
        };
    }
}
