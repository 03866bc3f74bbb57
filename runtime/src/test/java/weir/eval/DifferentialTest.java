package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The short form of `bench/run differential`.
class DifferentialTest {
    private static final int CASES = Integer.getInteger("differential.cases", 50_000);
    private static final long SEED = Long.getLong("differential.seed", System.nanoTime() & 0xFFFF_FFFFL);

    @Test
    void nativeCodeAndTheSandboxGiveTheSameOnEveryInput() {
        System.out.println("differential: seed " + SEED);
        var differential = new Differential(2 * Differential.VALUES, 5);
        differential.run(CASES, SEED, System.err);
        System.out.println("differential: " + differential.report());
        assertEquals(List.of(), differential.found(), "seed " + SEED);
    }

    @Test
    void everyPartOfTheLanguageIsCompared() {
        var differential = new Differential(Differential.VALUES, 1);
        differential.cover(CASES, 1, new AllWays((body, parameters, arguments) -> {
            throw new IllegalStateException("nothing is compared here");
        }));
        assertEquals(List.of(), differential.coverage().missing());
    }
}
