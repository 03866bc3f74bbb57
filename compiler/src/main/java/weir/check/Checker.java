package weir.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import weir.model.Catalog;
import weir.source.Severity;
import weir.syntax.Declaration;
import weir.syntax.Tree;

/// Checks files: collects what they declare, then looks at every body once.
public final class Checker {
    /// So many problems of one check are told.
    private static final int SHOWN = 300;

    private final Catalog catalog;
    private final Availability availability;

    public Checker(Catalog catalog, Availability availability) {
        this.catalog = catalog;
        this.availability = availability;
    }

    /// @param file what is checked
    /// @param used the files that it uses, directly or not; what is wrong in them is reported too
    public Checked check(Tree.File file, List<Tree.File> used) {
        var declarations = new Declarations(catalog);
        var findings = new Findings();
        var files = new ArrayList<Tree.File>(used);
        files.add(file);
        new Collector(declarations, findings, availability).collect(files);
        var checking = new Checking(declarations, findings, availability, file.source());
        var workflows = new Workflows(checking);
        for (Tree.File each : files) {
            Checking here = checking.in(each.source());
            each.declarations().forEach(declaration -> check(declaration, here, workflows));
        }
        new Recursion(declarations, findings).check();
        declarations
                .workflows
                .values()
                .forEach(workflow -> new Endless(checking.in(workflow.source()), workflow).check());
        new Unused(checking, file, used).check();
        return new Checked(file, used.isEmpty(), declarations, findings, sorted(findings, file));
    }

    private void check(Declaration declaration, Checking here, Workflows workflows) {
        var declarations = here.declarations;
        switch (declaration) {
            case Declaration.Constant constant -> here.constant(constant.name().text());
            case Declaration.Settings settings -> settings.settings().forEach(setting -> setting(setting, here));
            case Declaration.Function function -> {
                var declared = declarations.functions.get(function.name().text());
                if (declared != null && Collector.isThis(declared.symbol(), function.name(), here)) {
                    function(declared, here);
                }
            }
            case Declaration.PolicyDeclaration policy -> {
                var steps = new Steps(new Expressions(here), workflows::result);
                Scope scope = Scope.of(Scope.Place.HEAD);
                var shared = policy.policies().stream()
                        .filter(part -> isShared(part, here))
                        .toList();
                steps.policies(shared, null, scope, scope, (block, inside) -> {});
                cycle(policy, here);
            }
            case Declaration.Rules rules -> {
                var declared = declarations.rules.get(rules.name().text());
                if (declared != null && Collector.isThis(declared.symbol(), rules.name(), here)) {
                    RuleSets.check(here, declared);
                }
            }
            case Declaration.Workflow workflow -> {
                var declared = declarations.workflows.get(workflow.name().text());
                if (declared != null && Collector.isThis(declared.symbol(), workflow.name(), here)) {
                    workflows.ending(workflow.name().text());
                }
            }
            case Declaration.Integration integration -> new IntegrationBlocks(here).check(integration);
            case Declaration.Test test -> new Tests(here, workflows).check(test);
            case Declaration.UseFile use -> {}
            case Declaration.UseIntegration use -> {}
            case Declaration.TypeDeclaration type -> {}
            case Declaration.Broken broken -> {}
        }
    }

    private static void setting(Declaration.Setting setting, Checking here) {
        if (setting.standard() != null) {
            new Expressions(here)
                    .rely(
                            setting.standard(),
                            here.type(setting.type()),
                            Scope.of(Scope.Place.CONSTANT),
                            "`" + setting.name().text() + "`");
        }
    }

    private static void function(Declarations.Function function, Checking here) {
        Scope scope = Workflows.parameters(
                function.tree().parameters(), function.signature().parameters(), Scope.Place.FUNCTION, here);
        here.findings.scopes.put(function.tree(), scope);
        switch (function.tree().body()) {
            case Declaration.FunctionBody.Of(var expression) ->
                new Expressions(here).rely(expression, function.signature().result(), scope, "the result");
            case Declaration.FunctionBody.Script(var fence) -> new Fences(here).check(function, fence);
        }
    }

    /// Whether a part of a policy means something without its step; says so otherwise.
    private static boolean isShared(Tree.Policy part, Checking here) {
        String why = switch (part) {
            case Tree.Policy.Undo _ -> "what is undone is what a step did";
            case Tree.Policy.OnError _ -> "it knows neither the step nor what it gives";
            case Tree.Policy.Key _ -> "all of them would have the same key";
            case Tree.Policy.Retry _,
                    Tree.Policy.Timeout _,
                    Tree.Policy.Using _,
                    Tree.Policy.OnErrorContinue _,
                    Tree.Policy.Once _,
                    Tree.Policy.AtMost _,
                    Tree.Policy.Queue _,
                    Tree.Policy.With _ -> null;
        };
        if (why != null) {
            here.report(new EffectProblem.NotReusable(here.at(part.span()), Steps.word(part), why));
        }
        return why == null;
    }

    /// A policy that holds itself.
    private static void cycle(Declaration.PolicyDeclaration policy, Checking here) {
        var seen = new ArrayList<String>();
        var open = new ArrayList<>(List.of(policy.name().text()));
        while (!open.isEmpty()) {
            var next = here.declarations.policies.get(open.removeLast());
            if (next == null) {
                continue;
            }
            for (Tree.Policy part : next.tree().policies()) {
                if (part instanceof Tree.Policy.With with) {
                    String name = with.policy().text();
                    if (name.equals(policy.name().text())) {
                        here.report(new NameProblem.NeedsItself(
                                here.at(policy.name().span()),
                                "policy",
                                policy.name().text()));
                        return;
                    }
                    if (!seen.contains(name)) {
                        seen.add(name);
                        open.add(name);
                    }
                }
            }
        }
    }

    /// In the order of the text, the used files' first; the same thing is said once.
    private static List<CheckProblem> sorted(Findings findings, Tree.File file) {
        List<CheckProblem> all = findings.problems().stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (CheckProblem problem) -> problem.at().source() == file.source())
                        .thenComparing(problem -> problem.at().source().name())
                        .thenComparingInt(problem -> problem.at().span().start())
                        .thenComparing(CheckProblem::code))
                .toList();
        if (all.size() <= SHOWN) {
            return all;
        }
        // Nobody reads more; an error among the rest must not get lost.
        var shown = new ArrayList<>(all.subList(0, SHOWN));
        all.subList(SHOWN, all.size()).stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .findFirst()
                .ifPresent(shown::add);
        return shown;
    }
}
