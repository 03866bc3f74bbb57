package weir.project;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A parsed source file of ours.
///
/// @param path relative to the checkout
record JavaFile(Path path, List<String> lines, CompilationUnitTree unit, SourcePositions positions) {

    static List<JavaFile> all(Checkout checkout) {
        List<Path> paths = checkout.files(".java");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            var inputs = files.getJavaFileObjectsFromPaths(
                    paths.stream().map(checkout.root()::resolve).toList());
            var task = (JavacTask) compiler.getTask(null, files, _ -> {}, List.of("-proc:none"), null, inputs);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<JavaFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path path =
                        checkout.root().relativize(Path.of(unit.getSourceFile().toUri()));
                parsed.add(new JavaFile(path, checkout.text(path).lines().toList(), unit, positions));
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /// Whether the package is this one or lies below it.
    boolean in(String name) {
        return (packageName() + ".").startsWith(name + ".");
    }

    boolean isMain() {
        return path.toString().replace('\\', '/').contains("src/main/java/");
    }

    int firstLine(Tree tree) {
        LineMap map = unit.getLineMap();
        return (int) map.getLineNumber(Math.max(0, positions.getStartPosition(unit, tree)));
    }

    int lastLine(Tree tree) {
        LineMap map = unit.getLineMap();
        return (int) map.getLineNumber(Math.max(0, positions.getEndPosition(unit, tree)));
    }

    /// Whether the lines hold a comment that begins with the word: the reason for leaving a rule.
    boolean says(String word, int first, int last) {
        return lines.subList(Math.max(0, first - 1), Math.min(last, lines.size())).stream()
                .anyMatch(line -> line.contains("// " + word + ":"));
    }

    String at(Tree tree) {
        return path + ":" + firstLine(tree);
    }
}
