package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Node;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.value.Json;
import weir.value.Value;

/// What people paste from JavaScript gives what it gives there, or an error that says what to write. The table is
/// `idioms.txt`; with `-Dupdate=true` it is written anew from what Weir says, if Node agrees.
class IdiomsTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog());
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);
    private static final AllWays WAYS = new AllWays(SANDBOX);

    private static final String HEAD = "workflow w(xs: [number], ss: [string], s: string, n: number,"
            + " o: { a: number, b: number }, os: [{ id: string, name: string, type: string, price: number }], x: json)"
            + " -> json {\n  return ";
    private static final List<String> NAMES = List.of("xs", "ss", "s", "n", "o", "os", "x");
    private static final List<Value> VALUES = List.of(
            Json.read("[3, 1, 10, 3, 2]"),
            Json.read("[\"b10\", \" a \", \"B2\", \"7\"]"),
            Value.of("Hello, world 42"),
            Value.of(12.345),
            Json.read("{\"a\": 1, \"b\": 2}"),
            Json.read("""
                    [{"id": "a", "name": "Ann", "type": "x", "price": 5}, {"id": "b", "name": "Bob", "type": "y", "price": 12.5},
                     {"id": "a", "name": "Zoe", "type": "x", "price": 5}]
                    """),
            Json.read("{\"b\": {\"c\": {\"d\": 4}}, \"list\": [{\"q\": 2}], \"no-such\": \"\"}"));

    /// No such name or field, and one type where another is wanted: that is all there is to say.
    private static final Set<String> TELLING = Set.of("W2001", "W2101", "W2102", "W2107");

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    private static Compiled compiled(String expression) {
        return COMPILER.compile(new Source("test.weir", HEAD + expression + "\n}\n"), Files.NONE);
    }

    /// What Weir gives: a value or a kind of failure, natively and in the sandbox, or the code of the first error.
    private static String given(String expression) {
        var compiled = compiled(expression);
        var error = compiled.diagnostics().stream().filter(Diagnostic::isError).findFirst();
        if (error.isPresent()) {
            return error.get().code();
        }
        var nodes = compiled.graphs().getFirst().body().nodes();
        var expr = Objects.requireNonNull(((Node.Return) nodes.getLast()).value());
        var script = WAYS.script(new Case(expr, NAMES, VALUES));
        var closures = WAYS.closures(expr, NAMES).run(VALUES);
        return closures.equals(script) || closures.equals(AllWays.NOT_NATIVE)
                ? script
                : "natively " + closures + ", in the sandbox " + script;
    }

    private static List<String> lines() throws IOException {
        return java.nio.file.Files.readAllLines(table());
    }

    private static Path table() {
        try {
            return Path.of(Objects.requireNonNull(IdiomsTest.class.getResource("idioms.txt"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Idiom(String expression, String expected) {
        boolean isRefused() {
            return expected.matches("W\\d+");
        }
    }

    private static List<Idiom> idioms() throws IOException {
        var idioms = new ArrayList<Idiom>();
        for (var line : lines()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var parts = line.split(" ⇒ ", 2);
                idioms.add(new Idiom(parts[0], parts.length > 1 ? parts[1] : ""));
            }
        }
        return idioms;
    }

    @Test
    void eachGivesWhatTheTableSays() throws IOException {
        var wrong = new ArrayList<String>();
        var table = new StringBuilder();
        for (var line : lines()) {
            var expression = line.split(" ⇒ ", 2)[0];
            boolean isCase = !line.isBlank() && !line.startsWith("#");
            var now = isCase ? expression + " ⇒ " + given(expression) : line;
            table.append(now).append('\n');
            if (!now.equals(line)) {
                wrong.add(now);
            }
        }
        if (Boolean.getBoolean("update")) {
            java.nio.file.Files.writeString(
                    Path.of(System.getProperty("weir.root", "."), "runtime/src/test/resources/weir/eval/idioms.txt"),
                    table);
            return;
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsRefusedSaysWhatToWrite() throws IOException {
        var silent = new ArrayList<String>();
        for (var idiom : idioms()) {
            if (idiom.isRefused()) {
                var error = compiled(idiom.expression()).diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .findFirst()
                        .orElseThrow();
                if (error.hint() == null && error.fixes().isEmpty() && !TELLING.contains(error.code())) {
                    silent.add(idiom.expression() + ": " + error.message());
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    @Test
    void nodeGivesTheSame() throws IOException, InterruptedException {
        assumeTrue(NodeScripts.areHere(), "there is no Node here");
        var wrong = new ArrayList<String>();
        try (var node = new NodeScripts()) {
            for (var idiom : idioms()) {
                if (!idiom.isRefused()) {
                    var answer = answer(node, idiom.expression());
                    if (!answer.equals(idiom.expected())) {
                        wrong.add(idiom.expression() + " ⇒ " + answer + ", not " + idiom.expected());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String answer(NodeScripts node, String expression) {
        try {
            return Json.exactText(node.run("return (" + expression + "\n);", NAMES, VALUES));
        } catch (EvaluationError error) {
            return "! "
                    + switch (error.sentence().replaceFirst(":.*", "")) {
                        case "TypeError" -> "type_error";
                        case "RangeError" -> "range_error";
                        case "SyntaxError" -> "syntax_error";
                        default -> error.sentence();
                    };
        }
    }
}
