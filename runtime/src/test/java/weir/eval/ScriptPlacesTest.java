package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.ProcessOptions;
import weir.sandbox.Processes;
import weir.sandbox.Sandbox;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// What fails in the sandbox is told at its place in the file: `▲` stands before it, `⏎` for a new line. Then come the
/// error and the text that is underlined.
class ScriptPlacesTest {
    private static final Value ARGUMENT = Json.read("{\"b\":{},\"list\":[1,{}],\"n\":null,\"text\":\"ä\"}");
    private static final Sandbox THREADS = new Sandbox(Limits.STANDARD);
    private static final Processes PROCESSES = new Processes(Limits.STANDARD, ProcessOptions.STANDARD);

    @AfterAll
    static void close() {
        THREADS.close();
        PROCESSES.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '⇒', quoteCharacter = '~', textBlock = """
            ⏎  const x = a.b;⏎  return ▲x.c.d;⏎ ⇒ script_error TypeError: Cannot read property 'd' of undefined ⇒ x
            ⏎  return a.list.map((x) =>⏎    ▲x.y.z);⏎ ⇒ script_error TypeError: Cannot read property 'z' of undefined ⇒ x
            ⏎  const s = "ä😀";  throw ▲new Error("no");⏎ ⇒ script_error Error: no ⇒ n
            ⏎▲null.x⏎ ⇒ script_error TypeError: Cannot read property 'x' of null ⇒ n
            ⏎  // `⏎  return [a].map((x) => { throw ▲new RangeError("far") })⏎ ⇒ script_error RangeError: far ⇒ n
            """)
    void aFenceFailsAtItsPlace(String body, String expected, String underlined) {
        assertPlaces("function f(a: json) -> json\n```js" + body + "```\n", expected, underlined);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '⇒', quoteCharacter = '~', textBlock = """
            [a.text.normalize(), ▲a.b.c.d] ⇒ type_error `a.b.c` is undefined, so `.d` cannot be read ⇒ a.b.c.d
            [a.text.normalize(), 1 + ▲a.n.size] ⇒ type_error `a.n` is null, so `.size` cannot be read ⇒ a.n.size
            a.list.map(one => [a.text.normalize(), ▲one.q.r]) ⇒ type_error `one.q` is undefined, so `.r` cannot be read ⇒ one.q.r
            [a.text.normalize(), ▲a.b["x"]["some key"]] ⇒ type_error `a.b["x"]` is undefined, so `["some key"]` cannot be read ⇒ a.b["x"]["some key"]
            [a.text.normalize(), ▲a.none[0]] ⇒ type_error `a.none` is undefined, so `[0]` cannot be read ⇒ a.none[0]
            [a.text.normalize(), ▲a.none.normalize()] ⇒ type_error `a.none` is undefined, so `.normalize` cannot be read ⇒ a.none.normalize()
            [a.text.normalize(), a.b?.x, ▲a.list[1].p.q] ⇒ type_error `a.list[1].p` is undefined, so `.q` cannot be read ⇒ a.list[1].p.q
            [1,⏎  a.text.normalize(),⏎  ▲a.b.c.d] ⇒ type_error `a.b.c` is undefined, so `.d` cannot be read ⇒ a.b.c.d
            [a.text.normalize(), ▲a.b.b.b] ⇒ type_error `a.b.b` is undefined, so `.b` cannot be read ⇒ a.b.b.b
            """)
    void anExpressionFailsAtItsPlaceInItsOwnWords(String expression, String expected, String underlined) {
        assertPlaces("function f(a: json) -> json =\n  " + expression + "\n", expected, underlined);
    }

    private static void assertPlaces(String marked, String expected, String underlined) {
        var lines = marked.replace('⏎', '\n');
        int at = lines.indexOf('▲');
        var text = lines.replace("▲", "");
        for (Scripts scripts : List.of(THREADS, PROCESSES.of(1))) {
            var compiled = new Compiler(StandardCatalog.catalog()).compile(new Source("a.weir", text), Files.NONE);
            assertFalse(
                    compiled.diagnostics().stream().anyMatch(Diagnostic::isError), compiled.diagnostics()::toString);
            var programs = new Programs(compiled.library(), RecordValue.EMPTY, scripts);
            var error = assertThrows(
                    EvaluationError.class, () -> programs.call("f", List.of(ARGUMENT), ExpressionCases.evaluation()));
            assertEquals(expected, error.code() + " " + error.sentence());
            assertEquals(at, error.at().start(), error.at().toString());
            assertEquals(
                    underlined, text.substring(error.at().start(), error.at().end()));
        }
    }
}
