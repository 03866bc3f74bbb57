package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.value.PlainText;

class StoredTextTest {
    @Test
    void everyTextComesBackAndWhatIsStoredIsPlain() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        char[] odd = {0, 0x1b, 'a', '0', 0xd83d, 0xde00, 0xd800, 0xdfff, 'é', 0x2028};
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(8); k > 0; k--) {
                text.append(odd[random.nextInt(odd.length)]);
            }
            var stored = StoredText.of(text.toString());
            assertTrue(PlainText.is(stored), "seed " + seed + ": " + stored);
            assertEquals(text.toString(), StoredText.read(stored), "seed " + seed);
        }
        assertEquals("plain 😀", StoredText.of("plain 😀"));
    }
}
