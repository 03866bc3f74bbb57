package weir.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.model.Action;
import weir.model.Builtins;
import weir.model.Effect;
import weir.model.Integration;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Policy;

/// Steps that call an action or a workflow, and their policies.
final class Steps {
    /// What `error` is in a `catch`, in `on error`, `on failure` and `retry … when`.
    static final Type ERROR = new Type.RecordOf(List.of(
            new Field("step", Basic.STRING, false, "The step that failed."),
            new Field("code", Basic.STRING, false, "What kind of failure it is."),
            new Field("message", Basic.STRING, false, "What happened, as a sentence."),
            new Field("attempts", Basic.INT, false, "How often it was tried."),
            new Field("status", Basic.INT, true, "The status of an HTTP answer."),
            new Field("body", Basic.JSON, true, "The body of an HTTP answer.")));

    private final Expressions expressions;
    private final Checking checking;
    private final Arguments arguments;
    private final Amounts amounts;
    private final Keys keys;
    private final WorkflowResults results;

    Steps(Expressions expressions, WorkflowResults results) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.arguments = new Arguments(expressions);
        this.amounts = new Amounts(expressions);
        this.keys = new Keys(expressions);
        this.results = results;
    }

    /// Knows what workflows give, which may mean looking at their bodies first.
    interface WorkflowResults {
        Type of(String workflow);
    }

    /// What is called, with its signature; null when nothing could be found.
    record Target(Callee callee, @Nullable Signature signature) {}

    /// Finds what a path names, and says so when there is nothing.
    Target target(Tree.Path path) {
        var names = path.names();
        return switch (names.size()) {
            case 1 -> workflow(names.getFirst());
            case 2 -> action(names.getFirst(), names.getLast(), path);
            default -> {
                unknownIntegration(path.names().getFirst(), path);
                yield new Target(new Callee.Unknown(), null);
            }
        };
    }

    private Target workflow(Tree.Name name) {
        var workflow = checking.declarations.workflows.get(name.text());
        if (workflow != null) {
            checking.findings.use(name, workflow.symbol(), checking.source, name.span());
            var signature = new Signature(
                    name.text(),
                    workflow.parameters(),
                    results.of(name.text()),
                    workflow.tree().doc());
            return new Target(new Callee.Workflow(name.text()), signature);
        }
        var at = checking.at(name.span());
        var integration = checking.declarations.integration(name.text());
        if (checking.declarations.functions.containsKey(name.text())) {
            checking.report(new CallProblem.PureStep(at, name.text(), "a function"));
        } else if (checking.declarations.rules.containsKey(name.text())) {
            checking.report(new CallProblem.PureStep(at, name.text(), "a rule set"));
        } else if (!Builtins.global(name.text()).isEmpty()) {
            checking.report(new CallProblem.PureStep(at, name.text(), "a built-in function"));
        } else if (integration != null) {
            checking.report(new CallProblem.UnknownAction(at, name.text(), "", null, actions(integration)));
        } else {
            checking.report(new CallProblem.UnknownCallee(
                    at,
                    name.text(),
                    checking.nearest(name.text(), checking.declarations.workflows.keySet())
                            .orElse(null)));
        }
        return new Target(new Callee.Unknown(), null);
    }

    private Target action(Tree.Name name, Tree.Name actionName, Tree.Path path) {
        var nothing = new Target(new Callee.Unknown(), null);
        var used = checking.declarations.integrations.get(name.text());
        if (used != null) {
            checking.findings.use(name, used.symbol(), checking.source, name.span());
        }
        Integration integration = checking.declarations.integration(name.text());
        if (integration == null) {
            if (Builtins.spaces().contains(name.text())) {
                checking.report(new CallProblem.PureStep(checking.at(path.span()), path.text(), "a built-in function"));
            } else {
                unknownIntegration(name, path);
            }
            return nothing;
        }
        var action = integration.action(actionName.text());
        if (action.isPresent()) {
            Action found = action.get();
            var signature = new Signature(path.text(), found.parameters(), found.result(), found.doc());
            return new Target(new Callee.Of(integration.name(), integration.version(), found), signature);
        }
        if (!checking.declarations.isUnknown(name.text())) {
            var names = integration.actions().stream().map(Action::name).toList();
            checking.report(new CallProblem.UnknownAction(
                    checking.at(actionName.span()),
                    name.text(),
                    actionName.text(),
                    checking.nearest(actionName.text(), names).orElse(null),
                    actions(integration)));
        }
        return nothing;
    }

    private static String actions(Integration integration) {
        return Words.quoted(integration.actions().stream().map(Action::name).toList(), "and");
    }

    private void unknownIntegration(Tree.Name name, Tree.Path path) {
        Set<String> names = new TreeSet<>(checking.declarations.catalog().names());
        names.addAll(checking.declarations.integrations.keySet());
        String others = names.size() == 1 ? "There is only" : "There are";
        checking.report(new NameProblem.UnknownIntegration(
                checking.at(path.names().size() > 2 ? path.span() : name.span()),
                name.text(),
                checking.nearest(name.text(), names).orElse(null),
                others + " " + Words.quoted(List.copyOf(names), "and") + "; `http` reaches every other service."));
    }

    /// A call with its arguments; gives what it gives.
    Type call(Tree.Call call, Scope scope) {
        Target target = target(call.target());
        checking.findings.callees.put(call, target.callee());
        Signature signature = target.signature();
        if (signature == null) {
            call.arguments().forEach(argument -> expressions.infer(argument.value(), scope));
            return Basic.UNKNOWN;
        }
        if (target.callee() instanceof Callee.Workflow) {
            checking.require(Construct.CHILD_WORKFLOW, call.target().span());
        }
        checking.findings.scopes.put(call, scope);
        arguments.check(
                signature, call.arguments(), call.target().span(), call.span().end() - 1, scope);
        new SqlTexts(checking).check(target.callee(), call);
        return signature.result();
    }

    // ---- policies

    /// Looks at a `{ policies }` of a step.
    ///
    /// @param scope where the step stands
    /// @param after the same with the step's result, for `undo`
    /// @param block looks at a block of statements
    void policies(List<Policy> policies, @Nullable Callee callee, Scope scope, Scope after, BlockChecker block) {
        var seen = new HashSet<String>();
        for (Policy policy : policies) {
            if (!seen.add(word(policy))) {
                checking.report(new EffectProblem.DuplicatePolicy(checking.at(policy.span()), word(policy)));
            }
            policy(policy, policies, callee, scope, after, block);
        }
        retries(policies, callee, scope);
        if (callee instanceof Callee.Workflow(String name)) {
            ofChild(policies, name);
        }
    }

    /// What only a worker can do before an attempt is not for a run, which is its own attempt.
    private void ofChild(List<Policy> policies, String workflow) {
        for (Policy policy : policies) {
            for (Policy meant : effective(List.of(policy))) {
                String instead = switch (meant) {
                    case Policy.Key _, Policy.Once _ ->
                        "Write `once per` in `" + workflow + "`: the first start with a key counts.";
                    case Policy.Using _ -> "Write `using` at the steps of `" + workflow + "`.";
                    case Policy.Queue _ -> "Write `queue` at the steps of `" + workflow + "`.";
                    case Policy.AtMost _ -> "Write `at most … at once` in `" + workflow + "`.";
                    case Policy.Retry _,
                            Policy.Timeout _,
                            Policy.Undo _,
                            Policy.OnErrorContinue _,
                            Policy.OnError _,
                            Policy.With _ -> null;
                };
                if (instead != null) {
                    checking.report(new EffectProblem.PolicyOfChild(checking.at(policy.span()), word(meant), instead));
                }
            }
        }
    }

    /// Looks at the block of an `on error`.
    interface BlockChecker {
        void check(Tree.Block block, Scope scope);
    }

    static String word(Policy policy) {
        return switch (policy) {
            case Policy.Retry retry -> "retry";
            case Policy.Timeout timeout -> "timeout";
            case Policy.Using using -> "using";
            case Policy.Key key -> "key";
            case Policy.Undo undo -> "undo";
            case Policy.OnErrorContinue onError -> "on error";
            case Policy.OnError onError -> "on error";
            case Policy.Once once -> "once per";
            case Policy.AtMost atMost -> "at most";
            case Policy.Queue queue -> "queue";
            case Policy.With with -> "with " + with.policy().text();
        };
    }

    private void policy(
            Policy policy, List<Policy> all, @Nullable Callee callee, Scope scope, Scope after, BlockChecker block) {
        switch (policy) {
            case Policy.Retry retry -> retry(retry, scope);
            case Policy.Timeout timeout -> amounts.span(timeout.duration(), scope, "`timeout`");
            case Policy.Using using -> {
                checking.require(Construct.USING, policy.span());
                expressions.check(using.connection(), Basic.STRING, scope, "`using`");
            }
            case Policy.Key key -> {
                key(key.value(), scope, "`key`");
                keys.check(key, scope);
            }
            case Policy.Undo undo -> undo(undo, all, callee, after, block);
            case Policy.OnErrorContinue onError -> {}
            case Policy.OnError onError -> {
                checking.require(Construct.ON_ERROR_BLOCK, onError.span());
                block.check(onError.block(), withError(scope, "error"));
            }
            case Policy.Once once -> {
                checking.require(Construct.ONCE_PER, policy.span());
                key(once.key(), scope, "`once per`");
                amounts.span(once.within(), scope, "`within`");
            }
            case Policy.AtMost atMost -> {
                checking.require(Construct.AT_MOST, policy.span());
                amounts.count(atMost.count(), scope, "`at most`", "`at most` has to let at least 1 through.");
                amounts.span(atMost.per(), scope, "`per`");
            }
            case Policy.Queue queue -> {
                checking.require(Construct.QUEUE, policy.span());
                expressions.name(queue.pool(), scope, "`queue`", "A queue");
            }
            case Policy.With with -> with(with);
        }
    }

    private void with(Policy.With with) {
        String name = with.policy().text();
        var policy = checking.declarations.policies.get(name);
        if (policy == null) {
            checking.report(new NameProblem.Unknown(
                    checking.at(with.policy().span()),
                    "policy",
                    name,
                    checking.nearest(name, checking.declarations.policies.keySet())
                            .orElse(null),
                    "Declare it: `policy " + name + " { retry 3 times }`."));
        } else {
            checking.findings.use(
                    with.policy(),
                    policy.symbol(),
                    checking.source,
                    with.policy().span());
        }
    }

    private void retry(Policy.Retry retry, Scope scope) {
        String possible = "A step can be tried again 1 to 1000 times.";
        amounts.count(retry.times(), scope, "`retry`", possible);
        var folding = new Folding(checking.declarations);
        Double times = folding.number(retry.times());
        if (times != null && times > 1000) {
            amounts.report(retry.times(), possible, null);
        }
        if (retry.from() != null) {
            amounts.pause(retry.from(), scope, "`from`");
        }
        if (retry.to() != null) {
            amounts.pause(retry.to(), scope, "`to`");
            Double from = retry.from() == null ? null : folding.number(retry.from());
            Double to = folding.number(retry.to());
            if (from != null && to != null && to < from) {
                amounts.report(retry.to(), "The longest pause is shorter than the first.", null);
            }
        }
        if (retry.when() != null) {
            expressions.conditions.decides(retry.when(), withError(scope, "error"), "`when`");
        }
    }

    /// The scope inside a handler.
    static Scope withError(Scope scope, String name) {
        return scope.inner().declare(new Symbol(Symbol.Kind.ERROR, name, ERROR, null, "Why the step failed."));
    }

    void key(Expression expression, Scope scope, String slot) {
        expressions.check(expression, Types.union(Basic.STRING, Basic.NUMBER), scope, slot);
    }

    private void undo(Policy.Undo undo, List<Policy> all, @Nullable Callee callee, Scope after, BlockChecker block) {
        checking.require(Construct.UNDO, undo.call().target().span());
        call(undo.call(), after);
        if (callee instanceof Callee.Of of && of.action().effect() == Effect.PURE) {
            checking.report(new EffectProblem.UndoOfNothing(checking.at(undo.span()), of.name()));
        }
        Callee target = checking.findings.callees.get(undo.call());
        if (target instanceof Callee.Of of && of.action().effect() == Effect.PURE) {
            checking.report(new EffectProblem.UndoByNothing(
                    checking.at(undo.call().target().span()), of.name()));
        }
        if (target instanceof Callee.Workflow(String workflow)) {
            checking.report(new EffectProblem.UndoByWorkflow(
                    checking.at(undo.call().target().span()), workflow));
        }
        policies(undo.policies(), target, after, after, block);
        undoPolicies(undo);
        boolean keyed = effective(all).stream().anyMatch(Policy.Key.class::isInstance);
        if (callee instanceof Callee.Of of && of.action().effect() == Effect.UNSAFE && !keyed) {
            after.declared().values().stream()
                    .filter(checking.findings::isUsed)
                    .findFirst()
                    .ifPresent(result -> checking.report(
                            new EffectProblem.UndoWithoutResult(checking.at(undo.span()), result.name(), of.name())));
        }
    }

    private void undoPolicies(Policy.Undo undo) {
        for (Policy written : undo.policies()) {
            for (Policy policy : effective(List.of(written))) {
                if (policy instanceof Policy.Undo
                        || policy instanceof Policy.OnError
                        || policy instanceof Policy.Once) {
                    String word = policy instanceof Policy.OnError ? "on error { … }" : word(policy);
                    checking.report(new EffectProblem.PolicyOfUndo(checking.at(written.span()), word));
                }
            }
        }
    }

    /// All policies that hold, those of reusable ones included; a step's own come first.
    List<Policy> effective(List<Policy> policies) {
        var all = new ArrayList<Policy>();
        collect(policies, all, new HashSet<>());
        return all;
    }

    private void collect(List<Policy> policies, List<Policy> into, Set<String> seen) {
        policies.stream().filter(policy -> !(policy instanceof Policy.With)).forEach(into::add);
        for (Policy policy : policies) {
            if (policy instanceof Policy.With with && seen.add(with.policy().text())) {
                var declared = checking.declarations.policies.get(with.policy().text());
                if (declared != null) {
                    collect(declared.tree().policies(), into, seen);
                }
            }
        }
    }

    /// Whether the step may be left out, or fail and go on: its value is null then.
    boolean mayGiveNull(List<Policy> policies) {
        var all = effective(policies);
        return all.stream().anyMatch(Policy.Once.class::isInstance) || continues(all);
    }

    private static boolean continues(List<Policy> all) {
        return all.stream()
                .filter(policy -> policy instanceof Policy.OnErrorContinue || policy instanceof Policy.OnError)
                .findFirst()
                .filter(Policy.OnErrorContinue.class::isInstance)
                .isPresent();
    }

    /// A retry of what may not be done twice wants to know what makes two calls the same.
    private void retries(List<Policy> policies, @Nullable Callee callee, Scope scope) {
        if (!(callee instanceof Callee.Of of) || of.action().effect() != Effect.UNSAFE) {
            return;
        }
        var all = effective(policies);
        boolean retried = all.stream().anyMatch(Policy.Retry.class::isInstance);
        boolean keyed = all.stream().anyMatch(Policy.Key.class::isInstance);
        if (retried && !keyed) {
            Policy at = policies.stream()
                    .filter(policy -> policy instanceof Policy.Retry || policy instanceof Policy.With)
                    .findFirst()
                    .orElse(policies.getFirst());
            checking.report(
                    new EffectProblem.RetryUnsafe(checking.at(at.span()), of.name(), keys.fix(at.span(), scope)));
        }
    }

    /// The type that a statement's value has under its name.
    Type targetType(Statement.Target target, Type given) {
        if (target.type() == null) {
            return given;
        }
        Type wanted = checking.type(target.type());
        switch (Fitting.fit(checking.types, given, wanted)) {
            case Fit.Proven proven -> {}
            case Fit.AtRunTime atRunTime -> checking.findings.runTimeChecks.put(target, wanted);
            case Fit.Not not ->
                expressions.misfits.report(
                        target.type().span(),
                        given,
                        wanted,
                        not,
                        "`" + target.name().text() + "`");
        }
        return wanted;
    }
}
