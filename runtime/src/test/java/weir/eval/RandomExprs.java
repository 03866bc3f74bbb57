package weir.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.Element;
import weir.graph.Expr.Pattern;
import weir.graph.Expr.UnaryOperator;
import weir.source.Span;

/// Expressions of the pure subset: mostly of types that fit, so that much of them runs, and sometimes not.
final class RandomExprs {
    /// The free names, by type: number, text, list, record, anything.
    static final List<String> NAMES = List.of("n", "t", "l", "r", "v");

    private static final Span AT = Span.NONE;
    private static final BinaryOperator[] OPERATORS = BinaryOperator.values();

    private final Random random;
    private final List<String> bound = new ArrayList<>();
    private int depth;

    RandomExprs(Random random) {
        this.random = random;
    }

    Expr any(int size) {
        depth = size;
        return switch (random.nextInt(4)) {
            case 0 -> number(size);
            case 1 -> text(size);
            case 2 -> list(size);
            default -> value(size);
        };
    }

    private int pick(int bound) {
        return random.nextInt(bound);
    }

    private static Expr numeric(double value) {
        return value < 0 || 1 / value < 0
                ? new Expr.Unary(UnaryOperator.MINUS, new Expr.Numeric(-value, AT), AT)
                : new Expr.Numeric(value, AT);
    }

    private Expr name(String name) {
        return new Expr.Name(name, AT);
    }

    private Expr call(Expr object, String method, Expr... arguments) {
        return new Expr.Call(new Expr.Member(object, method, false, AT), elements(arguments), false, AT);
    }

    private Expr global(String space, String function, Expr... arguments) {
        Expr callee = space.isEmpty()
                ? new Expr.Global(function, AT)
                : new Expr.Member(new Expr.Global(space, AT), function, false, AT);
        return new Expr.Call(callee, elements(arguments), false, AT);
    }

    private static List<Element> elements(Expr... values) {
        return java.util.Arrays.stream(values)
                .map(value -> new Element(false, value))
                .toList();
    }

    private String oneOf(String words) {
        var all = words.split(" ");
        return all[pick(all.length)];
    }

    private Expr leaf() {
        if (!bound.isEmpty() && pick(2) == 0) {
            return name(bound.get(pick(bound.size())));
        }
        return switch (pick(8)) {
            case 0, 1 -> name(NAMES.get(pick(NAMES.size())));
            case 2, 3 -> numberLeaf();
            case 4, 5 -> textLeaf();
            case 6 -> new Expr.Truth(random.nextBoolean(), AT);
            default -> pick(2) == 0 ? new Expr.Null(AT) : new Expr.Global("undefined", AT);
        };
    }

    private Expr numberLeaf() {
        return switch (pick(4)) {
            case 0 -> name("n");
            case 1 -> {
                double value = RandomValues.NUMBERS[pick(RandomValues.NUMBERS.length)];
                yield Double.isFinite(value) ? numeric(value) : new Expr.Global(oneOf("NaN Infinity"), AT);
            }
            default -> numeric(pick(10) - 3);
        };
    }

    private Expr textLeaf() {
        return pick(2) == 0 ? name("t") : new Expr.Text(RandomValues.TEXTS[pick(RandomValues.TEXTS.length)], AT);
    }

    /// Anything; what may fail is among it.
    private Expr value(int size) {
        if (size <= 0) {
            return leaf();
        }
        return switch (pick(17)) {
            case 0, 1 -> number(size);
            case 2, 3 -> text(size);
            case 4 -> truth(size);
            case 5, 6 -> list(size);
            case 7, 8 -> record(size);
            case 9 -> member(size);
            case 10 -> new Expr.Index(value(size - 2), value(size - 2), false, AT);
            case 11 -> chain(size);
            case 12 -> new Expr.Conditional(truth(size - 1), value(size - 1), value(size - 1), AT);
            case 13 -> binary(size);
            case 14 -> call(list(size - 1), oneOf("find findLast"), arrow(size - 2, "x", "i"));
            case 15 -> call(list(size - 1), "reduce", arrow(size - 2, "a", "x", "i"), value(size - 2));
            default -> call(list(size - 1), "at", number(size - 2));
        };
    }

