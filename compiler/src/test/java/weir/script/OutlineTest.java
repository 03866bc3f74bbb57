package weir.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of a script. Whether it is JavaScript is compared with the engine in `ScriptAgreementTest`.
class OutlineTest {
    private static Outline of(String script) {
        return Outline.of(script, List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>>",
            quoteCharacter = '\0',
            value = {
                "return a + c =>> a c",
                "const { x: { y }, ...z } = a; return y + z + x =>> a x",
                "let f = (a, [d] = e) => a + d + g; return f =>> e g",
                "for (const x of b) { y = x } return x =>> b y x",
                "function f(n) { return n ? f(n - 1) : a } return f(1) =>> a",
                "{ let a = 1; a } return a =>> a",
                "try { q() } catch (e) { e } return e =>> q e",
                "return typeof c === 'undefined' && { d, e: 1 } =>> c d",
                "class P { m() { return P + q } } return new P() =>> q",
                "return ((x) => x + y)(1) + (x) =>> y x",
                "return x; var x = 1 =>> ''",
                "return function g() { return g + arguments.length } =>> ''",
                "l: for (;;) { break l } return a.l =>> a",
                "return `${c} ${a.d}` =>> c a",
                "({ [k]: v = w } = a) =>> k v w a",
            })
    void theNamesThatAScriptLeavesOpen(String script, String names) {
        var outline = of(script);
        assertNull(outline.mistake(), () -> String.valueOf(outline.mistake()));
        String found = String.join(" ", outline.open().stream().map(Use::name).toList());
        assertEquals(names.equals("''") ? "" : names, found);
    }

    @Test
    void aMistakeStandsWhereReadingCannotGoOn() {
        var mistake = of("const x = [1, 2\nreturn x").mistake();
        assertNotNull(mistake);
        assertEquals("`,` is missing before `return`.", mistake.sentence());
        assertEquals(16, mistake.at().start());
    }

    @Test
    void whatIsTooDeepOrTooLongIsNotJudged() {
        for (String part : List.of(
                "(", "[", "{", "a => ", "- ", "a ** ", "new ", "if (a) ", "`${", "a ? ", "({ x: ", "function f() {")) {
            var outline = of(part.repeat(10_000));
            assertTrue(outline.open().isEmpty());
        }
        of("(a = ".repeat(150) + "1" + ") => 1".repeat(150));
    }

    /// What scripts are made of, and what they may not be made of.
    private static final List<String> BITS =
            List.of(("a|b |1|'x'|`|${|}|{|(|)|[|]|,|;|\n|=>|=|...|/|*|?.|?|:|.|class |function |async |await |"
                            + "yield |for |of |in |let |const |var |if |else |switch |case |default |try |catch |new |"
                            + "return |static |get |#x|\\u{61}|++|**|??|&&|//|/*|*/|\u2028|é|\ud800|\0|=|delete |typeof |"
                            + "super|import")
                    .split("\\|"));

    @Test
    void noTextThrowsOrHangs() {
        long seed = Long.getLong("seed", new Random().nextLong(1_000_000));
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(BITS.get(random.nextInt(BITS.size())));
            }
            of(text.toString());
        }
    }
}
