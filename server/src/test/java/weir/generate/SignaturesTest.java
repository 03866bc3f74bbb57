package weir.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.model.Action;
import weir.model.Catalog;
import weir.model.Effect;
import weir.model.Integration;
import weir.model.StandardCatalog;
import weir.model.Type;

class SignaturesTest {
    private static final Catalog CATALOG = new Catalog(List.of(
            integration("slack", "post_message", "Posts to a channel."),
            integration("github", "create_issue", "Opens an issue."),
            StandardCatalog.catalog().find("http").orElseThrow()));

    @Test
    void requestsToAnyServerAreAlwaysOffered() {
        var lines = Signatures.actions(CATALOG, "something", 40);
        assertEquals(8, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.startsWith("- `http.")), lines.toString());
    }

    @Test
    void actionsThatTheRequestNamesComeFirstAfterThem() {
        var lines = Signatures.actions(CATALOG, "When an issue is created on GitHub, tell us", 40);
        assertEquals(9, lines.size());
        assertTrue(lines.get(8).startsWith("- `github.create_issue("), lines.toString());
    }

    @Test
    void noMoreThanTheLimitIsOffered() {
        assertEquals(3, Signatures.actions(CATALOG, "slack github", 3).size());
    }

    private static Integration integration(String name, String action, String doc) {
        return new Integration(
                name,
                "1.0",
                name,
                List.of(new Action(action, List.of(), Type.Basic.NULL, Effect.UNSAFE, doc)),
                List.of());
    }
}