    private Expr binary(int size) {
        var operator = OPERATORS[pick(OPERATORS.length)];
        return new Expr.Binary(operator, value(size - 1), value(size - 1), AT);
    }

    private Expr member(int size) {
        return new Expr.Member(value(size - 1), memberName(), false, AT);
    }

    private String memberName() {
        return oneOf("a b x id length toString valueOf __proto__ constructor map slice nope");
    }

    private Expr chain(int size) {
        Expr link = value(size - 1);
        for (int i = 1 + pick(3); i > 0; i--) {
            boolean optional = pick(2) == 0;
            link = switch (pick(4)) {
                case 0 -> new Expr.Index(link, value(size - 3), optional, AT);
                case 1 ->
                    new Expr.Call(
                            new Expr.Member(link, oneOf("toString trim slice at nope concat"), optional, AT),
                            List.of(),
                            pick(3) == 0,
                            AT);
                default -> new Expr.Member(link, memberName(), optional, AT);
            };
        }
        return new Expr.Chain(link, AT);
    }

    private Expr number(int size) {
        if (size <= 0) {
            return numberLeaf();
        }
        return switch (pick(17)) {
            case 0, 1, 2 ->
                new Expr.Binary(
                        BinaryOperator.of(oneOf("+ - * / % ** & | ^ << >> >>>")),
                        number(size - 1),
                        number(size - 1),
                        AT);
            case 3 ->
                new Expr.Unary(
                        List.of(UnaryOperator.MINUS, UnaryOperator.PLUS, UnaryOperator.COMPLEMENT)
                                .get(pick(3)),
                        value(size - 1),
                        AT);
            case 4 ->
                global(
                        "Math",
                        oneOf("abs ceil floor round trunc sign sqrt clz32 fround max min sin cos tan exp log log10 cbrt"
                                + " atan asin acos sinh cosh tanh expm1 log1p acosh asinh atanh log2"),
                        number(size - 1));
            case 5 -> global("Math", oneOf("max min pow atan2 imul hypot"), number(size - 1), number(size - 1));
            case 6 -> new Expr.Member(pick(2) == 0 ? text(size - 1) : list(size - 1), "length", false, AT);
            case 7 -> call(text(size - 1), oneOf("indexOf lastIndexOf charCodeAt codePointAt"), value(size - 2));
            case 8 -> call(list(size - 1), oneOf("indexOf lastIndexOf"), value(size - 2));
            case 9 -> call(list(size - 1), oneOf("findIndex findLastIndex"), arrow(size - 2, "x", "i"));
            case 10 -> global("", oneOf("parseInt parseFloat Number"), text(size - 1));
            case 11 -> global("", "parseInt", text(size - 1), numeric(pick(40)));
            case 12 ->
                new Expr.Call(
                        new Expr.Member(new Expr.Global("Math", AT), oneOf("max min hypot"), false, AT),
                        List.of(new Element(true, list(size - 1)), new Element(false, value(size - 2))),
                        false,
                        AT);
            case 13 -> global("Date", "UTC", number(size - 2), number(size - 2), number(size - 2), numberLeaf());
            case 14 -> global("Date", "parse", pick(2) == 0 ? text(size - 1) : date());
            case 15 -> global("", oneOf("Boolean Number String isNaN isFinite"), value(size - 1));
            default ->
                call(
                        list(size - 1),
                        oneOf("reduce reduceRight"),
                        new Expr.Arrow(
                                List.of(new Pattern.Bind("s"), new Pattern.Bind("x")),
                                new Expr.Binary(
                                        BinaryOperator.of(oneOf("+ - *")), name("s"), within("x", size - 2), AT),
                                AT),
                        numberLeaf());
        };
    }

    private Expr date() {
        return new Expr.Text(
                "20%02d-%02d-%02d%s"
                        .formatted(
                                pick(30),
                                pick(15),
                                pick(35),
                                oneOf("_ T10:20 T24:00Z T23:59:60Z T01:02:03Z T01:02:03.004Z T01:02+05:30 T01:02:03.5Z")
                                        .replace("_", "")),
                AT);
    }

