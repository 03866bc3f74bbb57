package weir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.eval.EvaluationError;
import weir.eval.Script;
import weir.eval.Scripts;
import weir.source.Span;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.SecretValue;
import weir.value.Value;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTest {
    private final Sandbox sandbox = new Sandbox(Limits.STANDARD);

    @AfterAll
    void close() {
        sandbox.close();
    }

    /// Where the scripts run.
    Scripts scripts() {
        return sandbox;
    }

    private String run(String body, String... arguments) {
        var values = new ArrayList<Value>();
        for (var argument : arguments) {
            values.add(Json.readExact(argument));
        }
        var names = List.of("a", "b", "c").subList(0, arguments.length);
        try {
            return Json.exactText(scripts().run(body, names, values));
        } catch (EvaluationError error) {
            var place = error.place();
            return error.code() + ": " + error.sentence() + (place == null ? "" : " (line " + place.line() + ")");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '~', textBlock = """
            return a + 1 ⇒ 2
            let s = 0; for (let i = 0; i <= 10; i++) { s += i; } return s ⇒ 55
            return { a, b: [a, undefined, NaN, -0, -Infinity], c: undefined } ⇒ {"a":1,"b":[1,{"$undefined":true},{"$number":"NaN"},-0,{"$number":"-Infinity"}],"c":{"$undefined":true}}
            return new Date(0) ⇒ "1970-01-01T00:00:00.000Z"
            return [new Date(0), { at: new Date(0) }] ⇒ ["1970-01-01T00:00:00.000Z",{"at":"1970-01-01T00:00:00.000Z"}]
            return JSON.stringify([new Date(NaN), x => x]) ⇒ "[null,null]"
            return [1, , 3] ⇒ [1,{"$undefined":true},3]
            return Object.assign(Object.create(null), { a: 1 }) ⇒ {"a":1}
            return Object.assign([1], { more: 1 }) ⇒ [1]
            return 'ab'.match(/a(b)/) ⇒ ["ab","b"]
            class P { #secret = 1; x = 1; static y = 2; z() {} } return [new P(), new P()] ⇒ [{"x":1},{"x":1}]
            return { [Symbol('a')]: 1, b: 2 } ⇒ {"b":2}
            return [Object('a'), Object(true), Object(-0)] ⇒ ["a",true,-0]
            return { "$undefined": 1, "$$number": 2 } ⇒ {"$$undefined":1,"$$$number":2}
            return Object(5) ⇒ 5
            return 'a'.replace(/./g, c => c.toUpperCase()) ⇒ "A"
            class P { constructor() { this.x = 1 } get y() { return 2 } } return new P() ⇒ {"x":1}
            const o = {}; o.toString = 1; o.constructor = 2; return o ⇒ {"toString":1,"constructor":2}
            return [3, 1, 2].sort() ⇒ [1,2,3]
            return structuredClone({ a: [a, undefined] }) ⇒ {"a":[1,{"$undefined":true}]}
            return { toJSON() { return { n: NaN } } } ⇒ {"n":{"$number":"NaN"}}
            return time.add('2026-01-31T08:00:00.000Z', 1000) ⇒ type_error: nobody
            // a comment at the end ⇒ {"$undefined":true}
            """)
    void scriptsGiveValues(String body, String expected) {
        if (expected.startsWith("type_error")) {
            assertTrue(run(body, "1").startsWith("type_error: time.add cannot"), run(body, "1"));
        } else {
            assertEquals(expected, run(body, "1"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '~', textBlock = """
            return a.b.c ⇒ script_error: TypeError: Cannot read property 'c' of undefined (line 1)
            throw new Error('no') ⇒ script_error: Error: no (line 1)
            throw 'no' ⇒ script_error: no
            throw { code: 1 } ⇒ script_error: {"code":1}
            return ( ⇒ script_error: SyntaxError: Expected an operand but found } (line 2)
            return Math.random() ⇒ script_error: TypeError: Math.random is not available in scripts; draw the value with now(), uuid() or random() and hand it in
            return new Date() ⇒ script_error: TypeError: the clock is not available in scripts; draw the value with now(), uuid() or random() and hand it in
            return (async () => 1)() ⇒ script_error: TypeError: the result of this script is a promise, which JSON has no word for; return its value: scripts run to their end at once, without await
            return { at: [new Map([[1, 2]])] } ⇒ script_error: TypeError: `0` in the result of this script is a Map, which JSON has no word for; return Object.fromEntries(map) or [...map]
            return { tags: new Set([1]) } ⇒ script_error: TypeError: `tags` in the result of this script is a Set, which JSON has no word for; return [...set]
            return new (class Tags extends Set {})() ⇒ script_error: TypeError: the result of this script is a Set, which JSON has no word for; return [...set]
            return { e: new RangeError('x') } ⇒ script_error: TypeError: `e` in the result of this script is an Error, which JSON has no word for; return error.message, or throw it
            return x => x ⇒ script_error: TypeError: the result of this script is a function, which JSON has no word for; return what it gives when it is called
            return async () => 1 ⇒ script_error: TypeError: the result of this script is a function, which JSON has no word for; return what it gives when it is called
            return { run() {} } ⇒ script_error: TypeError: `run` in the result of this script is a function, which JSON has no word for; return what it gives when it is called
            return [class {}] ⇒ script_error: TypeError: `0` in the result of this script is a function, which JSON has no word for; return what it gives when it is called
            return { s: Symbol('x') } ⇒ script_error: TypeError: `s` in the result of this script is a symbol, which JSON has no word for; return its description
            return Object(Symbol('x')) ⇒ script_error: TypeError: the result of this script is a symbol, which JSON has no word for; return its description
            return /a/ ⇒ script_error: TypeError: the result of this script is a regular expression, which JSON has no word for; return its source
            return new Uint8Array(2) ⇒ script_error: TypeError: the result of this script is a typed array, which JSON has no word for; return [...array]
            return new ArrayBuffer(2) ⇒ script_error: TypeError: the result of this script is an ArrayBuffer, which JSON has no word for; return [...new Uint8Array(buffer)]
            return new DataView(new ArrayBuffer(2)) ⇒ script_error: TypeError: the result of this script is a DataView, which JSON has no word for; return [...new Uint8Array(view.buffer)]
            return new WeakMap() ⇒ script_error: TypeError: the result of this script is a WeakMap, which JSON has no word for; return a record
            return [1].values() ⇒ script_error: TypeError: the result of this script is an iterator, which JSON has no word for; return [...iterator]
            return (function* () {})() ⇒ script_error: TypeError: the result of this script is an iterator, which JSON has no word for; return [...iterator]
            return new Map().keys() ⇒ script_error: TypeError: the result of this script is an iterator, which JSON has no word for; return [...iterator]
            return { on: new Date(NaN) } ⇒ script_error: TypeError: `on` in the result of this script is a Date of no time, which JSON has no word for; return null where there is none
            return { "$undefined": new Map() } ⇒ script_error: TypeError: `$undefined` in the result of this script is a Map, which JSON has no word for; return Object.fromEntries(map) or [...map]
            return { get x() { throw new Error('gone') } } ⇒ script_error: Error: gone (line 1)
            return structuredClone(new Map()) ⇒ script_error: TypeError: what structuredClone is given is a Map, which JSON has no word for; return Object.fromEntries(map) or [...map] (line 1)
            const o = {}; o.o = o; return o ⇒ script_error: TypeError: the result of this script contains itself
            const f = () => f(); return f() ⇒ limit_depth: functions of this script call each other more than 5,000 deep (a fixed limit)
            return 'x'.repeat(1e8) ⇒ limit_size: this script makes a text of more than 5,000,000 characters (limit `evaluation.text`, set by WEIR_EVALUATION_TEXT)
            """)
    void failuresSayWhatAndWhere(String body, String expected) {
        var told = run(body, "{}");
        assertEquals(
                expected,
                told.contains("not available")
                                || told.contains("of this script is a")
                                || told.contains("contains itself")
                        ? told.replaceFirst(" \\(line \\d+\\)$", "")
                        : told);
    }

    @Test
    void lineNumbersAreThoseOfTheUsersText() {
        assertTrue(run("const x = 1;\n\nreturn x.y.z;").endsWith("(line 3)"), run("const x = 1;\n\nreturn x.y.z;"));
        assertTrue(run("const x = 1;\nreturn (;").endsWith("(line 2)"), run("const x = 1;\nreturn (;"));
    }

    @Test
    void whatScriptsMayCallIsPerformedByTheHost() {
        var script = new Script("return [$f_twice(a), $f_twice([a])]", List.of("a"), List.of("$f_twice"));
        Scripts.Host host = (function, values) -> ListValue.of(Value.of(function), values.getFirst());
        assertEquals(
                "[[\"$f_twice\",{\"$number\":\"NaN\"}],[\"$f_twice\",[{\"$number\":\"NaN\"}]]]",
                Json.exactText(scripts().run(script, List.of(Value.of(Double.NaN)), host)));
        Scripts.Host failing = (function, values) -> {
            throw new EvaluationError("limit_operations", "too much", Span.NONE);
        };
        var error = assertThrows(EvaluationError.class, () -> scripts().run(script, List.of(Value.of(1)), failing));
        assertEquals("limit_operations", error.code());
        assertEquals(
                "\"caught TypeError: no\"",
                Json.text(scripts()
                        .run(
                                new Script(
                                        "try { $f_x() } catch (e) { return `caught ${e}` }",
                                        List.of(),
                                        List.of("$f_x")),
                                List.of(),
                                (function, values) -> {
                                    throw new EvaluationError("type_error", "no", Span.NONE);
                                })));
    }

    @Test
    void aFunctionOfTheHostMayRunAScriptItself() {
        var inner = new Script("return a * 2", List.of("a"), List.of());
        var outer = new Script("return $f_inner($f_inner(a))", List.of("a"), List.of("$f_inner"));
        Scripts.Host host = (function, values) -> scripts().run(inner, values, (name, none) -> Value.of(0));
        assertEquals("20", Json.text(scripts().run(outer, List.of(Value.of(5)), host)));
    }

    @Test
    void secretsNeverEnter() {
        var error = assertThrows(
                EvaluationError.class,
                () -> scripts().run("return 1", List.of("a"), List.of(ListValue.of(SecretValue.named("KEY")))));
        assertEquals("type_error", error.code());
    }

    @Test
    void valuesOfEveryKindComeBackAsTheyWent() {
        for (var json : List.of(
                "{\"__proto__\":1,\"toString\":[],\"1\":0,\"\\ud800\":\"\\ud800\\u0000\"}",
                "[-0,1e300,5e-324,{\"$number\":\"NaN\"}]",
                "{\"$$undefined\":2,\"$$$secret\":{\"$$number\":1}}",
                "[".repeat(900) + "]".repeat(900))) {
            var value = Json.readExact(json);
            assertEquals(value, scripts().run("return a", List.of("a"), List.of(value)));
        }
        assertEquals(
                "{\"$number\":\"NaN\"}",
                Json.exactText(
                        scripts().run("return a[0]", List.of("a"), List.of(ListValue.of(Value.of(Double.NaN))))));
    }

    @Test
    void manyThreadsShareAFewWorlds() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<java.util.concurrent.Future<Value>>();
            for (int i = 0; i < 200; i++) {
                var n = Value.of(i);
                results.add(callers.submit(() -> scripts().run("return a + 1", List.of("a"), List.of(n))));
            }
            for (int i = 0; i < 200; i++) {
                assertEquals(Value.of(i + 1), results.get(i).get());
            }
        }
    }

    @Test
    void afterAScriptWasStoppedOthersRun() {
        var limits = new Limits(Duration.ofMillis(100), Duration.ofSeconds(20), 64 << 20, 1_000_000, 1);
        try (var sandbox = new Sandbox(limits)) {
            for (int i = 0; i < 3; i++) {
                var error = assertThrows(EvaluationError.class, () -> sandbox.run("for (;;) {}", List.of(), List.of()));
                assertEquals("limit_time", error.code());
                assertEquals(Value.of(2), sandbox.run("return 1 + 1", List.of(), List.of()));
            }
        }
    }

    @Test
    void slowScriptsOfOneOrganisationKeepNobodyElseWaiting() throws Exception {
        var limits = new Limits(Duration.ofMillis(300), Duration.ofSeconds(60), 64 << 20, 1_000_000, 8);
        try (var sandbox = new Sandbox(limits);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 12; i++) {
                slow.add(callers.submit(() -> assertThrows(
                        EvaluationError.class, () -> sandbox.of(1).run("for (;;) {}", List.of(), List.of()))));
            }
            while (sandbox.counts().waiting() == 0) {
                Thread.sleep(1);
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(Value.of(2), sandbox.of(2).run("return 1 + 1", List.of(), List.of()));
            }
            assertTrue(sandbox.counts().waiting() > 0, "fifty scripts of another one are done before all of these");
            for (var one : slow) {
                one.get();
            }
        }
    }

    @Test
    void thereAreOnlySoManyWorldsAndThreads() {
        var limits = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(20), 64 << 20, 1_000_000, 5);
        try (var sandbox = new Sandbox(limits)) {
            for (int organisation = 1; organisation <= 12; organisation++) {
                assertEquals(Value.of(2), sandbox.of(organisation).run("return 1 + 1", List.of(), List.of()));
            }
            assertEquals(5, sandbox.counts().worlds());
            assertTrue(sandbox.counts().threads() <= limits.threads());
            assertEquals(0, sandbox.counts().waiting());
        }
    }

    @Test
    void afterItIsClosedScriptsFail() {
        var sandbox = new Sandbox(Limits.STANDARD);
        sandbox.close();
        var error = assertThrows(EvaluationError.class, () -> sandbox.run("return 1", List.of(), List.of()));
        assertEquals("the JavaScript sandbox is closed", error.sentence());
    }
}
