package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weir.check.Availability;
import weir.model.StandardCatalog;
import weir.source.Source;

/// Files that texts use, and those that they should.
class MissingUsesTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
    private static final Map<String, String> FOLDER = Map.of(
            "pricing.weir", "function discount(total: number) -> number = total > 100 ? 0.1 : 0\n",
            "common.weir", "type Money = { cents: int }\n\npolicy careful {\n  retry 3 times\n}\n",
            "jobs.weir", "workflow notify(text: string) {\n  log text\n}\n",
            "lib/a.weir",
                    "use \"b.weir\"\nuse \"../pricing.weir\"\n\nfunction a(n: number) -> number = b(n) + discount(n)\n",
            "lib/b.weir", "use \"./a.weir\"\n\nfunction b(n: number) -> number = n + 1\n",
            "lib/wrong.weir", "use \"nowhere.weir\"\n\nfunction wrong(n: number) -> number = n + m\n");

    private static final Files FILES = new Files() {
        @Override
        public Source find(String path) {
            return FOLDER.containsKey(path) ? new Source(path, FOLDER.get(path)) : null;
        }

        @Override
        public Collection<String> all() {
            return FOLDER.keySet();
        }
    };

    private static Compiled compile(String text) {
        return COMPILER.compile(new Source("main.weir", text), FILES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow w(total: number) -> number {\n  return discount(total)\n}\n",
                "use \"jobs.weir\"\n\nworkflow w(price: Money) {\n  step notify(text: `${price.cents}`)\n}\n",
                "workflow w() {\n  step http.get(url: \"https://a.b\") {\n    with careful\n  }\n}\n",
                "/// Says it.\nworkflow w() {\n  step notify(text: \"a\")\n}\n",
            })
    void aNameThatAnotherFileDeclaresIsFoundThere(String text) {
        var diagnostics = compile(text).diagnostics();
        assertEquals(1, diagnostics.size(), diagnostics.toString());
        String fixed = diagnostics.getFirst().fixes().getFirst().apply(text);
        assertEquals("[]", compile(fixed).diagnostics().toString(), fixed);
    }

    @Test
    void theMessageNamesTheFile() {
        var message = compile("workflow w(total: number) -> number {\n  return discount(total)\n}\n")
                .diagnostics()
                .getFirst()
                .message();
        assertEquals("There is no `discount` here, but `pricing.weir` declares one.", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow w() {\n  log notify\n}\n",
                "workflow w(price: discount) {\n  log price\n}\n",
                "workflow w() {\n  step Money()\n}\n",
            })
    void whatCouldNotStandThereIsNotOffered(String text) {
        var diagnostics = compile(text).diagnostics();
        assertEquals(1, diagnostics.size(), diagnostics.toString());
        assertEquals("[]", diagnostics.getFirst().fixes().toString());
    }

    @Test
    void pathsAreRelativeToTheFileThatNamesThem() {
        var compiled = compile("use \"lib/a.weir\"\n\nworkflow w(n: number) -> number {\n  return a(n)\n}\n");
        assertEquals("[]", compiled.diagnostics().toString());
    }

    @Test
    void whatIsWrongInAUsedFileCarriesItsPlace() {
        var diagnostics = compile("use \"lib/wrong.weir\"\n\nworkflow w(n: number) -> number {\n  return wrong(n)\n}\n")
                .diagnostics();
        assertEquals(2, diagnostics.size(), diagnostics.toString());
        diagnostics.forEach(diagnostic ->
                assertEquals("lib/wrong.weir", diagnostic.at().source().name()));
    }
}
