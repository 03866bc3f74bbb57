package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.value.Value;

/// Bytecode gives what closures give.
class EmitterTest {
    private static final int CASES = Integer.getInteger("emitter.cases", 4_000);
    private static final int INPUTS = 4;

    static List<ExpressionCases.Case> cases() {
        return Stream.of("expressions.txt", "differential.txt")
                .flatMap(file -> ExpressionCases.read(file).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytecodeGivesTheSame(ExpressionCases.Case test) {
        EmittedWay way;
        try {
            way = new EmittedWay(Exprs.read(test.expression()), List.of("o", "class_"));
        } catch (NotNative _) {
            return;
        }
        assertEquals(List.of(), way.disagreements(List.of(List.of(ExpressionCases.ORDER, Value.of("c")))));
    }

    @Test
    void bytecodeGivesTheSameForRandomExpressions() {
        long seed = Long.getLong("emitter.seed", System.nanoTime());
        var random = new Random(seed);
        var exprs = new RandomExprs(random);
        var values = new RandomValues(random);
        for (int done = 0; done < CASES; done += INPUTS) {
            var expr = exprs.next();
            EmittedWay way;
            try {
                way = new EmittedWay(expr, RandomExprs.NAMES);
            } catch (NotNative _) {
                continue;
            }
            var inputs = Stream.generate(values::forNames).limit(INPUTS).toList();
            assertEquals(List.of(), way.disagreements(inputs), "seed " + seed + ": " + expr + " over " + inputs);
        }
    }
}
