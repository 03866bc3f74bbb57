package weir.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    /// Expected texts are what ECMAScript's Number::toString gives.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1.5, -1.5",
        "100, 100",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "1.5e300, 1.5e+300",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000123, 0.00000123",
        "1.23e-7, 1.23e-7",
        "4.9e-324, 5e-324",
        "9.9e-324, 1e-323",
        "1.5e-323, 1.5e-323",
        "2.0e-323, 2e-323",
        "2e-320, 2e-320",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "9007199254740993, 9007199254740992",
        "1e23, 1e+23",
        "5e-7, 5e-7",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "4294967296.5, 4294967296.5",
        "10000000.5, 10000000.5",
        "999999999999999900000, 999999999999999900000",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void numbersAreWrittenAsJavaScriptWritesThem(double value, String text) {
        assertEquals(text, Numerals.text(value));
    }

    @Test
    void everyNumberReadsBackAsItself() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt() / 1000.0;
            assertEquals(value, Double.parseDouble(Numerals.text(value)), "seed " + seed);
            var appended = new StringBuilder();
            Numerals.append(appended, value);
            assertEquals(Numerals.text(value), appended.toString(), "seed " + seed);
        }
    }
}
