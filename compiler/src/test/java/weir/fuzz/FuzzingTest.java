package weir.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `bench/run fuzz`.
class FuzzingTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final int INPUTS = Integer.getInteger("inputs", 2_000);
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir
    Path keep;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverStandsInATextEveryPartOfTheCompilerTakesIt() throws IOException {
        var told = new ByteArrayOutputStream();
        var fuzz = new Fuzz(new Inputs(new Corpus(ROOT)), keep, new PrintStream(told, true, StandardCharsets.UTF_8));
        boolean taken = fuzz.tryAll(SEED, INPUTS);
        assertTrue(taken, () -> told.toString(StandardCharsets.UTF_8) + fuzz.report(SEED));
    }
}
