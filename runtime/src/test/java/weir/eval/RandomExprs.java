package weir.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.Element;
import weir.graph.Expr.Pattern;
import weir.graph.Expr.UnaryOperator;
import weir.source.Span;

/// Expressions of the pure subset, of sorts that mostly fit, so that much of them runs. What is built in comes from the
/// table of built-ins ([RandomCalls]), so that nothing of it is left out.
final class RandomExprs {
    /// What an expression gives, as far as a generator cares.
    enum Sort {
        NUMBER,
        TEXT,
        TRUTH,
        LIST,
        RECORD,
        ANY
    }

    /// A list with what its items are.
    record Items(Expr list, Sort item) {}

    /// The free names: a number, a text, lists of anything, of numbers, of texts, of records with the fields
    /// [#FIELDS], such a record, any record, anything.
    static final List<String> NAMES = List.of("n", "t", "l", "ns", "ts", "rs", "o", "r", "v");

    /// The fields of `o` and of the items of `rs`: a number, a text, a list of numbers, anything.
    static final List<String> FIELDS = List.of("a", "b", "c", "x");

    /// Of so many in a hundred expressions the parts are of any sort.
    private static final int CHAOTIC = 15;

    private static final String ODD_MEMBERS =
            "a b c x id length toString valueOf __proto__ constructor map slice nope 0 1";
    private static final BinaryOperator[] OPERATORS = BinaryOperator.values();

    record Bound(String name, Sort sort) {}

    private final Random random;
    private final RandomCalls calls;
    private final List<Bound> bound = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private boolean chaotic;
    private int places;

    RandomExprs(Random random) {
        this.random = random;
        this.calls = new RandomCalls(this);
    }

    /// A new expression, each part of it with a place of its own.
    Expr next() {
        bound.clear();
        used.clear();
        places = 0;
        chaotic = pick(100) < CHAOTIC;
        return of(oneOf(Sort.values()), 2 + pick(4));
    }

    /// The full names of the built-ins in the last expression.
    Set<String> used() {
        return Set.copyOf(used);
    }

    void use(String builtIn) {
        used.add(builtIn);
    }

    int pick(int below) {
        return random.nextInt(below);
    }

    @SafeVarargs
    final <T> T oneOf(T... all) {
        return all[pick(all.length)];
    }

    String word(String words) {
        return oneOf(words.split(" "));
    }

    Span at() {
        places++;
        return new Span(places, places + 1);
    }

    Expr of(Sort sort, int size) {
        var wanted = chaotic && pick(4) == 0 ? oneOf(Sort.values()) : sort;
        if (size <= 0 || pick(12) == 0) {
            return leaf(wanted);
        }
        if (pick(12) == 0) {
            return common(wanted, size);
        }
        return switch (wanted) {
            case NUMBER -> number(size);
            case TEXT -> text(size);
            case TRUTH -> truth(size);
            case LIST -> items(size).list();
            case RECORD -> record(size);
            case ANY -> any(size);
        };
    }

    /// What gives any sort.
    private Expr common(Sort sort, int size) {
        return switch (pick(7)) {
            case 0, 1 -> new Expr.Conditional(of(Sort.TRUTH, size - 1), of(sort, size - 1), of(sort, size - 1), at());
            case 2 -> new Expr.Binary(BinaryOperator.COALESCE, of(Sort.ANY, size - 1), of(sort, size - 1), at());
            case 3 ->
                new Expr.Binary(
                        oneOf(BinaryOperator.AND, BinaryOperator.OR), of(sort, size - 1), of(sort, size - 1), at());
            case 4 -> chain(sort, size);
            case 5 -> calls.fold(sort, size);
            default -> {
                var list = new Expr.ListLiteral(List.of(new Element(false, of(sort, size - 1))), at());
                yield new Expr.Index(list, numeric(0), false, at());
            }
        };
    }

    Expr leaf(Sort sort) {
        var fitting = bound.stream()
                .filter(one -> sort == Sort.ANY || one.sort() == sort || one.sort() == Sort.ANY)
                .toList();
        if (!fitting.isEmpty() && pick(3) > 0) {
            return name(fitting.get(pick(fitting.size())).name());
        }
        return switch (sort) {
            case NUMBER -> numberLeaf();
            case TEXT -> pick(2) == 0 ? name("t") : textual(oneOf(RandomValues.TEXTS));
            case TRUTH -> new Expr.Truth(random.nextBoolean(), at());
            case LIST -> name(word("l ns ts rs"));
            case RECORD -> name(word("r o"));
            case ANY ->
                switch (pick(6)) {
                    case 0 -> new Expr.Null(at());
                    case 1 -> global("undefined");
                    case 2 -> name("v");
                    case 3 -> name(oneOf(NAMES.toArray(String[]::new)));
                    default -> leaf(oneOf(Sort.NUMBER, Sort.TEXT, Sort.TRUTH, Sort.LIST, Sort.RECORD));
                };
        };
    }

