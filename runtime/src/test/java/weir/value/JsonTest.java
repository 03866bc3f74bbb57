package weir.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "[[],{},\"\",0]",
                "{\"b\":1,\"a\":[1,-2.5,1e+21,1e-7],\"__proto__\":{\"x\":null}}",
                "{\"1\":\"a\",\"10\":\"b\",\"b\":1,\"01\":2}",
                "\"\\u0000\\n\\t\\\"\\\\ é € 😀\"",
                "\"\\ud800\"",
                "\"x\\udc00y\"",
                "9007199254740992",
                "100000000000000000000",
                "5e-324",
                "1.7976931348623157e+308"
            })
    void whatIsReadIsWrittenAgain(String json) {
        assertEquals(json, Json.text(Json.read(json)));
        assertEquals(json, Json.text(Json.read(json.getBytes(StandardCharsets.UTF_8))));
        assertEquals(json, new String(Json.bytes(Json.read(json)), StandardCharsets.UTF_8));
        assertEquals(Json.read(json), Json.readExact(Json.exactText(Json.read(json))));
        assertEquals(Json.read(json), Json.read(Json.pretty(Json.read(json))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | not_json         | ''",
                "{                                | not_json         | ''",
                "[1,]                             | not_json         | [1]",
                "[1] 2                            | not_json         | ''",
                "{\"a\":1 x                       | not_json         | a",
                "01                               | not_json         | ''",
                "NaN                              | not_json         | ''",
                "'\"a\nb\"'                       | not_json         | ''",
                "{\"o\":[0,{\"a\":1,\"a\":2}]}    | duplicate_name   | o[1].a",
                "{\"1\":1,\"1\":2}                | duplicate_name   | [\"1\"]",
                "{\"a\":1e400}                    | number_too_large | a",
                "[-1e999]                         | number_too_large | [0]",
                "{\"x-y\":9007199254740993}       | number_not_exact | [\"x-y\"]",
                "9223372036854775807              | number_not_exact | ''",
                "123456789012345678901234567890   | number_not_exact | ''",
            })
    void whatAValueCannotHoldIsRefusedWithItsPlace(String json, String code, String path) {
        var problem = assertThrows(JsonProblem.class, () -> Json.read(json));
        assertEquals(code, problem.code(), problem.sentence());
        assertEquals(path, problem.path());
        assertEquals(
                code,
                assertThrows(JsonProblem.class, () -> Json.read(json.getBytes(StandardCharsets.UTF_8)))
                        .code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | there is no JSON here: the text is empty",
                "'  '            | there is no JSON here: the text is empty",
                "{               | it ends where a name in quotes or `}` is expected",
                "{x              | a name in quotes or `}` is expected at line 1, column 2, not \"x\"",
                "{\"a\" 1        | `:` is expected at line 1, column 6, not \"1\"",
                "{\"a\":1,}       | a name in quotes is expected at line 1, column 8, not \"}\"",
                "{\"a\":[1 2]}    | `,` or `]` is expected at line 1, column 9, not \"2\"",
                "'[1,\n ]'       | a value is expected at line 2, column 2, not \"]\"",
                "[1] 2           | nothing more is expected at line 1, column 5, not \"2\"",
                "undefined       | a value is expected at line 1, column 1, not \"undefined\"",
                "'[\"ab'         | the text that begins at line 1, column 2 is never closed with a quote",
                "'\"a\nb\"'      | a text must not hold a line break or control character as it is; write `\\n` for it, at line 1, column 3",
                "'\"\\x\"'       | `\\` must stand before one of \" \\ / b f n r t u at line 1, column 3",
                "'\"\\u12\"'     | `\\u` needs four hexadecimal digits at line 1, column 3",
                "01              | a number must not begin with 0 at line 1, column 1",
                "1.              | it ends where a digit is expected",
                "[1e+]           | a digit is expected at line 1, column 5, not \"]\"",
                "[-]             | a value is expected at line 1, column 2, not \"-\"",
                "'[\u00a01]'     | a value is expected at line 1, column 2, not \"\u00a0\"",
            })
    void whatIsNoJsonIsToldInWordsWithItsPlace(String json, String sentence) {
        for (var problem : List.of(
                assertThrows(JsonProblem.class, () -> Json.parse(json)),
                assertThrows(JsonProblem.class, () -> Json.read(json.getBytes(StandardCharsets.UTF_8))))) {
            var told = String.valueOf(problem.getMessage());
            assertEquals(sentence, told.replace("this is not JSON: ", ""));
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (var bytes : List.of(
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
                new byte[] {'"', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', (byte) 0xFF, '"'})) {
            assertEquals(
                    "not_utf8",
                    assertThrows(JsonProblem.class, () -> Json.read(bytes)).code());
        }
    }

    @Test
    void nestingHasALimitBothWays() {
        var deep = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
        assertEquals(deep, Json.text(Json.read(deep)));
        assertEquals(
                "limit_depth",
                assertThrows(JsonProblem.class, () -> Json.read("[" + deep + "]"))
                        .code());
        assertEquals(
                "limit_depth",
                assertThrows(JsonProblem.class, () -> Json.read("[".repeat(100_000)))
                        .code());
        Value wrapped = Json.read(deep);
        for (int i = 0; i < 16; i++) {
            wrapped = ListValue.of(wrapped);
        }
        assertTrue(Json.text(wrapped).contains(deep));
        assertEquals(wrapped, Json.readExact(Json.exactText(wrapped)));
        var deeper = ListValue.of(wrapped);
        assertEquals(
                "limit_depth",
                assertThrows(JsonProblem.class, () -> Json.text(deeper)).code());
    }

    @Test
    void halvesOfSurrogatePairsAreTakenInNamesToo() {
        var json = "{\"\\ud800\":\"\\udc00\"}";
        assertEquals(json, Json.text(Json.read(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aDocumentMayHaveASizeLimit() {
        var bytes = "[1,2,3]".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "limit_size",
                assertThrows(JsonProblem.class, () -> Json.read(bytes, 6)).code());
        assertEquals(3, assertInstanceOf(ListValue.class, Json.read(bytes, 7)).size());
    }

    @Test
    void whatWeWriteWeRead() {
        for (double number : new double[] {1.2345678901234567e20, -1.2345678901234567e20, 0x1p53, 1e300, 0x1.8p60}) {
            assertEquals(new NumberValue(number), Json.read(Json.text(new NumberValue(number))));
        }
    }

    @Test
    void fractionsAreTheNearestDoubles() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var digits = new StringBuilder().append(1 + random.nextInt(9));
            for (int k = random.nextInt(30); k >= 0; k--) {
                digits.append(random.nextInt(10));
            }
            var text = digits.insert(1, ".") + "e" + (random.nextInt(640) - 325);
            double nearest = Double.parseDouble(text);
            if (Double.isFinite(nearest)) {
                assertEquals(new NumberValue(nearest), Json.read(text), () -> "seed " + seed + ": " + text);
                assertEquals(
                        new NumberValue(nearest),
                        Json.read(text.getBytes(StandardCharsets.UTF_8)),
                        () -> "seed " + seed + ": " + text);
            }
        }
    }

    @Test
    void expressionsParseAsJavaScriptDoes() {
        assertEquals(
                "{\"a\":3,\"b\":[9007199254740992,null]}",
                Json.text(Json.parse("{\"a\":1,\"b\":[9007199254740993,1e400],\"a\":3}")));
    }

    @Test
    void minusZeroIsReadAndWrittenAsJavaScriptDoes() {
        assertEquals(new NumberValue(-0.0), Json.read("-0"));
        assertEquals("0", Json.text(new NumberValue(-0.0)));
        assertEquals("-0", Json.exactText(new NumberValue(-0.0)));
    }

    @Test
    void whatJsonHasNoWordForVanishesOrBecomesNull() {
        var record = RecordValue.builder()
                .put("a", UndefinedValue.UNDEFINED)
                .put("b", ListValue.of(UndefinedValue.UNDEFINED, new NumberValue(Double.NaN)))
                .put("c", new NumberValue(Double.NEGATIVE_INFINITY))
                .build();
        assertEquals("{\"b\":[null,null],\"c\":null}", Json.text(record));
        assertEquals(record, Json.readExact(Json.exactText(record)));
    }

    @Test
    void secretsAreWrittenByNameOnly() {
        var secret = new SecretValue(List.of(
                new SecretValue.Piece.Plain("Bearer "),
                new SecretValue.Piece.Reference("KEY"),
                new SecretValue.Piece.Base64Of(SecretValue.named("OTHER"))));
        assertEquals("\"Bearer <secret KEY><secret OTHER>\"", Json.text(secret));
        assertEquals(secret, Json.readExact(Json.exactBytes(secret)));
        assertEquals("Bearer keya2V5", secret.reveal(name -> "key"));
    }

    @Test
    void aUsersOwnNamesAreNotTakenForTheExactForm() {
        for (var json : List.of(
                "{\"$secret\":[{\"name\":\"KEY\"}]}",
                "{\"$$secret\":1,\"$number\":\"NaN\"}",
                "{\"$undefined\":{\"$undefined\":true}}",
                "{\"$other\":1}")) {
            var value = Json.read(json);
            assertEquals(value, Json.readExact(Json.exactText(value)));
            assertEquals(json, Json.text(value));
        }
    }

    @Test
    void documentsThatLookAlikeShareTheirNames() {
        var one = assertInstanceOf(RecordValue.class, Json.read("{\"id\":1,\"name\":\"x\"}"));
        var two = assertInstanceOf(RecordValue.class, Json.read("{\"id\":2,\"name\":\"y\"}"));
        var other = assertInstanceOf(RecordValue.class, Json.read("{\"name\":\"x\",\"id\":1}"));
        assertSame(one.shape(), two.shape());
        assertNotSame(one.shape(), other.shape());
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }

    @Test
    void recordsOfManyNamesKeepTheirOrder() {
        var json = new StringBuilder("{");
        for (int i = 0; i < 300; i++) {
            json.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":").append(i);
        }
        json.append('}');
        var record = assertInstanceOf(RecordValue.class, Json.read(json.toString()));
        assertEquals(json.toString(), Json.text(record));
        assertEquals(new NumberValue(299), record.get("n299"));
        assertEquals(record, record.with("n5", new NumberValue(5)));
        assertEquals(301, record.with("more", NullValue.NULL).size());
    }

    @Test
    void builtBytesMatchTheText() {
        assertArrayEquals(
                "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}".getBytes(StandardCharsets.UTF_8),
                Json.pretty(Json.read("{\"a\":[1],\"b\":[]}")).getBytes(StandardCharsets.UTF_8));
    }
}
