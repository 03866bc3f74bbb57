package weir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.check.Findings.Ending;
import weir.check.Symbol.Kind;
import weir.model.Parameter;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.syntax.Declaration;
import weir.syntax.Declaration.Answer;
import weir.syntax.Declaration.TestPart;
import weir.syntax.Declaration.TestTarget;
import weir.syntax.Expression;

/// Test blocks: mocks against the signatures they stand for, one run, and what is expected of it.
final class Tests {
    private final Checking checking;
    private final Expressions expressions;
    private final Steps steps;
    private final Workflows workflows;

    Tests(Checking checking, Workflows workflows) {
        this.checking = checking;
        this.workflows = workflows;
        this.expressions = new Expressions(checking);
        this.steps = new Steps(expressions, workflows::result);
    }

    void check(Declaration.Test test) {
        String running = running(test);
        Ending ending = running == null ? null : workflows.ending(running);
        boolean ran = false;
        for (TestPart part : test.parts()) {
            switch (part) {
                case TestPart.Mock mock -> {
                    if (ran) {
                        checking.report(new TestProblem.TooLate(checking.at(mock.span())));
                    }
                    mock(mock, ending);
                }
                case TestPart.After after -> after(after);
                case TestPart.Settings settings -> settings(settings, ran);
                case TestPart.Run run -> {
                    if (ran) {
                        checking.report(new TestProblem.SecondRun(checking.at(run.span())));
                    }
                    ran = true;
                    run(run);
                }
                case TestPart.Expect expect -> expressions.conditions.test(expect.condition(), scope(running, ending));
                case TestPart.ExpectCalled called -> called(called, ending);
                case TestPart.ExpectNever never -> target(never.target(), ending);
                case TestPart.ExpectFailure failure -> {
                    if (failure.message() != null) {
                        expressions.check(failure.message(), Basic.STRING, empty(), "`fails`");
                    }
                }
            }
        }
        if (!ran) {
            checking.report(new TestProblem.NoRun(checking.at(test.titleSpan())));
        }
    }

    /// The workflow that a test runs.
    private static @Nullable String running(Declaration.Test test) {
        for (TestPart part : test.parts()) {
            if (part instanceof TestPart.Run run) {
                return run.call().target().text();
            }
        }
        return null;
    }

    private static Scope empty() {
        return Scope.of(Scope.Place.TEST);
    }

    /// In an `expect` the names of the workflow's top level are in scope, and its result.
    private Scope scope(@Nullable String running, @Nullable Ending ending) {
        Scope scope = empty();
        if (running == null || ending == null) {
            return scope.declare(new Symbol(Kind.SPECIAL, "result", Basic.UNKNOWN, null, ""));
        }
        ending.scope().symbols().forEach((name, symbol) -> scope.declare(symbol));
        return scope.declare(
                new Symbol(Kind.SPECIAL, "result", workflows.result(running), null, "What the run returned."));
    }

    private void run(TestPart.Run run) {
        var target = steps.target(run.call().target());
        checking.findings.callees.put(run.call(), target.callee());
        var signature = target.signature();
        if (signature == null || !(target.callee() instanceof Callee.Workflow)) {
            run.call().arguments().forEach(argument -> expressions.infer(argument.value(), empty()));
            if (target.callee() instanceof Callee.Of of) {
                checking.report(new TestProblem.UnknownTarget(
                        checking.at(run.call().target().span()), "workflow", of.name(), null, workflowNames()));
            }
            return;
        }
        new Arguments(expressions)
                .check(
                        signature,
                        run.call().arguments(),
                        run.call().target().span(),
                        run.call().span().end() - 1,
                        empty());
    }

    private String workflowNames() {
        return Words.there(List.copyOf(checking.declarations.workflows.keySet()));
    }

    /// A test may leave out what has a default, or what it does not look at.
    private void settings(TestPart.Settings settings, boolean ran) {
        if (ran) {
            checking.report(new TestProblem.TooLate(checking.at(settings.span())));
        }
        Type wanted = checking.types.partly(checking.declarations.settingsType());
        expressions.check(settings.values(), wanted, empty(), "`settings`");
    }

