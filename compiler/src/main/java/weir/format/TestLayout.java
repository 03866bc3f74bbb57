package weir.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            case TestPart.Mock mock -> mock(mock);
            case TestPart.After after ->
                Doc.concat(
                        "after ",
                        expressions.expression(after.delay()),
                        " emit ",
                        expressions.expression(after.event()),
                        statements.word("", after.payload()));
            case TestPart.Settings settings -> expressions.after("settings", settings.values());
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

    /// A mock that only returns something stands on one line as far as that goes; others have a line a clause if
    /// long.
    private Doc mock(TestPart.Mock mock) {
        Doc target = Doc.concat("mock ", target(mock.target()));
        if (mock.when() == null
                && mock.answers().size() == 1
                && mock.answers().getFirst() instanceof Answer.Returns(var value, Integer times)) {
            return Doc.concat(target, expressions.after(" returns", value), times(times));
        }
        var clauses = new ArrayList<Doc>();
        clauses.add(statements.clause("when", mock.when()));
        String then = "";
        for (var answer : mock.answers()) {
            clauses.add(answer(then, answer));
            then = "then ";
        }
        return Doc.group(target, Doc.indent(clauses.toArray()));
    }

    private Doc answer(String then, Answer answer) {
        return switch (answer) {
            case Answer.Returns(var value, Integer times) ->
                Doc.concat(statements.clause(then + "returns", value), times(times));
            case Answer.Fails(String code, var with, Integer times) ->
                Doc.concat(
                        Breaks.LINE, then, "fails ", Quotes.quoted(code), statements.word("with", with), times(times));
        };
    }

    private static String times(@Nullable Integer times) {
        return times == null ? "" : " " + times + " times";
    }

    private Doc target(TestTarget target) {
        return switch (target) {
            case TestTarget.Step step -> Doc.text("step " + step.name().text());
            case TestTarget.Ask _ -> Doc.text("ask");
            case TestTarget.WaitFor wait -> Doc.concat("wait for ", expressions.expression(wait.event()));
            case TestTarget.Emit emit -> Doc.concat("emit ", expressions.expression(emit.event()));
            case TestTarget.Callee callee -> Doc.text(callee.path().text());
        };
    }
}
