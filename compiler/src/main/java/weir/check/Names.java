package weir.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Facts.Ref;
import weir.check.Scope.Elsewhere;
import weir.model.Builtins;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Fix;
import weir.source.Location;
import weir.syntax.Expression;

/// What single names mean in expressions.
final class Names {
    /// Words of other languages, with what Weir writes for them.
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("None", "null"),
            Map.entry("nil", "null"),
            Map.entry("NULL", "null"),
            Map.entry("Null", "null"),
            Map.entry("True", "true"),
            Map.entry("TRUE", "true"),
            Map.entry("False", "false"),
            Map.entry("FALSE", "false"),
            Map.entry("not", "!"),
            Map.entry("NOT", "!"));

    private final Checking checking;

    Names(Checking checking) {
        this.checking = checking;
    }

    /// The symbol of a name that has a value, or null.
    @Nullable
    Symbol symbol(String name, Scope scope) {
        Symbol local = scope.find(name);
        if (local != null) {
            return local;
        }
        Symbol constant = checking.constant(name);
        if (constant != null) {
            return constant;
        }
        return name.equals("settings") ? checking.declarations.settingsSymbol() : null;
    }

    /// Whether the name is free for what is built in or declared as something else than a value.
    boolean isFree(String name, Scope scope) {
        return scope.find(name) == null
                && !checking.declarations.constants.containsKey(name)
                && !(name.equals("settings") && checking.declarations.settingsSymbol() != null);
    }

    /// What reading the name gives.
    Type value(Expression.NameUse use, Scope scope) {
        Symbol symbol = symbol(use.name(), scope);
        if (symbol != null) {
            checking.findings.use(use, symbol, checking.source, use.span());
            Type known = scope.facts().about(new Ref(symbol, ""));
            return known == null ? symbol.type() : known;
        }
        var globals = Builtins.global(use.name());
        if (!globals.isEmpty() && globals.getFirst().property()) {
            var global = globals.getFirst();
            noteGlobal(use, global.doc(), global.result());
            return global.result();
        }
        checking.report(problem(use, scope, !globals.isEmpty()));
        return Basic.UNKNOWN;
    }

    void noteGlobal(Expression.NameUse use, String doc, Type type) {
        var kind = Builtins.spaces().contains(use.name())
                        && Builtins.global(use.name()).isEmpty()
                ? Symbol.Kind.SPACE
                : Symbol.Kind.GLOBAL;
        checking.findings.use(use, new Symbol(kind, use.name(), type, null, doc), checking.source, use.span());
    }

    private CheckProblem problem(Expression.NameUse use, Scope scope, boolean global) {
        String name = use.name();
        Location at = checking.at(use.span());
        var declarations = checking.declarations;
        if (global || declarations.functions.containsKey(name) || declarations.rules.containsKey(name)) {
            return new TypeProblem.NotCalled(at, name);
        }
        if (declarations.workflows.containsKey(name)) {
            return new NameProblem.NotAValue(at, name, "a workflow", "Run it as a step: `step " + name + "(…)`.");
        }
        if (declarations.integration(name) != null) {
            return new NameProblem.NotAValue(
                    at, name, "an integration", "Call one of its actions: `step " + name + ".…(…)`.");
        }
        if (Builtins.spaces().contains(name)) {
            return new NameProblem.NotAValue(at, name, "a namespace", "Name something in it: `" + name + ".…`.");
        }
        if (declarations.typeSymbols.containsKey(name) || declarations.policies.containsKey(name)) {
            String kind = declarations.policies.containsKey(name) ? "a policy" : "a type";
            return new NameProblem.NotAValue(at, name, kind, "Choose the name of a value.");
        }
        var leftOut = LeftOut.name(name);
        if (leftOut != null) {
            return new NameProblem.LeftOut(at, name, leftOut.instead(), List.of());
        }
        String meant = FOREIGN.get(name);
        return meant == null
                ? elsewhere(name, at, scope)
                : new NameProblem.LeftOut(
                        at,
                        name,
                        "Weir writes `" + meant + "` for it.",
                        List.of(Fix.replace("Write " + meant, use.span(), meant)));
    }

    private CheckProblem elsewhere(String name, Location at, Scope scope) {
        return switch (scope.elsewhere(name)) {
            case Elsewhere.Inside inside -> new NameProblem.OnlyInside(at, name, inside);
            case Elsewhere.Sibling(Location made) -> new NameProblem.InSibling(at, name, made);
            case Elsewhere.Later(Location made) -> new NameProblem.TooEarly(at, name, made);
            case null ->
                new NameProblem.Unknown(
                        at,
                        "name",
                        name,
                        checking.nearest(name, () -> all(scope)).orElse(null),
                        advice(name));
        };
    }

    private static @Nullable String advice(String name) {
        return switch (name) {
            case "settings" -> "Declare `settings { name: string }` at the top of the file.";
            case "event" -> "`event` is what a trigger brings; it exists in `when` and `with` of `on …`.";
            case "error" -> "`error` exists in a `catch error { … }` and in `retry … when`.";
            case "result" -> "`result` exists in the `expect` of a test.";
            default -> null;
        };
    }

    /// Every name that an expression may begin with here.
    Set<String> all(Scope scope) {
        var names = new LinkedHashSet<>(scope.names());
        names.addAll(checking.declarations.constants.keySet());
        names.addAll(checking.declarations.functions.keySet());
        names.addAll(checking.declarations.rules.keySet());
        if (checking.declarations.settingsSymbol() != null) {
            names.add("settings");
        }
        names.addAll(Builtins.globals());
        names.addAll(Builtins.spaces());
        return names;
    }
}
