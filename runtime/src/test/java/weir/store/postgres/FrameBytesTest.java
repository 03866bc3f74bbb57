package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.store.Samples;

final class FrameBytesTest {
    @Test
    void aFrameIsReadAsItWasWritten() {
        for (int length : new int[] {0, 10, 2_000, 3_000, 300_000}) {
            var frame = Samples.frame(7, "x".repeat(length));
            assertEquals(frame, FrameBytes.read(7, FrameBytes.write(frame)));
        }
    }

    @Test
    void smallFramesStayJsonAndLargeOnesShrink() {
        var small = "{\"at\":1}".getBytes(StandardCharsets.UTF_8);
        assertSame(small, FrameBytes.pack(small));
        var large = ("{\"at\":1," + "\"words\": \"words\",".repeat(500) + "}").getBytes(StandardCharsets.UTF_8);
        assertTrue(FrameBytes.pack(large).length < large.length / 5);
        assertArrayEquals(large, FrameBytes.unpack(FrameBytes.pack(large)));
    }

    @Test
    void whatDoesNotShrinkStaysAsItIs() {
        var noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        noise[0] = '{';
        assertSame(noise, FrameBytes.pack(noise));
    }

    @Test
    void damagedBytesAreSaidToBeDamaged() {
        var packed = FrameBytes.pack("{\"words\": \"words\"}".repeat(500).getBytes(StandardCharsets.UTF_8));
        for (int cut : new int[] {1, 4, 20, packed.length - 1}) {
            assertThrows(IllegalStateException.class, () -> FrameBytes.unpack(Arrays.copyOf(packed, cut)));
        }
        packed[1] = 0x7F;
        assertThrows(IllegalStateException.class, () -> FrameBytes.unpack(packed));
    }
}
