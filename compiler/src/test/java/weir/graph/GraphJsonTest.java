package weir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.model.Type;
import weir.source.Span;

class GraphJsonTest {
    @Test
    void everyGraphComesBackAsItWas() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var graph = (Graph) new RandomRecords(random).make(Graph.class, 7);
            String text = GraphJson.write(graph);
            Graph back = GraphJson.read(text);
            assertEquals(graph, back, () -> "-Dseed=" + seed);
            assertEquals(text, GraphJson.write(back), () -> "-Dseed=" + seed);
        }
    }

    @Test
    void aLibraryComesBackAsItWas() {
        long seed = Long.getLong("seed", System.nanoTime());
        var library = (Library) new RandomRecords(new Random(seed)).make(Library.class, 7);
        assertEquals(library, GraphJson.readLibrary(GraphJson.write(library)), () -> "-Dseed=" + seed);
    }

    @Test
    void theFormatIsWhatWasStoredBefore() {
        String stored = "{\"format\":1,\"graph\":{\"level\":1,\"workflow\":\"w\",\"doc\":\"d\",\"result\":\"null\","
                + "\"library\":{},\"limits\":{\"priority\":\"normal\"},\"body\":{\"nodes\":[{\"kind\":\"log\","
                + "\"id\":\"log\",\"value\":{\"kind\":\"numeric\",\"value\":1,\"at\":[3,4]},\"at\":[1,4]}]},\"at\":[0,9]}}";
        assertEquals(logging(1, "d", new Span(3, 4)), GraphJson.read(stored));
        assertEquals(stored, GraphJson.write(logging(1, "d", new Span(3, 4))));
    }

    @Test
    void theHashChangesWithTheMeaningOnly() {
        String hash = GraphJson.hash(logging(1, "d", new Span(3, 4)));
        assertTrue(hash.matches("[0-9a-f]{64}"));
        assertEquals(hash, GraphJson.hash(logging(1, "other words", new Span(5, 6))));
        assertNotEquals(hash, GraphJson.hash(logging(2, "d", new Span(3, 4))));
    }

    @Test
    void whatIsNoGraphIsRefusedWithTheReason() {
        for (String text : List.of("", "[]", "{}", "{\"format\":99,\"graph\":{}}", "{\"format\":1,\"graph\":{}}")) {
            assertThrows(GraphFormatException.class, () -> GraphJson.read(text), text);
        }
        var newer = assertThrows(GraphFormatException.class, () -> GraphJson.read("{\"format\":99,\"graph\":{}}"));
        assertEquals("format 99 of a graph; this build reads 1 to 1", newer.getMessage());
    }

    private static Graph logging(double value, String doc, Span at) {
        var log = new Node.Log("log", new Expr.Numeric(value, at), new Span(1, 4));
        return new Graph(
                1,
                "w",
                doc,
                List.of(),
                Type.Basic.NULL,
                Library.EMPTY,
                List.of(),
                Graph.Limits.NONE,
                new Node.Block(List.of(log)),
                null,
                new Span(0, 9));
    }

    @Test
    void whereAScriptStandsHasNoMeaningAndMayBeMissing() {
        var plain = library(null);
        assertEquals(GraphJson.meaning(plain), GraphJson.meaning(library(new Span(3, 9))));
        assertEquals(plain, GraphJson.readLibrary(GraphJson.write(plain)));
    }

    private static Library library(@Nullable Span at) {
        var body = new Library.Function.Body.Script("return 1", at);
        var function = new Library.Function("f", List.of(), Type.Basic.NUMBER, body, Span.NONE);
        return new Library(Map.of(), List.of(), List.of(), List.of(function), List.of());
    }
}
