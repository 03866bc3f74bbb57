package weir.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Availability.Construct;
import weir.check.Symbol.Kind;
import weir.model.Catalog;
import weir.model.Integration;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Location;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Tree;

/// Collects what files declare: names first, so that the order of declarations does not matter, then their types.
final class Collector {
    private final Declarations declarations;
    private final Findings findings;
    private final Availability availability;

    Collector(Declarations declarations, Findings findings, Availability availability) {
        this.declarations = declarations;
        this.findings = findings;
        this.availability = availability;
    }

    private Checking checking(Source source) {
        return new Checking(declarations, findings, availability, source);
    }

    void collect(List<Tree.File> files) {
        for (var file : files) {
            file.declarations().forEach(declaration -> name(declaration, checking(file.source())));
        }
        for (var file : files) {
            file.declarations().forEach(declaration -> type(declaration, checking(file.source())));
        }
        cutCycles(files);
        integrations(files);
        for (var file : files) {
            file.declarations().forEach(declaration -> declare(declaration, checking(file.source())));
        }
        settings();
    }

    // ---- names

    private void name(Declaration declaration, Checking checking) {
        if (declaration instanceof Declaration.TypeDeclaration type) {
            String name = type.name().text();
            Symbol earlier = declarations.typeSymbols.get(name);
            if (DeclaredTypes.isBuiltIn(name)) {
                checking.report(
                        new NameProblem.Shadowing(checking.at(type.name().span()), name, null));
            } else if (earlier != null && earlier.at() != null) {
                duplicate(checking, type.name(), "type", earlier.at());
            } else {
                var symbol = symbol(Kind.TYPE, type.name(), new Type.Named(name), type.doc(), checking);
                declarations.typeSymbols.put(name, symbol);
            }
        }
    }

    private Symbol symbol(Kind kind, Tree.Name name, Type type, String doc, Checking checking) {
        var symbol = new Symbol(kind, name.text(), type, checking.at(name.span()), doc);
        findings.declare(name, symbol);
        return symbol;
    }

    private void duplicate(Checking checking, Tree.Name name, String what, Location earlier) {
        checking.report(new NameProblem.Duplicate(checking.at(name.span()), what, name.text(), earlier));
    }

    /// Blocks first: a file may pin or rename what another one declares.
    private void integrations(List<Tree.File> files) {
        for (var file : files) {
            for (Declaration declaration : file.declarations()) {
                if (declaration instanceof Declaration.Integration integration) {
                    integration(integration, checking(file.source()));
                }
            }
        }
        var blocks = Map.copyOf(declarations.integrations);
        for (var file : files) {
            for (Declaration declaration : file.declarations()) {
                if (declaration instanceof Declaration.UseIntegration use) {
                    var block = blocks.get(use.integration().text());
                    use(use, block, checking(file.source()));
                }
            }
        }
    }

    /// @param block the integration of that name that some file declares, or null
    private void use(Declaration.UseIntegration use, Declarations.@Nullable Used block, Checking checking) {
        String name = use.integration().text();
        Tree.Name alias = use.alias() == null ? use.integration() : use.alias();
        var earlier = declarations.integrations.get(alias.text());
        if (earlier != null && !earlier.equals(block) && earlier.symbol().at() != null) {
            duplicate(checking, alias, "integration", earlier.symbol().at());
            return;
        }
        var catalog = declarations.catalog();
        if (block != null) {
            checking.findings.use(
                    use.integration(),
                    block.symbol(),
                    checking.source,
                    use.integration().span());
            catalog = new Catalog(List.of(block.integration()));
        }
        var found = use.version() == null ? catalog.find(name) : catalog.find(name, use.version());
        if (found.isPresent()) {
            var symbol =
                    symbol(Kind.INTEGRATION, alias, Basic.UNKNOWN, found.get().title(), checking);
            declarations.integrations.put(alias.text(), new Declarations.Used(found.get(), true, symbol));
            return;
        }
        var newest = catalog.find(name);
        String available = newest.isPresent()
                ? "Its newest version is " + newest.get().version() + "."
                : Words.there(List.copyOf(catalog.names()));
        checking.report(new NameProblem.UnknownIntegration(
                checking.at(use.integration().span()),
                use.version() == null || newest.isEmpty() ? name : name + " " + use.version(),
                newest.isPresent()
                        ? null
                        : checking.nearest(name, catalog.names()).orElse(null),
                available));
        // Known by name, so that its steps are not reported again.
        var nothing = new Integration(name, "0.0", name, List.of(), List.of());
        declarations.integrations.put(
                alias.text(),
                new Declarations.Used(nothing, false, symbol(Kind.INTEGRATION, alias, Basic.UNKNOWN, "", checking)));
    }

