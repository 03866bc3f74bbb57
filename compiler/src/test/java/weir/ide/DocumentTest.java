package weir.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.check.Availability;
import weir.compile.Compiler;
import weir.compile.Files;
import weir.model.StandardCatalog;
import weir.source.Fix;
import weir.source.Source;
import weir.source.Span;

/// What an editor is told. `¦` marks the cursor.
class DocumentTest {
    private static final Compiler COMPILER = new Compiler(StandardCatalog.catalog(), Availability.EVERYTHING);
    private static final Project PROJECT = new Project(COMPILER, Texts.NONE);
    private static final String DECLARATIONS = """
            /// A paid order.
            type Order = { id: string, tier: "gold" | "silver", lines: [{ sku: string, qty: int }], coupon?: { code: string } }

            policy careful {
              retry 3 times
            }

            /// With tax.
            function gross(net: number, rate: number) -> number = net * (1 + rate)

            workflow other(x: int) -> int {
              return x
            }

            """;

    private record Place(Document document, int offset) {
        List<String> labels() {
            return document.completion(offset).stream().map(Suggestion::label).toList();
        }

        String hover() {
            return document.hover(offset).map(Hover::markdown).orElse("");
        }
    }

    private static Place in(String text) {
        int offset = text.indexOf('¦');
        var source = new Source("a.weir", text.replace("¦", ""));
        return new Place(Document.of(COMPILER, source, Files.NONE), offset);
    }

    private static Place inBody(String body) {
        return in(DECLARATIONS + "workflow w(order: Order) {\n" + body.indent(2) + "}\n");
    }

    private static void suggests(List<String> first, Place place) {
        List<String> labels = place.labels();
        assertEquals(first, labels.subList(0, Math.min(first.size(), labels.size())), labels::toString);
    }

    // ---- completion

    @Test
    void fieldsAndMethodsAfterADot() {
        suggests(List.of("id", "tier", "lines", "coupon"), inBody("log order.¦"));
        suggests(List.of("sku", "qty"), inBody("log order.lines.map(line => line.¦)"));
        suggests(List.of("code"), inBody("log order.coupon?.¦"));
        assertTrue(inBody("log order.lines.¦").labels().contains("map"));
        assertTrue(inBody("log `${order.id.¦}`").labels().contains("toUpperCase"));
        assertTrue(inBody("log Math.¦").labels().contains("round"));
        suggests(List.of("status", "headers", "body"), inBody("step page = http.get(url: \"x\")\nif (page.¦"));
        suggests(List.of("step", "code", "message"), inBody("try {\n  wait 1s\n} catch error {\n  log error.¦\n}"));
    }

    @Test
    void namesInScopeTheNearestFirst() {
        suggests(List.of("b", "a", "order", "gross"), inBody("let a = 1\nlet b = a\nlog ¦\nlet c = 2"));
        assertTrue(!inBody("log ¦\nlet later = 2").labels().contains("later"), "a name has no value before its let");
    }

    @Test
    void wordsOfTheLanguageWhereALineBegins() {
        suggests(List.of("workflow", "rules", "type"), in(DECLARATIONS + "¦"));
        assertTrue(inBody("¦").labels().containsAll(List.of("step", "let", "on webhook", "priority")));
        assertTrue(!inBody("if (true) {\n  ¦\n}").labels().contains("on webhook"));
        suggests(List.of("case", "else"), inBody("switch (order.tier) {\n  ¦\n}"));
        suggests(List.of("retry", "timeout", "key"), inBody("step http.get(url: \"x\") {\n  ¦\n}"));
        suggests(List.of("mock", "settings", "run", "expect"), in(DECLARATIONS + "test \"t\" {\n  ¦\n}\n"));
        suggests(List.of("webhook", "schedule"), inBody("on ¦"));
        suggests(List.of("low", "normal"), inBody("priority ¦"));
    }

