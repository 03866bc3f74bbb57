package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Declaration.Cell;
import weir.syntax.Declaration.CellTest;
import weir.syntax.Declaration.Row;
import weir.syntax.Declaration.RulesBody;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser.CellTestContext;
import weir.syntax.antlr.WeirParser.CellValueContext;
import weir.syntax.antlr.WeirParser.InputCellContext;
import weir.syntax.antlr.WeirParser.OperationContext;
import weir.syntax.antlr.WeirParser.PathContext;
import weir.syntax.antlr.WeirParser.RulesDeclarationContext;
import weir.syntax.antlr.WeirParser.TableContext;
import weir.syntax.antlr.WeirParser.TableRowContext;
import weir.syntax.antlr.WeirParser.ValidityContext;

/// Reads rule sets: tables, whose rows must fit their heads, and sentences.
final class RulesReader {
    /// Rows of one table.
    static final int ROWS = 100_000;

    private final Reading reading;
    private final TypeReader types;
    private final ExpressionReader expressions;
    private final StatementReader statements;

    RulesReader(Reading reading, TypeReader types, ExpressionReader expressions, StatementReader statements) {
        this.reading = reading;
        this.types = types;
        this.expressions = expressions;
        this.statements = statements;
    }

    Declaration.Rules rules(RulesDeclarationContext context, String doc) {
        var policy = context.rulesPolicy() == null ? null : reading.name(context.rulesPolicy());
        return new Declaration.Rules(
                reading.name(context.name()),
                types.parameters(context.parameters()),
                types.type(context.type()),
                policy,
                context.table() == null ? sentences(context) : table(context.table()),
                doc,
                Reading.span(context));
    }

    private RulesBody sentences(RulesDeclarationContext context) {
        List<Declaration.When> whens = context.whenRule().stream()
                .map(rule -> new Declaration.When(
                        expressions.expression(rule.expr(0)), expressions.expression(rule.expr(1)), Reading.span(rule)))
                .toList();
        return new RulesBody.Sentences(
                whens,
                context.elseRule() == null
                        ? null
                        : expressions.expression(context.elseRule().expr()));
    }

    private RulesBody table(TableContext context) {
        var head = context.tableHead();
        List<Tree.Path> inputs = new ArrayList<>();
        for (PathContext path : head.path()) {
            inputs.add(statements.path(path));
        }
        List<Tree.Name> outputs = head.word().stream().map(reading::name).toList();
        int columns = inputs.size() + outputs.size();
        if (context.tableLine().RULE().size() != columns) {
            Span line = Reading.span(context.tableLine());
            reading.report(new StructureProblem.TableLineWidth(
                    line, context.tableLine().RULE().size(), columns));
        }
        List<Row> rows = new ArrayList<>();
        for (TableRowContext row : context.tableRow()) {
            Row read = row(row);
            boolean fits = (read.otherwise() || read.cells().size() == inputs.size())
                    && read.outputs().size() == outputs.size();
            if (rows.size() == ROWS) {
                reading.report(new LimitProblem.TooManyRows(read.span(), ROWS));
                break;
            } else if (fits) {
                rows.add(read);
            } else {
                reading.report(new StructureProblem.RowWidth(
                        read.span(),
                        read.otherwise() ? inputs.size() : read.cells().size(),
                        read.outputs().size(),
                        inputs.size(),
                        outputs.size(),
                        Reading.span(head)));
            }
        }
        return new RulesBody.Table(inputs, outputs, rows);
    }

    private Row row(TableRowContext context) {
        List<Expression> outputs = new ArrayList<>();
        for (OperationContext output : context.operation()) {
            outputs.add(expressions.operation(output));
        }
        return new Row(
                context.ELSE() != null,
                context.inputCell().stream().map(this::cell).toList(),
                outputs,
                context.validity() == null ? null : validity(context.validity()),
                Reading.span(context));
    }

    private Declaration.Validity validity(ValidityContext context) {
        return new Declaration.Validity(limit(context.first), limit(context.last), Reading.span(context));
    }

    private @Nullable Expression limit(@Nullable OperationContext context) {
        return context == null ? null : expressions.operation(context);
    }

    private Cell cell(InputCellContext context) {
        Span span = Reading.span(context);
        return context.cellTest().isEmpty()
                ? new Cell.Any(span)
                : new Cell.Tests(
                        context.NOT() != null,
                        context.cellTest().stream().map(this::test).toList(),
                        span);
    }

    private CellTest test(CellTestContext context) {
        Span span = Reading.span(context);
        Expression first = value(context.cellValue(0));
        if (context.cellValue().size() == 2) {
            return new CellTest.Range(first, value(context.cellValue(1)), context.RANGE() != null, span);
        }
        String operator = context.getStart().getText();
        return switch (context.getStart().getType()) {
            case WeirLexer.LT, WeirLexer.LE, WeirLexer.GT, WeirLexer.GE -> new CellTest.Compare(operator, first, span);
            default -> new CellTest.Value(first, span);
        };
    }

    private Expression value(CellValueContext context) {
        Span span = Reading.span(context);
        if (context.MINUS() != null) {
            return new Expression.Unary("-", amount(context), span);
        }
        return switch (context.getStart().getType()) {
            case WeirLexer.NUMBER, WeirLexer.DURATION -> amount(context);
            case WeirLexer.STRING -> expressions.text(context.getStart());
            case WeirLexer.TRUE -> new Expression.Truth(true, span);
            case WeirLexer.FALSE -> new Expression.Truth(false, span);
            case WeirLexer.NULL -> new Expression.Null(span);
            case WeirLexer.BROKEN -> new Expression.Broken(span);
            case WeirLexer.LPAREN -> new Expression.Parenthesized(expressions.expression(context.expr()), span);
            default -> member(statements.path(context.path()));
        };
    }

    private static Expression amount(CellValueContext context) {
        return context.NUMBER() == null
                ? new Expression.Duration(
                        Literals.duration(context.DURATION().getText()), Reading.span(context.DURATION()))
                : new Expression.Numeric(Literals.number(context.NUMBER().getText()), Reading.span(context.NUMBER()));
    }

    /// A path as the expression that reads it.
    private static Expression member(Tree.Path path) {
        Tree.Name first = path.names().getFirst();
        Expression read = new Expression.NameUse(first.text(), first.span());
        for (Tree.Name name : path.names().subList(1, path.names().size())) {
            read = new Expression.Member(read, name, false, first.span().to(name.span()));
        }
        return read;
    }
}
