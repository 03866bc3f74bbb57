package weir.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.check.CallProblem;
import weir.check.CheckProblem;
import weir.check.NameProblem;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Tree;

/// Names that a text misses and another file beside it declares: what is missing is a `use`.
public final class MissingUses {
    /// More files are not looked into.
    private static final int MOST = 200;
    private static final Pattern DECLARATION =
            Pattern.compile("(?m)^(type|let|function|rules|policy|workflow|integration)\\s+([A-Za-z_]\\w*)");
    private static final Set<String> VALUES = Set.of("let", "function", "rules");

    private final Tree.File file;
    private final Files files;
    /// The files that declare something, by its word and name; null until something is missed.
    private @Nullable Map<Declared, String> declaring;

    /// @param word what it is declared with: `function`
    private record Declared(String word, String name) {}

    MissingUses(Tree.File file, Files files) {
        this.file = file;
        this.files = files;
    }

    /// The problem's diagnostic, with the fix if a `use` is missing.
    Diagnostic diagnostic(CheckProblem problem) {
        Diagnostic plain = problem.diagnostic();
        var missed = problem.at().source() == file.source() ? missed(problem) : List.<Declared>of();
        Declared found =
                missed.stream().filter(declaring()::containsKey).findFirst().orElse(null);
        if (found == null) {
            return plain;
        }
        String name = found.name();
        String path = declaring().getOrDefault(found, "");
        var fixes = new ArrayList<>(List.of(use(path)));
        fixes.addAll(plain.fixes());
        return new Diagnostic(
                plain.code(),
                plain.severity(),
                "There is no `%s` here, but `%s` declares one.".formatted(name, path),
                plain.at(),
                plain.related(),
                null,
                fixes);
    }

    /// What would be of use there: a workflow is no value, and a function no type.
    private static List<Declared> missed(CheckProblem problem) {
        return switch (problem) {
            case NameProblem.Unknown(var at, String kind, String name, var nearest, var next)
            when kind.equals("name") ->
                VALUES.stream().map(word -> new Declared(word, name)).toList();
            case NameProblem.Unknown unknown -> List.of(new Declared(unknown.what(), unknown.name()));
            case NameProblem.UnknownIntegration unknown -> List.of(new Declared("integration", unknown.name()));
            case CallProblem.UnknownCallee unknown -> List.of(new Declared("workflow", unknown.name()));
            // Default: no other problem is about a name that nothing has.
            default -> List.of();
        };
    }

    private Map<Declared, String> declaring() {
        Map<Declared, String> known = declaring;
        if (known == null) {
            known = look();
            declaring = known;
        }
        return known;
    }

    private Map<Declared, String> look() {
        Map<Declared, String> found = new HashMap<>();
        files.all().stream().sorted().limit(MOST).forEach(path -> {
            Source source = files.find(path);
            if (source != null && !source.name().equals(file.source().name())) {
                DECLARATION
                        .matcher(source.text())
                        .results()
                        .forEach(declared ->
                                found.putIfAbsent(new Declared(declared.group(1), declared.group(2)), path));
            }
        });
        return found;
    }

    /// Behind the last `use` of a file, or at the top.
    private Fix use(String path) {
        int last = -1;
        for (Declaration declaration : file.declarations()) {
            if (declaration instanceof Declaration.UseFile || declaration instanceof Declaration.UseIntegration) {
                last = declaration.span().end();
            }
        }
        String line = "use \"" + path + "\"";
        String title = "Add " + line;
        return last < 0 ? Fix.insert(title, 0, line + "\n\n") : Fix.insert(title, last, "\n" + line);
    }
}
