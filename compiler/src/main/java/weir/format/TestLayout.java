package weir.format;

import java.util.List;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Answer;
import weir.syntax.Declaration.TestPart;
import weir.syntax.Declaration.TestTarget;

/// Tests.
final class TestLayout {
    private final Source source;
    private final ExpressionLayout expressions;
    private final StatementLayout statements;

    TestLayout(Source source, ExpressionLayout expressions, StatementLayout statements) {
        this.source = source;
        this.expressions = expressions;
        this.statements = statements;
    }

    Doc test(Declaration.Test test) {
        List<Sequences.Item> items = test.parts().stream()
                .map(part -> new Sequences.Item(part.span(), () -> part(part)))
                .toList();
        return Doc.concat(
                "test ", Quotes.canonical(source.text(test.titleSpan())), " ", statements.braces(items, test.span()));
    }

    private Doc part(TestPart part) {
        return switch (part) {
            case TestPart.Mock mock ->
                Doc.concat("mock ", target(mock.target()), statements.word("when", mock.when()), answer(mock.answer()));
            case TestPart.After after ->
                Doc.concat(
                        "after ",
                        expressions.expression(after.delay()),
                        " emit ",
                        expressions.expression(after.event()),
                        statements.word("", after.payload()));
            case TestPart.Run run -> Doc.concat("run ", statements.call(run.call()));
            case TestPart.Expect expect -> expressions.after("expect", expect.condition());
            case TestPart.ExpectCalled called ->
                Doc.concat(
                        "expect ",
                        target(called.target()),
                        " called ",
                        expressions.expression(called.times()),
                        " times",
                        statements.word("with", called.with()));
            case TestPart.ExpectNever never -> Doc.concat("expect ", target(never.target()), " never called");
            case TestPart.ExpectFailure failure ->
                Doc.concat("expect run fails", statements.word("", failure.message()));
        };
    }

    private Doc answer(Answer answer) {
        return switch (answer) {
            case Answer.Returns returns -> Doc.concat(" returns ", expressions.expression(returns.value()));
            case Answer.Fails fails ->
                Doc.concat(
                        " fails ",
                        Quotes.quoted(fails.code()),
                        fails.times() == null ? "" : " " + fails.times() + " times",
                        statements.word("then returns", fails.thenReturns()));
        };
    }

    private Doc target(TestTarget target) {
        return switch (target) {
            case TestTarget.Step step -> Doc.text("step " + step.name().text());
            case TestTarget.Ask _ -> Doc.text("ask");
            case TestTarget.WaitFor wait -> Doc.concat("wait for ", expressions.expression(wait.event()));
            case TestTarget.Callee callee -> Doc.text(callee.path().text());
        };
    }
}
