package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;

/// The cases that closures are held against hold in a real JavaScript engine, too.
class SandboxAgreesTest {
    private static final Sandbox SANDBOX = new Sandbox(Limits.STANDARD);
    private static final BothWays BOTH = new BothWays(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static List<ExpressionCases.Case> cases() {
        return Stream.of("expressions.txt", "differential.txt")
                .flatMap(file -> ExpressionCases.read(file).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSandboxGivesTheSame(ExpressionCases.Case test) {
        assertEquals(
                test.expected(),
                BOTH.script(Exprs.read(test.expression()), List.of("o"), List.of(ExpressionCases.ORDER)));
    }
}
