package weir.eval;

import static weir.eval.Native.argument;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.Value;

/// `Math`.
final class MathFunctions {
    /// Functions of one number.
    static final Map<String, DoubleUnaryOperator> OF_ONE = Map.ofEntries(
            Map.entry("abs", Math::abs),
            Map.entry("acos", Math::acos),
            Map.entry("acosh", MathFunctions::acosh),
            Map.entry("asin", Math::asin),
            Map.entry("asinh", MathFunctions::asinh),
            Map.entry("atan", Math::atan),
            Map.entry("atanh", MathFunctions::atanh),
            Map.entry("cbrt", Math::cbrt),
            Map.entry("ceil", Math::ceil),
            Map.entry("clz32", x -> Integer.numberOfLeadingZeros(Coercion.int32(x))),
            Map.entry("cos", Math::cos),
            Map.entry("cosh", Math::cosh),
            Map.entry("exp", Math::exp),
            Map.entry("expm1", Math::expm1),
            Map.entry("floor", Math::floor),
            Map.entry("fround", x -> (float) x),
            Map.entry("log", Math::log),
            Map.entry("log10", Math::log10),
            Map.entry("log1p", Math::log1p),
            Map.entry("log2", MathFunctions::log2),
            Map.entry("round", MathFunctions::round),
            Map.entry("sign", Math::signum),
            Map.entry("sin", Math::sin),
            Map.entry("sinh", Math::sinh),
            Map.entry("sqrt", Math::sqrt),
            Map.entry("tan", Math::tan),
            Map.entry("tanh", Math::tanh),
            Map.entry("trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x)));

    /// Functions of two numbers.
    static final Map<String, DoubleBinaryOperator> OF_TWO = Map.of(
            "atan2", Math::atan2,
            "imul", (a, b) -> Coercion.int32(a) * Coercion.int32(b),
            "pow", Math::pow);

    static final Map<String, Native> OF_MANY = Map.of(
            "hypot", (self, arguments, evaluation) -> new NumberValue(hypot(arguments)),
            "max", (self, arguments, evaluation) -> fold(arguments, Double.NEGATIVE_INFINITY, Math::max),
            "sumPrecise", (self, arguments, evaluation) -> new NumberValue(sum(argument(arguments, 0), evaluation)),
            "min", (self, arguments, evaluation) -> fold(arguments, Double.POSITIVE_INFINITY, Math::min));

    static final Map<String, Value> CONSTANTS = Map.of(
            "E", Value.of(Math.E),
            "LN10", Value.of(2.302585092994046),
            "LN2", Value.of(0.6931471805599453),
            "LOG10E", Value.of(0.4342944819032518),
            "LOG2E", Value.of(1.4426950408889634),
            "PI", Value.of(Math.PI),
            "SQRT1_2", Value.of(0.7071067811865476),
            "SQRT2", Value.of(1.4142135623730951));

    private static final double LN2 = 0.6931471805599453;

    private MathFunctions() {}

    /// The function of two numbers, also of those that take many, or null.
    static @Nullable DoubleBinaryOperator ofTwo(String name) {
        return switch (name) {
            case "max" -> Math::max;
            case "min" -> Math::min;
            default -> OF_TWO.get(name);
        };
    }

    static Native of(DoubleUnaryOperator function) {
        return (self, arguments, evaluation) ->
                new NumberValue(function.applyAsDouble(Coercion.number(argument(arguments, 0))));
    }

    static Native of(DoubleBinaryOperator function) {
        return (self, arguments, evaluation) -> new NumberValue(function.applyAsDouble(
                Coercion.number(argument(arguments, 0)), Coercion.number(argument(arguments, 1))));
    }

    private static Value fold(Value[] arguments, double start, DoubleBinaryOperator function) {
        double result = start;
        for (var argument : arguments) {
            result = function.applyAsDouble(result, Coercion.number(argument));
        }
        return new NumberValue(result);
    }

    /// The nearest whole number, halves towards +Infinity; zeros keep their sign.
    static double round(double x) {
        double floor = Math.floor(x);
        double rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 ? Math.copySign(0, x) : rounded;
    }

    /// As if it was rounded only once.
    private static double sum(Value items, Evaluation evaluation) {
        if (!(items instanceof ListValue list)) {
            throw Failure.type(Shown.value(items) + " is not a list of numbers");
        }
        evaluation.spend(8L * list.size());
        var exact = BigDecimal.ZERO;
        double special = 0;
        boolean allNegativeZero = true;
        for (var item : list) {
            if (!(item instanceof NumberValue(double number))) {
                throw Failure.type(Shown.value(item) + " is not a number to be added");
            }
            allNegativeZero &= number == 0 && 1 / number < 0;
            if (Double.isFinite(number)) {
                exact = exact.add(new BigDecimal(number));
            } else {
                special += number;
            }
        }
        return special != 0 ? special : allNegativeZero ? -0.0 : exact.doubleValue();
    }

    private static double hypot(Value[] arguments) {
        var numbers = new double[arguments.length];
        boolean infinite = false;
        double largest = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.abs(Coercion.number(arguments[i]));
            infinite |= Double.isInfinite(numbers[i]);
            largest = Math.max(largest, numbers[i]);
        }
        if (infinite) {
            return Double.POSITIVE_INFINITY;
        }
        if (largest == 0 || Double.isNaN(largest)) {
            return largest;
        }
        double sum = 0;
        double lost = 0;
        for (double number : numbers) {
            double part = number / largest;
            double term = part * part - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        return Math.sqrt(sum) * largest;
    }

    private static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        if (x > 0x1p28) {
            return Math.log(x) + LN2;
        }
        double above = x - 1;
        return Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        if (size > 0x1p28) {
            return Math.copySign(Math.log(size) + LN2, x);
        }
        double square = x * x;
        return Math.copySign(Math.log1p(size + square / (1 + Math.sqrt(1 + square))), x);
    }

    private static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
    }

    /// Exact for powers of two.
    private static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return Math.log(x);
        }
        double scaled = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        int exponent = Math.getExponent(scaled);
        double mantissa = Math.scalb(scaled, -exponent);
        if (mantissa > 1.4142135623730951) {
            mantissa /= 2;
            exponent++;
        }
        return exponent - (x < Double.MIN_NORMAL ? 54 : 0) + Math.log(mantissa) / LN2;
    }
}
