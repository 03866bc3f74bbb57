package weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.engine.Golden;
import weir.engine.RunViewJson;
import weir.engine.Texts;
import weir.format.Formatter;
import weir.graph.TestCase;
import weir.model.StandardCatalog;
import weir.source.Source;
import weir.value.RecordValue;

/// What a run of a test becomes as a test of its own passes, and does the same.
class RecordingTest {
    private static final Path EXAMPLES =
            java.nio.file.Files.isDirectory(Path.of("examples")) ? Path.of("examples") : Path.of("../examples");

    @TestFactory
    Stream<DynamicTest> aRecordedRunIsATestThatPasses() {
        return Stream.of("orders", "world", "leaving").flatMap(RecordingTest::ofFile);
    }

    @TestFactory
    Stream<DynamicTest> soIsARunOfAnExample() throws IOException {
        try (var files = java.nio.file.Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".weir")).sorted().toList().stream()
                    .flatMap(file -> of(new Source(file.getFileName().toString(), text(file))));
        }
    }

    private static Stream<DynamicTest> ofFile(String name) {
        return of(new Source(name + ".weir", Golden.text("weir/simulation/" + name + ".weir")));
    }

    private static Stream<DynamicTest> of(Source source) {
        return compiled(source).tests().stream()
                .map(test -> DynamicTest.dynamicTest(source.name() + ": " + test.title(), () -> check(source, test)));
    }

    private static String text(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Compiled compiled(Source source) {
        Files beside = path -> {
            var file = EXAMPLES.resolve(path);
            return java.nio.file.Files.exists(file) ? new Source(path, text(file)) : null;
        };
        var compiled = new Compiler(StandardCatalog.catalog()).compile(source, beside);
        assertFalse(compiled.hasErrors(), () -> compiled.diagnostics() + "\n" + source.text());
        return compiled;
    }

    private static TestRunner runner(Source source, Compiled compiled) {
        return new TestRunner(source, compiled.library(), compiled.graphs(), RecordValue.EMPTY, Texts.NO_SCRIPTS);
    }

    private static void check(Source source, TestCase test) {
        List<LocalRun> runs = new ArrayList<>();
        runner(source, compiled(source)).run(test, runs::add);
        for (var run : runs) {
            var complaints = complaints(source, run, false);
            if (!complaints.isEmpty()) {
                complaints = complaints(source, run, true);
            }
            assertEquals(List.of(), complaints);
        }
    }

    @Test
    void headersThatDifferEveryTimeStayOutUnlessTheWorkflowReadsThem() {
        var source = new Source("fetch.weir", """
            workflow fetch() -> json {
              step page = http.get(url: "https://example.com")
              return [page.body, page.headers["x-request-id"]]
            }
            test "it" {
              mock http.get returns { status: 200, headers: { "date": "today", "set-cookie": "token=1", "x-request-id": "7",
                "content-type": "text/plain" }, body: 1 }
              run fetch()
            }
            """);
        List<LocalRun> runs = new ArrayList<>();
        var compiled = compiled(source);
        runner(source, compiled).run(compiled.tests().getFirst(), runs::add);
        var run = runs.getFirst();
        String block =
                Recording.of(run.plan(), RunViewJson.of(run.id(), run.view()), new Recording.Style(false, false));
        assertTrue(block.contains("\"x-request-id\": \"7\"") && block.contains("text/plain"), block);
        assertFalse(block.contains("today") || block.contains("token"), block);
        assertEquals(List.of(), complaints(source, run, false));
    }

    /// What is not the same when the recorded run runs as a test.
    private static List<String> complaints(Source source, LocalRun run, boolean timed) {
        var view = RunViewJson.of(run.id(), run.view());
        var written = new Source("recorded", Recording.of(run.plan(), view, new Recording.Style(timed, false)));
        String block = Formatter.format(written).text();
        var joined = new Source(source.name(), source.text() + "\n" + block);
        var again = compiled(joined);
        List<String> complaints = new ArrayList<>();
        var report = runner(joined, again).run(again.tests().getLast(), (LocalRun second) -> {
            var output = RunViewJson.of(second.id(), second.view()).get("output");
            if (!Objects.equals(view.get("output"), output)) {
                complaints.add("the output is " + output + " in\n" + block);
            }
        });
        report.failures().forEach(failure -> complaints.add(failure + " in\n" + block));
        return complaints;
    }
}
