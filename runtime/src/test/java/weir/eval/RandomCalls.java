package weir.eval;

import static weir.eval.RandomExprs.Sort.ANY;
import static weir.eval.RandomExprs.Sort.LIST;
import static weir.eval.RandomExprs.Sort.NUMBER;
import static weir.eval.RandomExprs.Sort.RECORD;
import static weir.eval.RandomExprs.Sort.TEXT;
import static weir.eval.RandomExprs.Sort.TRUTH;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import weir.eval.RandomExprs.Items;
import weir.eval.RandomExprs.Sort;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Expr.Element;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Type;

/// Calls of what is built in, by its signatures.
final class RandomCalls {
    /// What JavaScript does not have; the sandbox asks the host for it, so there is nothing to compare.
    private static final Set<String> FOREIGN = Set.of(
            "time", "format", "csv", "hash", "base64", "url", "chunks", "matches", "bearer", "basic", "header", "hmac");

    /// How they come out depends on the order in which an engine compares, unless the comparison is one.
    private static final Set<String> SORTING = Set.of("list.toSorted", "list.sort");

    private static final List<Builtin> ALL = Builtins.ALL.stream()
            .filter(builtin -> !builtin.form() && !builtin.script() && !SORTING.contains(builtin.fullName()))
            .filter(builtin -> !FOREIGN.contains(builtin.fullName().replaceFirst("\\..*", "")))
            .toList();
    private static final Map<Sort, List<Builtin>> BY_RESULT = byResult();
    private static final List<Builtin> FUNCTIONS = ALL.stream()
            .filter(builtin -> builtin.of() instanceof Builtin.Of.Space && !builtin.property())
            .toList();

    private final RandomExprs exprs;

    RandomCalls(RandomExprs exprs) {
        this.exprs = exprs;
    }

    private static Map<Sort, List<Builtin>> byResult() {
        var sorted = new EnumMap<Sort, List<Builtin>>(Sort.class);
        for (var builtin : ALL) {
            // There is more to be found in calls than in constants.
            var times = builtin.property() && builtin.of() instanceof Builtin.Of.Space ? 1 : 3;
            sorted.computeIfAbsent(sort(builtin.result()), sort -> new ArrayList<>())
                    .addAll(Collections.nCopies(times, builtin));
        }
        return sorted;
    }

    /// The built-ins that are compared.
    static List<String> names() {
        return ALL.stream().map(Builtin::fullName).distinct().sorted().toList();
    }

    private static Sort sort(Type type) {
        return switch (type) {
            case Type.Basic basic ->
                switch (basic) {
                    case STRING, DATETIME -> TEXT;
                    case NUMBER, INT, DURATION -> NUMBER;
                    case BOOLEAN -> TRUTH;
                    case JSON, FILE, SECRET, AUTH, NULL, UNDEFINED, NEVER, UNKNOWN -> ANY;
                };
            case Type.Literal.Text _ -> TEXT;
            case Type.Literal.Numeric _ -> NUMBER;
            case Type.Literal.Truth _ -> TRUTH;
            case Type.ListOf _ -> LIST;
            case Type.RecordOf _, Type.MapOf _ -> RECORD;
            case Type.Union _, Type.Named _ -> ANY;
        };
    }

    Expr giving(Sort sort, int size) {
        var fitting = BY_RESULT.get(sort);
        return call(fitting.get(exprs.pick(fitting.size())), size, new HashMap<>());
    }

    Items items(int size) {
        var fitting = BY_RESULT.get(LIST);
        var builtin = fitting.get(exprs.pick(fitting.size()));
        var variables = new HashMap<Type, Sort>();
        var list = call(builtin, size, variables);
        var item = ((Type.ListOf) builtin.result()).item();
        return new Items(
                list, builtin.fullName().equals("Object.entries") ? LIST : variables.getOrDefault(item, sort(item)));
    }

    /// @param variables what the signature's variables stand for, once that is decided
    private Expr call(Builtin builtin, int size, Map<Type, Sort> variables) {
        exprs.use(builtin.fullName());
        var callee = callee(builtin, size, variables);
        if (builtin.property()) {
            return callee;
        }
        var arguments = new ArrayList<Element>();
        for (var slot : builtin.parameters()) {
            if (slot.rest()) {
                rest(slot.takes(), arguments, size, variables);
            } else if (slot.optional() && exprs.pick(2) == 0) {
                break;
            } else if (exprs.pick(30) == 0) {
                arguments.add(
                        exprs.pick(2) == 0
                                ? new Element(true, exprs.of(LIST, size - 2))
                                : new Element(false, exprs.global("undefined")));
            } else {
                arguments.add(new Element(false, argument(builtin, slot.takes(), size, variables)));
            }
        }
        if (exprs.pick(60) == 0 && !arguments.isEmpty()) {
            arguments.removeLast();
        }
        return new Expr.Call(callee, arguments, false, exprs.at());
    }