    // ---- types

    private void type(Declaration declaration, Checking checking) {
        if (declaration instanceof Declaration.TypeDeclaration type
                && isThis(declarations.typeSymbols.get(type.name().text()), type.name(), checking)) {
            declarations.types.put(type.name().text(), checking.type(type.type()));
        }
    }

    /// Whether the symbol is declared by this name, and not by an earlier one.
    static boolean isThis(@Nullable Symbol symbol, Tree.Name name, Checking checking) {
        return symbol != null && checking.at(name.span()).equals(symbol.at());
    }

    /// A type that is itself without a record, list or map between would never end.
    private void cutCycles(List<Tree.File> files) {
        for (var file : files) {
            for (var declaration : file.declarations()) {
                if (declaration instanceof Declaration.TypeDeclaration type) {
                    String name = type.name().text();
                    if (declarations.types.containsKey(name) && reaches(new Type.Named(name), name, new HashSet<>())) {
                        checking(file.source())
                                .report(new NameProblem.NeedsItself(
                                        new Location(file.source(), type.name().span()), "type", name));
                        declarations.types.put(name, Basic.UNKNOWN);
                    }
                }
            }
        }
    }

    private boolean reaches(Type type, String name, Set<String> seen) {
        return switch (type) {
            case Type.Union(List<Type> members) -> members.stream().anyMatch(member -> reaches(member, name, seen));
            case Type.Named(String other) -> {
                Type meant = declarations.types.get(other);
                boolean again = other.equals(name) && seen.contains(name);
                yield again || (meant != null && seen.add(other) && reaches(meant, name, seen));
            }
            // Default: every other type stands between the two and ends the cycle.
            default -> false;
        };
    }

    // ---- everything else

    private void declare(Declaration declaration, Checking checking) {
        switch (declaration) {
            case Declaration.Constant constant -> {
                if (isNew(constant.name(), checking)) {
                    declarations.constants.put(
                            constant.name().text(), new Declarations.Constant(checking.source, constant));
                }
            }
            case Declaration.Function function -> function(function, checking);
            case Declaration.Rules rules -> rules(rules, checking);
            case Declaration.PolicyDeclaration policy -> policy(policy, checking);
            case Declaration.Workflow workflow -> workflow(workflow, checking);
            case Declaration.Settings settings -> settings.settings().forEach(setting -> setting(setting, checking));
            case Declaration.Integration integration -> {}
            case Declaration.TypeDeclaration type -> {}
            case Declaration.UseFile use -> {}
            case Declaration.UseIntegration use -> {}
            case Declaration.Test test -> {}
            case Declaration.Broken broken -> {}
        }
    }

    /// Constants, functions and rules share one space of names, because expressions name them alike.
    private boolean isNew(Tree.Name name, Checking checking) {
        Location earlier = checking.fileLevel(name.text());
        if (earlier != null) {
            duplicate(checking, name, "constant, function or rule set", earlier);
        } else if (name.text().equals("settings")) {
            checking.report(new NameProblem.Shadowing(checking.at(name.span()), "settings", null));
        }
        return earlier == null;
    }

    private void function(Declaration.Function function, Checking checking) {
        var parameters = new DeclaredTypes(checking).parameters(function.parameters());
        Type result = checking.type(function.result());
        if (isNew(function.name(), checking)) {
            var signature = new Signature(function.name().text(), parameters, result, function.doc());
            var symbol = symbol(Kind.FUNCTION, function.name(), result, function.doc(), checking);
            declarations.functions.put(
                    function.name().text(), new Declarations.Function(checking.source, function, signature, symbol));
        }
    }

