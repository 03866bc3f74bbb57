package weir.eval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Datetimes as the language has them: ISO 8601 in UTC with milliseconds (`2026-01-31T08:00:00.000Z`), years 0000 to
/// 9999, so that comparing the texts compares the times.
public final class Datetimes {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant BEHIND = Instant.parse("+10000-01-01T00:00:00Z");

    private Datetimes() {}

    /// The text of a time; what is finer than a millisecond is cut off.
    ///
    /// @throws IllegalArgumentException when its year has more than four digits
    public static String text(Instant time) {
        if (!isWritable(time)) {
            throw new IllegalArgumentException("the year of " + time + " does not have four digits");
        }
        return FORM.format(time);
    }

    static boolean isWritable(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(BEHIND);
    }

    /// The time of an ISO 8601 text with a zone (`Z` or an offset) or of a date alone, which is midnight in UTC;
    /// null when it is none.
    public static @Nullable Instant parse(String text) {
        var normal = isNormal(text) ? normal(text) : null;
        if (normal != null) {
            return normal;
        }
        try {
            var time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
            return isWritable(time) ? time.truncatedTo(ChronoUnit.MILLIS) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /// Whether the text is already in the one form, so that it need not be written anew.
    static boolean isNormal(String text) {
        return text.length() == 24 && text.charAt(23) == 'Z' && text.charAt(19) == '.' && text.charAt(10) == 'T';
    }

    /// The time of a text in the one form, read by place: times in documents are many, and nearly all look like
    /// this. Null where anything is unusual, which is for the library to judge.
    private static @Nullable Instant normal(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        int milliseconds = number(text, 20, 3);
        boolean usual = (year | month | day | hour | minute | second | milliseconds) >= 0
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour < 24
                && minute < 60
                && second < 60;
        if (!usual) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
        return Instant.ofEpochSecond(seconds, milliseconds * 1_000_000L);
    }

    /// @return -1 when they are not all digits
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
