package weir.project;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// Which types are cases of a sealed type of ours, told from the text alone.
///
/// @param cases `Outer.Name` for one that stands inside its sealed type, the name as written for one in a `permits`
record SealedTypes(Set<String> cases) {

    static SealedTypes of(List<JavaFile> files) {
        Set<String> cases = new HashSet<>();
        for (JavaFile file : files) {
            new Cases(cases).scan(file.unit(), null);
        }
        return new SealedTypes(cases);
    }

    /// Whether a case of a switch in this file matches one of our sealed types' cases.
    boolean matches(CaseTree one, JavaFile file) {
        return one.getLabels().stream()
                .flatMap(label ->
                        label instanceof PatternCaseLabelTree pattern ? typeOf(pattern.getPattern()) : Stream.empty())
                .flatMap(name -> meanings(name, file))
                .anyMatch(cases::contains);
    }

    private static Stream<String> typeOf(Tree pattern) {
        return switch (pattern) {
            case BindingPatternTree binding ->
                Stream.of(String.valueOf(binding.getVariable().getType()));
            case DeconstructionPatternTree parts ->
                Stream.of(parts.getDeconstructor().toString());
            default -> Stream.empty();
        };
    }

    /// What a name in a label may stand for: itself, an imported member, a member of the file's own type.
    private static Stream<String> meanings(String name, JavaFile file) {
        List<String> meanings = new ArrayList<>();
        String bare = name.replaceAll("<.*", "");
        String[] parts = bare.split("\\.");
        meanings.add(parts.length < 2 ? bare : parts[parts.length - 2] + "." + parts[parts.length - 1]);
        for (ImportTree imported : file.unit().getImports()) {
            String[] path = imported.getQualifiedIdentifier().toString().split("\\.");
            if (path.length > 1 && path[path.length - 1].equals(bare)) {
                meanings.add(path[path.length - 2] + "." + bare);
            }
        }
        String top = file.path().getFileName().toString().replace(".java", "");
        meanings.add(top + "." + bare);
        return meanings.stream();
    }

    private static final class Cases extends TreeScanner<Void, Void> {
        private final Set<String> found;
        private final List<ClassTree> around = new ArrayList<>();

        Cases(Set<String> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            for (ClassTree outer : around) {
                String name = outer.getSimpleName().toString();
                boolean member = type.getImplementsClause().stream()
                        .anyMatch(of -> of.toString().replaceAll("<.*", "").equals(name));
                if (member && isSealed(outer)) {
                    found.add(name + "." + type.getSimpleName());
                }
            }
            if (isSealed(type)) {
                type.getPermitsClause().forEach(permitted -> found.add(permitted.toString()));
            }
            around.add(type);
            super.visitClass(type, none);
            around.removeLast();
            return null;
        }

        private static boolean isSealed(ClassTree type) {
            return type.getModifiers().getFlags().contains(Modifier.SEALED);
        }
    }
}