    private Expr numberLeaf() {
        return switch (pick(4)) {
            case 0 -> name("n");
            case 1 -> {
                double value = RandomValues.NUMBERS[pick(RandomValues.NUMBERS.length)];
                yield Double.isFinite(value) ? numeric(value) : global(word("NaN Infinity"));
            }
            default -> numeric(pick(10) - 3);
        };
    }

    Expr numeric(double value) {
        return value < 0 || 1 / value < 0
                ? new Expr.Unary(UnaryOperator.MINUS, new Expr.Numeric(-value, at()), at())
                : new Expr.Numeric(value, at());
    }

    Expr textual(String text) {
        return new Expr.Text(text, at());
    }

    Expr name(String name) {
        return new Expr.Name(name, at());
    }

    Expr global(String name) {
        return new Expr.Global(name, at());
    }

    private Expr member(Expr object, String name) {
        return new Expr.Member(object, name, false, at());
    }

    private Expr number(int size) {
        return switch (pick(14)) {
            case 0, 1, 2 ->
                new Expr.Binary(
                        BinaryOperator.of(word("+ - * / % ** & | ^ << >> >>>")),
                        of(Sort.NUMBER, size - 1),
                        of(Sort.NUMBER, size - 1),
                        at());
            case 3 -> {
                var operator = oneOf(UnaryOperator.MINUS, UnaryOperator.PLUS, UnaryOperator.COMPLEMENT);
                yield new Expr.Unary(operator, of(pick(2) == 0 ? Sort.ANY : Sort.NUMBER, size - 1), at());
            }
            case 4 -> member(known(size), "a");
            case 5 -> calls.sum(size);
            default -> calls.giving(Sort.NUMBER, size);
        };
    }

    /// A record with the usual fields.
    private Expr known(int size) {
        return pick(3) == 0 && size > 0
                ? new Expr.Index(name("rs"), pick(2) == 0 ? numeric(0) : of(Sort.NUMBER, size - 2), false, at())
                : name("o");
    }

    private Expr text(int size) {
        return switch (pick(15)) {
            case 0, 1 -> template(size);
            case 2 -> new Expr.Binary(BinaryOperator.ADD, of(Sort.TEXT, size - 1), of(Sort.ANY, size - 1), at());
            case 3 -> new Expr.Unary(UnaryOperator.TYPEOF, of(Sort.ANY, size - 1), at());
            case 4 -> member(known(size), "b");
            case 5 -> new Expr.Index(of(Sort.TEXT, size - 1), of(Sort.NUMBER, size - 2), false, at());
            case 6 -> calls.onAnything(size);
            default -> calls.giving(Sort.TEXT, size);
        };
    }

    private Expr template(int size) {
        int count = 1 + pick(2);
        return new Expr.Template(
                IntStream.rangeClosed(0, count)
                        .mapToObj(i -> oneOf(RandomValues.TEXTS))
                        .toList(),
                IntStream.range(0, count).mapToObj(i -> of(Sort.ANY, size - 1)).toList(),
                at());
    }

    private Expr truth(int size) {
        return switch (pick(10)) {
            case 0, 1 -> {
                var sort = oneOf(Sort.NUMBER, Sort.TEXT, Sort.ANY);
                var other = pick(3) == 0 ? Sort.ANY : sort;
                var operator = BinaryOperator.of(word("< <= > >= === !=="));
                yield new Expr.Binary(operator, of(sort, size - 1), of(other, size - 1), at());
            }
            case 2 -> new Expr.Unary(UnaryOperator.NOT, of(Sort.ANY, size - 1), at());
            case 3 -> {
                var key = pick(2) == 0 ? textual(oneOf(RandomValues.KEYS)) : of(Sort.ANY, size - 2);
                var object = of(oneOf(Sort.RECORD, Sort.LIST), size - 1);
                yield new Expr.Binary(BinaryOperator.IN, key, object, at());
            }
            default -> calls.giving(Sort.TRUTH, size);
        };
    }

    Items items(int size) {
        if (size <= 0) {
            return switch (pick(5)) {
                case 0 -> new Items(name("ns"), Sort.NUMBER);
                case 1 -> new Items(name("ts"), Sort.TEXT);
                case 2 -> new Items(name("rs"), Sort.RECORD);
                default -> new Items(leaf(Sort.LIST), Sort.ANY);
            };
        }
        return switch (pick(8)) {
            case 0, 1 -> {
                var sort = oneOf(Sort.values());
                yield new Items(new Expr.ListLiteral(elements(sort, size), at()), sort);
            }
            case 2 -> calls.sorted(size);
            default -> calls.items(size);
        };
    }

    private List<Element> elements(Sort sort, int size) {
        return IntStream.range(0, pick(4))
                .mapToObj(i -> pick(4) == 0
                        ? new Element(true, of(pick(4) == 0 ? Sort.TEXT : Sort.LIST, size - 1))
                        : new Element(false, of(sort, size - 1)))
                .toList();
    }

