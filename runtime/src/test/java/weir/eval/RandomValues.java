package weir.eval;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Values with a taste for the edges: signed zeros, half surrogates, names that objects inherit.
final class RandomValues {
    static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        2,
        3,
        10,
        0.5,
        1.5,
        -0.5,
        -2.5,
        0.1,
        0.30000000000000004,
        1.005,
        123.456,
        1e-6,
        1e-7,
        1e21,
        123456789012345680000.0,
        -1e300,
        1.7976931348623157e308,
        5e-324,
        2.2250738585072014e-308,
        9007199254740991.0,
        9007199254740992.0,
        9007199254740994.0,
        -9007199254740991.0,
        4294967295.0,
        4294967296.0,
        2147483647.0,
        2147483648.0,
        -2147483648.0,
        -2147483649.0,
        8.64e15,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    static final String[] TEXTS = {
        "",
        "a",
        "abc",
        "b",
        "B",
        "Z",
        "10",
        "9",
        " 12 ",
        "\n\t7\u00a0",
        "0x1f",
        "0b11",
        "0o17",
        "1e3",
        "1e1000",
        "-1e-7",
        "1_000",
        ".5",
        "5.",
        "+5",
        "-0",
        "Infinity",
        "-Infinityx",
        "12px",
        "é",
        "😀x",
        "x😀",
        "\ud800",
        "\udc00\ud800",
        "ß",
        "ı",
        "İ",
        "ΑΣ",
        "ﬃ",
        "a,b,,c",
        "aXbXXc",
        "toString",
        "length",
        "__proto__",
        "constructor",
        "1",
        "01",
        "0",
        "-1",
        "2",
        "4294967295",
        "null",
        "true",
        "undefined",
        "A-b_C",
        "e\u0301",
        "\u1e9b\u0323",
        "\u2028\t\u00a0",
        "\ufeff\u180e ",
        "a\0",
        "\"\\/\b",
        "${x}`",
        "$&$1",
        "$$$`$'$",
        "%41%",
        "a%20b",
        "%F0%9F%98%80",
        "%C3%A9",
        "%ED%A0%80",
        "http://x.y/é?a=b&c#d"
    };

    /// Names of members.
    static final String[] KEYS = {
        "a",
        "b",
        "c",
        "x",
        "id",
        "length",
        "1",
        "0",
        "10",
        "2",
        "-1",
        "01",
        "1.5",
        "4294967295",
        "toString",
        "valueOf",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "$number",
        "$undefined",
        "$$number",
        "map",
        "é",
        "",
        " ",
        "\ud800",
        "toJSON",
        "NaN"
    };

    static final String[] JSON = {
        "{}",
        "[]",
        "{\"a\":1,\"a\":2}",
        "{\"__proto__\":1}",
        "{\"b\":1,\"1\":2,\"0\":3}",
        "[1,2",
        "[1,]",
        "{\"a\" : [ null , true ] }",
        "1e400",
        "-0",
        "01",
        "1.",
        ".5",
        "9007199254740993",
        "123456789012345678901234567890",
        "\"\\u0000\\ud800\\n\"",
        "\"\\x\"",
        "\"\t\"",
        "'a'",
        "nul",
        " \r\n\t1 ",
        "\u00a01",
        "1 2",
        "",
        "NaN",
        "{\"$number\":\"NaN\"}",
        "\"\u2028\""
    };

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /// One for each of [RandomExprs#NAMES].
    List<Value> forNames() {
        return List.of(
                number(),
                text(),
                list(2),
                listOf(this::number),
                listOf(this::text),
                listOf(() -> known(1)),
                known(2),
                record(2),
                any(2));
    }

    private int pick(int below) {
        return random.nextInt(below);
    }

    Value any(int depth) {
        return switch (pick(depth > 0 ? 10 : 7)) {
            case 0, 1 -> number();
            case 2, 3 -> text();
            case 4 -> Value.of(random.nextBoolean());
            case 5 -> NullValue.NULL;
            case 6 -> pick(3) == 0 ? UndefinedValue.UNDEFINED : number();
            case 7, 8 -> pick(60) == 0 ? deep() : list(depth - 1);
            default -> record(depth - 1);
        };
    }

    Value number() {
        return Value.of(
                switch (pick(7)) {
                    case 0 -> Double.longBitsToDouble(random.nextLong());
                    case 1 -> pick(1000) / 100.0;
                    case 2, 3 -> pick(20) - 5;
                    case 4 -> (double) (random.nextLong() >> pick(60));
                    default -> NUMBERS[pick(NUMBERS.length)];
                });
    }

    Value text() {
        var text = TEXTS[pick(TEXTS.length)];
        return Value.of(
                switch (pick(60)) {
                    case 0 -> text.repeat(200);
                    case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> text + TEXTS[pick(TEXTS.length)];
                    default -> text;
                });
    }

    Value list(int depth) {
        return switch (pick(4)) {
            case 0 -> listOf(this::number);
            case 1 -> listOf(this::text);
            case 2 -> listOf(() -> record(Math.max(depth - 1, 0)));
            default -> listOf(() -> any(depth));
        };
    }

    private Value listOf(Supplier<Value> item) {
        var items = new Value[pick(100) == 0 ? 20 + pick(100) : pick(5)];
        for (int i = 0; i < items.length; i++) {
            items[i] = pick(25) == 0 ? UndefinedValue.UNDEFINED : item.get();
        }
        return ListValue.owning(items);
    }

    /// A list in a list in a list.
    private Value deep() {
        Value inner = text();
        for (int i = pick(60); i > 0; i--) {
            inner = pick(4) == 0 ? RecordValue.of("a", inner) : ListValue.of(inner);
        }
        return inner;
    }

    Value record(int depth) {
        var record = RecordValue.builder();
        int most = pick(150) == 0 ? 60 : 5;
        for (int i = pick(most); i > 0; i--) {
            // Most records are harmless, or nothing but their odd names would be tested.
            int names = pick(3) == 0 ? KEYS.length : 9;
            var name = most > 5 ? KEYS[pick(names)] + i : KEYS[pick(names)];
            record.put(name, any(depth));
        }
        return record.build();
    }

    /// A record with the usual fields, [RandomExprs#FIELDS], hardly ever without one.
    private Value known(int depth) {
        var record = RecordValue.builder();
        if (pick(12) > 0) {
            record.put("a", number());
        }
        if (pick(12) > 0) {
            record.put("b", text());
        }
        if (pick(12) > 0) {
            record.put("c", listOf(this::number));
        }
        if (pick(3) > 0) {
            record.put("x", any(depth));
        }
        return record.build();
    }
}
