package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {
    @Test
    void longTextsAreFoundWhereJavaFindsThem() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            var unit = "ab".repeat(1 + random.nextInt(3)) + "a".repeat(random.nextInt(3));
            var part = unit.repeat(70).substring(random.nextInt(3), 66 + random.nextInt(20));
            var text = unit.repeat(random.nextInt(60))
                    + (random.nextBoolean() ? part : "b")
                    + unit.repeat(random.nextInt(60));
            int from = random.nextInt(text.length() + 3);
            assertEquals(text.indexOf(part, from), TextSearch.indexOf(text, part, from), "seed " + seed);
            assertEquals(text.lastIndexOf(part, from), TextSearch.lastIndexOf(text, part, from), "seed " + seed);
        }
    }

    @Test
    void theWorstTextTakesNoLongerThanOthers() {
        var text = "a".repeat(4_000_000);
        var part = "a".repeat(2_000_000) + "b";
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertEquals(-1, TextSearch.indexOf(text, part, 0)));
    }
}
