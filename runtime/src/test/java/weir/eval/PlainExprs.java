package weir.eval;

import java.util.List;
import java.util.Random;
import weir.graph.Expr;
import weir.value.ListValue;
import weir.value.Value;

/// Numbers, texts and lists taken one operation at a time, with values from all over: what the standard says to the
/// last digit and code unit. The names are those of [RandomExprs].
final class PlainExprs {
    private static final List<Expr> ALL = """
            String(n)
            `${n}`
            n + ""
            JSON.stringify(n)
            JSON.stringify([n, t, v])
            JSON.stringify(v, null, n % 12)
            JSON.stringify(r, null, t)
            JSON.parse(JSON.stringify(v ?? 1))
            JSON.parse(t)
            Number(t)
            +t
            t * 1
            -t
            parseInt(t)
            parseInt(t, 10)
            parseInt(t, 16)
            parseInt(t, 2)
            parseInt(t, n)
            parseInt(n)
            parseFloat(t)
            n.toFixed(Math.abs(ns[0]) % 21)
            n.toFixed(2)
            n.toFixed(0)
            n.toPrecision(1 + Math.abs(ns[0]) % 21)
            n.toExponential(Math.abs(ns[0]) % 21)
            n.toExponential()
            n.toString()
            Math.trunc(n).toString(16)
            (n % 9007199254740991 | 0).toString(2)
            n | 0
            n >>> 0
            ~n
            n << ns[0]
            n >> ns[0]
            n >>> ns[0]
            n & ns[0]
            n ^ ns[0]
            n % ns[0]
            n / ns[0]
            n * ns[0]
            n + ns[0]
            n - ns[0]
            n < ns[0]
            n <= t
            n > t
            t < ts[0]
            t >= ts[0]
            n === +t
            ns[0] < t
            Math.round(n)
            Math.floor(n)
            Math.ceil(n)
            Math.trunc(n)
            Math.sign(n)
            Math.fround(n)
            Math.abs(n)
            Math.sqrt(n)
            Math.imul(n, ns[0])
            Math.clz32(n)
            Math.max(n, ns[0], ns[1])
            Math.min(n, ns[0], ns[1])
            Number.isInteger(n)
            Number.isSafeInteger(n)
            isNaN(t)
            isFinite(t)
            t.length
            t.at(n)
            t.at(ns[0])
            t.charAt(ns[0])
            t.charCodeAt(ns[0])
            t.codePointAt(ns[0])
            t.slice(ns[0], ns[1])
            t.substring(ns[0], ns[1])
            t.indexOf(ts[0])
            t.indexOf(ts[0], ns[0])
            t.lastIndexOf(ts[0])
            t.lastIndexOf(ts[0], ns[0])
            t.includes(ts[0], ns[0])
            t.startsWith(ts[0], ns[0])
            t.endsWith(ts[0], ns[0])
            t.split("")
            t.split(ts[0])
            t.split(ts[0], ns[0])
            t.replace(ts[0], ts[1])
            t.replaceAll(ts[0], ts[1])
            t.padStart(Math.abs(ns[0]) % 40, ts[0])
            t.padEnd(Math.abs(ns[0]) % 40, ts[0])
            t.repeat(Math.abs(ns[0]) % 5)
            t.trim()
            t.trimStart()
            t.trimEnd()
            t.toUpperCase()
            t.toLowerCase()
            t.normalize()
            t.normalize("NFKC")
            t.normalize("NFD")
            t.isWellFormed()
            t.toWellFormed()
            t.concat(n, ts[0])
            [...ts].join(t)
            String.fromCharCode(n, ns[0])
            String.fromCodePoint(n)
            encodeURIComponent(t)
            encodeURI(t)
            decodeURIComponent(t)
            decodeURI(t)
            l.at(ns[0])
            l.slice(ns[0], ns[1])
            l.slice(n)
            l.indexOf(v)
            l.indexOf(n, ns[0])
            l.lastIndexOf(n, ns[0])
            l.includes(v, ns[0])
            l.concat(v, ns)
            l.flat()
            l.flat(ns[0])
            l.join(t)
            l.toString()
            l.with(ns[0], n)
            l.toSpliced(ns[0], ns[1], t)
            l.toSpliced(ns[0])
            l.toReversed()
            ts.toSorted()
            ns.toSorted()
            l.toSorted()
            ns.toSorted((a, b) => a - b)
            ns.map(String)
            ts.map(Number)
            ts.map(s => parseInt(s))
            ns.indexOf(n)
            ns.reduce((a, b) => a + b, 0)
            Object.keys(r)
            Object.entries(r)
            Object.values(r)
            Object.keys(JSON.parse(JSON.stringify(r)))
            Object.keys({ ...r, [t]: 1, [n]: 2 })
            Object.fromEntries([[t, 1], [n, 2], ["1", 3], ["0", 4]])
            ({ ...l, ...t })
            Object.is(n, ns[0])
            Object.hasOwn(r, t)
            r[t] === undefined
            l[n]
            l[t]
            t[n]
            structuredClone(v)
            Array.from(t)
            Array.from(l)
            Array.from({ length: Math.abs(ns[0]) % 9 }, (x, i) => i)
            Number.parseFloat(t)
            typeof v
            Array.from(ts, s => s.length)
            [...t]
            Date.parse(t)
            """.lines().map(Exprs::read).toList();

    private static final String[] PIECES =
            "0 1 2 9 00 05 12 999 . . - + e E e+ e-3 e400 x 0x 0b1 0o7 Infinity NaN _ ab AF z \ud83d \ude00 😀 é e\u0301 İ ß Σ ΑΣ ŉ ﬁ ǆ ᾳ \u0345 Ա և % %41 %C3%A9 %e2%82%ac %ff $& $` $' $1 $$ [ ] { } : , \" \\ / null true - T Z 2024 -02 -29 T10:00 :30 .5"
                    .split(" ");
    private static final String SPACES = " \t\n\u00a0\ufeff\u2028\u180e\u200b\u0085\u001f\u3000\u000b";

    private PlainExprs() {}

    static Expr next(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    static List<Value> values(Random random, RandomValues values) {
        var all = new java.util.ArrayList<>(values.forNames());
        all.set(0, Value.of(number(random)));
        if (random.nextInt(4) > 0) {
            all.set(1, Value.of(text(random)));
        }
        all.set(3, ListValue.of(Value.of(index(random)), Value.of(index(random)), Value.of(number(random))));
        all.set(4, ListValue.of(Value.of(text(random)), values.text(), Value.of(text(random))));
        return List.copyOf(all);
    }

    static double number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000) / Math.pow(10, random.nextInt(12));
            case 2 -> random.nextLong();
            case 3 -> random.nextInt();
            case 4 -> Math.scalb(1.0, random.nextInt(2098) - 1074) * (random.nextBoolean() ? 1 : 1 + Math.ulp(1.0));
            case 5 -> (random.nextInt(2000) - 1000 + 0.5) / Math.pow(10, random.nextInt(4));
            case 6 -> random.nextGaussian() * Math.pow(10, random.nextInt(24));
            default -> RandomValues.NUMBERS[random.nextInt(RandomValues.NUMBERS.length)];
        };
    }

    private static double index(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(12) - 6 + random.nextInt(4) / 4.0;
            case 1 -> number(random);
            default -> random.nextInt(12) - 6;
        };
    }

    static String text(Random random) {
        if (random.nextInt(4) == 0) {
            return weir.value.Numerals.text(number(random));
        }
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            switch (random.nextInt(12)) {
                case 0 -> text.append(SPACES.charAt(random.nextInt(SPACES.length())));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append(number(random));
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
