package weir.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import weir.value.JsonReader.Mode;

/// JSON in and out, without a tree between. What a value cannot hold exactly is refused, never bent:
///
/// | in the text | what happens |
/// | --- | --- |
/// | a name twice in one record | refused, `duplicate_name` |
/// | `1e400` and whatever else is beyond a double | refused, `number_too_large` |
/// | an integer that a double cannot hold (`9007199254740993`) | refused, `number_not_exact`: send it as text |
/// | a fraction with more digits than a double has | the nearest double, as in JavaScript |
/// | `-0` | kept |
/// | `__proto__` | a name like any other |
/// | NUL (`\u0000`), a lone surrogate (`\ud800`) | kept exactly, and written escaped |
/// | bytes that are not UTF-8 | refused, `not_utf8` |
/// | nesting deeper than [#MAX_DEPTH] | refused, `limit_depth` |
/// | a name over 50,000 or a text over 20,000,000 characters | refused, `limit_size` |
///
/// Written as `JSON.stringify` writes it: undefined members vanish, undefined items become null, NaN and the infinities
/// are null; a secret is written as `<secret NAME>`. The *exact* form ([#exactText]) keeps all of these, for the
/// journal.
public final class Json {
    /// How deep lists and records may lie in each other.
    public static final int MAX_DEPTH = 1_000;

    /// What a journal or an answer wraps a value in may come on top of it.
    static final int WRAPPED_DEPTH = MAX_DEPTH + 16;

    private static final JsonFactory FACTORY = factory(MAX_DEPTH);
    private static final JsonFactory EXACT_FACTORY = factory(WRAPPED_DEPTH);

    private Json() {}

    private static JsonFactory factory(int depth) {
        return new JsonFactoryBuilder()
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(1_000)
                        .maxNameLength(50_000)
                        .maxStringLength(20_000_000)
                        .build())
                .build();
    }

    /// @throws JsonProblem when it is no JSON, or JSON that a value cannot hold
    public static Value read(byte[] utf8) {
        Utf8.check(utf8);
        try {
            return parse(() -> FACTORY.createParser(utf8), Mode.STRICT, () -> new String(utf8, StandardCharsets.UTF_8));
        } catch (JsonProblem problem) {
            if (!problem.code().equals("not_json")) {
                throw problem;
            }
            // Jackson's parser of bytes refuses names with halves of surrogate pairs, which its parser of texts takes.
            return read(new String(utf8, StandardCharsets.UTF_8));
        }
    }

    /// @param limit how many bytes it may have
    public static Value read(byte[] utf8, int limit) {
        if (utf8.length > limit) {
            throw new JsonProblem(
                    "limit_size",
                    "%,d bytes of JSON are more than the %,d allowed".formatted(utf8.length, limit),
                    "",
                    limit,
                    null);
        }
        return read(utf8);
    }

    /// @throws JsonProblem when it is no JSON, or JSON that a value cannot hold
    public static Value read(String text) {
        return parse(() -> FACTORY.createParser(text), Mode.STRICT, () -> text);
    }

    /// As ECMAScript's `JSON.parse`, for expressions: of a name that is there twice the last counts, and numbers
    /// are the nearest doubles, also infinite ones.
    ///
    /// @throws JsonProblem when it is no JSON, or nested too deep
    public static Value parse(String text) {
        return parse(() -> FACTORY.createParser(text), Mode.LENIENT, () -> text);
    }

    /// Reads the value that the parser's next token begins, and leaves the parser behind it.
    ///
    /// @throws JsonProblem when it is no JSON, or JSON that a value cannot hold
    public static Value read(JsonParser parser) {
        return new JsonReader(parser, Mode.STRICT, null).next();
    }

    /// Reads what [#exactText] wrote.
    public static Value readExact(byte[] utf8) {
        Utf8.check(utf8);
        // Through text, because Jackson's parser of bytes refuses names with halves of surrogate pairs.
        return readExact(new String(utf8, StandardCharsets.UTF_8));
    }

    /// Reads what [#exactText] wrote.
    public static Value readExact(String text) {
        return parse(() -> EXACT_FACTORY.createParser(text), Mode.EXACT, () -> text);
    }

    /// The text on one line.
    ///
    /// @throws JsonProblem when it is nested too deep
    public static String text(Value value) {
        return new JsonWriter(JsonWriter.Form.PLAIN, "").text(value);
    }

    /// The text over many lines, with two spaces a level.
    public static String pretty(Value value) {
        return pretty(value, "  ");
    }

    /// @param indent what stands before a line for each level; empty for one line
    public static String pretty(Value value, String indent) {
        return new JsonWriter(JsonWriter.Form.PLAIN, indent).text(value);
    }

    /// The text over many lines for people: also what JSON cannot say, as JavaScript writes it (`undefined`, `NaN`,
    /// `-0`).
    public static String shown(Value value) {
        return new JsonWriter(JsonWriter.Form.SHOWN, "  ").text(value);
    }

    /// @param names which fields of records are written, in this order
    public static String pretty(Value value, String indent, List<String> names) {
        return new JsonWriter(JsonWriter.Form.PLAIN, indent, names).text(value);
    }

    /// The text in UTF-8.
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /// JSON that keeps what plain JSON cannot: `{"$undefined": true}`, `{"$number": "NaN"}`, minus zero, and
    /// secrets by name (`{"$secret": …}`). A user's own names of that look get one more `$`.
    public static String exactText(Value value) {
        return new JsonWriter(JsonWriter.Form.EXACT, "").text(value);
    }

    /// The exact text in UTF-8.
    public static byte[] exactBytes(Value value) {
        return exactText(value).getBytes(StandardCharsets.UTF_8);
    }

    /// Writes into a document under way, in the plain form.
    public static void write(Value value, JsonGenerator generator) throws IOException {
        generator.writeRawValue(text(value));
    }

    private interface Opener {
        JsonParser open() throws IOException;
    }

    private static Value parse(Opener opener, Mode mode, Supplier<String> text) {
        try (var parser = opener.open()) {
            var reader = new JsonReader(parser, mode, text);
            var value = reader.next();
            reader.end();
            return value;
        } catch (IOException e) {
            throw new JsonProblem("not_json", "this JSON could not be read: " + e.getMessage(), "", -1, e);
        }
    }
}
