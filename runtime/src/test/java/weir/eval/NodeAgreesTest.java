package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The short form of `bench/run differential --node`: another engine agrees as well.
class NodeAgreesTest {
    private static final int CASES = Integer.getInteger("differential.node.cases", 10_000);
    private static final long SEED = Long.getLong("differential.seed", System.nanoTime() & 0xFFFF_FFFFL);

    @Test
    void nativeCodeAndNodeGiveTheSameOnEveryInput() throws InterruptedException {
        assumeTrue(NodeScripts.areHere(), "there is no Node here");
        System.out.println("node: seed " + SEED);
        var differential = new Differential(2 * Differential.VALUES, 5, true);
        differential.run(CASES, SEED, System.err);
        System.out.println("node: " + differential.report());
        assertEquals(List.of(), differential.found(), "seed " + SEED);
    }
}
