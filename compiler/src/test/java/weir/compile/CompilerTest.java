package weir.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import weir.graph.GraphJson;
import weir.model.StandardCatalog;
import weir.source.Source;

class CompilerTest {
    private final Compiler compiler = new Compiler(StandardCatalog.catalog());

    @Test
    void aWholeFileBecomesGraphsTestsAndALibrary() throws IOException {
        Compiled compiled = compile("order.weir", text("order.weir"));
        assertEquals(List.of(), compiled.diagnostics());
        assertEquals(1, compiled.graphs().size());
        assertEquals(1, compiled.tests().size());
        assertEquals(1, compiled.library().rules().size());
    }

    @Test
    void whatIsStoredIsWhatWasCompiled() throws IOException {
        var graph = compile("order.weir", text("order.weir")).graphs().getFirst();
        assertEquals(graph, GraphJson.read(GraphJson.write(graph)));
    }

    @Test
    void commentsAndFormattingDoNotChangeTheHash() throws IOException {
        String text = text("order.weir");
        String hash = hash(text);
        assertEquals(hash, hash("// a comment\n\n" + text.replace("  let total", "\n      let   total")));
        assertEquals(hash, hash(text.replace("/// Money rounded.", "/// Another explanation.")));
        assertTrue(!hash.equals(hash(text.replace("total * VAT", "total + VAT"))), "another meaning, another hash");
    }

    @Test
    void aTextWithErrorsGivesNoGraphs() {
        Compiled compiled = compile("w.weir", "workflow w() {\n  log nothing\n}\n");
        assertTrue(compiled.hasErrors());
        assertEquals(List.of(), compiled.graphs());
    }

    @Test
    void usedFilesAreMerged() {
        Files files = path -> path.equals("rates.weir")
                ? new Source(path, "let RATE = 0.19\nfunction gross(net: number) -> number = net * (1 + RATE)\n")
                : null;
        var compiled = compiler.compile(
                new Source(
                        "w.weir", "use \"rates.weir\"\nworkflow w(net: number) -> number {\n  return gross(net)\n}\n"),
                files);
        assertEquals(List.of(), compiled.diagnostics());
        var library = compiled.graphs().getFirst().library();
        assertEquals(1, library.functions().size());
        assertEquals(1, library.constants().size());
    }

    @Test
    void integrationBlocksTravelWithTheWorkflowsThatUseThem() {
        Files files = path -> path.equals("shop.weir") ? new Source(path, """
                        type Item = { id: string }
                        integration shop 1.0 {
                          base HOST
                          auth header(name: "X-Key", prefix: "k ")
                          limits { rate 10 per 1m retry on 429, 503 }
                          action items(of: string) -> [Item] {
                            GET `/items/${of}`
                            query { of }
                            pages by cursor(param: "after", next: response.body.next)
                            fails when response.status === 410 with "gone"
                            gives response.body.items
                          }
                        }
                        let HOST = "https://shop.example.com"
                        """) : null;
        var compiled = compiler.compile(new Source("w.weir", """
                use "shop.weir"
                workflow w() -> int {
                  step all = shop.items(of: "a/b") { using "second" }
                  return all.length
                }
                workflow other() {
                  log "no integration here"
                }
                """), files);
        assertEquals(List.of(), compiled.diagnostics());
        var graph = compiled.graphs().getFirst();
        var service = graph.library().service("shop").orElseThrow();
        assertEquals("1.0", service.version());
        assertEquals(List.of(429, 503), service.limits().retryOn());
        assertEquals("HOST", graph.library().constants().getFirst().name());
        assertTrue(graph.library().types().containsKey("Item"));
        assertEquals(graph, GraphJson.read(GraphJson.write(graph)));
        assertEquals(List.of(), compiled.graphs().getLast().library().services());
    }

    @Test
    void aModelIsToldTheTypeThatItsAnswerHasToHave() {
        var compiled = compile("w.weir", """
                type Verdict = { kind: "bug" | "idea", parts?: [Part] }
                type Part = { name: string, inside?: Part }
                workflow w() {
                  step verdict: Verdict = openai.chat(prompt: "What is it?")
                  step words: string = openai.chat(prompt: "Say it.")
                  log [verdict.kind, words]
                }
                """);
        assertEquals(List.of(), compiled.diagnostics());
        var steps = compiled.graphs().getFirst().body().nodes();
        var typed = (weir.graph.Node.Step) steps.get(0);
        assertEquals(
                List.of("prompt", "schema"),
                typed.arguments().stream().map(weir.graph.Node.Argument::name).toList());
        assertEquals(1, ((weir.graph.Node.Step) steps.get(1)).arguments().size());
    }

    @Test
    void aGraphHoldsOnlyWhatItReaches() {
        var compiled = compile("w.weir", """
                type Used = { a: Inner }
                type Inner = { b: int }
                type _Unused = { c: int }
                let B = A + 1
                let A = 1
                let C = 2
                function f(x: Used) -> int = x.a.b + B
                function g() -> int = C
                workflow w(x: Used) -> int {
                  return f(x)
                }
                """);
        assertEquals(List.of(), compiled.diagnostics());
        var library = compiled.graphs().getFirst().library();
        assertEquals(List.of("Inner", "Used"), List.copyOf(library.types().keySet()));
        assertEquals(
                List.of("A", "B"),
                library.constants().stream().map(constant -> constant.name()).toList());
        assertEquals(
                List.of("f"),
                library.functions().stream().map(function -> function.name()).toList());
    }

    @Test
    void whatOnlyTheRunCanSeeIsCheckedThere() {
        var compiled = compile("w.weir", """
                workflow w(x: json) {
                  let a: string = x.a
                  let b: string = "proven"
                  step c: [string] = for y of x.list {
                    yield y.name
                  }
                  step d: { body: { id: string } } = http.get(url: a)
                  log [b, c, d.body.id]
                }
                """);
        assertEquals(List.of(), compiled.diagnostics());
        String json = GraphJson.write(compiled.graphs().getFirst());
        assertTrue(json.contains("\"id\":\"a\",\"name\":\"a\""), json);
        assertEquals(2, json.split("\"check\":", -1).length - 1, json);
        assertEquals(1, json.split("\"kind\":\"fits\"", -1).length - 1, json);
    }

    private Compiled compile(String name, String text) {
        return compiler.compile(new Source(name, text), Files.NONE);
    }

    private String hash(String text) {
        Compiled compiled = compile("order.weir", text);
        assertEquals(List.of(), compiled.diagnostics());
        return GraphJson.hash(compiled.graphs().getFirst());
    }

    private static String text(String name) throws IOException {
        try (var stream = Objects.requireNonNull(CompilerTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
