package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.compile.Compiled;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.graph.Expr;
import weir.graph.Library;
import weir.graph.Node;
import weir.graph.SandboxReason;
import weir.model.StandardCatalog;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.source.Diagnostic;
import weir.source.Source;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Of everything that ECMAScript's own objects have it is decided what it is here: native, for the sandbox, or an error
/// that says what to write.
class EcmaScriptTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog());
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);
    private static final AllWays WAYS = new AllWays(SANDBOX);

    private static final List<String> NAMES = List.of("x", "xs", "t", "n", "r");
    private static final List<Value> VALUES =
            List.of(Json.read("[1]"), Json.read("[1,2,3]"), Value.of("aäb"), Value.of(2.5), Json.read("{\"a\":1}"));

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    record Item(String name, String decision, String expression, String instead) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Item> items() {
        var items = new ArrayList<Item>();
        for (String line : text().lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var cells = line.split(" ", 3);
                var parts = cells[2].split(" ⇒ ");
                items.add(new Item(cells[0], cells[1], parts[0], parts.length > 1 ? parts[1] : ""));
            }
        }
        return items;
    }

    private static String text() {
        try (var stream = EcmaScriptTest.class.getResourceAsStream("ecmascript.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void everythingThatTheEngineHasIsInTheTable() {
        var known = items().stream().map(Item::name).collect(Collectors.toSet());
        var missing = new TreeSet<String>();
        for (var owner : List.of("Array", "String", "Object", "Number", "Boolean", "Math", "JSON", "Date")) {
            missing.addAll(of(owner, owner + "."));
            if (!Set.of("Math", "JSON").contains(owner)) {
                missing.addAll(of(owner + ".prototype", owner + ".prototype."));
            }
        }
        missing.addAll(of("globalThis", ""));
        missing.removeIf(name -> name.matches("(Array|String|Object|Number|Boolean|Date)\\.(length|name|prototype)"));
        missing.removeAll(Script.builtIns());
        missing.removeAll(Script.builtIns().stream()
                .map(name -> name.replaceFirst("\\..*", ""))
                .toList());
        missing.removeIf(name -> name.startsWith("$"));
        missing.removeAll(known);
        assertEquals(Set.of(), missing);
    }

    private static List<String> of(String object, String before) {
        var names = (ListValue) SANDBOX.run("return Object.getOwnPropertyNames(" + object + ")", List.of(), List.of());
        return names.asList().stream().map(name -> before + Coercion.text(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("items")
    void eachIsWhatTheTableSays(Item item) {
        var compiled = compiled(item.expression());
        switch (item.decision()) {
            case "native" -> {
                var expr = returned(compiled, item);
                assertNull(SandboxReason.of(expr), item.expression());
                assertEquals(
                        WAYS.script(new Case(expr, NAMES, VALUES)),
                        WAYS.closures(expr, NAMES).run(VALUES));
            }
            case "sandbox" -> {
                var expr = returned(compiled, item);
                assertNotNull(SandboxReason.of(expr), item.expression());
                assertFalse(WAYS.script(new Case(expr, NAMES, VALUES)).startsWith("!"), item.expression());
            }
            default -> refused(compiled, item);
        }
    }

    private static void refused(Compiled compiled, Item item) {
        var error = compiled.diagnostics().stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow();
        assertEquals(item.decision(), error.code(), error.message());
        assertTrue(error.hint() != null || error.code().equals("W2102"), error.message());
        if (item.instead().isEmpty()) {
            assertEquals(List.of(), error.fixes());
            return;
        }
        String corrected = error.fixes().getFirst().apply(error.at().source().text());
        assertTrue(corrected.contains("return " + item.instead() + "\n"), corrected);
        var again = COMPILER.compile(new Source("again.weir", corrected), Files.NONE);
        assertEquals(List.of(), again.diagnostics());
    }

    private static Compiled compiled(String expression) {
        var text = "workflow w(x: json, xs: [number], t: string, n: number, r: { a: number }) -> json {\n  return "
                + expression + "\n}\n";
        return COMPILER.compile(new Source("test.weir", text), Files.NONE);
    }

    private static Expr returned(Compiled compiled, Item item) {
        assertEquals(List.of(), compiled.diagnostics(), item.expression());
        var nodes = compiled.graphs().getFirst().body().nodes();
        return Objects.requireNonNull(((Node.Return) nodes.getLast()).value());
    }

    @Test
    void theReasonIsGivenExactlyWhereTheEvaluatorNeedsTheSandbox() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var expressions = new ArrayList<Expr>();
        for (int i = 0; i < 3_000; i++) {
            expressions.add(new RandomExprs(random).next());
        }
        ProgramsTest.cases().forEach(test -> expressions.add(Exprs.read(test.expression())));
        for (var text : List.of(
                "xs.map",
                "Math.round",
                "Math",
                "parseInt",
                "xs.map(Math.round)",
                "xs.map(Math.nothing)",
                "xs.map(x => x, 5)",
                "xs.map(...[x => x])",
                "xs.reduce((a, b) => a, 1, 2)",
                "xs.foo(x => x)",
                "xs.foo()",
                "t.localeCompare(t)",
                "Math.f16round(1)",
                "Math.foo(1)",
                "Array.from(xs, x => x, 1)",
                "Array.from(x => x)",
                "Object.groupBy(xs, Math.sign)",
                "((x) => x)(1)",
                "(x => x)",
                "JSON.stringify(x, ['a'])",
                "JSON.stringify(x, (k, v) => v)",
                "[x => x].length",
                "({ a: x => x }).a",
                "xs.hasOwnProperty(1)",
                "xs.entries()",
                "xs.length()",
                "undefined()",
                "NaN.toFixed(1)",
                "Math.PI.toFixed(1)",
                "xs.toSorted(Math.max)")) {
            expressions.add(Exprs.read(text));
        }
        var programs = new Programs(Library.EMPTY, RecordValue.EMPTY, SANDBOX);
        for (var expr : expressions) {
            boolean needed = false;
            try {
                new Translation(programs, new Scope(null), new Unit(), null).code(expr, null);
            } catch (NotNative reason) {
                needed = true;
            }
            assertEquals(needed, SandboxReason.of(expr) != null, () -> ScriptText.of(expr) + ", seed " + seed);
        }
    }
}
