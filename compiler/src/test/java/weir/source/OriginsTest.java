package weir.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OriginsTest {
    @Test
    void placesOfATextOfSeveralFilesAreThoseOfTheFiles() {
        var source = new Source(
                "main.weir",
                "use chat 2\n\n//@ lib/pricing.weir:12\nlet a = 1\nlet b = 2\n\n//@ main.weir:3\nlet c = 3\n");
        var origins = Origins.of(source);
        assertEquals("line 1, column 1", origins.place(0).toString());
        assertEquals(
                "lib/pricing.weir, line 13, column 5",
                origins.place(source.text().indexOf("b =")).toString());
        assertEquals(
                "main.weir, line 3, column 1",
                origins.place(source.text().indexOf("let c")).toString());
    }

    @Test
    void aTextOfOneFileTellsItsOwnPlaces() {
        var source = new Source("main.weir", "let a = 1\nlet b = \"//@ no:1\"\n");
        assertEquals("line 2, column 1", Origins.of(source).place(10).toString());
    }
}
