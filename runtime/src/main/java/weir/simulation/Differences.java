package weir.simulation;

import java.util.ArrayList;
import java.util.List;
import weir.simulation.TestReport.Detail;
import weir.value.BooleanValue;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Where two values differ, for people.
final class Differences {
    private static final int MOST = 10;
    private static final int LONGEST = 160;

    private final boolean partly;
    private final List<Detail> found = new ArrayList<>();

    private Differences(boolean partly) {
        this.partly = partly;
    }

    /// A line for each place that differs, the first few; none when they are equal.
    static List<Detail> between(Value expected, Value actual) {
        return lines(expected, actual, false);
    }

    /// The same, where fields of records that are not expected do not count.
    static List<Detail> from(Value expected, Value actual) {
        return lines(expected, actual, true);
    }

    private static List<Detail> lines(Value expected, Value actual, boolean partly) {
        var differences = new Differences(partly);
        differences.compare("", expected, actual);
        var found = differences.found;
        if (found.size() > MOST) {
            int more = found.size() - MOST;
            found.subList(MOST, found.size()).clear();
            found.add(new Detail.Note("and " + more + " more"));
        }
        return found;
    }

    private void compare(String path, Value expected, Value actual) {
        if (expected instanceof RecordValue a && actual instanceof RecordValue b) {
            for (int i = 0; i < a.size(); i++) {
                var value = b.get(a.nameAt(i));
                compare(path + "." + a.nameAt(i), a.valueAt(i), value == null ? UndefinedValue.UNDEFINED : value);
            }
            for (int i = 0; i < b.size() && !partly; i++) {
                if (!a.has(b.nameAt(i))) {
                    report(path + "." + b.nameAt(i), UndefinedValue.UNDEFINED, b.valueAt(i));
                }
            }
        } else if (expected instanceof ListValue a && actual instanceof ListValue b) {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                compare(path + "[" + i + "]", at(a, i), at(b, i));
            }
        } else if (!expected.equals(actual)) {
            report(path, expected, actual);
        }
    }

    private static Value at(ListValue list, int i) {
        return i < list.size() ? list.get(i) : UndefinedValue.UNDEFINED;
    }

    private void report(String path, Value expected, Value actual) {
        String where = path.startsWith(".") ? path.substring(1) : path;
        found.add(new Detail.Difference(where, text(expected), text(actual)));
    }

    static String text(Value value) {
        String text = value == UndefinedValue.UNDEFINED ? "nothing" : Json.text(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /// The value with texts in place of secrets, as tests see them.
    static Value shown(Value value) {
        return switch (value) {
            case SecretValue secret -> Value.of(secret.toString());
            case ListValue list ->
                ListValue.of(list.asList().stream().map(Differences::shown).toList());
            case RecordValue record -> {
                var shown = RecordValue.builder();
                record.forEach((name, field) -> shown.put(name, shown(field)));
                yield shown.build();
            }
            case NullValue _, UndefinedValue _, BooleanValue _, NumberValue _, StringValue _ -> value;
        };
    }
}
