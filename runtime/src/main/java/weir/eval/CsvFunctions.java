package weir.eval;

import static weir.eval.Native.argument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// `csv`, after RFC 4180: fields in quotes may hold separators, line ends and doubled quotes.
final class CsvFunctions {
    static final Map<String, Native> ALL = Map.of(
            "csv.parse", (self, arguments, evaluation) -> parse(arguments, evaluation),
            "csv.format", (self, arguments, evaluation) -> format(arguments, evaluation));

    private CsvFunctions() {}

    private static char separator(Value given) {
        var text = given == UndefinedValue.UNDEFINED ? "," : Coercion.text(given);
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            throw Failure.range("a separator is one character, not " + Shown.quoted(text));
        }
        return text.charAt(0);
    }

    private static Value parse(Value[] arguments, Evaluation evaluation) {
        var text = Coercion.text(argument(arguments, 0));
        evaluation.makeText(text.length());
        evaluation.spend(1 + text.length());
        var reader = new Reader(text, separator(argument(arguments, 1)));
        var names = names(reader.line());
        var rows = new ArrayList<Value>();
        while (reader.hasMore()) {
            var fields = reader.line();
            evaluation.makeItems(names.size() + 1L);
            if (fields.size() == 1 && fields.getFirst().isEmpty()) {
                continue;
            }
            requireNamed(fields, names, rows.size() + 1);
            var row = RecordValue.builder();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), Value.of(i < fields.size() ? fields.get(i) : ""));
            }
            rows.add(row.build());
        }
        return ListValue.of(rows);
    }

    /// Nothing of a column is lost: two of one name would be one field.
    private static List<String> names(List<String> line) {
        var seen = new HashSet<String>();
        for (var name : line) {
            if (!seen.add(name)) {
                throw new Failure("syntax_error", "the first line of this CSV names two columns " + Shown.quoted(name));
            }
        }
        return line;
    }

    private static void requireNamed(List<String> fields, List<String> names, int row) {
        for (int i = names.size(); i < fields.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                throw new Failure(
                        "syntax_error",
                        "row %,d of this CSV has %,d fields, but its first line names only %,d"
                                .formatted(row, fields.size(), names.size()));
            }
        }
    }

    private static final class Reader {
        private final String text;
        private final char separator;
        private int at;

        Reader(String text, char separator) {
            this.text = text;
            this.separator = separator;
            this.at = text.startsWith("\uFEFF") ? 1 : 0;
        }

        boolean hasMore() {
            return at < text.length();
        }

        List<String> line() {
            var fields = new ArrayList<String>();
            while (true) {
                fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
                if (at >= text.length()) {
                    return fields;
                }
                char c = text.charAt(at++);
                if (c != separator) {
                    if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
                        at++;
                    }
                    return fields;
                }
            }
        }

        private String plain() {
            int start = at;
            while (at < text.length() && !ends(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            var field = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
                        at++;
                        return field + plain();
                    }
                    at++;
                }
                field.append(c);
            }
            throw new Failure("syntax_error", "a quote in this CSV is never closed");
        }

        private boolean ends(char c) {
            return c == separator || c == '\n' || c == '\r';
        }
    }

    private static Value format(Value[] arguments, Evaluation evaluation) {
        if (!(argument(arguments, 0) instanceof ListValue rows)) {
            throw Failure.type("csv.format takes a list of records, not " + Shown.value(argument(arguments, 0)));
        }
        char separator = separator(argument(arguments, 1));
        var names = new LinkedHashSet<String>();
        for (var row : rows) {
            ObjectFunctions.forEachOwn(row, (name, _) -> names.add(name), evaluation);
        }
        var out = new StringBuilder();
        line(out, names.stream().map(name -> (Value) Value.of(name)).toList(), separator, evaluation);
        for (var row : rows) {
            evaluation.spend(names.size());
            line(out, names.stream().map(name -> field(row, name)).toList(), separator, evaluation);
        }
        evaluation.makeText(out.length());
        return Value.of(out.toString());
    }

    private static Value field(Value row, String name) {
        var field = row.isMissing() ? null : Members.own(row, name);
        return field == null ? UndefinedValue.UNDEFINED : field;
    }

    private static void line(StringBuilder out, List<Value> fields, char separator, Evaluation evaluation) {
        for (int i = 0; i < fields.size(); i++) {
            if (out.length() > evaluation.longestText()) {
                evaluation.makeText(out.length());
            }
            if (i > 0) {
                out.append(separator);
            }
            var text = fields.get(i).isMissing() ? "" : Coercion.text(fields.get(i));
            boolean quote = text.chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
            out.append(quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
        }
        out.append("\r\n");
    }
}
