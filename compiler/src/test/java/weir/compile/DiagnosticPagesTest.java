package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.check.Availability;
import weir.model.StandardCatalog;
import weir.source.Diagnostic;
import weir.source.Fix;
import weir.source.Renderer;
import weir.source.Source;

/// Every code has a page under `grammar/diagnostics`, and the compiler says what the page shows; the form of a page is
/// described in the README there. `-Dupdate` writes the rendered messages anew.
class DiagnosticPagesTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final Path PAGES = ROOT.resolve("grammar/diagnostics");
    private static final Pattern CODE = Pattern.compile("\"(W\\d{4})\"");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^````(weir|text)\\n(.*?)^````$");

    /// What this build runs, for the page about what it does not.
    private static final Compiler TODAY = new Compiler(StandardCatalog.catalog());
    /// The whole language, for all other pages.
    private static final Compiler WHOLE = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);

    /// Mistakes whose smallest text would fill a book, and what only a server knows.
    private static final Set<String> NOT_SHOWN = Set.of("W1901", "W1903", "W1904", "W3006");

    /// What a user's text is told.
    private static List<Diagnostic> diagnose(Source source, String code) {
        return (code.equals("W2900") ? TODAY : WHOLE)
                .compile(source, weir.compile.Files.NONE)
                .diagnostics();
    }

    @TestFactory
    Stream<DynamicTest> thePageShowsWhatTheCompilerSays() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> check(page)));
    }

    @Test
    void everyCodeHasAPage() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String module : List.of("compiler", "server")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java/weir"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        Set<String> written = new TreeSet<>();
        pages().forEach(page -> written.add(code(page)));
        assertEquals(codes, written);
    }

    private static void check(Path page) throws IOException {
        String text = Files.readString(page);
        assertTrue(text.startsWith("# " + code(page) + " "), "the heading begins with the code");
        List<MatchResult> blocks = blocks(text);
        if (NOT_SHOWN.contains(code(page))) {
            assertEquals(0, blocks.size());
            return;
        }
        assertEquals(
                List.of("weir", "text", "weir"),
                blocks.stream().map(block -> block.group(1)).toList());
        List<Diagnostic> said =
                diagnose(new Source("example.weir", blocks.get(0).group(2)), code(page));
        assertTrue(
                said.stream().anyMatch(diagnostic -> diagnostic.code().equals(code(page))),
                () -> "the wrong text has this mistake; said was\n"
                        + Renderer.plain().render(said));
        String rendered = Renderer.plain().render(said);
        if (System.getProperty("update") != null) {
            MatchResult shown = blocks.get(1);
            Files.writeString(page, text.substring(0, shown.start(2)) + rendered + text.substring(shown.end(2)));
        } else {
            assertEquals(blocks.get(1).group(2), rendered);
        }
        said.forEach(diagnostic -> diagnostic.fixes().forEach(fix -> checkFix(diagnostic, fix)));
        List<Diagnostic> left =
                diagnose(new Source("example.weir", blocks.get(2).group(2)), code(page));
        assertEquals("", Renderer.plain().render(left), "the corrected text is right");
    }

    /// A fix removes what it is about.
    private static void checkFix(Diagnostic diagnostic, Fix fix) {
        Source source = diagnostic.at().source();
        List<Diagnostic> left = diagnose(new Source(source.name(), fix.apply(source.text())), diagnostic.code());
        assertTrue(
                left.stream().noneMatch(other -> other.code().equals(diagnostic.code())),
                () -> fix.title() + " leaves\n" + Renderer.plain().render(left));
    }

    private static List<MatchResult> blocks(String text) {
        return BLOCK.matcher(text).results().toList();
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("W\\d{4}\\.md"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String code(Path page) {
        return page.getFileName().toString().replace(".md", "");
    }
}
