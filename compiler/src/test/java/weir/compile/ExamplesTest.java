package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.model.StandardCatalog;
import weir.source.Renderer;
import weir.source.Source;
import weir.syntax.Declaration;
import weir.syntax.Parser;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// The examples that come with the server can be deployed as they are, each brings tests of its own, and together they
/// show the whole language.
class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("weir.root", "..")).resolve("examples");

    /// What no example has to show: pieces that could not be read, and what servers and integrations can do later.
    private static final Set<String> ELSEWHERE = Set.of(
            "Statement.Broken",
            "Declaration.Broken",
            "TypeExpression.Broken",
            "Part.Trigger",
            "Policy.Queue",
            "TriggerSource.Webhook",
            "TriggerSource.Poll");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".weir"))
                    .sorted()
                    .toList();
        }
    }

    private static Source source(Path file) {
        try {
            return new Source(file.getFileName().toString(), java.nio.file.Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleCanBeDeployed() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) {
        Files others = path -> source(EXAMPLES.resolve(path));
        Compiled compiled = new Compiler(StandardCatalog.catalog()).compile(source(file), others);
        assertEquals("", Renderer.plain().render(compiled.diagnostics()));
        assertFalse(compiled.graphs().isEmpty());
        assertFalse(compiled.tests().isEmpty());
    }

    @Test
    void togetherTheyShowEveryForm() throws IOException {
        Set<String> shown = new HashSet<>();
        files().forEach(file -> collect(Parser.parse(source(file)).file().declarations(), shown));
        Set<String> missing = new TreeSet<>();
        for (var family : List.of(
                Declaration.class,
                Declaration.Head.class,
                Declaration.Part.class,
                Declaration.Limit.class,
                Declaration.TestPart.class,
                Declaration.TestTarget.class,
                Declaration.Answer.class,
                Statement.class,
                Tree.Policy.class,
                TypeExpression.class)) {
            for (var form : family.getPermittedSubclasses()) {
                missing.add(name(form));
            }
        }
        missing.removeAll(shown);
        missing.removeAll(ELSEWHERE);
        assertEquals(Set.of(), missing);
    }

    private static String name(Class<?> form) {
        return form.getEnclosingClass() == null
                ? form.getSimpleName()
                : form.getEnclosingClass().getSimpleName() + "." + form.getSimpleName();
    }

    private static void collect(Object piece, Set<String> into) {
        switch (piece) {
            case Collection<?> pieces -> pieces.forEach(one -> collect(one, into));
            case Record tree
            when tree.getClass().getPackageName().equals("weir.syntax") -> {
                into.add(name(tree.getClass()));
                for (var component : tree.getClass().getRecordComponents()) {
                    try {
                        Object value = component.getAccessor().invoke(tree);
                        if (value != null) {
                            collect(value, into);
                        }
                    } catch (ReflectiveOperationException impossible) {
                        throw new LinkageError(component.toString(), impossible);
                    }
                }
            }
            // Default: names, numbers and places hold no forms.
            default -> {}
        }
    }
}
