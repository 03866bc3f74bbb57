package weir.project;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Habits of this project that a machine can check. Every failure says what the rule is for.
class TidyTest {
    private static final Checkout CHECKOUT = Checkout.here();
    private static final List<JavaFile> JAVA = JavaFile.all(CHECKOUT);
    private static final String[] SOURCES = {
        ".java", ".g4", ".sql", ".lua", ".weir", ".ts", ".svelte", ".css", ".sh", ".md", ".xml", ".yaml", ".yml",
        ".json", "weir", "run"
    };

    @Test
    void filesAreSmallRooms() {
        check(
                "A file that does not fit into a head hides its mistakes. Split it by what its parts are about,"
                        + " or say why not in a comment `// Long: …`.",
                CHECKOUT.files(".java", ".ts", ".svelte").stream()
                        .filter(file -> {
                            String text = CHECKOUT.text(file);
                            return text.lines().count() > 600 && !text.contains("// Long:");
                        })
                        .map(file -> file + ": " + CHECKOUT.text(file).lines().count() + " lines, more than 600"));
    }

    @Test
    void methodsFitOnAScreen() {
        List<String> found = new ArrayList<>();
        each(
                JAVA,
                (file, methods) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void none) {
                        int first = file.firstLine(method);
                        int last = file.lastLine(method);
                        if (last - first >= 70 && !file.says("Long", first - 3, last)) {
                            methods.add(file.at(method) + ": " + method.getName() + " has " + (last - first + 1)
                                    + " lines, more than 70");
                        }
                        return super.visitMethod(method, none);
                    }
                },
                found);
        check(
                "A method is read in one look or it is not understood. Name its parts, or say why not in a comment `//"
                        + " Long: …`.",
                found.stream());
    }

    @Test
    void namesSayWhatAThingIs() {
        Pattern empty = Pattern.compile("Abstract[A-Z].*|.*[a-z](Impl|Dto|DTO|Manager|Util|Utils|Helper|Helpers)");
        List<String> found = new ArrayList<>();
        each(
                JAVA,
                (file, names) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitClass(ClassTree type, Void none) {
                        if (empty.matcher(type.getSimpleName()).matches()) {
                            names.add(file.at(type) + ": " + type.getSimpleName());
                        }
                        return super.visitClass(type, none);
                    }
                },
                found);
        check("Such a name says nothing about what the thing is; take the field's standard term.", found.stream());
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<Path> withSources = new HashSet<>();
        Set<Path> explained = new HashSet<>();
        for (JavaFile file : JAVA) {
            Path folder = file.path().getParent();
            if (file.isMain() && file.in("weir")) {
                withSources.add(folder);
                String text = String.join("\n", file.lines());
                if (file.path().endsWith("package-info.java")
                        && text.contains("@NullMarked")
                        && file.lines().stream()
                                        .filter(line -> line.startsWith("///"))
                                        .count()
                                >= 3) {
                    explained.add(folder);
                }
            }
        }
        withSources.removeAll(explained);
        check(
                "package-info.java carries @NullMarked, so that NullAway checks the package, and says in a few ///"
                        + " lines what comes in, what goes out, what must hold and where to start reading.",
                withSources.stream().map(Path::toString).sorted());
    }

    @Test
    void switchesOverOurSealedTypesNameEveryCase() {
        SealedTypes sealed = SealedTypes.of(JAVA);
        List<String> found = new ArrayList<>();
        each(
                JAVA,
                (file, defaults) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitSwitch(SwitchTree tree, Void none) {
                        look(tree.getCases());
                        return super.visitSwitch(tree, none);
                    }

                    @Override
                    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
                        look(tree.getCases());
                        return super.visitSwitchExpression(tree, none);
                    }

                    private void look(List<? extends CaseTree> all) {
                        boolean ours = all.stream().anyMatch(one -> sealed.matches(one, file));
                        for (CaseTree one : all) {
                            boolean other = one.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
                            int line = file.firstLine(one);
                            if (ours && other && !file.says("Default", line - 1, line + 1)) {
                                defaults.add(file.path() + ":" + line);
                            }
                        }
                    }
                },
                found);
        check(
                "Without `default` the compiler shows every place that a new case concerns. List the cases (`case A _,"
                        + " B _ ->`), or say in a comment `// Default: …` why any new one belongs there.",
                found.stream());
    }

    @Test
    void onlyTheCommandLinePrints() {
        List<String> found = new ArrayList<>();
        var quiet = JAVA.stream().filter(file -> file.isMain() && !file.in("weir.cli") && !file.in("weir.bench"));
        each(
                quiet.toList(),
                (file, prints) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMemberSelect(MemberSelectTree tree, Void none) {
                        String text = tree.toString();
                        if (text.equals("System.out")
                                || text.equals("System.err")
                                || text.endsWith(".printStackTrace")) {
                            prints.add(file.at(tree) + ": " + text);
                        }
                        return super.visitMemberSelect(tree, none);
                    }
                },
                found);
        check(
                "What is printed elsewhere lands in pipes, JSON and logs; hand a writer in, or use System.Logger.",
                found.stream());
    }

    @Test
    void silencedWarningsSayWhy() {
        List<String> found = new ArrayList<>();
        each(
                JAVA,
                (file, silent) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitAnnotation(AnnotationTree tree, Void none) {
                        int line = file.firstLine(tree);
                        boolean why = file.lines().subList(Math.max(0, line - 2), line).stream()
                                .anyMatch(text -> text.contains("//"));
                        if (tree.getAnnotationType().toString().equals("SuppressWarnings") && !why) {
                            silent.add(file.at(tree));
                        }
                        return super.visitAnnotation(tree, none);
                    }
                },
                found);
        check(
                "The next reader cannot tell a silenced mistake from a silenced false alarm: add a comment.",
                found.stream());
    }

    @Test
    void nothingIsLeftForLater() {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        check(
                "What is missing is an issue or a diagnostic that users see, not a note in the code.",
                lines(later, SOURCES));
    }

    @Test
    void nothingKnowsTheMachineItWasWrittenOn() {
        Pattern local = Pattern.compile(
                "/(root|work/[a-z]+)/|/home/[a-z]|\\brepo1?\\.maven|registry\\.npm|deb\\.debian|central\\.sona");
        check(
                "Hosts of package registries and folders of one machine break the build on every other.",
                lines(
                        local, ".java", ".xml", ".json", ".npmrc", ".sh", ".yaml", ".yml", ".ts", ".js", ".md", "weir",
                        "run"));
    }

    @Test
    void versionsStandInOnePlace() {
        List<String> found = new ArrayList<>();
        for (Path pom : CHECKOUT.files("pom.xml")) {
            String own = CHECKOUT.text(pom).replaceFirst("(?s)<parent>.*?</parent>", "");
            Matcher version =
                    Pattern.compile("<version>(?!\\$\\{)([^<]*)</version>").matcher(own);
            while (pom.getNameCount() > 1 && version.find()) {
                found.add(pom + ": " + version.group(1));
            }
        }
        check("The root pom is the catalogue of versions; two places drift apart.", found.stream());
    }

    @Test
    void noLibraryThatWeDecidedAgainst() {
        Pattern against = Pattern.compile(
                "^import (static )?(org\\.mockito|net\\.jqwik|lombok|org\\.springframework|javax?\\.inject)\\b.*");
        check(
                "A core that is handed what it needs needs no mocks and no containers; jqwik's author asks not to be"
                        + " used here.",
                lines(against, ".java"));
    }

    // ---- the ways of looking

    private interface Look {
        TreeScanner<Void, Void> at(JavaFile file, Collection<String> found);
    }

    private static void each(List<JavaFile> files, Look look, Collection<String> found) {
        for (JavaFile file : files) {
            look.at(file, found).scan(file.unit(), null);
        }
    }

    private static Stream<String> lines(Pattern pattern, String... endings) {
        return CHECKOUT.files(endings).stream().flatMap(file -> {
            List<String> all = CHECKOUT.text(file).lines().toList();
            List<String> found = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (pattern.matcher(all.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + all.get(i).strip());
                }
            }
            return found.stream();
        });
    }

    private static void check(String reason, Stream<String> found) {
        List<String> all = found.toList();
        if (!all.isEmpty()) {
            fail(reason + "\n  " + String.join("\n  ", all));
        }
    }
}
