package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.value.Json;
import weir.value.RecordValue;

/// Where a value that nobody has looked at meets a declared type, it has the type or the run fails there.
class ReliedTypesTest {
    private static Journey run(String text, String input) {
        return Journey.of(
                        Texts.plan(text),
                        RecordValue.of("j", Json.read(input)),
                        perform -> new Journey.Answer.Gives(RecordValue.of("body", perform.arguments())))
                .go();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            # text ; what fits ; its result ; what does not ; what the error says
            workflow w(j: json) -> { x: int } { return j } ; {"x":1} ; {"x":1} ; {"x":"a"} ; `result.x`: expected int, got text "a"
            workflow w(j: json) -> { x: int } { return { x: j } } ; 1 ; {"x":1} ; 1.5 ; `result.x`: expected int
            workflow w(j: json) -> int { return j } ; 1 ; 1 ; "a" ; `result`: expected int, got text "a" (line 1, column 37)
            workflow w(j: json) -> [int] { return j.map(n => n) } ; [1] ; [1] ; [1,"a"] ; `result[1]`: expected int
            workflow w(j: json) -> int { return j > 0 ? j : 0 } ; 7 ; 7 ; 7.5 ; expected int
            workflow w(j: json) -> int { step s: int = if (j !== null) { yield j } else { yield 1 } return s } ; 4 ; 4 ; "a" ; `s`: expected int
            workflow w(j: json) -> int { step s: [int] = for n of [1, 2] { yield j } return s.length } ; 4 ; 2 ; "a" ; `s`: expected int
            workflow w(j: json) -> json { step s = http.get(url: j) return s.body } ; "u" ; {"url":"u"} ; 5 ; `url`: expected string, got number 5
            workflow w(j: json) -> json { step s = http.get(url: "u", query: j) return s.body.query } ; {"a":1} ; {"a":1} ; 5 ; `query`: expected
            function f(n: int) -> int = n  workflow w(j: json) -> int { return f(j) } ; 3 ; 3 ; "a" ; `n`: expected int, got text "a"
            function f(n: { a: int }) -> int = n.a  workflow w(j: json) -> [int] { return j.map(f) } ; [{"a":1}] ; [1] ; [{"a":true}] ; `n.a`: expected int
            function f(n: int) -> int = n  workflow w(j: json) -> [int] { return [1].map(n => f(j)) } ; 3 ; [3] ; "a" ; `n`: expected int
            function f(n: json) -> int = n.a  workflow w(j: json) -> json { return f(j) } ; {"a":1} ; 1 ; {"a":"b"} ; `result`: expected int
            rules r(n: int) -> string first { | n || out | | --- || --- | | > 1 || "many" | | else || "few" | }  workflow w(j: json) -> string { return r(j) ?? "" } ; 3 ; "many" ; "a" ; `n`: expected int
            rules r(n: json) -> int first { when (n !== null) then n else 0 }  workflow w(j: json) -> json { return r(j) } ; 3 ; 3 ; "a" ; expected int
            let X: json = 1  function f(n?: int) -> json = n ?? "none"  workflow w(j: json) -> json { return [f(), f(j)] } ; 2 ; ["none",2] ; "a" ; `n`: expected int
            """)
    void whatNobodyHasLookedAtIsLookedAt(String text, String fits, String result, String wrong, String error) {
        var right = run(text, fits);
        assertEquals(
                Json.read(result),
                right.output(),
                () -> String.valueOf(right.state().outlook()));
        var failed = run(text, wrong).error();
        assertNotNull(failed);
        assertEquals("does_not_fit", failed.code(), failed.message());
        assertTrue(failed.message().contains(error), failed.message());
        assertTrue(failed.message().contains("(line 1, column "), failed.message());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            workflow w(j: int) -> int { return 7 % j }
            workflow w(j: int) -> { n: int } { return { n: 7 % j } }
            workflow w(j: int) -> { n: int } { let n = 7 % j return { n } }
            workflow w(j: int) -> int { let n: int = 7 % j return n }
            function f(n: int) -> int = 7 % n  workflow w(j: int) -> json { return f(j) }
            function f(n: int) -> json = n  workflow w(j: int) -> json { return f(7 % j) }
            workflow w(j: int) -> int { return [1].map(n => 7 % j).length > 0 ? 7 % j : 0 }
            """)
    void arithmeticThatGivesNoWholeNumberFailsWhereOneIsDeclared(String text) {
        var right = run(text, "4");
        assertTrue(right.output().toString().contains("3"), () -> String.valueOf(right.output()));
        var failed = run(text, "0").error();
        assertNotNull(failed);
        assertEquals("does_not_fit", failed.code(), failed.message());
        assertTrue(failed.message().contains("expected int, got number NaN"), failed.message());
    }
}
