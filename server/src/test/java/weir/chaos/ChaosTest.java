package weir.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `bench/run chaos`: each fault once.
@Timeout(900)
class ChaosTest {
    @TempDir
    private Path logs;

    @Test
    void whateverHappensToItsProcessesEveryPromiseIsKept() throws Exception {
        long seed = new Random().nextLong(1_000_000);
        System.out.println("ChaosTest seed " + seed);
        var report = new Chaos(seed, 60, List.of(Fault.values())).run(Duration.ofSeconds(50), logs);
        System.out.println(report.toJson());
        assertEquals(List.of(), report.broken());
        assertTrue(report.accepted() >= 60 && report.effects() > report.accepted());
    }
}
