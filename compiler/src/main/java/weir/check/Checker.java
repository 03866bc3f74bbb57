package weir.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.model.Catalog;
import weir.source.Location;
import weir.source.Severity;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Statement;
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
        unused(findings, checking);
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
                steps.policies(policy.policies(), null, scope, scope, (block, inside) -> {});
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
                    .check(
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
        if (function.tree().body() instanceof Declaration.FunctionBody.Of(var expression)) {
            new Expressions(here).check(expression, function.signature().result(), scope, "the result");
        }
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

    /// Lets that nothing uses, known once everything was looked at.
    private static void unused(Findings findings, Checking checking) {
        Set<Location> missed = missed(findings);
        for (Map.Entry<Statement.Let, Symbol> entry : findings.lets.entrySet()) {
            Symbol symbol = entry.getValue();
            Location at = symbol.at();
            if (at != null && !findings.isUsed(symbol) && !symbol.name().startsWith("_") && !missed.contains(at)) {
                checking.report(new NameProblem.Unused(
                        at,
                        symbol.name(),
                        wholeLines(entry.getKey().span(), at.source().text())));
            }
        }
    }

    /// The span with the rest of its lines, if nothing else stands on them.
    private static Span wholeLines(Span span, String text) {
        int start = span.start();
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        int end = span.end();
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        boolean alone =
                (start == 0 || text.charAt(start - 1) == '\n') && end < text.length() && text.charAt(end) == '\n';
        return alone ? new Span(start, end + 1) : span;
    }

    /// Where values are made that something wanted and could not have, which was reported.
    private static Set<Location> missed(Findings findings) {
        var missed = new HashSet<Location>();
        for (CheckProblem problem : findings.problems()) {
            if (problem instanceof NameProblem name) {
                switch (name) {
                    case NameProblem.TooEarly early -> missed.add(early.made());
                    case NameProblem.OnlyInside inside -> missed.add(inside.made());
                    case NameProblem.InSibling sibling -> missed.add(sibling.made());
                    case NameProblem.Duplicate second -> missed.add(second.earlier());
                    case NameProblem.Unknown _,
                            NameProblem.Shadowing _,
                            NameProblem.Unused _,
                            NameProblem.UnknownFile _,
                            NameProblem.UnknownIntegration _,
                            NameProblem.NeedsItself _,
                            NameProblem.NotAValue _,
                            NameProblem.LeftOut _ -> {}
                }
            }
        }
        return missed;
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