    private Expr callee(Builtin builtin, int size, Map<Type, Sort> variables) {
        return switch (builtin.of()) {
            case Builtin.Of.Everywhere() -> exprs.global(builtin.name());
            case Builtin.Of.Space(String space) ->
                new Expr.Member(exprs.global(space), builtin.name(), false, exprs.at());
            case Builtin.Of.Value(Type type) ->
                new Expr.Member(value(type, size - 1, variables), builtin.name(), false, exprs.at());
        };
    }

    private void rest(Builtin.Takes takes, List<Element> arguments, int size, Map<Type, Sort> variables) {
        for (int i = exprs.pick(4); i > 0; i--) {
            arguments.add(
                    exprs.pick(6) == 0
                            ? new Element(true, exprs.items(size - 2).list())
                            : new Element(false, value(((Builtin.Takes.Value) takes).type(), size - 2, variables)));
        }
    }

    private Expr argument(Builtin builtin, Builtin.Takes takes, int size, Map<Type, Sort> variables) {
        return switch (takes) {
            case Builtin.Takes.Arrow(var parameters, Type result) -> {
                if (exprs.pick(25) == 0) {
                    yield function();
                }
                var given = new ArrayList<Sort>();
                parameters.forEach(parameter -> given.add(decided(parameter, variables)));
                boolean tests = result == Type.Basic.JSON && exprs.pick(3) > 0;
                yield exprs.arrow(given, tests ? TRUTH : decided(result, variables), size - 1);
            }
            case Builtin.Takes.Value(Type type) ->
                switch (builtin.fullName()) {
                    case "JSON.parse" -> json(size);
                    case "Date.parse" -> exprs.pick(3) == 0 ? exprs.of(TEXT, size - 1) : exprs.textual(date());
                    case "Object.fromEntries" ->
                        exprs.pick(4) == 0
                                ? exprs.of(LIST, size - 1)
                                : method(
                                        exprs.global("Object"),
                                        "entries",
                                        exprs.of(exprs.oneOf(RECORD, LIST), size - 1));
                    // Default: by its type.
                    default -> value(type, size - 1, variables);
                };
        };
    }

    /// A built-in function handed over by its name.
    private Expr function() {
        var builtin = FUNCTIONS.get(exprs.pick(FUNCTIONS.size()));
        return callee(builtin, 0, new HashMap<>());
    }

    private Sort decided(Type type, Map<Type, Sort> variables) {
        return Builtin.isVariable(type)
                ? variables.computeIfAbsent(type, variable -> exprs.oneOf(Sort.values()))
                : sort(type);
    }

    private Expr value(Type type, int size, Map<Type, Sort> variables) {
        return switch (type) {
            case Type.Basic basic
            when basic == Type.Basic.INT ->
                exprs.pick(4) > 0 ? exprs.numeric(exprs.pick(9) - 2) : exprs.of(NUMBER, size);
            case Type.Literal.Text(String text) -> exprs.textual(text);
            case Type.Union(var members) -> value(members.get(exprs.pick(members.size())), size, variables);
            case Type.ListOf(Type item) -> {
                var items = exprs.items(size);
                variables.putIfAbsent(item, items.item());
                yield items.list();
            }
            case Type.RecordOf(var fields)
            when fields.stream().anyMatch(field -> field.name().equals("length")) ->
                new Expr.ObjectLiteral(
                        List.of(new Expr.Property.Entry("length", exprs.numeric(exprs.pick(5)))), exprs.at());
            // Default: by its sort.
            default -> exprs.of(decided(type, variables), size);
        };
    }

    private Expr json(int size) {
        return switch (exprs.pick(5)) {
            case 0, 1 -> exprs.textual(exprs.oneOf(RandomValues.JSON));
            case 2 -> exprs.of(TEXT, size - 1);
            default -> method(exprs.global("JSON"), "stringify", exprs.of(exprs.oneOf(LIST, RECORD, ANY), size - 1));
        };
    }

    private String date() {
        return "20%02d-%02d-%02d%s"
                .formatted(
                        exprs.pick(30),
                        exprs.pick(15),
                        exprs.pick(35),
                        exprs.word("_ T10:20 T24:00Z T23:59:60Z T01:02:03Z T01:02:03.004Z T01:02+05:30 T01:02:03.5Z")
                                .replace("_", ""));
    }

