package weir.value;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as text, exactly as ECMAScript's `Number::toString` writes them.
public final class Numerals {
    private static final double LARGEST_PLAIN_INTEGER = 1e15;

    private Numerals() {}

    /// The shortest text that reads as this number: `1`, `-0.5`, `1e+21`, `NaN`. Minus zero is `0`.
    public static String text(double value) {
        if (value == (long) value && Math.abs(value) < LARGEST_PLAIN_INTEGER) {
            return Long.toString((long) value);
        }
        long thousandths = (long) Math.rint(value * 1_000);
        if (isDecimal(thousandths, value)) {
            var out = new StringBuilder(24);
            appendThousandths(out, thousandths);
            return out.toString();
        }
        return longer(value);
    }

    private static String longer(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        // Here Java and ECMAScript agree, and most numbers with a fraction lie here.
        if (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7) {
            return Double.toString(value);
        }
        return value < 0 ? "-" + positive(-value) : positive(value);
    }

    /// Appends the same text.
    public static void append(StringBuilder out, double value) {
        if (value == (int) value) {
            out.append((int) value);
            return;
        }
        long thousandths = (long) Math.rint(value * 1_000);
        if (isDecimal(thousandths, value)) {
            appendThousandths(out, thousandths);
        } else {
            out.append(longer(value));
        }
    }

    /// Whether these are all its digits: a double holds every decimal number of up to 15 digits apart from all
    /// others.
    private static boolean isDecimal(long thousandths, double value) {
        return thousandths / 1_000.0 == value && Math.abs(thousandths) < LARGEST_PLAIN_INTEGER;
    }

    private static void appendThousandths(StringBuilder out, long thousandths) {
        long size = Math.abs(thousandths);
        out.append(thousandths < 0 ? "-" : "").append(size / 1_000);
        int rest = (int) (size % 1_000);
        if (rest == 0) {
            return;
        }
        out.append('.').append((char) ('0' + rest / 100));
        if (rest % 100 != 0) {
            out.append((char) ('0' + rest / 10 % 10));
            if (rest % 10 != 0) {
                out.append((char) ('0' + rest % 10));
            }
        }
    }

    private static String positive(double value) {
        var decimal = shortest(value);
        return layout(decimal.unscaledValue().toString(), decimal.precision() - decimal.scale());
    }

    /// The decimal with the fewest digits that is nearest to the double, without trailing zeros. Java finds the
    /// same digits, except that it prefers two of them where one would do (only among the smallest subnormal
    /// numbers).
    public static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2 && value < 1e-320) {
            var one = decimal.round(new MathContext(1));
            if (one.doubleValue() == value) {
                return one;
            }
        }
        return decimal;
    }

    /// ECMAScript's choice between plain and exponential form.
    ///
    /// @param digits without trailing zeros
    /// @param point how many of the digits stand before the point (may be negative or more than there are)
    private static String layout(String digits, int point) {
        int count = digits.length();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        var mantissa = count == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
