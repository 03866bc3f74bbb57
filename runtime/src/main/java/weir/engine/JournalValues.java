package weir.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.SecretValue.Piece;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Values in the journal: JSON that gives back exactly the value that was written. What JSON has no form for is an
/// object whose only name is `$weir`; a record that really has such a name gets one more `$`.
final class JournalValues {
    private static final String MARK = "$weir";

    private JournalValues() {}

    static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case NullValue ignored -> json.writeNull();
            case BooleanValue truth -> json.writeBoolean(truth.isTrue());
            case NumberValue(double number) -> writeNumber(json, number);
            case StringValue(String text) -> writeText(json, text);
            case ListValue list -> {
                json.writeStartArray();
                for (int i = 0; i < list.size(); i++) {
                    write(json, list.get(i));
                }
                json.writeEndArray();
            }
            case RecordValue fields -> writeRecord(json, fields);
            case UndefinedValue ignored -> writeMarked(json, "undefined");
            case SecretValue secret -> writeSecret(json, secret);
        }
    }

    private static void writeNumber(JsonGenerator json, double number) throws IOException {
        long whole = (long) number;
        if (whole == number && Math.abs(number) < 1L << 53 && (whole != 0 || 1 / number > 0)) {
            json.writeNumber(whole);
        } else if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            writeMarked(json, Double.toString(number));
        }
    }

    /// Jackson refuses halves of surrogate pairs, which ECMAScript's strings may hold: they are written as escapes.
    static void writeText(JsonGenerator json, String text) throws IOException {
        if (isWellFormed(text)) {
            json.writeString(text);
            return;
        }
        var escaped = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            escaped.append(String.format("\\u%04x", (int) text.charAt(i)));
        }
        json.writeRawValue(escaped.append('"').toString());
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static void writeRecord(JsonGenerator json, RecordValue fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (!isWellFormed(fields.nameAt(i))) {
                writePairs(json, fields);
                return;
            }
        }
        json.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            json.writeFieldName(escaped(fields.nameAt(i)));
            write(json, fields.valueAt(i));
        }
        json.writeEndObject();
    }

    /// A record with names that cannot stand as names: its mark holds a list of names and values in turn.
    private static void writePairs(JsonGenerator json, RecordValue fields) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart(MARK);
        json.writeString("record");
        for (int i = 0; i < fields.size(); i++) {
            writeText(json, fields.nameAt(i));
            write(json, fields.valueAt(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeMarked(JsonGenerator json, String what) throws IOException {
        json.writeStartObject();
        json.writeStringField(MARK, what);
        json.writeEndObject();
    }

    private static void writeSecret(JsonGenerator json, SecretValue secret) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart(MARK);
        json.writeString("secret");
        for (var piece : secret.pieces()) {
            json.writeStartObject();
            switch (piece) {
                case Piece.Plain(String text) -> {
                    json.writeFieldName("text");
                    writeText(json, text);
                }
                case Piece.Reference(String name) -> json.writeStringField("name", name);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String escaped(String name) {
        return isMark(name) ? "$" + name : name;
    }

    private static String unescaped(String name) {
        return isMark(name) ? name.substring(1) : name;
    }

    private static boolean isMark(String name) {
        return name.endsWith(MARK) && name.chars().limit(name.length() - 4).allMatch(c -> c == '$');
    }

    /// Reads the value that begins at the parser's current token and stops at its last.
    static Value read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> NullValue.NULL;
            case VALUE_TRUE -> BooleanValue.TRUE;
            case VALUE_FALSE -> BooleanValue.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberValue(json.getDoubleValue());
            case VALUE_STRING -> new StringValue(json.getText());
            case START_ARRAY -> readList(json);
            case START_OBJECT -> readObject(json);
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("a value was expected, not " + json.currentToken());
        };
    }

    private static ListValue readList(JsonParser json) throws IOException {
        var items = new ArrayList<Value>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(json));
        }
        return ListValue.owning(items.toArray(Value[]::new));
    }

    private static Value readObject(JsonParser json) throws IOException {
        var builder = RecordValue.builder();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(MARK)) {
                Value marked = readMarked(json);
                json.nextToken();
                return marked;
            }
            builder.put(unescaped(name), read(json));
        }
        return builder.build();
    }

    private static Value readMarked(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            String what = json.getText();
            return switch (what) {
                case "undefined" -> UndefinedValue.UNDEFINED;
                case "NaN", "Infinity", "-Infinity" -> new NumberValue(Double.parseDouble(what));
                default -> throw new JournalFormatException("the value `" + what + "`");
            };
        }
        json.nextToken();
        String what = json.getText();
        json.nextToken();
        return switch (what) {
            case "record" -> readPairs(json);
            case "secret" -> readSecret(json);
            default -> throw new JournalFormatException("the value `" + what + "`");
        };
    }

    private static RecordValue readPairs(JsonParser json) throws IOException {
        var builder = RecordValue.builder();
        while (json.currentToken() != JsonToken.END_ARRAY) {
            String name = json.getText();
            json.nextToken();
            builder.put(name, read(json));
            json.nextToken();
        }
        return builder.build();
    }

    private static SecretValue readSecret(JsonParser json) throws IOException {
        var pieces = new ArrayList<Piece>();
        while (json.currentToken() != JsonToken.END_ARRAY) {
            json.nextToken();
            String kind = json.currentName();
            String text = json.nextTextValue();
            pieces.add(kind.equals("name") ? new Piece.Reference(text) : new Piece.Plain(text));
            json.nextToken();
            json.nextToken();
        }
        return new SecretValue(pieces);
    }
}
