package weir.engine;

import static weir.engine.Graphs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Graph;
import weir.graph.Node;
import weir.graph.Policies;
import weir.model.Type;

/// Workflows of every statement that can run, nested at random. Names are used only where they have a value.
public final class RandomWorkflow {
    private final Random random;
    private int names;
    private int left = 14;
    private boolean calls = true;
    private boolean inOrder;

    public RandomWorkflow(Random random) {
        this.random = random;
    }

    /// It starts no other workflow and sends no event, so that it can be started by those that do.
    public RandomWorkflow withoutCalls() {
        calls = false;
        return this;
    }

    /// Everything in it happens in one order, whoever does it; its loops are longer.
    public RandomWorkflow inOrder() {
        inOrder = true;
        return this;
    }

    public Graph graph() {
        return graph("w", "input", null);
    }

    /// @param parameter the only one
    /// @param given limits, or null: some
    public Graph graph(String name, String parameter, Graph.@Nullable Limits given) {
        var some = random.nextInt(6) == 0
                ? new Graph.Limits(Graph.Priority.NORMAL, null, null, number(random.nextInt(3_000) + 1))
                : Graph.Limits.NONE;
        var limits = given == null ? some : given;
        var scope = new ArrayList<>(List.of(parameter));
        var pieces = new ArrayList<>(pieces(scope, 3, false));
        pieces.add(returns(new Expr.ListLiteral(
                scope.stream().map(one -> new Expr.Element(false, name(one))).toList(), AT)));
        left = 3;
        var onFailure = random.nextInt(3) == 0 ? pieces(new ArrayList<>(List.of(parameter, "error")), 1, false) : null;
        return workflow(name, List.of(parameter), limits, onFailure, pieces.toArray(Piece[]::new));
    }

    /// @param scope the names that have a value; gets those of the pieces
    /// @param mayYield whether a named block is around
    private List<Piece> pieces(List<String> scope, int depth, boolean mayYield) {
        var pieces = new ArrayList<Piece>();
        for (int i = random.nextInt(3) + 1; i > 0 && left > 0; i--) {
            left--;
            pieces.add(piece(scope, depth, mayYield));
        }
        return pieces;
    }

    private Piece piece(List<String> scope, int depth, boolean mayYield) {
        return depth == 0 || random.nextBoolean() ? simple(scope, mayYield) : nesting(scope, depth, mayYield);
    }

    private Piece simple(List<String> scope, boolean mayYield) {
        return switch (random.nextInt(15)) {
            case 0, 1 -> {
                var value = value(scope);
                yield let(newName(scope), value);
            }
            case 2 -> log(value(scope));
            case 3, 4, 5, 6 -> step(scope);
            case 7 -> sleep(random.nextInt(4) * 500L);
            case 8 -> random.nextInt(4) == 0 ? fail(value(scope)) : broken(scope);
            case 9 ->
                mayYield && random.nextBoolean()
                        ? yields(value(scope))
                        : random.nextInt(5) == 0 ? returns(value(scope)) : log(value(scope));
            case 10 -> calls ? emit(text("happened"), random.nextBoolean() ? value(scope) : null) : log(value(scope));
            case 11 -> {
                var who = object("role", random.nextInt(10) == 0 ? value(scope) : text("sales"));
                yield ask(sometimesNamed(scope), who, upTo());
            }
            case 12, 13 -> {
                if (inOrder) {
                    yield step(scope);
                }
                var type = random.nextInt(3) == 0 ? Type.Basic.BOOLEAN : null;
                var looked = random.nextInt(3) == 0 ? draw(Expr.Drawn.RANDOM) : name("event");
                var where = random.nextBoolean() ? binary(looked, BinaryOperator.EQUAL, value(scope)) : null;
                yield waitFor(sometimesNamed(scope), "happened", type, where, upTo());
            }
            default -> {
                if (!calls) {
                    yield step(scope);
                }
                var argument = with("value", value(scope));
                var policies = switch (random.nextInt(4)) {
                    case 0 -> retry(random.nextInt(3));
                    case 1 -> goOn();
                    case 2 -> timeout(random.nextInt(2_000));
                    default -> Policies.NONE;
                };
                yield child(sometimesNamed(scope), policies, argument);
            }
        };
    }

