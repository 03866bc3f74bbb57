package weir.syntax;

import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Declaration.Answer;
import weir.syntax.Declaration.TestPart;
import weir.syntax.Declaration.TestTarget;
import weir.syntax.antlr.WeirParser.*;

/// Reads tests: what is mocked, what is run, what is expected.
final class TestReader {
    private final Reading reading;
    private final ExpressionReader expressions;
    private final StatementReader statements;

    TestReader(Reading reading, ExpressionReader expressions, StatementReader statements) {
        this.reading = reading;
        this.expressions = expressions;
        this.statements = statements;
    }

    Declaration.Test test(TestContext context) {
        return new Declaration.Test(
                Literals.text(context.STRING().getText()),
                Reading.span(context.STRING()),
                context.testPart().stream().map(this::part).toList(),
                Reading.span(context));
    }

    private TestPart part(TestPartContext context) {
        Span span = Reading.span(context);
        return switch (context) {
            case MockPartContext mock ->
                new TestPart.Mock(
                        target(mock.target()),
                        expressions.optional(mock.expr()),
                        mock.mockAnswer().mockTurn().stream().map(this::answer).toList(),
                        span);
            case AfterPartContext after ->
                new TestPart.After(
                        expressions.expression(after.expr(0)),
                        expressions.expression(after.expr(1)),
                        object(after.objectLiteral()),
                        span);
            case SettingsPartContext settings ->
                new TestPart.Settings(expressions.object(settings.objectLiteral()), span);
            case RunPartContext run -> new TestPart.Run(statements.call(run.call()), span);
            case ExpectCalledContext called ->
                new TestPart.ExpectCalled(
                        target(called.target()),
                        expressions.expression(called.expr()),
                        object(called.objectLiteral()),
                        span);
            case ExpectNeverContext never -> new TestPart.ExpectNever(target(never.target()), span);
            case ExpectFailureContext failure ->
                new TestPart.ExpectFailure(failure.text() == null ? null : expressions.text(failure.text()), span);
            case ExpectTrueContext expect -> new TestPart.Expect(expressions.expression(expect.expr()), span);
            default -> throw new IllegalStateException("the reader does not know the part " + context.getClass());
        };
    }

    private Expression.@Nullable ObjectLiteral object(@Nullable ObjectLiteralContext context) {
        return context == null ? null : expressions.object(context);
    }

    private Answer answer(MockTurnContext context) {
        Integer times = context.NUMBER() == null ? null : times(context);
        return context.FAILS() == null
                ? new Answer.Returns(expressions.expression(context.expr()), times)
                : new Answer.Fails(Literals.text(context.STRING().getText()), object(context.objectLiteral()), times);
    }

    private Integer times(MockTurnContext context) {
        double number = Literals.number(context.NUMBER().getText());
        if (number < 1 || number > 1_000_000 || number != Math.rint(number)) {
            reading.report(new StructureProblem.NotACount(
                    Reading.span(context.NUMBER()), context.NUMBER().getText()));
            return 1;
        }
        return (int) number;
    }

    private TestTarget target(TargetContext context) {
        Span span = Reading.span(context);
        if (context.STEP() != null) {
            return new TestTarget.Step(reading.name(context.name()), span);
        }
        if (context.ASK() != null) {
            return new TestTarget.Ask(span);
        }
        if (context.path() != null) {
            return new TestTarget.Callee(statements.path(context.path()), span);
        }
        var event = expressions.expression(context.expr());
        return context.EMIT() == null ? new TestTarget.WaitFor(event, span) : new TestTarget.Emit(event, span);
    }
}
