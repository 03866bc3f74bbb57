package weir.eval;

import static weir.eval.Native.argument;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import weir.value.Numerals;
import weir.value.UndefinedValue;
import weir.value.Value;

/// `format`: numbers for people, with the conventions of a locale (English when none is given, never that of the
/// machine). Halves are rounded away from zero, on the decimal number that is seen.
final class FormatFunctions {
    static final Map<String, Native> ALL = Map.of(
            "format.number", (self, arguments, evaluation) -> number(arguments, evaluation),
            "format.money", (self, arguments, evaluation) -> money(arguments, evaluation),
            "format.percent", (self, arguments, evaluation) -> percent(arguments, evaluation));

    private static final int MAX_DIGITS = 20;

    private FormatFunctions() {}

    private static Value number(Value[] arguments, Evaluation evaluation) {
        var format = NumberFormat.getNumberInstance(locale(argument(arguments, 1)));
        digits(format, argument(arguments, 2));
        return written(format, argument(arguments, 0), evaluation);
    }

    private static Value percent(Value[] arguments, Evaluation evaluation) {
        var format = NumberFormat.getPercentInstance(locale(argument(arguments, 1)));
        digits(format, argument(arguments, 2));
        return written(format, argument(arguments, 0), evaluation);
    }

    private static Value money(Value[] arguments, Evaluation evaluation) {
        var format = NumberFormat.getCurrencyInstance(locale(argument(arguments, 2)));
        var code = Coercion.text(argument(arguments, 1));
        try {
            var currency = Currency.getInstance(code);
            format.setCurrency(currency);
            format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
            format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            throw Failure.range(Shown.quoted(code) + " is no currency code like EUR");
        }
        return written(format, argument(arguments, 0), evaluation);
    }

    private static Value written(NumberFormat format, Value value, Evaluation evaluation) {
        evaluation.spend(50);
        double number = Coercion.number(value);
        if (!Double.isFinite(number)) {
            return Value.of(Numerals.text(number));
        }
        format.setRoundingMode(RoundingMode.HALF_UP);
        var decimal = Numerals.shortest(Math.abs(number));
        return Value.of(format.format(number < 0 ? decimal.negate() : decimal));
    }

    private static void digits(NumberFormat format, Value given) {
        if (given == UndefinedValue.UNDEFINED) {
            return;
        }
        double digits = Coercion.integer(given);
        if (!(digits >= 0 && digits <= MAX_DIGITS)) {
            throw Failure.range("the number of digits must be between 0 and " + MAX_DIGITS);
        }
        format.setMinimumFractionDigits((int) digits);
        format.setMaximumFractionDigits((int) digits);
    }

    private static Locale locale(Value given) {
        if (given == UndefinedValue.UNDEFINED) {
            return Locale.ENGLISH;
        }
        var tag = Coercion.text(given);
        var locale = Locale.forLanguageTag(tag);
        if (locale.getLanguage().isEmpty()) {
            throw Failure.range(Shown.quoted(tag) + " is no locale like en or de-AT");
        }
        return locale;
    }
}
