package weir.eval;

import static weir.eval.Native.argument;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import weir.value.NumberValue;
import weir.value.Numerals;
import weir.value.UndefinedValue;
import weir.value.Value;

/// The methods of numbers.
final class NumberMethods {
    static final Map<String, Native> ALL = Map.of(
            "toExponential", on((number, digits) -> exponential(number, digits)),
            "toFixed", on((number, digits) -> fixed(number, digits)),
            "toPrecision", on((number, digits) -> precise(number, digits)),
            "toString", on((number, radix) -> inRadix(number, radix)),
            "valueOf", (self, arguments, evaluation) -> self);

    private static final double EXACT = 9007199254740992.0;

    private NumberMethods() {}

    private interface Method {
        String call(double number, Value argument);
    }

    private static Native on(Method method) {
        return (self, arguments, evaluation) ->
                Value.of(method.call(((NumberValue) self).value(), argument(arguments, 0)));
    }

    private static boolean isFinite(double number) {
        return !Double.isNaN(number) && !Double.isInfinite(number);
    }

    private static int digits(double digits, int from) {
        if (!(digits >= from && digits <= 100)) {
            throw Failure.range("the number of digits must be between " + from + " and 100");
        }
        return (int) digits;
    }

    private static String fixed(double number, Value argument) {
        int digits = digits(Coercion.integer(argument), 0);
        if (!isFinite(number) || Math.abs(number) >= 1e21) {
            return Numerals.text(number);
        }
        var text = new BigDecimal(Math.abs(number))
                .setScale(digits, RoundingMode.HALF_UP)
                .toPlainString();
        return number < 0 ? "-" + text : text;
    }

    private static String exponential(double number, Value argument) {
        double given = Coercion.integer(argument);
        if (!isFinite(number)) {
            return Numerals.text(number);
        }
        int digits = digits(given, 0);
        boolean free = argument == UndefinedValue.UNDEFINED;
        var text = number == 0
                ? scientific("0".repeat(free ? 1 : digits + 1), 0)
                : scientific(free ? Numerals.shortest(Math.abs(number)) : rounded(number, digits + 1));
        return number < 0 ? "-" + text : text;
    }

    private static String precise(double number, Value argument) {
        if (argument == UndefinedValue.UNDEFINED) {
            return Numerals.text(number);
        }
        double given = Coercion.integer(argument);
        if (!isFinite(number)) {
            return Numerals.text(number);
        }
        int digits = digits(given, 1);
        var text = number == 0 ? plain("0".repeat(digits), 0) : precise(rounded(number, digits), digits);
        return number < 0 ? "-" + text : text;
    }

    private static String precise(BigDecimal number, int digits) {
        int exponent = number.precision() - number.scale() - 1;
        return exponent < -6 || exponent >= digits
                ? scientific(number)
                : plain(number.unscaledValue().toString(), exponent);
    }

    /// The number with exactly so many digits; halves are rounded up, on the exact value of the double.
    private static BigDecimal rounded(double number, int digits) {
        var exact = new BigDecimal(Math.abs(number));
        var rounded = exact.round(new MathContext(digits, RoundingMode.HALF_UP));
        return rounded.setScale(rounded.scale() + digits - rounded.precision());
    }

    private static String scientific(BigDecimal number) {
        return scientific(number.unscaledValue().toString(), number.precision() - number.scale() - 1);
    }

    private static String scientific(String digits, int exponent) {
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int point = exponent + 1;
        return point == digits.length() ? digits : digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String inRadix(double number, Value argument) {
        double radix = argument == UndefinedValue.UNDEFINED ? 10 : Coercion.integer(argument);
        if (!(radix >= 2 && radix <= 36)) {
            throw Failure.range("toString needs a base between 2 and 36");
        }
        if (radix == 10 || !isFinite(number)) {
            return Numerals.text(number);
        }
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return Long.toString((long) number, (int) radix);
        }
        // ECMAScript leaves the digits of fractions in other bases to the engine.
        throw new NotNative("toString of a fraction in base " + (int) radix);
    }
}
