package weir.eval;

import static weir.eval.Native.argument;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import weir.value.StringValue;
import weir.value.Value;

/// `time`: datetimes are texts, durations milliseconds, zones names of the IANA list.
final class TimeFunctions {
    static final Map<String, Native> ALL = Map.ofEntries(
            Map.entry("time.add", on(a -> written(shifted(a.time(0), a.number(1))))),
            Map.entry("time.diff", on(a -> Value.of((double) (a.millis(0) - a.millis(1))))),
            Map.entry("time.format", on(a -> Value.of(formatted(a)))),
            Map.entry("time.parse", on(a -> written(a.values.length > 1 ? parsed(a) : a.time(0)))),
            Map.entry("time.start_of", on(a -> written(startOf(a.time(0).atZone(a.zone(2)), a.text(1))))),
            Map.entry("time.next", on(a -> written(next(a.text(0), a.time(2).atZone(a.zone(1)))))),
            Map.entry("time.part", on(a -> Value.of(part(a.time(0).atZone(a.zone(2)), a.text(1))))),
            Map.entry("time.to_epoch", on(a -> Value.of((double) a.millis(0)))),
            Map.entry("time.from_epoch", on(a -> written(shifted(Instant.EPOCH, a.number(0))))));

    private TimeFunctions() {}

    private interface Function {
        Value call(Arguments arguments);
    }

    private static Native on(Function function) {
        return (self, values, evaluation) -> {
            evaluation.spend(10);
            try {
                return function.call(new Arguments(values));
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException problem) {
                throw Failure.range("this time cannot be computed: " + problem.getMessage());
            }
        };
    }

    /// Arguments, with a failure that names what is wrong with them.
    private static final class Arguments {
        private final Value[] values;

        Arguments(Value[] values) {
            this.values = values;
        }

        String text(int i) {
            if (argument(values, i) instanceof StringValue(String text)) {
                return text;
            }
            throw Failure.type("a text is expected here, not " + Shown.value(argument(values, i)));
        }

        double number(int i) {
            return Coercion.number(argument(values, i));
        }

        Instant time(int i) {
            var text = text(i);
            var time = Datetimes.parse(text);
            if (time == null) {
                throw Failure.range(Shown.quoted(text) + " is no datetime like 2026-01-31T08:00:00.000Z");
            }
            return time;
        }

        long millis(int i) {
            return time(i).toEpochMilli();
        }

        ZoneId zone(int i) {
            var name = text(i);
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                throw Failure.range(Shown.quoted(name) + " is no time zone like Europe/Berlin");
            }
        }
    }

    private static Value written(Instant time) {
        if (!Datetimes.isWritable(time)) {
            throw Failure.range("this time lies beyond the years 0000 to 9999");
        }
        return Value.of(Datetimes.text(time));
    }

    private static Instant shifted(Instant time, double by) {
        if (!(Math.abs(by) < 1e15)) {
            throw Failure.range("a time cannot be moved by " + Coercion.text(Value.of(by)) + " milliseconds");
        }
        return time.plusMillis((long) by);
    }

    private static String formatted(Arguments arguments) {
        var pattern = DateTimeFormatter.ofPattern(arguments.text(1), Locale.ENGLISH);
        return pattern.format(arguments.time(0).atZone(arguments.zone(2)));
    }

    private static Instant parsed(Arguments arguments) {
        var pattern = DateTimeFormatter.ofPattern(arguments.text(1), Locale.ENGLISH);
        TemporalAccessor found;
        try {
            found = pattern.parse(arguments.text(0));
        } catch (DateTimeException e) {
            throw Failure.range(
                    Shown.quoted(arguments.text(0)) + " does not match the pattern " + Shown.quoted(arguments.text(1)));
        }
        var zone = found.query(TemporalQueries.zone());
        var date = found.query(TemporalQueries.localDate());
        var time = found.query(TemporalQueries.localTime());
        if (date == null) {
            throw Failure.range("the pattern " + Shown.quoted(arguments.text(1)) + " gives no day");
        }
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(zone == null ? arguments.zone(2) : zone)
                .toInstant();
    }

    private static Instant startOf(ZonedDateTime time, String unit) {
        LocalDate day = time.toLocalDate();
        return switch (unit) {
            case "year" -> midnight(day.withDayOfYear(1), time);
            case "month" -> midnight(day.withDayOfMonth(1), time);
            case "week" -> midnight(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), time);
            case "day" -> midnight(day, time);
            case "hour" -> time.truncatedTo(ChronoUnit.HOURS).toInstant();
            case "minute" -> time.truncatedTo(ChronoUnit.MINUTES).toInstant();
            default -> throw unknownUnit(unit, "year, month, week, day, hour or minute");
        };
    }

    private static Instant midnight(LocalDate day, ZonedDateTime time) {
        return day.atStartOfDay(time.getZone()).toInstant();
    }

    /// A clock time that a day skips (summer time begins) comes as much later as is skipped; one that comes twice
    /// counts the first time.
    private static Instant next(String clock, ZonedDateTime after) {
        LocalTime time;
        try {
            time = LocalTime.parse(clock);
        } catch (DateTimeException e) {
            throw Failure.range(Shown.quoted(clock) + " is no clock time like 09:00");
        }
        var today = LocalDateTime.of(after.toLocalDate(), time)
                .atZone(after.getZone())
                .toInstant();
        return today.isAfter(after.toInstant())
                ? today
                : LocalDateTime.of(after.toLocalDate().plusDays(1), time)
                        .atZone(after.getZone())
                        .toInstant();
    }

    private static double part(ZonedDateTime time, String unit) {
        return switch (unit) {
            case "year" -> time.getYear();
            case "month" -> time.getMonthValue();
            case "day" -> time.getDayOfMonth();
            case "weekday" -> time.get(ChronoField.DAY_OF_WEEK);
            case "hour" -> time.getHour();
            case "minute" -> time.getMinute();
            case "second" -> time.getSecond();
            default -> throw unknownUnit(unit, "year, month, day, weekday, hour, minute or second");
        };
    }

    private static Failure unknownUnit(String unit, String known) {
        return Failure.range(Shown.quoted(unit) + " is no unit of time here; take " + known);
    }
}
