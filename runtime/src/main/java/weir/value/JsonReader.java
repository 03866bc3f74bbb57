package weir.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes values from tokens. Finished items lie on one stack until their list or record ends and takes them off, so
/// nothing is copied twice; records find their shape name by name.
final class JsonReader {
    enum Mode {
        /// What a value cannot hold is refused.
        STRICT,
        /// As strict, and records of [ExactForm] are what they stand for.
        EXACT,
        /// As ECMAScript's `JSON.parse`: of a name that is there twice the last counts, numbers are the nearest
        /// doubles.
        LENIENT
    }

    private final JsonParser parser;
    private final Mode mode;
    private final @Nullable Supplier<String> text;
    private Value[] stack = new Value[64];
    private int top;
    private int depth;

    /// @param text what is read, so that complaints can be our own; null when it is not at hand
    JsonReader(JsonParser parser, Mode mode, @Nullable Supplier<String> text) {
        this.parser = parser;
        this.mode = mode;
        this.text = text;
    }

    Value next() {
        try {
            var token = parser.nextToken();
            if (token == null) {
                throw problem("not_json", "there is no JSON here: the text is empty", null);
            }
            return value(token);
        } catch (StreamConstraintsException e) {
            throw problem(depth >= Json.MAX_DEPTH ? "limit_depth" : "limit_size", constraint(), e);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw problem("not_json", "this JSON could not be read: " + e.getMessage(), e);
        }
    }

    void end() {
        try {
            if (parser.nextToken() != null) {
                throw notJson(null);
            }
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /// The parser's own words are for programmers.
    private JsonProblem notJson(@Nullable Throwable cause) {
        var what = text == null ? "a value, quote, comma or bracket is wrong" + place() : JsonFault.of(text.get());
        return problem("not_json", "this is not JSON: " + what, cause);
    }

    private String constraint() {
        return depth >= Json.MAX_DEPTH
                ? "lists and records lie in each other more than " + Json.MAX_DEPTH + " deep"
                : "a name, text or number here is longer than JSON may have";
    }

    private Value value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> record();
            case START_ARRAY -> list();
            case VALUE_STRING -> new StringValue(parser.getText());
            case VALUE_NUMBER_INT -> new NumberValue(integer());
            case VALUE_NUMBER_FLOAT -> new NumberValue(fraction());
            case VALUE_TRUE -> BooleanValue.TRUE;
            case VALUE_FALSE -> BooleanValue.FALSE;
            case VALUE_NULL -> NullValue.NULL;
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw notJson(null);
        };
    }

    private Value list() throws IOException {
        depth++;
        int start = top;
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            push(value(token));
        }
        depth--;
        return ListValue.owning(pop(start));
    }

    private Value record() throws IOException {
        depth++;
        int start = top;
        var shape = Shape.root();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (top - start == Shape.MAX_SHARED_NAMES || Shape.isIndex(name)) {
                return wide(shape, start);
            }
            var longer = shape.plus(name);
            if (longer == null) {
                requireLenient(name);
                stack[start + shape.find(name)] = value(parser.nextToken());
                continue;
            }
            push(value(parser.nextToken()));
            shape = longer;
        }
        depth--;
        return finished(RecordValue.of(shape, pop(start)));
    }

    /// Goes on with a record of many names, or of names that are sorted before the others.
    private Value wide(Shape shape, int start) throws IOException {
        var builder = RecordValue.builder();
        for (int i = start; i < top; i++) {
            builder.put(shape.name(i - start), stack[i]);
        }
        top = start;
        do {
            var name = parser.currentName();
            if (builder.has(name)) {
                requireLenient(name);
            }
            builder.put(name, value(parser.nextToken()));
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        depth--;
        return finished(builder.build());
    }

    private Value finished(RecordValue record) {
        return mode == Mode.EXACT ? ExactForm.decode(record) : record;
    }

    /// In the exact form an integer stands for a double, as the shortest digits that give it back.
    private double integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> {
                int value = parser.getIntValue();
                yield value == 0 && parser.getText().charAt(0) == '-' ? -0.0 : value;
            }
            case LONG -> {
                long value = parser.getLongValue();
                double nearest = value;
                if ((long) nearest != value || value == Long.MAX_VALUE) {
                    requireKept(nearest, BigInteger.valueOf(value));
                }
                yield nearest;
            }
            default -> {
                var value = parser.getBigIntegerValue();
                double nearest = finite(value.doubleValue());
                requireKept(nearest, value);
                yield nearest;
            }
        };
    }

    /// An integer beyond 2^53 is kept when it is the double, or the digits that the double is written with.
    private void requireKept(double nearest, BigInteger value) throws IOException {
        if (mode == Mode.STRICT
                && !new BigDecimal(nearest).toBigInteger().equals(value)
                && !Numerals.shortest(Math.abs(nearest)).toBigInteger().equals(value.abs())) {
            throw problem(
                    "number_not_exact",
                    "the integer " + shortened(parser.getText())
                            + " cannot be kept exactly as a number (they are exact up to 9007199254740992); send it as"
                            + " text, in quotes",
                    null);
        }
    }

    private double fraction() throws IOException {
        return finite(parser.getDoubleValue());
    }

    private double finite(double value) throws IOException {
        if (Double.isInfinite(value) && mode != Mode.LENIENT) {
            throw problem(
                    "number_too_large",
                    "the number " + shortened(parser.getText()) + " is larger than a number can be (about 1.8e308)",
                    null);
        }
        return value;
    }

    private void requireLenient(String name) {
        if (mode != Mode.LENIENT) {
            throw problem("duplicate_name", "the name \"" + shortened(name) + "\" is there twice", null);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private void push(Value value) {
        if (top == stack.length) {
            stack = Arrays.copyOf(stack, top * 2);
        }
        stack[top++] = value;
    }

    private Value[] pop(int start) {
        var items = Arrays.copyOfRange(stack, start, top);
        top = start;
        return items;
    }

    private String place() {
        var at = parser.currentLocation();
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private JsonProblem problem(String code, String message, @Nullable Throwable cause) {
        var at = parser.currentLocation();
        long offset = Math.max(at.getByteOffset(), at.getCharOffset());
        return new JsonProblem(code, message, path(parser.getParsingContext()), offset, cause);
    }

    private static String path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        var before = path(context.getParent());
        if (context.inArray()) {
            return Path.item(before, Math.max(context.getCurrentIndex(), 0));
        }
        var name = context.getCurrentName();
        return name == null ? before : Path.member(before, name);
    }
}