    private Expr method(Expr object, String name, Expr... arguments) {
        var elements = java.util.Arrays.stream(arguments)
                .map(argument -> new Element(false, argument))
                .toList();
        return new Expr.Call(new Expr.Member(object, name, false, exprs.at()), elements, false, exprs.at());
    }

    /// What every value can be asked.
    Expr onAnything(int size) {
        return switch (exprs.pick(4)) {
            case 0 -> {
                exprs.use("boolean.toString");
                yield method(exprs.of(TRUTH, size - 1), "toString");
            }
            case 1 -> {
                var key = exprs.pick(2) == 0 ? exprs.textual(exprs.oneOf(RandomValues.KEYS)) : exprs.of(ANY, size - 2);
                yield method(exprs.of(ANY, size - 1), "hasOwnProperty", key);
            }
            default -> method(exprs.of(ANY, size - 1), exprs.word("toString valueOf"));
        };
    }

    /// A list in an order, mostly one that its comparison does not contradict, whatever it compares.
    Items sorted(int size) {
        var items = exprs.items(size - 1);
        exprs.use("list.toSorted");
        int kind = exprs.pick(6);
        if (kind < 2) {
            return new Items(method(items.list(), "toSorted"), items.item());
        }
        if (kind == 2) {
            var any = exprs.arrow(List.of(items.item(), items.item()), exprs.oneOf(NUMBER, TRUTH), size - 1);
            return new Items(method(items.list(), "toSorted", any), items.item());
        }
        boolean down = exprs.pick(2) == 0;
        Expr p = key(exprs.name(down ? "q" : "p"));
        Expr q = key(exprs.name(down ? "p" : "q"));
        var order = new Expr.Binary(
                BinaryOperator.SUBTRACT,
                new Expr.Binary(BinaryOperator.GREATER, p, q, exprs.at()),
                new Expr.Binary(BinaryOperator.LESS, p, q, exprs.at()),
                exprs.at());
        var patterns = List.<Expr.Pattern>of(new Expr.Pattern.Bind("p"), new Expr.Pattern.Bind("q"));
        return new Items(method(items.list(), "toSorted", new Expr.Arrow(patterns, order, exprs.at())), items.item());
    }

    private Expr key(Expr of) {
        var json = method(exprs.global("JSON"), "stringify", of);
        return new Expr.Call(exprs.global("String"), List.of(new Element(false, json)), false, exprs.at());
    }

    /// A fold that gives that sort.
    Expr fold(Sort sort, int size) {
        var items = exprs.items(size - 1);
        var arrow = exprs.arrow(List.of(sort, items.item(), NUMBER), sort, size - 1);
        return method(items.list(), exprs.word("reduce reduceRight"), arrow, exprs.of(sort, size - 2));
    }

    /// A sum over a list.
    Expr sum(int size) {
        var items = exprs.items(size - 1);
        var part = exprs.arrow(List.of(items.item(), NUMBER), NUMBER, size - 1);
        var patterns = new ArrayList<Expr.Pattern>();
        patterns.add(new Expr.Pattern.Bind("s"));
        patterns.addAll(part.parameters());
        var operator = BinaryOperator.of(exprs.word("+ + + - *"));
        var body = new Expr.Binary(operator, exprs.name("s"), part.body(), exprs.at());
        return method(
                items.list(),
                exprs.word("reduce reduceRight"),
                new Expr.Arrow(patterns, body, exprs.at()),
                exprs.pick(3) == 0 ? exprs.of(NUMBER, size - 2) : exprs.numeric(0));
    }

    /// A function or rule set of the file, or a value that is drawn.
    Expr ofTheFile(int size) {
        return switch (exprs.pick(6)) {
            case 0, 1 ->
                new Expr.Apply(
                        "pair", List.of(fitting(Type.Basic.JSON, size), fitting(Type.Basic.JSON, size)), exprs.at());
            case 2 -> new Expr.Apply("doubled", List.of(fitting(Type.Basic.NUMBER, size)), exprs.at());
            case 3 -> new Expr.Decide("size", List.of(fitting(Type.Basic.NUMBER, size)), exprs.at());
            case 4 -> new Expr.Draw(exprs.oneOf(Expr.Drawn.values()), exprs.at());
            default -> exprs.of(ANY, size - 1);
        };
    }

    /// An argument that is held against the type of its parameter.
    private Expr fitting(Type type, int size) {
        var value = exprs.of(sort(type), size - 1);
        // Nothing would hardly ever fit.
        var present = type == Type.Basic.JSON
                ? new Expr.Binary(BinaryOperator.COALESCE, value, new Expr.Null(exprs.at()), exprs.at())
                : value;
        return new Expr.Fits(present, type, "argument", exprs.at());
    }
}
