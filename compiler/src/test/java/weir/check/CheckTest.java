package weir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import weir.compile.Compiler;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Source;

/// What the checker says about many small texts. A file of cases holds `=== title`, a text, `---` and one line a
/// message: the code, the marked text in guillemets, the sentence; none when the text is right. `-Dupdate` writes them
/// anew.
class CheckTest {
    static final Path CASES =
            Path.of(System.getProperty("weir.root", "..")).resolve("compiler/src/test/resources/weir/check");
    private static final Compiler WHOLE = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
    private static final Compiler TODAY = new Compiler(StandardCatalog.catalog());

    record Case(String title, String text, String expected) {}

    @TestFactory
    Stream<DynamicContainer> theCheckerSaysWhatIsWrongAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList().stream()
                    .map(file ->
                            DynamicContainer.dynamicContainer(file.getFileName().toString(), tests(file)));
        }
    }

    private static Stream<DynamicTest> tests(Path file) {
        List<Case> cases = read(file);
        Compiler compiler = file.endsWith("availability.txt") ? TODAY : WHOLE;
        if (System.getProperty("update") != null) {
            write(
                    file,
                    cases.stream()
                            .map(one -> new Case(one.title(), one.text(), said(one, compiler)))
                            .toList());
        }
        return read(file).stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.title(), () -> assertEquals(one.expected(), said(one, compiler), one.text())));
    }

    private static String said(Case one, Compiler compiler) {
        return compiler.compile(new Source("case.weir", one.text()), path -> null).diagnostics().stream()
                .map(CheckTest::line)
                .collect(Collectors.joining());
    }

    private static String line(Diagnostic diagnostic) {
        String marked = diagnostic.at().text().strip();
        String first = marked.lines().findFirst().orElse("");
        return "%s «%s» %s%n"
                .formatted(diagnostic.code(), first.equals(marked) ? marked : first + " …", diagnostic.message());
    }

    static List<Case> read(Path file) {
        var cases = new ArrayList<Case>();
        for (String part : text(file).split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int title = part.indexOf('\n');
                int line = part.indexOf("\n---\n", title);
                String said = part.substring(line + 5).strip();
                cases.add(new Case(
                        part.substring(0, title),
                        part.substring(title + 1, line + 1),
                        said.isEmpty() ? "" : said + "\n"));
            }
        }
        return cases;
    }

    private static void write(Path file, List<Case> cases) {
        String all = cases.stream()
                .map(one -> "=== " + one.title() + "\n" + one.text() + "---\n" + one.expected())
                .collect(Collectors.joining("\n"));
        try {
            Files.writeString(file, all);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