    @Test
    void stepsTheirActionsAndTheirArguments() {
        suggests(List.of("file", "http", "mail"), inBody("step ¦"));
        assertTrue(inBody("step ¦").labels().contains("other"));
        assertTrue(inBody("step page = ¦").labels().containsAll(List.of("http", "for", "ask")));
        suggests(List.of("get", "head", "delete"), inBody("step page = http.¦"));
        suggests(List.of("url", "query", "headers"), inBody("step http.get(¦)"));
        suggests(List.of("url", "query", "headers"), inBody("step http.get(¦"));
        suggests(List.of("query", "headers", "body"), inBody("step http.post(url: \"x\", b¦)"));
        suggests(List.of("careful"), inBody("step http.get(url: \"x\") {\n  with ¦\n}"));
        assertEquals(
                "url: ",
                inBody("step http.get(¦)")
                        .document()
                        .completion(inBody("step http.get(¦)").offset())
                        .getFirst()
                        .insert());
    }

    @Test
    void literalsWhereOnlyTheyFit() {
        suggests(List.of("gold", "silver"), inBody("if (order.tier === \"¦\") {\n}"));
        suggests(List.of("\"gold\"", "\"silver\"", "order"), inBody("if (order.tier === ¦) {\n}"));
        suggests(
                List.of("\"gold\"", "\"silver\""),
                in("rules r(t: \"gold\" | \"silver\") -> int {\n  | t || x |\n  | --- || --- |\n  | ¦ || 1 |\n}\n"));
        suggests(List.of("gold", "silver"), inBody("switch (order.tier) {\n  case \"g¦\" {\n  }\n}"));
    }

    @Test
    void typesAndFieldsOfRecords() {
        suggests(List.of("Order", "string"), inBody("let x: ¦ = 1"));
        suggests(List.of("id", "tier", "lines"), in(DECLARATIONS + "function f() -> Order = { ¦ }\n"));
        suggests(List.of("tier", "lines"), in(DECLARATIONS + "function f() -> Order = { id: \"x\", ¦\n"));
    }

    @Test
    void nothingInCommentsAndTexts() {
        assertEquals(List.of(), inBody("// order.¦").labels());
        assertEquals(List.of(), inBody("log \"order.¦\"").labels());
    }

    // ---- hover and signatures

    @Test
    void hoverShowsTypesAndDocs() {
        assertEquals(
                "```weir\nfunction gross(net: number, rate: number) -> number\n```\n\nWith tax.",
                inBody("log gr¦oss(1, 2)").hover());
        assertEquals(
                "```weir\nlet total: number\n```",
                inBody("let total = 1.5 * 2\nlog to¦tal").hover());
        assertEquals(
                "```weir\nqty: int\n```", inBody("log order.lines[0]?.q¦ty").hover());
        assertTrue(inBody("log order.lines.ma¦p(x => x)").hover().contains("map(each: (T, int, [T]) => R) -> [R]"));
        assertTrue(inBody("step http.g¦et(url: \"x\")").hover().startsWith("```weir\naction http.get("));
        assertTrue(inBody("step http.get(ur¦l: \"x\")").hover().startsWith("```weir\nurl: string"));
        assertTrue(in(DECLARATIONS + "workflow v(o: Or¦der) {\n  log o\n}\n")
                .hover()
                .contains("A paid order."));
    }

    @Test
    void hoverSaysWhyAnExpressionRunsInTheSandbox() {
        String why = "This expression runs in the JavaScript sandbox, because of `localeCompare`.";
        for (String place : List.of(
                "log order.li¦nes.map(l => l.sku.localeCompare(\"a\"))",
                "log order.lines.map(l => l.sku.locale¦Compare(\"a\"))")) {
            assertTrue(inBody(place).hover().endsWith(why), inBody(place).hover());
        }
        assertFalse(inBody("log order.li¦nes.map(l => l.sku.trim())").hover().contains("sandbox"));
        assertFalse(inBody("log order.li¦nes.map(l => l.suk.localeCompare(\"a\"))")
                .hover()
                .contains("sandbox"));
    }

