package weir.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the model is told of the language is what the guide says, whose examples are compiled and run: the card is its
/// own first page and the pieces that the guide marks by `<!-- card -->`. `-Dupdate` writes it anew.
class LanguageCardTest {
    private static final List<String> PAGES = List.of("language", "expressions", "rules", "tests");
    private static final Pattern PIECE =
            Pattern.compile("^<!-- card -->\\n(.*?)^<!-- end -->$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    /// A prompt has to leave room for what it is about.
    private static final int LONGEST = 24_000;

    private static Path resources() {
        return Guide.root().resolve("server/src/main/resources/weir/generate");
    }

    private static String card() throws IOException {
        var card = new StringBuilder(
                Files.readString(resources().resolve("language-card-head.md")).strip());
        for (String name : PAGES) {
            String page = Files.readString(Guide.root().resolve("docs/" + name + ".md"));
            var pieces = PIECE.matcher(page);
            String last = "";
            while (pieces.find()) {
                String heading = heading(page.substring(0, pieces.start()));
                if (!heading.equals(last)) {
                    card.append("\n\n# ").append(heading);
                    last = heading;
                }
                card.append("\n\n").append(pieces.group(1).strip());
            }
        }
        return card.append('\n').toString();
    }

    private static String heading(String before) {
        return HEADING.matcher(before)
                .results()
                .map(match -> match.group(1))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void theCardOfTheModelIsMadeOfTheGuide() throws IOException {
        var file = resources().resolve("language-card.md");
        if (System.getProperty("update") != null) {
            Files.writeString(file, card());
        }
        assertEquals(card(), Files.readString(file), "run this test with -Dupdate");
    }

    @Test
    void theCardFitsIntoAPrompt() throws IOException {
        int length = card().length();
        assertTrue(length > 10_000 && length < LONGEST, () -> "the card has " + length + " characters");
    }
}
