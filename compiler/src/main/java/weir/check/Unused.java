package weir.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// What nothing uses, known once everything was looked at: lets, parameters of functions and rules, and what a file
/// declares or imports only for itself. What a file without workflows and tests declares is there for others.
final class Unused {
    private final Checking checking;
    private final Findings findings;
    private final Tree.File file;
    private final List<Tree.File> used;
    private static final Pattern FIELD = Pattern.compile("\\s*\\??\\.\\s*(\\w+)");

    private final Set<Location> missed;
    /// Names that a misspelt one probably meant.
    private final Set<String> meant;
    /// Where errors of the file begin.
    private final TreeSet<Integer> errors = new TreeSet<>();

    Unused(Checking checking, Tree.File file, List<Tree.File> used) {
        this.checking = checking;
        this.findings = checking.findings;
        this.file = file;
        this.used = used;
        this.missed = missed(findings);
        this.meant = meant(findings);
        findings.problems().stream()
                .filter(problem ->
                        problem.severity() == Severity.ERROR && problem.at().source() == file.source())
                .forEach(problem -> errors.add(problem.at().span().start()));
    }

    void check() {
        for (Map.Entry<Statement.Let, Symbol> entry : findings.lets.entrySet()) {
            report(entry.getValue(), "", entry.getKey().span());
        }
        boolean program = file.declarations().stream().anyMatch(Unused::runs);
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case Declaration.TypeDeclaration type
                when program ->
                    report(
                            checking.declarations.typeSymbols.get(type.name().text()),
                            "type ",
                            type.span(),
                            type.name());
                case Declaration.PolicyDeclaration policy
                when program -> {
                    var declared =
                            checking.declarations.policies.get(policy.name().text());
                    report(declared == null ? null : declared.symbol(), "policy ", policy.span(), policy.name());
                }
                case Declaration.UseIntegration use -> {
                    Tree.Name name = use.alias() == null ? use.integration() : use.alias();
                    var integration = checking.declarations.integrations.get(name.text());
                    if (integration != null && integration.known()) {
                        report(integration.symbol(), "integration ", use.span(), name);
                    }
                }
                case Declaration.UseFile use -> file(use);
                case Declaration.Settings settings when program -> settings(settings);
                case Declaration.Function function
                when isRight(function) -> function.parameters().forEach(this::parameter);
                case Declaration.Rules rules when isRight(rules) -> rules(rules);
                case Declaration.TypeDeclaration _,
                        Declaration.PolicyDeclaration _,
                        Declaration.Function _,
                        Declaration.Rules _,
                        Declaration.Constant _,
                        Declaration.Settings _,
                        Declaration.Workflow _,
                        Declaration.Integration _,
                        Declaration.Test _,
                        Declaration.Broken _ -> {}
            }
        }
    }

    private static boolean runs(Declaration declaration) {
        return declaration instanceof Declaration.Workflow || declaration instanceof Declaration.Test;
    }

    private void report(@Nullable Symbol symbol, String kind, Span span, Tree.Name name) {
        if (symbol != null && Collector.isThis(symbol, name, checking)) {
            report(symbol, kind, span);
        }
    }

    private void report(Symbol symbol, String kind, Span span) {
        Location at = symbol.at();
        if (at != null && isLeftOver(symbol, at)) {
            Fix fix = Fix.replace("Remove it", wholeLines(span, at.source().text()), "");
            checking.report(new NameProblem.Unused(at, kind, symbol.name(), fix));
        }
    }

    private boolean isLeftOver(Symbol symbol, Location at) {
        return !findings.isUsed(symbol)
                && !symbol.name().startsWith("_")
                && !missed.contains(at)
                && !meant.contains(symbol.name());
    }

    private static Set<String> meant(Findings findings) {
        var meant = new HashSet<String>();
        for (CheckProblem problem : findings.problems()) {
            if (problem instanceof NameProblem.Unknown unknown && unknown.nearest() != null) {
                meant.add(unknown.nearest());
            }
        }
        return meant;
    }

    // ---- settings

    /// What an environment has to give although nothing reads it.
    private void settings(Declaration.Settings settings) {
        Symbol symbol = checking.declarations.settingsSymbol();
        Set<String> read = new HashSet<>();
        for (Map.Entry<Object, Symbol> entry : findings.symbols.entrySet()) {
            Location place = findings.places.get(entry.getKey());
            if (entry.getValue() == symbol && place != null && !place.equals(symbol.at())) {
                var field = FIELD.matcher(place.source().text());
                if (!field.region(place.span().end(), place.source().text().length())
                        .lookingAt()) {
                    return;
                }
                read.add(field.group(1));
            }
        }
        for (var setting : settings.settings()) {
            String name = setting.name().text();
            Location at = checking.at(setting.name().span());
            if (!read.contains(name) && !name.startsWith("_") && isRight(settings)) {
                Fix fix = Fix.replace(
                        "Remove it",
                        wholeLines(withComma(setting.span()), at.source().text()),
                        "");
                checking.report(new NameProblem.Unused(at, "setting ", name, fix));
            }
        }
    }

    private Span withComma(Span setting) {
        String text = checking.source.text();
        int end = setting.end();
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == ',')) {
            end++;
        }
        return end < text.length() && text.substring(setting.end(), end).contains(",")
                ? new Span(setting.start(), end)
                : setting;
    }

    // ---- parameters

    /// Where something else is wrong, what is missing may be part of it.
    private boolean isRight(Declaration declaration) {
        Integer next = errors.ceiling(declaration.span().start());
        return next == null || !declaration.span().contains(next);
    }

    private void rules(Declaration.Rules rules) {
        Set<String> columns = new HashSet<>();
        if (rules.body() instanceof Declaration.RulesBody.Table table) {
            table.inputs().forEach(input -> columns.add(input.names().getFirst().text()));
        }
        rules.parameters().stream()
                .filter(parameter -> !columns.contains(parameter.name().text()))
                .forEach(this::parameter);
    }

    private void parameter(Tree.Parameter parameter) {
        Symbol symbol = findings.symbols.get(parameter.name());
        Location at = symbol == null ? null : symbol.at();
        if (symbol != null && at != null && isLeftOver(symbol, at)) {
            String meant = "_" + symbol.name();
            Fix fix = Fix.replace("Call it " + meant + ", if that is meant", at.span(), meant);
            checking.report(new NameProblem.Unused(at, "parameter ", symbol.name(), fix));
        }
    }

    // ---- files

    /// A file is used when something outside of what it brings names something that it brings.
    private void file(Declaration.UseFile use) {
        Tree.File meant = find(use.path());
        if (meant == null) {
            return;
        }
        Set<Source> brought = new HashSet<>();
        boolean works = collect(meant, brought);
        boolean named = findings.symbols.entrySet().stream().anyMatch(entry -> {
            Location place = findings.places.get(entry.getKey());
            Location made = entry.getValue().at();
            return place != null
                    && made != null
                    && !brought.contains(place.source())
                    && brought.contains(made.source());
        });
        if (!works && !named) {
            Span line = wholeLines(use.span(), file.source().text());
            Location at = checking.at(use.pathSpan());
            checking.report(new NameProblem.Unused(at, "file ", use.path(), Fix.replace("Remove it", line, "")));
        }
    }

    private Tree.@Nullable File find(String path) {
        String end = "/" + path.replaceFirst("^(\\./)+", "");
        return used.stream()
                .filter(other -> ("/" + other.source().name()).endsWith(end))
                .findFirst()
                .orElse(null);
    }

    /// @return whether something in it works without being named
    private boolean collect(Tree.File from, Set<Source> brought) {
        if (!brought.add(from.source())) {
            return false;
        }
        boolean works = false;
        for (Declaration declaration : from.declarations()) {
            works |= runs(declaration) || declaration instanceof Declaration.Broken;
            Tree.File next = declaration instanceof Declaration.UseFile use ? find(use.path()) : null;
            works |= next != null && collect(next, brought);
        }
        return works;
    }

    /// The span with the rest of its lines, if nothing else stands on them, and the `///` lines above.
    private static Span wholeLines(Span span, String text) {
        int start = documented(span.start(), text);
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

    private static int documented(int start, String text) {
        int at = start;
        while (at > 0 && text.charAt(at - 1) == '\n') {
            int line = text.lastIndexOf('\n', at - 2) + 1;
            if (!text.startsWith("///", line)) {
                break;
            }
            at = line;
        }
        return at;
    }

    /// Where values are made that something wanted and could not have, which was reported.
    private static Set<Location> missed(Findings findings) {
        var missed = new HashSet<Location>();
        for (CheckProblem problem : findings.problems()) {
            if (problem instanceof NameProblem name) {
                switch (name) {
                    case NameProblem.TooEarly early -> missed.add(early.made());
                    case NameProblem.OnlyInside inside -> missed.addAll(inside.made());
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
}
