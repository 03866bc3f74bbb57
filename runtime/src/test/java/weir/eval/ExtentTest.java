package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is small in memory but not when it is written out does not get out.
class ExtentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Array.from({ length: 40 }, (_, i) => i).reduce(a => [a, a], 1)             | ! limit_size",
                "Array.from({ length: 40 }, (_, i) => i).reduce(a => ({ a, b: a }), 1)      | ! limit_size",
                "['x'.repeat(1000000)].flatMap(t => Array.from({ length: 100 }, () => t))   | ! limit_size",
                "Array.from({ length: 1001 }, (_, i) => i).reduce(a => [a], 1)              | ! limit_depth",
                "Array.from({ length: 5000 }, (_, i) => i).reduce(a => ({ a }), 1)          | ! limit_depth",
                "Array.from({ length: 40 }, (_, i) => i).reduce(a => [a, a], 1).length      | 2",
                "Array.from({ length: 1000 }, (_, i) => i).reduce(a => [a], 1).length       | 1",
            })
    void whatCannotBeWrittenOutIsRefused(String expression, String outcome) {
        assertEquals(outcome, ExpressionCases.run(expression, (body, parameters, arguments) -> {
            throw new AssertionError(body);
        }));
    }
}