    @Test
    void hoverKnowsWhatATestNarrowed() {
        assertTrue(inBody("log order.cou¦pon").hover().contains("coupon?: { code: string }"));
        assertEquals(
                "```weir\nstep page: { status: int, headers: { [name]: string }, body: json }\n```",
                inBody("step page = http.get(url: \"x\") {\n  on error continue\n}\nif (page) {\n  log pa¦ge\n}")
                        .hover());
    }

    @Test
    void signaturesFollowTheCursor() {
        var first = inBody("log gross(¦");
        var help = first.document().signatureHelp(first.offset()).orElseThrow();
        assertEquals("gross(net: number, rate: number) -> number", help.label());
        assertEquals(List.of("net: number", "rate: number"), help.parameters());
        assertEquals(0, help.active());
        var second = inBody("log gross(1, ¦)");
        assertEquals(
                1,
                second.document().signatureHelp(second.offset()).orElseThrow().active());
        var step = inBody("step http.get(url: \"x\", headers: ¦)");
        assertEquals(
                2, step.document().signatureHelp(step.offset()).orElseThrow().active());
        var rest = inBody("log Math.max(1, 2, ¦)");
        assertEquals(
                0, rest.document().signatureHelp(rest.offset()).orElseThrow().active());
        assertTrue(inBody("log ¦1")
                .document()
                .signatureHelp(inBody("log ¦1").offset())
                .isEmpty());
    }

    // ---- places

    @Test
    void definitionsAndReferences() {
        var use = inBody("let total = 1\nlog tot¦al\nlog { total }");
        assertEquals(
                "total", use.document().definition(use.offset()).orElseThrow().text());
        assertEquals(3, use.document().references(use.offset()).size());
        var type = in(DECLARATIONS + "workflow v(o: Or¦der) {\n  log o\n}\n");
        assertEquals(
                2,
                type.document().definition(type.offset()).orElseThrow().start().line());
        var child = inBody("step a = oth¦er(x: 1)\nlog a");
        assertEquals(
                "other",
                child.document().definition(child.offset()).orElseThrow().text());
        var policy = inBody("step http.get(url: \"x\") {\n  with care¦ful\n}");
        assertEquals(2, policy.document().references(policy.offset()).size());
    }

    @Test
    void renamingKeepsTheMeaning() {
        var place = inBody("let to¦tal = 1\nlog `${total}`\nlog { total, x: total }");
        assertEquals(
                DECLARATIONS
                        + "workflow w(order: Order) {\n  let sum = 1\n  log `${sum}`\n  log { total: sum, x: sum }\n}\n",
                renamed(place, "sum"));
        var field = inBody("log order.lines.map(({ qt¦y }) => qty * 2)");
        assertTrue(renamed(field, "n").contains("order.lines.map(({ qty: n }) => n * 2)"));
        var parameter = inBody("log or¦der.id");
        assertTrue(renamed(parameter, "o").contains("workflow w(o: Order) {\n  log o.id"));
        var undo = inBody(
                "step cha¦rge = http.post(url: \"x\") {\n  key \"a\"\n  undo http.delete(url: `${charge.status}`)\n}\nlog charge.status");
        assertTrue(renamed(undo, "c").contains("undo http.delete(url: `${c.status}`)"));
    }

    @Test
    void whatCannotBeANameIsRefused() {
        var place = inBody("let to¦tal = 1\nlog total");
        assertInstanceOf(Rename.Refused.class, place.document().rename(place.offset(), "step", PROJECT));
        assertInstanceOf(Rename.Refused.class, place.document().rename(place.offset(), "two words", PROJECT));
        var builtin = inBody("log Ma¦th.PI");
        assertInstanceOf(Rename.Refused.class, builtin.document().rename(builtin.offset(), "x", PROJECT));
        assertTrue(builtin.document().renameable(builtin.offset()).isEmpty());
    }