    private Expr within(String name, int size) {
        bound.add(name);
        var expr = number(size);
        bound.remove(bound.size() - 1);
        return expr;
    }

    private Expr text(int size) {
        if (size <= 0) {
            return textLeaf();
        }
        return switch (pick(20)) {
            case 0, 1 -> template(size);
            case 2 -> new Expr.Binary(BinaryOperator.ADD, text(size - 1), value(size - 1), AT);
            case 3 ->
                call(text(size - 1), oneOf("trim trimStart trimEnd toUpperCase toLowerCase toWellFormed normalize"));
            case 4 -> call(text(size - 1), oneOf("slice substring"), number(size - 2), number(size - 2));
            case 5 -> call(text(size - 1), oneOf("slice substring charAt at"), value(size - 2));
            case 6 -> call(text(size - 1), oneOf("padStart padEnd"), numeric(pick(12)), textLeaf());
            case 7 -> call(text(size - 1), oneOf("replace replaceAll"), text(size - 2), text(size - 2));
            case 8 -> call(text(size - 1), "repeat", numeric(pick(5) - 1));
            case 9 -> call(list(size - 1), "join", pick(2) == 0 ? new Expr.Global("undefined", AT) : textLeaf());
            case 10 -> global("", "String", value(size - 1));
            case 11 -> global("JSON", "stringify", value(size - 1), new Expr.Null(AT), numeric(pick(4)));
            case 12 -> call(number(size - 1), oneOf("toFixed toPrecision toExponential"), numeric(pick(22)));
            case 13 -> call(value(size - 1), "toString");
            case 15 -> call(number(size - 1), "toString", numeric(pick(38)));
            case 16 -> global("String", oneOf("fromCharCode fromCodePoint"), number(size - 1), number(size - 2));
            case 17 -> global("JSON", "stringify", value(size - 1), value(size - 3), value(size - 2));
            case 18 ->
                new Expr.Call(
                        new Expr.Member(text(size - 1), "concat", false, AT),
                        List.of(new Element(true, value(size - 1)), new Element(false, value(size - 1))),
                        false,
                        AT);
            case 14 -> global("", oneOf("encodeURIComponent decodeURIComponent encodeURI decodeURI"), text(size - 1));
            default -> new Expr.Unary(UnaryOperator.TYPEOF, value(size - 1), AT);
        };
    }

    private Expr template(int size) {
        int count = 1 + pick(2);
        return new Expr.Template(
                IntStream.rangeClosed(0, count)
                        .mapToObj(i -> RandomValues.TEXTS[pick(RandomValues.TEXTS.length)])
                        .toList(),
                IntStream.range(0, count).mapToObj(i -> value(size - 1)).toList(),
                AT);
    }

    private Expr truth(int size) {
        if (size <= 0) {
            return new Expr.Truth(random.nextBoolean(), AT);
        }
        return switch (pick(9)) {
            case 0, 1 ->
                new Expr.Binary(BinaryOperator.of(oneOf("< <= > >= === !==")), value(size - 1), value(size - 1), AT);
            case 2 -> new Expr.Unary(UnaryOperator.NOT, value(size - 1), AT);
            case 3 -> call(text(size - 1), oneOf("startsWith endsWith includes"), value(size - 2), value(size - 2));
            case 4 -> call(list(size - 1), oneOf("some every"), arrow(size - 2, "x", "i"));
            case 5 -> call(list(size - 1), "includes", value(size - 2));
            case 6 -> new Expr.Binary(BinaryOperator.IN, value(size - 2), value(size - 1), AT);
            case 7 -> global("Object", oneOf("is hasOwn"), value(size - 1), value(size - 1));
            default -> global(oneOf("Array Number"), oneOf("isArray isInteger isNaN isFinite"), value(size - 1));
        };
    }

