package weir.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.check.Around.Body;
import weir.check.Availability.Construct;
import weir.check.Findings.Ending;
import weir.check.Symbol.Kind;
import weir.model.Parameter;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Location;
import weir.syntax.Declaration.Head;
import weir.syntax.Tree;

/// Workflows: parameters, triggers and settings, then the body. Each is looked at once, when it or its result is first
/// asked for.
final class Workflows {
    private final Checking checking;
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Location> webhooks = new HashMap<>();

    Workflows(Checking checking) {
        this.checking = checking;
    }

    /// What a workflow gives, by its declaration or else by its body.
    Type result(String name) {
        var workflow = checking.declarations.workflows.get(name);
        if (workflow == null) {
            return Basic.UNKNOWN;
        }
        if (workflow.declared() != null) {
            return workflow.declared();
        }
        if (underWay.contains(name)) {
            return Basic.JSON;
        }
        return ending(name).result();
    }

    /// What is known of a workflow at its end; looks at its body if that was not done yet.
    Ending ending(String name) {
        Ending known = checking.findings.endings.get(name);
        if (known != null) {
            return known;
        }
        var workflow = checking.declarations.workflows.get(name);
        if (workflow == null || !underWay.add(name)) {
            return new Ending(Scope.of(Scope.Place.WORKFLOW), Basic.UNKNOWN, Map.of());
        }
        Ending ending = check(workflow);
        checking.findings.endings.put(name, ending);
        underWay.remove(name);
        return ending;
    }

    private Ending check(Declarations.Workflow workflow) {
        Checking here = checking.in(workflow.source());
        var expressions = new Expressions(here);
        var steps = new Steps(expressions, this::result);
        Map<String, Symbol> named = new LinkedHashMap<>();
        var statements = new Statements(expressions, steps, named);
        Scope scope = parameters(workflow.tree().parameters(), workflow.parameters(), Scope.Place.WORKFLOW, here);
        heads(workflow, here, expressions, statements, scope);
        var body = new Body(workflow.tree().name().text(), workflow.declared(), new ArrayList<>());
        Scope end = statements.block(workflow.tree().body(), scope.inner(), body);
        Scope last = here.findings.ends.getOrDefault(workflow.tree().body(), scope);
        if (end != null) {
            ends(workflow, here);
            body.returned().add(Basic.NULL);
        }
        var written = workflow.tree().result();
        if (written != null && workflow.declared() != null && here.types.holdsSecret(workflow.declared())) {
            here.report(new EffectProblem.SecretLeak(here.at(written.span()), "the result of a run"));
        }
        Type result =
                workflow.declared() != null ? workflow.declared() : here.types.widen(here.types.join(body.returned()));
        return new Ending(last, result, named);
    }

    private void ends(Declarations.Workflow workflow, Checking here) {
        Type declared = workflow.declared();
        if (declared != null && !Fitting.fit(here.types, Basic.NULL, declared).fits()) {
            here.report(new FlowProblem.NoReturn(
                    here.at(workflow.tree().name().span()),
                    workflow.tree().name().text(),
                    Words.a(declared)));
        }
    }

    /// A scope with the parameters of something.
    static Scope parameters(
            List<Tree.Parameter> written, List<Parameter> parameters, Scope.Place place, Checking here) {
        Scope scope = Scope.of(place);
        for (var parameter : parameters) {
            for (var tree : written) {
                if (tree.name().text().equals(parameter.name()) && scope.findHere(parameter.name()) == null) {
                    var symbol = new Symbol(
                            Kind.PARAMETER,
                            parameter.name(),
                            Calls.wanted(parameter),
                            here.at(tree.name().span()),
                            "");
                    here.findings.declare(tree.name(), symbol);
                    scope.declare(symbol);
                    Location outer = here.fileLevel(parameter.name());
                    if (outer != null) {
                        here.report(
                                new NameProblem.Shadowing(here.at(tree.name().span()), parameter.name(), outer));
                    }
                }
            }
        }
        return scope;
    }

    // ---- heads

    private void heads(
            Declarations.Workflow workflow,
            Checking here,
            Expressions expressions,
            Statements statements,
            Scope scope) {
        Map<String, Location> seen = new HashMap<>();
        var triggers = new Triggers(expressions, workflow, webhooks);
        Scope pure = scope.at(Scope.Place.HEAD);
        for (Head head : workflow.tree().heads()) {
            if (!(head instanceof Head.Trigger)) {
                Location earlier = seen.putIfAbsent(word(head), here.at(head.span()));
                if (earlier != null) {
                    here.report(new HeadProblem.DuplicateHead(here.at(head.span()), word(head), earlier));
                }
            }
            switch (head) {
                case Head.Trigger trigger -> triggers.check(trigger);
                case Head.Priority priority -> {}
                case Head.Once once -> {
                    here.require(Construct.ONCE_PER, once.span());
                    new Steps(expressions, this::result).key(once.key(), pure, "`once per`");
                    if (once.within() != null) {
                        statements.amounts.span(once.within(), pure, "`within`");
                    }
                }
                case Head.AtMost atMost -> {
                    here.require(Construct.AT_MOST_AT_ONCE, atMost.span());
                    statements.amounts.count(atMost.count(), pure, "`at most`", "At least one has to run at once.");
                    if (atMost.per() != null) {
                        expressions.check(
                                atMost.per(),
                                Types.union(Basic.STRING, Basic.NUMBER, Basic.UNDEFINED, Basic.NULL),
                                pure,
                                "`per`");
                    }
                }
                case Head.Timeout timeout -> statements.amounts.span(timeout.duration(), pure, "`timeout`");
                case Head.OnFailure failure -> {
                    here.require(Construct.ON_FAILURE, failure.span());
                    var nothing = new Body(workflow.tree().name().text(), null, new ArrayList<>());
                    statements.block(failure.block(), Steps.withError(scope, "error"), nothing);
                }
            }
        }
    }

    private static String word(Head head) {
        return switch (head) {
            case Head.Trigger trigger -> "on";
            case Head.Priority priority -> "priority";
            case Head.Once once -> "once per";
            case Head.AtMost atMost -> "at most";
            case Head.Timeout timeout -> "timeout";
            case Head.OnFailure failure -> "on failure";
        };
    }
}