    private static String renamed(Place place, String name) {
        var rename = assertInstanceOf(Rename.Edits.class, place.document().rename(place.offset(), name, PROJECT));
        Source source = place.document().source();
        return new Fix("", rename.edits().getOrDefault(source, List.of())).apply(source.text());
    }

    // ---- structure

    @Test
    void outlineAndFolding() {
        var document = inBody("let total = 1\nif (total > 0) {\n  log 1\n  log 2\n}\nstep page = http.get(url: \"x\")¦")
                .document();
        assertEquals(
                List.of("Order", "careful", "gross", "other", "w"),
                document.outline().stream().map(Outline::label).toList());
        assertEquals(
                List.of("total", "page"),
                document.outline().getLast().inside().stream()
                        .map(Outline::label)
                        .toList());
        assertTrue(
                document.foldings().contains(new Folding(17, 19, false)),
                () -> document.foldings().toString());
    }

    @Test
    void formattingIsOneEditOrNone() {
        var tidy = in("workflow w() {\n  log 1¦\n}\n").document();
        assertEquals(List.of(), tidy.format());
        var untidy = in("workflow  w( ) {\n log 1¦\n}\n").document();
        assertEquals(
                "workflow w() {\n  log 1\n}\n",
                new Fix("", untidy.format()).apply(untidy.source().text()));
    }

    @Test
    void fixesAreActions() {
        var place = inBody("log ordr¦.id");
        var actions = place.document().actions(new Span(place.offset(), place.offset()));
        assertEquals("Write order", actions.getFirst().title());
    }

    // ---- robustness

    @Test
    void everyQuestionHasAnAnswerAtEveryPlaceOfABrokenText() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        String whole = DECLARATIONS
                + "rules r(t: \"a\" | \"b\", n: int) -> int first {\n  | t | n || x |\n  | --- | --- || --- |\n  | \"a\" | > 5 || 1 |\n  | else | || 2 |\n}\n\n"
                + "workflow w(order: Order) {\n  on webhook(method: \"POST\", path: \"/a\")\n\n  let t = order.lines.reduce((a, l) => a + l.qty, 0)\n"
                + "  step p = http.get(url: `x/${t}`) {\n    retry 2 times\n  }\n  switch (order.tier) {\n    case \"gold\" {\n      log p.body\n    }\n    else {\n      fail \"x\"\n    }\n  }\n}\n\n"
                + "test \"t\" {\n  mock http.get returns { status: 200 }\n  run w(order: { id: \"1\", tier: \"gold\", lines: [] })\n  expect t === 0\n}\n";
        for (int i = 0; i < 60; i++) {
            int cut = random.nextInt(whole.length());
            int skip = Math.min(whole.length(), cut + random.nextInt(40));
            String text = whole.substring(0, cut) + (random.nextBoolean() ? whole.substring(skip) : "");
            var document = Document.of(COMPILER, new Source("a.weir", text), Files.NONE);
            try {
                document.completion(cut);
                document.signatureHelp(cut);
                document.hover(cut);
                document.references(cut);
                document.rename(cut, "x", PROJECT);
                document.outline();
                document.definition(cut);
                document.selections(cut);
                document.highlights(cut);
                document.hints(new Span(0, text.length()));
                document.tokens();
                document.lenses();
                document.links();
                document.format(new Span(0, cut));
                document.formatTyped(cut, '}');
                document.formatTyped(cut, '|');
                document.formatTyped(cut, '\n');
                PROJECT.put("a.weir", text);
                document.references(cut, PROJECT);
                PROJECT.symbols("w");
                document.foldings();
                document.format();
                document.actions(new Span(0, text.length()));
                document.actions(new Span(cut, Math.min(text.length(), cut + 9)));
            } catch (RuntimeException failure) {
                throw new AssertionError("-Dseed=" + seed + " at " + cut + " of\n" + text, failure);
            }
        }
    }
}
