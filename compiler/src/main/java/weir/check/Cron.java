package weir.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The five fields of a cron schedule, checked so that a mistake is found when the text is checked.
final class Cron {
    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of the month", 1, 31, List.of()),
            new Field(
                    "month",
                    1,
                    12,
                    List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
            new Field("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")));
    /// The longest month of each, so that the 31st of June is found.
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Cron() {}

    private record Field(String name, int least, int most, List<String> words) {}

    /// What is wrong with a schedule, as a sentence; null when nothing is.
    static @Nullable String problem(String schedule) {
        String[] parts = schedule.strip().split("\\s+");
        if (schedule.isBlank() || parts.length != FIELDS.size()) {
            int count = schedule.isBlank() ? 0 : parts.length;
            return "A schedule has five fields, this one has %d%s."
                    .formatted(count, count == 6 ? "; seconds are not among them" : "");
        }
        for (int i = 0; i < parts.length; i++) {
            String problem = problem(parts[i], FIELDS.get(i));
            if (problem != null) {
                return problem;
            }
        }
        return neverProblem(parts[2], parts[3]);
    }

    private static @Nullable String problem(String text, Field field) {
        for (String item : text.split(",", -1)) {
            String[] step = item.split("/", -1);
            if (step.length > 2 || (step.length == 2 && !isStep(step[1], field))) {
                return "`%s` is no step for the %s.".formatted(item, field.name());
            }
            String[] range = step[0].split("-", -1);
            if (step[0].equals("*")) {
                continue;
            }
            Integer from = value(range[0], field);
            Integer to = range.length == 2 ? value(range[1], field) : from;
            if (range.length > 2 || from == null || to == null) {
                return "`%s` is no %s: it goes from %d to %d%s."
                        .formatted(item, field.name(), field.least(), field.most(), words(field));
            }
            if (from > to) {
                return "`%s` goes backwards.".formatted(item);
            }
        }
        return null;
    }

    private static String words(Field field) {
        return field.words().isEmpty()
                ? ""
                : " or " + field.words().getFirst() + " to " + field.words().getLast();
    }

    private static boolean isStep(String text, Field field) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= field.most();
    }

    private static @Nullable Integer value(String text, Field field) {
        int word = field.words().indexOf(text.toUpperCase(Locale.ROOT));
        if (word >= 0) {
            return field.least() + word;
        }
        if (!text.matches("\\d{1,3}")) {
            return null;
        }
        int number = Integer.parseInt(text);
        return number >= field.least() && number <= field.most() ? number : null;
    }

    /// A day that no month of the schedule has never comes.
    private static @Nullable String neverProblem(String days, String months) {
        if (!days.matches("\\d+") || !months.matches("\\d+")) {
            return null;
        }
        int day = Integer.parseInt(days);
        int month = Integer.parseInt(months);
        return day > DAYS[month - 1] ? "Month %d has no day %d.".formatted(month, day) : null;
    }
}
