package weir.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                case TestPart.Expect expect -> {
                    Scope scope = scope(running, ending);
                    checking.findings.scopes.put(expect, scope);
                    expectation(expect.condition(), scope);
                }
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

    /// `===` compares records and lists by what is in them here: that two are the very same one cannot be expected.
    private void expectation(Expression condition, Scope scope) {
        if (condition instanceof Expression.Binary binary && binary.operator().equals("===")) {
            int mark = checking.findings.mark();
            Type actual = checking.types.widen(expressions.infer(binary.left(), scope));
            if (isComposed(actual)) {
                expressions.check(binary.right(), actual, scope, "the expected value");
                return;
            }
            checking.findings.forget(mark);
        }
        expressions.conditions.decides(condition, scope, "`expect`");
    }

    private boolean isComposed(Type type) {
        return switch (checking.types.resolve(checking.types.withoutMissing(type))) {
            case Type.RecordOf _ -> true;
            case Type.ListOf _ -> true;
            case Type.MapOf _ -> true;
            case Type.Union(var members) -> members.stream().allMatch(this::isComposed);
            case Basic basic -> basic == Basic.JSON;
            case Type.Literal _ -> false;
            case Type.Named _ -> false;
        };
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
        var parameters = signature.parameters().stream()
                .map(parameter -> new Parameter(
                        parameter.name(), checking.types.told(parameter.type()), parameter.optional(), parameter.doc()))
                .toList();
        new Arguments(expressions)
                .check(
                        new Signature(signature.name(), parameters, signature.result(), signature.doc()),
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
    /// @param canFail whether an error may be its answer
    private record Target(List<Parameter> arguments, Type result, boolean canFail) {}

    private static final Target ANYTHING = new Target(List.of(), Basic.UNKNOWN, true);
    private static final List<Parameter> QUESTION = List.of(
            new Parameter("question", Basic.STRING, false, "What is asked."),
            new Parameter("role", Basic.STRING, true, "Whose members may answer."),
            new Parameter("person", Basic.STRING, true, "Who may answer."));
    private static final Type FAILURE = new Type.RecordOf(List.of(
            new Field("message", Basic.STRING, true, "What people read; the code says it all if it is left out."),
            new Field("status", Basic.INT, true, "The status of the answer, as in `error.status`."),
            new Field("body", Basic.JSON, true, "The body of the answer, as in `error.body`.")));

    private Target target(TestTarget target, @Nullable Ending ending) {
        return switch (target) {
            case TestTarget.Step step -> step(step, ending);
            case TestTarget.Ask ask -> {
                checking.require(Construct.ASK, ask.span());
                yield new Target(QUESTION, answer(ending), false);
            }
            case TestTarget.WaitFor wait -> {
                checking.require(Construct.WAIT_FOR, wait.span());
                expressions.check(wait.event(), Basic.STRING, empty(), "`wait for`");
                yield new Target(List.of(), Basic.JSON, false);
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
                yield signature == null ? ANYTHING : new Target(signature.parameters(), signature.result(), true);
            }
        };
    }

    /// The steps of the workflow that runs, then those of the others that it may start.
    private Map<String, Symbol> steps(Ending ending) {
        Map<String, Symbol> all = new LinkedHashMap<>(ending.steps());
        checking.declarations
                .workflows
                .keySet()
                .forEach(workflow -> workflows.ending(workflow).steps().forEach(all::putIfAbsent));
        return all;
    }

    /// What people answer: the one type that all named questions have, if that is so.
    private Type answer(@Nullable Ending ending) {
        var types = ending == null
                ? List.<Type>of()
                : steps(ending).values().stream()
                        .filter(symbol -> !checking.findings.callees.containsKey(symbol))
                        .map(Symbol::type)
                        .filter(this::isAnswer)
                        .map(type -> Types.union(type, Basic.NULL))
                        .distinct()
                        .toList();
        return types.size() == 1 ? types.getFirst() : Basic.JSON;
    }

    private Target step(TestTarget.Step step, @Nullable Ending ending) {
        if (ending == null) {
            return ANYTHING;
        }
        String name = step.name().text();
        Symbol symbol = ending.steps().get(name);
        if (symbol == null) {
            symbol = steps(ending).get(name);
        }
        if (symbol == null) {
            var names = new ArrayList<>(ending.steps().keySet());
            checking.report(new TestProblem.UnknownTarget(
                    checking.at(step.name().span()),
                    "step",
                    name,
                    checking.nearest(name, names).orElse(null),
                    Words.there(names)));
            return ANYTHING;
        }
        checking.findings.use(step.name(), symbol, checking.source, step.name().span());
        return switch (checking.findings.callees.get(symbol)) {
            case Callee.Of(String _, String _, var action) -> new Target(action.parameters(), symbol.type(), true);
            case Callee.Workflow(String child) -> {
                var workflow = checking.declarations.workflows.get(child);
                yield new Target(workflow == null ? List.of() : workflow.parameters(), symbol.type(), true);
            }
            case Callee.Unknown _ -> ANYTHING;
            // A question, or an event that is waited for.
            case null -> new Target(List.of(), Types.union(symbol.type(), Basic.NULL), false);
        };
    }

    /// What a call's arguments look like from outside.
    private Type arguments(Target target) {
        if (target.arguments().isEmpty()) {
            return Basic.UNKNOWN;
        }
        return new Type.RecordOf(target.arguments().stream()
                .map(parameter -> new Field(
                        parameter.name(),
                        isHidden(parameter.type()) ? Basic.JSON : parameter.type(),
                        parameter.optional(),
                        ""))
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
        Scope scope = empty().declare(
                        new Symbol(Kind.SPECIAL, "args", arguments(target), null, "The arguments of the call."));
        if (mock.when() != null) {
            expressions.conditions.decides(mock.when(), scope, "`when`");
        }
        for (var answer : mock.answers()) {
            switch (answer) {
                case Answer.Returns returns -> expressions.check(returns.value(), given(target), scope, "the mock");
                case Answer.Fails fails -> {
                    if (!target.canFail()) {
                        checking.report(new TestProblem.CannotFail(
                                checking.at(mock.target().span())));
                    }
                    if (fails.with() != null) {
                        expressions.check(fails.with(), FAILURE, scope, "`fails … with`");
                    }
                }
            }
        }
        if (target.result() != Basic.UNKNOWN && target.result() != Basic.JSON && target.canFail()) {
            checking.findings.runTimeChecks.put(mock, target.result());
        }
    }

    /// What a mock has to give: what the workflow sees. Only what may be empty (`headers`, a `json` body) may be
    /// left out, and who answers and that they agree.
    private Type given(Target target) {
        boolean answer = !target.canFail() && isAnswer(target.result());
        return checking.types.given(target.result(), answer ? Set.of("approved", "by") : Set.of());
    }

    private boolean isAnswer(Type type) {
        var record = checking.types.recordOf(checking.types.withoutMissing(type));
        return record != null && Types.field(record, "approved") != null;
    }

    private void called(TestPart.ExpectCalled called, @Nullable Ending ending) {
        Target target = target(called.target(), ending);
        expressions.check(called.times(), Basic.INT, empty(), "`called`");
        if (called.with() != null) {
            expressions.check(called.with(), checking.types.partly(arguments(target)), empty(), "`with`");
        }
    }
}
