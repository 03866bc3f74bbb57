package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;

class DifferentialTest {
    /// The long form is [Differential#main].
    private static final int CASES = Integer.getInteger("differential.cases", 4_000);

    @Test
    void closuresAndTheSandboxGiveTheSameOnEveryInput() {
        long seed = Long.getLong("differential.seed", System.nanoTime());
        try (var sandbox = new Sandbox(Limits.STANDARD)) {
            assertEquals(List.of(), new Differential(sandbox, seed).run(CASES, 5), "seed " + seed);
        }
    }
}
