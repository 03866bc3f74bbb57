package weir.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import weir.check.NameProblem;
import weir.source.Diagnostic;
import weir.source.Location;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Parser;
import weir.syntax.Tree;

/// The files that a file uses, directly or through others, each once.
///
/// @param files parsed, what they use before themselves where that is possible
/// @param diagnostics of what was not found or could not be read
public record Imports(List<Tree.File> files, List<Diagnostic> diagnostics) {
    /// More files than this are a mistake.
    private static final int MOST = 1_000;
    /// From the root of a disk, of a drive or of a home, or an address.
    private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\~]|[A-Za-z][A-Za-z0-9+.-]*:");

    public Imports {
        files = List.copyOf(files);
        diagnostics = List.copyOf(diagnostics);
    }

    /// @param file what uses them
    public static Imports of(Tree.File file, Files files) {
        Map<String, Tree.File> found = new LinkedHashMap<>();
        var diagnostics = new ArrayList<Diagnostic>();
        load(file, "", file.source(), files, found, diagnostics);
        return new Imports(List.copyOf(found.values()).reversed(), diagnostics);
    }

    /// @param folder of the file, relative to the text that is compiled
    private static void load(
            Tree.File file,
            String folder,
            Source main,
            Files files,
            Map<String, Tree.File> found,
            List<Diagnostic> diagnostics) {
        for (Declaration declaration : file.declarations()) {
            if (!(declaration instanceof Declaration.UseFile use)) {
                continue;
            }
            String path = normal(folder + use.path());
            if (found.containsKey(path)) {
                continue;
            }
            boolean outside = ABSOLUTE.matcher(use.path()).lookingAt() || files.isOutside(path);
            Source source = found.size() < MOST && !outside ? files.find(path) : null;
            if (source == null) {
                var at = new Location(file.source(), use.pathSpan());
                diagnostics.add(new NameProblem.UnknownFile(at, use.path(), outside).diagnostic());
            } else if (!source.name().equals(main.name())) {
                var parsed = Parser.parse(source);
                diagnostics.addAll(parsed.diagnostics());
                found.put(path, parsed.file());
                load(parsed.file(), path.substring(0, path.lastIndexOf('/') + 1), main, files, found, diagnostics);
            }
        }
    }

    /// Without steps that lead nowhere: `a/./b`, `a/../b`.
    static String normal(String path) {
        var steps = new ArrayList<String>();
        for (String step : path.split("/", -1)) {
            boolean back =
                    step.equals("..") && !steps.isEmpty() && !steps.getLast().equals("..");
            if (back) {
                steps.removeLast();
            } else if (!step.equals(".")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }
}
