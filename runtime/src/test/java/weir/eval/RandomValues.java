package weir.eval;

import java.util.Random;
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
        -2.5,
        0.1,
        123.456,
        1e-7,
        1e21,
        -1e300,
        5e-324,
        9007199254740992.0,
        4294967296.0,
        2147483648.0,
        -2147483649.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    static final String[] TEXTS = {
        "",
        "a",
        "abc",
        "b",
        "10",
        "9",
        " 12 ",
        "0x1f",
        "1e3",
        "-0",
        "Infinity",
        "é",
        "😀x",
        "\ud800",
        "ß",
        "İ",
        "a,b,,c",
        "toString",
        "length",
        "__proto__",
        "1",
        "0",
        "null",
        "true",
        "A-b_C",
        "e\u0301",
        "\u2028\t\u00a0",
        "$&$1",
        "%41%"
    };
    static final String[] NAMES = {
        "a",
        "b",
        "x",
        "id",
        "length",
        "1",
        "0",
        "toString",
        "valueOf",
        "__proto__",
        "constructor",
        "$number",
        "map",
        "é"
    };

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    Value any(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0, 1 -> number();
            case 2, 3 -> text();
            case 4 -> Value.of(random.nextBoolean());
            case 5 -> NullValue.NULL;
            case 6 -> random.nextInt(3) == 0 ? UndefinedValue.UNDEFINED : number();
            case 7, 8 -> list(depth - 1);
            default -> record(depth - 1);
        };
    }

    Value number() {
        return Value.of(
                switch (random.nextInt(6)) {
                    case 0 -> Double.longBitsToDouble(random.nextLong());
                    case 1 -> random.nextInt(1000) / 100.0;
                    case 2 -> random.nextInt(20) - 5;
                    default -> NUMBERS[random.nextInt(NUMBERS.length)];
                });
    }

    Value text() {
        var text = TEXTS[random.nextInt(TEXTS.length)];
        return Value.of(random.nextInt(4) == 0 ? text + TEXTS[random.nextInt(TEXTS.length)] : text);
    }

    Value list(int depth) {
        var items = new Value[random.nextInt(5)];
        int kind = random.nextInt(4);
        for (int i = 0; i < items.length; i++) {
            items[i] = switch (kind) {
                case 0 -> number();
                case 1 -> text();
                case 2 -> record(Math.max(depth - 1, 0));
                default -> any(depth);
            };
        }
        return ListValue.owning(items);
    }

    Value record(int depth) {
        var record = RecordValue.builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            // Most records are harmless, or nothing but their odd names would be tested.
            int names = random.nextInt(3) == 0 ? NAMES.length : 7;
            record.put(NAMES[random.nextInt(names)], any(depth));
        }
        return record.build();
    }
}
