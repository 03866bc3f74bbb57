package weir.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Cell;
import weir.syntax.Declaration.CellTest;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.Declaration.Validity;
import weir.syntax.Expression;
import weir.syntax.Tree;

/// Rule sets: tables with their columns in line, and sentences.
final class RulesLayout {
    private final Sequences sequences;
    private final TypeLayout types;
    private final ExpressionLayout expressions;
    private final ExpressionLayout cells;

    /// @param cells writes expressions without their comments
    RulesLayout(Sequences sequences, TypeLayout types, ExpressionLayout expressions, ExpressionLayout cells) {
        this.sequences = sequences;
        this.types = types;
        this.expressions = expressions;
        this.cells = cells;
    }

    Doc rules(Declaration.Rules rules) {
        Doc head = Doc.concat(
                Sequences.docs(rules.doc()),
                "rules ",
                rules.name().text(),
                types.signature(rules.name(), rules.parameters(), rules.result()),
                rules.policy() == null ? "" : " " + rules.policy().text(),
                " ");
        Sequences.Brackets braces = sequences.endingWith(rules.span());
        List<Sequences.Item> items = switch (rules.body()) {
            case RulesBody.Table table -> table(table);
            case RulesBody.Sentences sentences -> sentences(sentences);
        };
        return Doc.concat(head, sequences.braces(items, braces));
    }

    private List<Sequences.Item> sentences(RulesBody.Sentences sentences) {
        List<Sequences.Item> items = new ArrayList<>();
        for (Declaration.When when : sentences.whens()) {
            items.add(new Sequences.Item(
                    when.span(),
                    () -> Doc.group(
                            "when ",
                            expressions.expression(when.condition()),
                            Doc.indent(Breaks.LINE, "then ", expressions.expression(when.result())))));
        }
        Expression otherwise = sentences.otherwise();
        if (otherwise != null) {
            items.add(new Sequences.Item(otherwise.span(), () -> expressions.after("else", otherwise)));
        }
        return items;
    }

    private List<Sequences.Item> table(RulesBody.Table table) {
        int inputs = table.inputs().size();
        int columns = inputs + table.outputs().size();
        List<String> head = new ArrayList<>();
        table.inputs().stream().map(Tree.Path::text).forEach(head::add);
        table.outputs().stream().map(Tree.Name::text).forEach(head::add);
        List<List<String>> rows = new ArrayList<>();
        int[] widths = new int[columns];
        widen(widths, Collections.nCopies(columns, "---"));
        widen(widths, head);
        for (Row row : table.rows()) {
            List<String> cells = cells(row, inputs);
            rows.add(cells);
            widen(widths, cells);
        }
        List<String> dashes = new ArrayList<>();
        for (int width : widths) {
            dashes.add("-".repeat(width));
        }
        // The head ends nowhere, so that no comment stands behind it: the tree does not know where its lines end.
        int start = table.inputs().getFirst().span().start();
        var first = new Span(start, start);
        List<Sequences.Item> items = new ArrayList<>();
        items.add(new Sequences.Item(
                first, () -> Doc.concat(line(head, widths, inputs), Breaks.HARD, line(dashes, widths, inputs))));
        for (int i = 0; i < rows.size(); i++) {
            Row row = table.rows().get(i);
            List<String> cells = rows.get(i);
            items.add(new Sequences.Item(
                    row.span(),
                    () -> Doc.concat(commentsOf(row), line(cells, widths, inputs), validity(row.validity()))));
        }
        return items;
    }

    /// The comments between the cells of a row, above it.
    private Doc commentsOf(Row row) {
        List<Doc> lines = new ArrayList<>();
        sequences.each(row.span().end(), comment -> {
            lines.add(comment);
            lines.add(Breaks.HARD);
        });
        return lines.isEmpty() ? Breaks.NONE : Doc.concat(lines);
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            widths[i] = Math.max(widths[i], length(cells.get(i)));
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static Doc line(List<String> cells, int[] widths, int inputs) {
        var line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == inputs ? "|| " : i == 0 ? " " : "| ");
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(widths[i] - length(cell) + 1));
        }
        return Doc.text(line.append('|').toString());
    }

    private List<String> cells(Row row, int inputs) {
        List<String> cells = new ArrayList<>();
        if (row.otherwise()) {
            cells.add("else");
            cells.addAll(Collections.nCopies(inputs - 1, ""));
        }
        row.cells().forEach(cell -> cells.add(cell(cell)));
        row.outputs().forEach(output -> cells.add(flat(output)));
        return cells;
    }

    private String cell(Cell cell) {
        return switch (cell) {
            case Cell.Any _ -> "-";
            case Cell.Tests tests ->
                (tests.negated() ? "not " : "")
                        + String.join(
                                ", ", tests.tests().stream().map(this::test).toList());
        };
    }

    private String test(CellTest test) {
        return switch (test) {
            case CellTest.Value value -> flat(value.value());
            case CellTest.Compare compare -> compare.operator() + " " + flat(compare.value());
            case CellTest.Range range -> flat(range.from()) + (range.closed() ? ".." : " ..< ") + flat(range.to());
        };
    }

    /// A cell is one line, whatever is in it.
    private String flat(Expression expression) {
        return Layout.flat(cells.expression(expression));
    }

    private Doc validity(@org.jspecify.annotations.Nullable Validity validity) {
        if (validity == null) {
            return Breaks.NONE;
        }
        String from = validity.from() == null ? "" : " from " + flat(validity.from());
        String until = validity.until() == null ? "" : " until " + flat(validity.until());
        return Doc.text(" valid" + from + until);
    }
}
