package weir.simulation.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The short form of `bench/run simulate`.
class ClusterTest {
    private static final long FIRST = Long.getLong("seed", System.nanoTime() >>> 8);
    private static final int STORIES = Integer.getInteger("stories", Long.getLong("seed") == null ? 500 : 1);
    private static final int STORIES_OF_SABOTAGE = 1_000;

    private static final Logger WORKERS = Logger.getLogger("weir.worker");

    @BeforeAll
    static void beQuiet() {
        WORKERS.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        WORKERS.setLevel(null);
    }

    @Test
    void whateverBreaksNothingIsLostNothingDoneTwiceAndEverythingComesToAnEnd() {
        for (long seed = FIRST; seed < FIRST + STORIES; seed++) {
            var report = Simulation.of(seed);
            assertNull(report.broken(), "bench/run simulate --tell --seeds 1 --seed " + seed);
        }
    }

    @Test
    void aSeedTellsTheSameStory() {
        assertEquals(Simulation.of(FIRST), Simulation.of(FIRST), "-Dseed=" + FIRST);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theLackOfAnyProtectionIsNoticed(Sabotage sabotage) {
        Simulation.@org.jspecify.annotations.Nullable Report report = null;
        for (long seed = 1; seed <= STORIES_OF_SABOTAGE && (report == null || report.broken() == null); seed++) {
            report = Simulation.of(seed, sabotage, null);
        }
        assertNotNull(report);
        assertNotNull(report.broken(), sabotage + " is not noticed");
    }
}
