package weir.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
    private static final Source SOURCE = new Source("orders.weir", "let a = 1\nlet b = two\n\nlet two = 2\n");

    private static Location at(int start, int end) {
        return new Location(SOURCE, new Span(start, end));
    }

    @Test
    void aMessageShowsItsLineWhatBelongsToItAndWhatToDo() {
        Diagnostic diagnostic = Diagnostic.error("W2001", "There is no `two` yet.", at(18, 21))
                .withRelated(at(27, 30), "it is made here")
                .withHint("Names are known behind the place that makes them.")
                .withFix(Fix.replace("Write 2", new Span(18, 21), "2"));
        assertEquals("""
                error W2001: There is no `two` yet.
                  ┌─ orders.weir:2:9
                  │
                2 │ let b = two
                  │         ^^^
                  ⋮
                4 │ let two = 2
                  │     --- it is made here
                  = Names are known behind the place that makes them.
                  = Write 2:
                2 │ let b = 2
                  │         +
                """, Renderer.plain().render(diagnostic));
    }

    @Test
    void aPlaceInAnotherFileHasAnExcerptOfItsOwn() {
        var other = new Source("pricing.weir", "let rate = 1\n");
        String rendered = Renderer.plain()
                .render(Diagnostic.warning("W2002", "Twice.", at(4, 5))
                        .withRelated(new Location(other, new Span(4, 8)), "the other"));
        assertTrue(rendered.contains("┌─ orders.weir:1:5"));
        assertTrue(rendered.contains("┌─ pricing.weir:1:5"));
    }

    @Test
    void wideCharactersAndTabsKeepTheMarksInPlace() {
        var source = new Source("wide.weir", "\tlog \"日本\" + x\n");
        String rendered =
                Renderer.plain().render(Diagnostic.error("W1", "Here.", new Location(source, new Span(12, 13))));
        assertTrue(rendered.contains("1 │     log \"日本\" + x\n  │                  ^\n"), rendered);
    }

    @Test
    void nothingInATextCanSteerTheTerminal() {
        var source = new Source("evil\u001b[2J.weir", "log \u001b[31m\u202e\n");
        String rendered =
                Renderer.plain().render(Diagnostic.error("W1", "See \u001b[0m.", new Location(source, new Span(4, 5))));
        assertFalse(rendered.contains("\u001b"));
        assertFalse(rendered.contains("\u202e"));
        assertTrue(Renderer.coloured()
                .render(List.of(Diagnostic.error("W1", "a", at(0, 1))))
                .contains("\u001b["));
    }

    @Test
    void longLinesAreCutAroundTheMark() {
        var source = new Source("long.weir", "x".repeat(5_000) + "HERE" + "y".repeat(5_000));
        String rendered =
                Renderer.plain().render(Diagnostic.error("W1", "Here.", new Location(source, new Span(5_000, 5_004))));
        assertTrue(rendered.contains("HERE"));
        assertTrue(rendered.length() < 500);
    }

    @Test
    void theSummaryCounts() {
        Diagnostic error = Diagnostic.error("W1", "a", at(0, 1));
        assertEquals("", Renderer.summary(List.of()));
        assertEquals(
                "2 errors, 1 warning",
                Renderer.summary(List.of(error, error, Diagnostic.warning("W2", "b", at(0, 1)))));
    }

    @Test
    void programsGetTheSameAsJson() {
        Diagnostic diagnostic = Diagnostic.error("W2001", "There is no `two` yet.", at(18, 21))
                .withRelated(at(27, 30), "it is made here")
                .withFix(Fix.replace("Write 2", new Span(18, 21), "2"));
        assertEquals(
                "{\"code\":\"W2001\",\"severity\":\"error\",\"message\":\"There is no `two` yet.\",\"file\":\"orders.weir\","
                        + "\"start\":{\"line\":2,\"column\":9},\"end\":{\"line\":2,\"column\":12},"
                        + "\"related\":[{\"message\":\"it is made here\",\"file\":\"orders.weir\","
                        + "\"start\":{\"line\":4,\"column\":5},\"end\":{\"line\":4,\"column\":8}}],"
                        + "\"hint\":null,\"fixes\":[{\"title\":\"Write 2\",\"edits\":[{\"start\":{\"line\":2,\"column\":9},"
                        + "\"end\":{\"line\":2,\"column\":12},\"text\":\"2\"}]}]}",
                DiagnosticJson.tree(diagnostic).toString());
    }
}
