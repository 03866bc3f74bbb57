package weir.eval;

import static weir.eval.Native.argument;

import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// `Date.UTC` and `Date.parse`; what is left of `Date` without a clock.
final class DateFunctions {
    static final Map<String, Native> ALL = Map.of(
            "Date.UTC", (self, arguments, evaluation) -> Value.of(utc(arguments)),
            "Date.parse", (self, arguments, evaluation) -> Value.of(parse(Coercion.text(argument(arguments, 0)))));

    private static final double DAY = 86_400_000;
    private static final double LAST = 8.64e15;

    /// ECMAScript's date time string format, years of four digits.
    private static final Pattern FORMAT = Pattern.compile(
            "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{3}))?)?(Z|[+-]\\d\\d:\\d\\d)?)?");

    private DateFunctions() {}

    private static double utc(Value[] arguments) {
        var parts = new double[] {Double.NaN, 0, 1, 0, 0, 0, 0};
        for (int i = 0; i < Math.min(parts.length, arguments.length); i++) {
            parts[i] = Coercion.number(arguments[i]);
        }
        double year = Math.floor(Math.abs(parts[0])) * Math.signum(parts[0]);
        double full = year >= 0 && year <= 99 ? 1900 + year : parts[0];
        double time = hours(parts[3], parts[4], parts[5], parts[6]);
        return clipped(days(full, parts[1], parts[2]) * DAY + time);
    }

    /// MakeTime.
    private static double hours(double hour, double minute, double second, double milli) {
        return whole(hour) * 3_600_000 + whole(minute) * 60_000 + whole(second) * 1000 + whole(milli);
    }

    private static double whole(double number) {
        return Double.isFinite(number) ? (number < 0 ? Math.ceil(number) : Math.floor(number)) : Double.NaN;
    }

    /// MakeDay: days since 1970; months beyond the year count on.
    private static double days(double year, double month, double date) {
        double y = whole(year) + Math.floor(whole(month) / 12);
        if (!(Math.abs(y) < 400_000) || Double.isNaN(date)) {
            return Double.NaN;
        }
        int m = (int) Math.floorMod((long) whole(month), 12L);
        return LocalDate.of((int) y, m + 1, 1).toEpochDay() + whole(date) - 1;
    }

    private static double clipped(double time) {
        return Math.abs(time) <= LAST ? whole(time) + 0.0 : Double.NaN;
    }

    private static double parse(String text) {
        var parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new NotNative("Date.parse of a text that is not ISO 8601");
        }
        int month = number(parts, 2, 1);
        int day = number(parts, 3, 1);
        int hour = number(parts, 4, 0);
        int minute = number(parts, 5, 0);
        int second = number(parts, 6, 0);
        int milli = number(parts, 7, 0);
        boolean midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
        if (month < 1 || month > 12 || day < 1 || day > 31 || (hour > 23 && !midnight) || minute > 59 || second > 59) {
            throw new NotNative("Date.parse of a time that is not on the calendar");
        }
        return clipped(days(number(parts, 1, 0), month - 1, day) * DAY
                + hours(hour, minute, second, milli)
                - offset(parts.group(8)));
    }

    private static int number(Matcher parts, int group, int otherwise) {
        var text = parts.group(group);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /// Milliseconds before UTC, NaN for more than 23:59; the zone of the sandbox is UTC, too.
    private static double offset(@Nullable String zone) {
        if (zone == null || zone.equals("Z")) {
            return 0;
        }
        int hours = Integer.parseInt(zone.substring(1, 3));
        int rest = Integer.parseInt(zone.substring(4));
        if (hours > 23 || rest > 59) {
            return Double.NaN;
        }
        double minutes = hours * 60.0 + rest;
        return (zone.charAt(0) == '-' ? -minutes : minutes) * 60_000;
    }
}