    private void rules(Declaration.Rules rules, Checking checking) {
        var parameters = new DeclaredTypes(checking).parameters(rules.parameters());
        Type row = checking.type(rules.result());
        if (!isNew(rules.name(), checking)) {
            return;
        }
        var coverage = new Coverage(checking, rules, parameters);
        findings.coverages.put(rules, coverage);
        boolean all = rules.policy() != null && rules.policy().text().equals("all");
        Type result = all
                ? new Type.ListOf(row)
                : coverage.verdict() instanceof Coverage.Verdict.Unproven ? Types.union(row, Basic.NULL) : row;
        var signature = new Signature(rules.name().text(), parameters, result, rules.doc());
        var symbol = symbol(Kind.RULES, rules.name(), result, rules.doc(), checking);
        declarations.rules.put(
                rules.name().text(), new Declarations.Rules(checking.source, rules, row, signature, symbol));
    }

    private void policy(Declaration.PolicyDeclaration policy, Checking checking) {
        var earlier = declarations.policies.get(policy.name().text());
        if (earlier != null && earlier.symbol().at() != null) {
            duplicate(checking, policy.name(), "policy", earlier.symbol().at());
            return;
        }
        var symbol = symbol(Kind.POLICY, policy.name(), Basic.UNKNOWN, policy.doc(), checking);
        declarations.policies.put(policy.name().text(), new Declarations.Policy(checking.source, policy, symbol));
    }

    private void workflow(Declaration.Workflow workflow, Checking checking) {
        var parameters = new DeclaredTypes(checking).parameters(workflow.parameters());
        Type result = workflow.result() == null ? null : checking.type(workflow.result());
        var earlier = declarations.workflows.get(workflow.name().text());
        if (earlier != null && earlier.symbol().at() != null) {
            duplicate(checking, workflow.name(), "workflow", earlier.symbol().at());
            return;
        }
        var symbol = symbol(
                Kind.WORKFLOW, workflow.name(), result == null ? Basic.UNKNOWN : result, workflow.doc(), checking);
        declarations.workflows.put(
                workflow.name().text(),
                new Declarations.Workflow(checking.source, workflow, parameters, result, symbol));
    }

    private void setting(Declaration.Setting setting, Checking checking) {
        var earlier = declarations.settings.get(setting.name().text());
        if (earlier != null) {
            duplicate(
                    checking,
                    setting.name(),
                    "setting",
                    new Location(earlier.source(), earlier.tree().name().span()));
            return;
        }
        Type type = checking.type(setting.type());
        if (Secrecy.shows(type)) {
            checking.report(new EffectProblem.SecretFromOutside(
                    checking.at(setting.type().span()), "A setting"));
        }
        declarations.settings.put(setting.name().text(), new Declarations.Setting(checking.source, setting, type));
    }

    private void settings() {
        for (Map.Entry<String, Declarations.Setting> entry : declarations.settings.entrySet()) {
            var setting = entry.getValue();
            declarations.setSettingsSymbol(new Symbol(
                    Kind.SETTINGS,
                    "settings",
                    declarations.settingsType(),
                    new Location(setting.source(), setting.tree().name().span()),
                    "What the environment gives."));
            return;
        }
    }

    private void integration(Declaration.Integration integration, Checking checking) {
        checking.require(Construct.INTEGRATION, integration.name().span());
        var earlier = declarations.integrations.get(integration.name().text());
        if (earlier != null && earlier.symbol().at() != null) {
            duplicate(
                    checking,
                    integration.name(),
                    "integration",
                    earlier.symbol().at());
            return;
        }
        var model = new IntegrationBlocks(checking).model(integration);
        var symbol = symbol(Kind.INTEGRATION, integration.name(), Basic.UNKNOWN, integration.doc(), checking);
        declarations.integrations.put(integration.name().text(), new Declarations.Used(model, true, symbol));
        declarations.blocks.put(integration.name().text(), new Declarations.Block(checking.source, integration, model));
    }
}
