package weir.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void aTextWithJavaScriptInItIsTakenWhole() {
        var answer = Answer.of("""
                Here:
                ```weir
                function f(a: string) -> string
                ```js
                return a;
                ```
                workflow w() {}
                ```
                Done.
                """);
        assertEquals("function f(a: string) -> string\n```js\nreturn a;\n```\nworkflow w() {}\n", answer.text());
        assertEquals("Here:\nDone.", answer.explanation());
    }

    @Test
    void ofSeveralTextsTheLongestIsMeant() {
        assertEquals(
                "workflow long() {}\n",
                Answer.of("```weir\nx\n```\n````\nworkflow long() {}\n````").text());
    }

    @Test
    void aFenceThatNeverClosesGoesToTheEnd() {
        assertEquals("workflow w() {\n", Answer.of("```weir\nworkflow w() {").text());
    }

    @Test
    void wordsAloneAreNoText() {
        assertNull(Answer.of("I cannot do that.").text());
    }
}
