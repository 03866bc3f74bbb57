package weir.compile;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import weir.check.Callee;
import weir.check.Checked;
import weir.graph.Expr;
import weir.graph.TestCase;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Answer;
import weir.syntax.Declaration.TestPart;
import weir.syntax.Declaration.TestTarget;

/// Test blocks as data.
final class TestLowering {
    private final Checked checked;
    private final ExpressionLowering expressions;
    private final StatementLowering statements;

    TestLowering(Checked checked) {
        var reach = new Reach();
        this.checked = checked;
        this.expressions = new ExpressionLowering(checked, reach, false);
        this.statements = new StatementLowering(checked, reach);
    }

    TestCase lower(Declaration.Test test) {
        var mocks = new ArrayList<TestCase.Mock>();
        var events = new ArrayList<TestCase.Event>();
        var expectations = new ArrayList<TestCase.Expectation>();
        TestCase.Run run = null;
        @Nullable Expr settings = null;
        for (TestPart part : test.parts()) {
            switch (part) {
                case TestPart.Mock mock ->
                    mocks.add(new TestCase.Mock(
                            target(mock.target()),
                            expressions.lowerOptional(mock.when()),
                            mock.answers().stream().map(this::answer).toList(),
                            checked.runTimeCheck(mock),
                            mock.span()));
                case TestPart.After after ->
                    events.add(new TestCase.Event(
                            expressions.lower(after.delay()),
                            expressions.lower(after.event()),
                            expressions.lowerOptional(after.payload()),
                            after.span()));
                case TestPart.Settings given -> settings = expressions.lower(given.values());
                case TestPart.Run it ->
                    run = new TestCase.Run(
                            it.call().target().text(),
                            statements.arguments(it.call().arguments()),
                            it.span());
                case TestPart.Expect expect ->
                    expectations.add(
                            new TestCase.Expectation.Holds(expressions.lower(expect.condition()), expect.span()));
                case TestPart.ExpectCalled called ->
                    expectations.add(new TestCase.Expectation.Called(
                            target(called.target()),
                            expressions.lower(called.times()),
                            expressions.lowerOptional(called.with()),
                            called.span()));
                case TestPart.ExpectNever never ->
                    expectations.add(new TestCase.Expectation.NeverCalled(target(never.target()), never.span()));
                case TestPart.ExpectFailure failure ->
                    expectations.add(new TestCase.Expectation.Fails(
                            expressions.lowerOptional(failure.message()), failure.span()));
            }
        }
        return new TestCase(test.title(), settings, mocks, events, run, expectations, test.span());
    }

    private TestCase.Target target(TestTarget target) {
        return switch (target) {
            case TestTarget.Step step -> new TestCase.Target.Step(step.name().text());
            case TestTarget.Ask ask -> new TestCase.Target.Ask();
            case TestTarget.WaitFor wait -> new TestCase.Target.WaitFor(expressions.lower(wait.event()));
            case TestTarget.Emit emit -> new TestCase.Target.Emit(expressions.lower(emit.event()));
            case TestTarget.Callee callee ->
                switch (checked.callee(callee)) {
                    case Callee.Of(String integration, String version, var action) ->
                        new TestCase.Target.Action(integration, action.name());
                    case Callee.Workflow(String name) -> new TestCase.Target.Workflow(name);
                    case Callee.Unknown unknown ->
                        throw new IllegalStateException("an unknown target passed the check");
                };
        };
    }

    private TestCase.Answer answer(Answer answer) {
        return switch (answer) {
            case Answer.Returns returns ->
                new TestCase.Answer.Returns(expressions.lower(returns.value()), returns.times());
            case Answer.Fails fails ->
                new TestCase.Answer.Fails(fails.code(), expressions.lowerOptional(fails.with()), fails.times());
        };
    }
}