    private void after(TestPart.After after) {
        checking.require(Construct.EMIT, after.span());
        expressions.check(after.delay(), Basic.DURATION, empty(), "`after`");
        expressions.check(after.event(), Basic.STRING, empty(), "`emit`");
        if (after.payload() != null) {
            expressions.open(after.payload(), empty(), "an event");
        }
    }

    // ---- targets

    /// @param arguments what the target is called with
    /// @param result what it gives
    private record Target(List<Parameter> arguments, Type result) {}

    private static final Target ANYTHING = new Target(List.of(), Basic.UNKNOWN);

    private Target target(TestTarget target, @Nullable Ending ending) {
        return switch (target) {
            case TestTarget.Step step -> step(step, ending);
            case TestTarget.Ask ask -> {
                checking.require(Construct.ASK, ask.span());
                yield ANYTHING;
            }
            case TestTarget.WaitFor wait -> {
                checking.require(Construct.WAIT_FOR, wait.span());
                expressions.check(wait.event(), Basic.STRING, empty(), "`wait for`");
                yield new Target(List.of(), Basic.JSON);
            }
            case TestTarget.Emit emit -> {
                checking.require(Construct.EMIT, emit.span());
                expressions.check(emit.event(), Basic.STRING, empty(), "`emit`");
                yield ANYTHING;
            }
            case TestTarget.Callee callee -> {
                var found = steps.target(callee.path());
                checking.findings.callees.put(callee, found.callee());
                if (found.callee() instanceof Callee.Workflow) {
                    checking.require(Construct.CHILD_WORKFLOW, callee.span());
                }
                var signature = found.signature();
                yield signature == null ? ANYTHING : new Target(signature.parameters(), signature.result());
            }
        };
    }

    private Target step(TestTarget.Step step, @Nullable Ending ending) {
        if (ending == null) {
            return ANYTHING;
        }
        Map<String, Symbol> named = ending.steps();
        Symbol symbol = named.get(step.name().text());
        if (symbol == null) {
            var names = new ArrayList<>(named.keySet());
            checking.report(new TestProblem.UnknownTarget(
                    checking.at(step.name().span()),
                    "step",
                    step.name().text(),
                    checking.nearest(step.name().text(), names).orElse(null),
                    Words.there(names)));
            return ANYTHING;
        }
        checking.findings.use(step.name(), symbol, checking.source, step.name().span());
        return new Target(List.of(), symbol.type());
    }

    /// What a call's arguments look like from outside: a record in which everything may be missing.
    private Type arguments(Target target) {
        if (target.arguments().isEmpty()) {
            return Basic.UNKNOWN;
        }
        return new Type.RecordOf(target.arguments().stream()
                .map(parameter -> new Field(
                        parameter.name(), isHidden(parameter.type()) ? Basic.JSON : parameter.type(), true, ""))
                .toList());
    }

    /// Secrets show in tests as what stands for them.
    private boolean isHidden(Type type) {
        return !Fitting.fit(checking.types, type, Basic.JSON).fits();
    }

    private void mock(TestPart.Mock mock, @Nullable Ending ending) {
        if (mock.target() instanceof TestTarget.Emit emit) {
            checking.report(new TestProblem.MockedEmit(checking.at(emit.span())));
        }
        Target target = target(mock.target(), ending);
        if (mock.when() != null) {
            Scope scope = empty().declare(
                            new Symbol(Kind.SPECIAL, "args", arguments(target), null, "The arguments of the call."));
            expressions.conditions.test(mock.when(), scope);
        }
        switch (mock.answer()) {
            case Answer.Returns returns -> answer(returns.value(), target);
            case Answer.Fails fails -> {
                if (fails.thenReturns() != null) {
                    answer(fails.thenReturns(), target);
                }
            }
        }
    }

    /// A mock may leave out what the test does not look at.
    private void answer(Expression value, Target target) {
        expressions.check(value, checking.types.partly(target.result()), empty(), "the mock");
    }

    private void called(TestPart.ExpectCalled called, @Nullable Ending ending) {
        Target target = target(called.target(), ending);
        expressions.check(called.times(), Basic.INT, empty(), "`called`");
        if (called.with() != null) {
            expressions.check(called.with(), checking.types.partly(arguments(target)), empty(), "`with`");
        }
    }
}