    private Expr record(int size) {
        return switch (pick(6)) {
            case 0, 1, 2 ->
                new Expr.ObjectLiteral(
                        IntStream.range(0, pick(4))
                                .mapToObj(i -> property(size))
                                .toList(),
                        at());
            case 3 -> known(size);
            default -> calls.giving(Sort.RECORD, size);
        };
    }

    private Expr.Property property(int size) {
        var key = oneOf(pick(2) == 0 ? RandomValues.KEYS : FIELDS.toArray(String[]::new));
        return switch (pick(6)) {
            case 0 -> new Expr.Property.Spread(of(pick(3) == 0 ? Sort.ANY : Sort.RECORD, size - 1));
            case 1 -> new Expr.Property.Computed(of(pick(2) == 0 ? Sort.ANY : Sort.TEXT, size - 2), any(size - 1));
            default -> new Expr.Property.Entry(key, of(oneOf(Sort.values()), size - 1));
        };
    }

    private Expr any(int size) {
        if (size <= 0) {
            return leaf(Sort.ANY);
        }
        return switch (pick(12)) {
            case 0 -> new Expr.Member(of(Sort.RECORD, size - 1), word(ODD_MEMBERS.replaceAll(" \\d", "")), false, at());
            case 1 -> new Expr.Index(of(Sort.RECORD, size - 1), of(Sort.TEXT, size - 2), false, at());
            case 2 -> new Expr.Index(of(Sort.LIST, size - 1), of(Sort.NUMBER, size - 2), false, at());
            case 3 -> new Expr.Index(of(Sort.ANY, size - 1), of(Sort.ANY, size - 2), false, at());
            case 4, 5 -> chain(Sort.ANY, size);
            case 6 -> new Expr.Binary(oneOf(OPERATORS), of(Sort.ANY, size - 1), of(Sort.ANY, size - 1), at());
            case 7 -> calls.ofTheFile(size);
            case 8 -> calls.giving(Sort.ANY, size);
            default -> of(oneOf(Sort.values()), size - 1);
        };
    }

    /// Links with `?.` among them, and what stands in for nothing behind them.
    private Expr chain(Sort sort, int size) {
        Expr link = of(oneOf(Sort.ANY, Sort.RECORD, Sort.LIST, Sort.TEXT), size - 1);
        int links = 1 + pick(3);
        for (int i = 0; i < links; i++) {
            boolean optional = i == 0 || pick(2) == 0;
            link = switch (pick(4)) {
                case 0 -> {
                    var index = pick(2) == 0 ? textual(oneOf(RandomValues.KEYS)) : of(Sort.NUMBER, size - 3);
                    yield new Expr.Index(link, index, optional, at());
                }
                case 1 -> {
                    var method = new Expr.Member(link, word("toString trim slice at nope concat"), optional, at());
                    yield new Expr.Call(method, List.of(), pick(3) == 0, at());
                }
                default -> new Expr.Member(link, word(ODD_MEMBERS.replaceAll(" \\d", "")), optional, at());
            };
        }
        var chain = new Expr.Chain(link, at());
        return pick(2) == 0 ? chain : new Expr.Binary(BinaryOperator.COALESCE, chain, of(sort, size - 1), at());
    }

    /// An arrow that gets values of these sorts; it may take fewer, and may take them apart.
    Expr.Arrow arrow(List<Sort> given, Sort result, int size) {
        int before = bound.size();
        var patterns = new ArrayList<Pattern>();
        int count = pick(8) == 0 ? pick(given.size() + 1) : 1 + pick(given.size());
        for (int i = 0; i < count; i++) {
            patterns.add(pattern(given.get(i), 0));
        }
        var body = of(result, size);
        bound.subList(before, bound.size()).clear();
        return new Expr.Arrow(patterns, body, at());
    }

    private Pattern pattern(Sort sort, int depth) {
        int apart = switch (sort) {
            case RECORD -> 2;
            case LIST -> 3;
            // Default: what is no record or list can hardly be taken apart.
            default -> 12;
        };
        if (depth > 1 || pick(apart) > 0) {
            // Nested arrows get names of their own.
            var name = "x" + bound.size();
            bound.add(new Bound(name, sort));
            return new Pattern.Bind(name);
        }
        if (sort == Sort.LIST || (sort != Sort.RECORD && pick(2) == 0)) {
            return new Pattern.Items(IntStream.rangeClosed(0, pick(3))
                    .mapToObj(i -> pattern(Sort.ANY, depth + 1))
                    .toList());
        }
        var fields = new ArrayList<Pattern.FieldPattern>();
        for (int i = pick(3); i >= 0; i--) {
            int field = pick(FIELDS.size() + 1);
            var key = field < FIELDS.size() ? FIELDS.get(field) : word("length id constructor nope");
            fields.add(new Pattern.FieldPattern(
                    key,
                    pattern(
                            switch (field) {
                                case 0 -> Sort.NUMBER;
                                case 1 -> Sort.TEXT;
                                case 2 -> Sort.LIST;
                                default -> Sort.ANY;
                            },
                            depth + 1)));
        }
        return new Pattern.Fields(fields);
    }
}