    private Expr list(int size) {
        if (size <= 0) {
            return name("l");
        }
        return switch (pick(17)) {
            case 0, 1 -> new Expr.ListLiteral(elementsOf(size), AT);
            case 2, 3 -> call(list(size - 1), "map", arrow(size - 2, "x", "i", "all"));
            case 4 -> call(list(size - 1), "filter", arrow(size - 2, "x", "i"));
            case 5 -> call(list(size - 1), "flatMap", arrow(size - 2, "x"));
            case 6 -> call(list(size - 1), "flat", numeric(pick(4)));
            case 7 -> call(list(size - 1), "slice", number(size - 2), value(size - 2));
            case 8 -> call(list(size - 1), "concat", value(size - 2), list(size - 2));
            case 9 -> call(list(size - 1), oneOf("toReversed toSorted"));
            case 10 -> call(list(size - 1), "toSpliced", number(size - 2), number(size - 2), value(size - 2));
            case 11 -> call(list(size - 1), "with", numeric(pick(4) - 2), value(size - 2));
            case 12 -> call(text(size - 1), "split", pick(3) == 0 ? value(size - 2) : textLeaf());
            case 13 -> global("Object", oneOf("keys values entries"), value(size - 1));
            case 14 -> global("Array", oneOf("from of"), value(size - 1));
            case 15 ->
                global(
                        "Array",
                        "from",
                        new Expr.ObjectLiteral(List.of(new Expr.Property.Entry("length", numeric(pick(5)))), AT),
                        arrow(size - 2, "u", "i"));
            default ->
                call(
                        call(list(size - 1), "map", arrow(size - 2, "x")),
                        "toSorted",
                        new Expr.Arrow(List.of(new Pattern.Bind("p"), new Pattern.Bind("q")), order(), AT));
        };
    }

    /// A comparison that never contradicts itself, whatever it compares.
    private Expr order() {
        Expr p = global("", "String", global("JSON", "stringify", name("p")));
        Expr q = global("", "String", global("JSON", "stringify", name("q")));
        return new Expr.Binary(
                BinaryOperator.SUBTRACT,
                new Expr.Binary(BinaryOperator.GREATER, p, q, AT),
                new Expr.Binary(BinaryOperator.LESS, p, q, AT),
                AT);
    }

    private List<Element> elementsOf(int size) {
        return IntStream.range(0, pick(4))
                .mapToObj(i -> pick(5) == 0 ? new Element(true, list(size - 1)) : new Element(false, value(size - 1)))
                .toList();
    }

    private Expr record(int size) {
        if (size <= 0) {
            return name("r");
        }
        return switch (pick(8)) {
            case 0 ->
                global(
                        "Object",
                        "fromEntries",
                        pick(2) == 0 ? list(size - 1) : global("Object", "entries", value(size - 1)));
            case 1 -> global("Object", "groupBy", list(size - 1), arrow(size - 2, "x", "i"));
            case 2 -> global("JSON", "parse", text(size - 1));
            case 3 -> global("", "structuredClone", value(size - 1));
            default ->
                new Expr.ObjectLiteral(
                        IntStream.range(0, 1 + pick(3))
                                .mapToObj(i -> property(size))
                                .toList(),
                        AT);
        };
    }

    private Expr.Property property(int size) {
        return switch (pick(6)) {
            case 0 -> new Expr.Property.Spread(value(size - 1));
            case 1 -> new Expr.Property.Computed(value(size - 2), value(size - 1));
            default -> new Expr.Property.Entry(RandomValues.NAMES[pick(RandomValues.NAMES.length)], value(size - 1));
        };
    }

    private Expr arrow(int size, String... parameters) {
        int before = bound.size();
        var patterns = new ArrayList<Pattern>();
        int count = 1 + pick(parameters.length);
        for (int i = 0; i < count; i++) {
            // Nested arrows get names of their own.
            var name = parameters[i] + before;
            patterns.add(i == 0 && pick(6) == 0 ? taken(name) : new Pattern.Bind(name));
            bound.add(name);
        }
        var body = pick(3) == 0 ? number(size) : value(size);
        bound.subList(before, bound.size()).clear();
        return new Expr.Arrow(patterns, body, AT);
    }

    private Pattern taken(String name) {
        return pick(2) == 0
                ? new Pattern.Items(List.of(new Pattern.Bind(name)))
                : new Pattern.Fields(
                        List.of(new Pattern.FieldPattern(RandomValues.NAMES[pick(6)], new Pattern.Bind(name))));
    }

    int depth() {
        return depth;
    }
}
