package weir.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes values as `JSON.stringify` does.
final class JsonWriter {
    enum Form {
        /// What anybody's JSON parser reads.
        PLAIN,
        /// See [ExactForm].
        EXACT,
        /// For people: what JSON cannot say as JavaScript writes it.
        SHOWN
    }

    private static final String[] ESCAPES = new String[128];

    static {
        for (char c = 0; c < ' '; c++) {
            ESCAPES[c] = "\\u%04x".formatted((int) c);
        }
        ESCAPES['\b'] = "\\b";
        ESCAPES['\t'] = "\\t";
        ESCAPES['\n'] = "\\n";
        ESCAPES['\f'] = "\\f";
        ESCAPES['\r'] = "\\r";
        ESCAPES['"'] = "\\\"";
        ESCAPES['\\'] = "\\\\";
    }

    private final StringBuilder out = new StringBuilder(256);
    private final boolean exact;
    private final boolean shown;
    private final String indent;
    private final @Nullable List<String> names;

    /// @param indent what stands before a line for each level; empty for everything on one line
    JsonWriter(Form form, String indent) {
        this(form, indent, null);
    }

    /// @param names the fields of records that are written, in this order; null: all
    JsonWriter(Form form, String indent, @Nullable List<String> names) {
        this.exact = form == Form.EXACT;
        this.shown = form == Form.SHOWN;
        this.indent = indent;
        this.names = names;
    }

    String text(Value value) {
        write(value, 0);
        return out.toString();
    }

    private void write(Value value, int depth) {
        switch (value) {
            case NullValue _ -> out.append("null");
            case UndefinedValue _ ->
                out.append(shown ? "undefined" : exact ? "{\"" + ExactForm.UNDEFINED + "\":true}" : "null");
            case BooleanValue truth -> out.append(truth.isTrue());
            case NumberValue(double number) -> number(number);
            case StringValue(String text) -> quote(text);
            case ListValue list -> list(list, deeper(depth));
            case RecordValue record -> record(record, deeper(depth));
            case SecretValue secret -> secret(secret, depth);
        }
    }

    private static int deeper(int depth) {
        if (depth == Json.WRAPPED_DEPTH) {
            throw new JsonProblem(
                    "limit_depth",
                    "lists and records lie in each other more than " + Json.MAX_DEPTH + " deep",
                    "",
                    -1,
                    null);
        }
        return depth + 1;
    }

    private void number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            var text = Numerals.text(number);
            out.append(shown ? text : exact ? "{\"" + ExactForm.NUMBER + "\":\"" + text + "\"}" : "null");
        } else if ((exact || shown) && number == 0 && 1 / number < 0) {
            out.append("-0");
        } else {
            Numerals.append(out, number);
        }
    }

    private void secret(SecretValue secret, int depth) {
        if (exact) {
            write(RecordValue.of(ExactForm.SECRET, ExactForm.pieces(secret)), depth, true);
        } else {
            quote(secret.toString());
        }
    }

    private void list(ListValue list, int depth) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            line(depth);
            write(list.get(i), depth);
        }
        close(']', list.size() > 0, depth);
    }

    private void record(RecordValue record, int depth) {
        if (names == null) {
            write(record, depth, false);
        } else {
            named(record, names, depth);
        }
    }

    private void named(RecordValue record, List<String> wanted, int depth) {
        out.append('{');
        boolean any = false;
        for (var name : wanted) {
            var value = record.get(name);
            if (value != null && value != UndefinedValue.UNDEFINED) {
                out.append(any ? "," : "");
                any = true;
                line(depth);
                quote(name);
                out.append(indent.isEmpty() ? ":" : ": ");
                write(value, depth);
            }
        }
        close('}', any, depth);
    }

    /// @param reserved whether its names are ours
    private void write(RecordValue record, int depth, boolean reserved) {
        out.append('{');
        boolean any = false;
        for (int i = 0; i < record.size(); i++) {
            var value = record.valueAt(i);
            if (value == UndefinedValue.UNDEFINED && !exact && !shown) {
                continue;
            }
            if (any) {
                out.append(',');
            }
            any = true;
            line(depth);
            if (exact && !reserved && ExactForm.isReserved(record.nameAt(i))) {
                quote("$" + record.nameAt(i));
            } else {
                out.append(record.shape().quoted(i));
            }
            out.append(indent.isEmpty() ? ":" : ": ");
            write(value, depth);
        }
        close('}', any, depth);
    }

    private void close(char bracket, boolean any, int depth) {
        if (any) {
            line(depth - 1);
        }
        out.append(bracket);
    }

    private void line(int depth) {
        if (!indent.isEmpty()) {
            out.append('\n').repeat(indent, depth);
        }
    }

    private void quote(String text) {
        quote(out, text);
    }

    /// Appends a text as JSON has it, in quotes.
    static void quote(StringBuilder out, String text) {
        out.append('"');
        int length = text.length();
        int plain = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (c < Character.MIN_SURROGATE || !isLoneSurrogate(text, i))) {
                continue;
            }
            out.append(text, plain, i);
            if (c < 128) {
                out.append(ESCAPES[c]);
            } else {
                out.append("\\u").append(Integer.toHexString(c));
            }
            plain = i + 1;
        }
        (plain == 0 ? out.append(text) : out.append(text, plain, length)).append('"');
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
