package weir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.model.Parameter;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.script.Globals;
import weir.script.Outline;
import weir.script.Use;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Tree;
import weir.syntax.Tree.Fence;

/// Functions whose body is a script: what they take, and what the script names.
final class Fences {
    /// How long the marks of a fence are.
    private static final int FENCE = 3;

    /// What people look for in a script.
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("fetch", "Scripts reach nothing: call the service in a step, and hand in what it gives."),
            Map.entry(
                    "XMLHttpRequest", "Scripts reach nothing: call the service in a step, and hand in what it gives."),
            Map.entry("console", "Scripts write nothing: `return` what is worth a `log`."),
            Map.entry("require", "A script has JavaScript itself and nothing to load."),
            Map.entry("module", "A script is the body of a function: `return` its value."),
            Map.entry("exports", "A script is the body of a function: `return` its value."),
            Map.entry("process", "Hand in what the environment gives: `settings.…`."),
            Map.entry("Buffer", "`base64` and `hash` work in scripts, too."),
            Map.entry("setTimeout", "Scripts do not wait: `wait 5s` is a statement of a workflow."),
            Map.entry("setInterval", "Scripts do not wait: `repeat … every` is a statement of a workflow."),
            Map.entry("Promise", "Scripts do not wait: they get values and give one."),
            Map.entry(
                    "crypto",
                    "`hash.sha256(…)` gives a hash; draw ids with `uuid()` in the workflow and hand them in."),
            Map.entry("Intl", "`format.number`, `format.money` and `time.format` write for people."),
            Map.entry("BigInt", "Use a number."),
            Map.entry("now", "Draw it in the workflow and hand it in."),
            Map.entry("uuid", "Draw it in the workflow and hand it in."),
            Map.entry("random", "Draw it in the workflow and hand it in."),
            Map.entry("secret", "Secrets never enter a script."),
            Map.entry("settings", "Hand in what the script needs of them as a parameter."));

    private final Checking checking;

    Fences(Checking checking) {
        this.checking = checking;
    }

    void check(Declarations.Function function, Fence fence) {
        secrets(function);
        var parameters =
                function.signature().parameters().stream().map(Parameter::name).toList();
        var outline = Outline.of(fence.text(), parameters);
        int opened = fence.span().start() + FENCE + fence.language().length();
        int offset = checking.source.text().indexOf(fence.text(), opened);
        if (outline.mistake() != null) {
            checking.report(new ScriptProblem.Unreadable(
                    at(outline.mistake().at(), offset), outline.mistake().sentence()));
            function.tree().parameters().forEach(parameter -> use(parameter.name(), null, offset));
            return;
        }
        outline.open().forEach(use -> name(use, function, parameters, offset));
        outline.draws()
                .forEach(draw -> checking.report(new ScriptProblem.Draws(
                        at(draw.at(), offset), draw.what(), draw.what().equals("Math.random") ? "random()" : "now()")));
        Type result = function.signature().result();
        if (!outline.returns()
                && !Fitting.fit(checking.types, Basic.UNDEFINED, result).fits()) {
            checking.report(new ScriptProblem.NothingReturned(
                    checking.at(function.tree().name().span()),
                    function.signature().name(),
                    Words.a(result)));
        }
    }

    private Location at(Span inside, int offset) {
        int start = offset + inside.start();
        int end = offset + Math.max(inside.start() + 1, inside.end());
        // A script that is never closed ends with the text.
        return new Location(
                checking.source,
                new Span(start, Math.min(end, checking.source.text().length())));
    }

    /// A name that the script leaves open: one of its parameters, of JavaScript, or of nobody.
    private void name(Use use, Declarations.Function function, List<String> parameters, int offset) {
        for (var parameter : function.tree().parameters()) {
            if (parameter.name().text().equals(use.name())) {
                use(parameter.name(), use, offset);
                return;
            }
        }
        if (use.tested() || Globals.NAMES.contains(use.name())) {
            return;
        }
        var known = new ArrayList<>(parameters);
        known.addAll(Globals.NAMES);
        boolean declared = checking.fileLevel(use.name()) != null;
        String advice = ADVICE.getOrDefault(
                use.name(),
                declared
                        ? "Scripts do not see the names of the file: hand it in as a parameter."
                        : "Hand it in as a parameter, or declare it in the script with `let`.");
        boolean told = declared || ADVICE.containsKey(use.name());
        checking.report(new ScriptProblem.UnknownName(
                at(use.at(), offset),
                use.name(),
                told ? null : checking.nearest(use.name(), known).orElse(null),
                advice));
    }

    /// @param use where the script names the parameter, null where that cannot be told
    private void use(Tree.Name parameter, @Nullable Use use, int offset) {
        Symbol symbol = checking.findings.symbols.get(parameter);
        if (symbol == null) {
            return;
        }
        if (use == null) {
            checking.findings.use(parameter, symbol, checking.source, parameter.span());
            return;
        }
        checking.findings.use(use, symbol, checking.source, at(use.at(), offset).span());
        if (use.field()) {
            checking.findings.shorthands.add(use);
        }
    }

    /// The sandbox holds no secrets, so that no script can carry one away.
    private void secrets(Declarations.Function function) {
        for (var parameter : function.tree().parameters()) {
            if (checking.types.holdsSecret(checking.type(parameter.type()))) {
                checking.report(new EffectProblem.SecretInScript(
                        checking.at(parameter.span()), parameter.name().text()));
            }
        }
    }
}
