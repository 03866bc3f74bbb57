package weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void linesAreCountedAndTheLastNeedsNoEnd() throws IOException {
        assertEquals(List.of("1 {}\r", "2 blank", "3 x"), lines("{}\r\n\nx", 10));
        assertEquals(List.of("1 x"), lines("x\n", 10));
        assertEquals(List.of(), lines("", 10));
    }

    @Test
    void ofALineThatIsTooLongNothingIsKept() throws IOException {
        String long1 = "x".repeat(200_000);
        assertEquals(List.of("1 a", "2 too long", "3 b"), lines("a\n" + long1 + "\nb", 100_000));
        assertEquals(List.of("1 " + long1), lines(long1, 200_000));
    }

    private static List<String> lines(String text, int longest) throws IOException {
        var all = new ArrayList<String>();
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (var lines = new JsonLines(in, longest)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                byte[] bytes = line.bytes();
                String shown = bytes == null
                        ? "too long"
                        : line.isBlank() ? "blank" : new String(bytes, StandardCharsets.UTF_8);
                all.add(line.number() + " " + shown);
            }
        }
        return all;
    }
}