    private Piece nesting(List<String> scope, int depth, boolean mayYield) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> {
                var name = optionalName();
                var condition = isSmall(scope);
                var then = block(scope, depth, mayYield || name != null);
                var otherwise = random.nextBoolean() ? block(scope, depth, mayYield || name != null) : List.<Piece>of();
                yield named(scope, name, when(name, condition, then, otherwise));
            }
            case 2 -> {
                var name = optionalName();
                var cases = new LinkedHashMap<Expr, List<Piece>>();
                cases.put(number(0), block(scope, depth, mayYield || name != null));
                cases.put(number(1), block(scope, depth, mayYield || name != null));
                yield named(scope, name, choose(name, small(), cases, block(scope, depth, mayYield || name != null)));
            }
            case 3, 4, 5 -> loop(scope, depth, mayYield);
            case 6, 7 -> repeat(scope, depth, mayYield);
            case 8 -> {
                var name = optionalName();
                boolean yields = mayYield || name != null;
                var first = block(scope, depth, yields);
                yield named(scope, name, split(name, number(random.nextInt(9)), first, block(scope, depth, yields)));
            }
            case 9, 10 -> {
                if (inOrder) {
                    yield loop(scope, depth, mayYield);
                }
                var branches = new LinkedHashMap<String, List<Piece>>();
                var after = new ArrayList<>(scope);
                for (int i = random.nextInt(3) + 1; i > 0; i--) {
                    var inner = new ArrayList<>(scope);
                    branches.put("b" + i, pieces(inner, depth - 1, mayYield));
                    after.addAll(inner.subList(scope.size(), inner.size()));
                }
                scope.clear();
                scope.addAll(after);
                yield parallel(branches);
            }
            case 13, 14, 15 -> {
                if (inOrder) {
                    yield loop(scope, depth, mayYield);
                }
                var name = optionalName();
                var branches = new LinkedHashMap<String, List<Piece>>();
                for (int i = random.nextInt(3) + 1; i > 0; i--) {
                    branches.put("b" + i, block(scope, depth, true));
                }
                yield named(scope, name, race(name, branches));
            }
            default -> {
                var name = optionalName();
                var body = block(scope, depth, mayYield || name != null);
                var inner = new ArrayList<>(scope);
                inner.add("error");
                yield named(scope, name, attempt(name, body, pieces(inner, depth - 1, mayYield || name != null)));
            }
        };
    }

    private Piece loop(List<String> scope, int depth, boolean mayYield) {
        var name = optionalName();
        String item = "x" + names++;
        var inner = new ArrayList<>(scope);
        inner.add(item);
        inner.add(item + "_index");
        var items = new Expr[random.nextInt(inOrder ? 8 : 5)];
        for (int i = 0; i < items.length; i++) {
            items[i] = value(scope);
        }
        var body = pieces(inner, depth - 1, mayYield || name != null);
        return named(
                scope,
                name,
                each(name, item, list(items), inOrder ? 1 : random.nextInt(4) + 1, body.toArray(Piece[]::new)));
    }

    private Piece repeat(List<String> scope, int depth, boolean mayYield) {
        var name = optionalName();
        String carried = "c" + names++;
        boolean carries = random.nextBoolean();
        var inner = new ArrayList<>(scope);
        if (carries) {
            inner.add(carried);
        }
        // A pass that is left by a yield has no values of later names, so what follows looks only at names before.
        var before = new ArrayList<>(inner);
        var first = value(scope);
        var body = pieces(inner, depth - 1, mayYield || name != null);
        return named(
                scope,
                name,
                Graphs.repeat(
                        name,
                        number(random.nextInt(12) == 0 ? 0 : random.nextInt(4) + 1),
                        random.nextBoolean() ? null : number(random.nextInt(3) * 700L),
                        carries ? new Node.Carried(carried, first, value(before)) : null,
                        random.nextBoolean() ? null : isSmall(before),
                        body.toArray(Piece[]::new)));
    }

    private List<Piece> block(List<String> scope, int depth, boolean mayYield) {
        return pieces(new ArrayList<>(scope), depth - 1, mayYield);
    }

    private Piece step(List<String> scope) {
        Function<String, Policies> policies = switch (random.nextInt(8)) {
            case 0, 1 -> fixed(retry(random.nextInt(3)));
            case 2 -> fixed(retry(2, binary(member(name("error"), "attempts"), BinaryOperator.LESS, number(2))));
            case 3 -> fixed(goOn());
            case 6 -> fixed(terms(text("once"), random.nextBoolean() ? number(random.nextInt(3)) : null));
            case 4 -> fixed(key(binary(text("k"), BinaryOperator.ADD, value(scope))));
            case 5 -> handled(scope);
            default -> fixed(Policies.NONE);
        };
        var argument = with("value", value(scope));
        @Nullable String name = random.nextInt(4) == 0 ? null : "v" + names++;
        if (random.nextInt(2) == 0) {
            var own = random.nextInt(3) == 0 ? key(text("u")) : retry(random.nextInt(4));
            var undo = with("undo", name != null && random.nextBoolean() ? name(name) : value(scope));
            var plain = policies;
            policies = id -> undone(plain.apply(id), "shop.undo", own, undo);
        }
        if (name != null) {
            scope.add(name);
        }
        return Graphs.step(name, "shop.act", policies, argument);
    }

    private static Function<String, Policies> fixed(Policies policies) {
        return id -> policies;
    }

    private Function<String, Policies> handled(List<String> scope) {
        var pieces = List.of(log(name("error")), log(value(scope)));
        return id -> new Policies(
                null,
                null,
                null,
                null,
                null,
                new Policies.OnError.Handle(Graphs.block(id + "/error/", pieces)),
                null,
                null,
                null);
    }

    /// Reads a member of a number's member, which fails.
    private Piece broken(List<String> scope) {
        return let(newName(scope), member(member(small(), "a"), "b"));
    }

    private Piece named(List<String> scope, @Nullable String name, Piece piece) {
        if (name != null) {
            scope.add(name);
        }
        return piece;
    }

    private @Nullable Expr upTo() {
        return inOrder
                ? null
                : switch (random.nextInt(5)) {
                    case 0, 1 -> null;
                    case 2 -> small();
                    default -> number(random.nextInt(4) * 800L);
                };
    }

    private @Nullable String sometimesNamed(List<String> scope) {
        return random.nextBoolean() ? newName(scope) : null;
    }

    private @Nullable String optionalName() {
        return random.nextBoolean() ? "v" + names++ : null;
    }

    private String newName(List<String> scope) {
        String name = "v" + names++;
        scope.add(name);
        return name;
    }

    /// Compares with a number only: two objects are the same only as long as a run is not restarted.
    private Expr isSmall(List<String> scope) {
        return binary(value(scope), BinaryOperator.EQUAL, small());
    }

    private Expr small() {
        return random.nextBoolean() ? number(random.nextInt(3)) : binary(number(0), BinaryOperator.ADD, number(1));
    }

    private Expr value(List<String> scope) {
        return switch (random.nextInt(7)) {
            case 0 -> draw(Expr.Drawn.values()[random.nextInt(3)]);
            case 1 -> small();
            case 2 -> text("t" + random.nextInt(3));
            default -> name(scope.get(random.nextInt(scope.size())));
        };
    }
}
