package weir.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.Node;
import weir.graph.Policies;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;
import weir.value.RecordValue;

/// Graphs written down in Java, with the ids that the compiler would give, where a text would say less.
final class Graphs {
    static final Span AT = Span.NONE;

    private Graphs() {}

    static Plan plan(Graph graph) {
        return Plan.of(graph, RecordValue.EMPTY, Texts.NO_SCRIPTS, null);
    }

    /// A statement that does not know its place yet.
    interface Piece {
        /// What its id ends with.
        String word();

        Node at(String id);
    }

    static Graph workflow(List<String> parameters, Piece... pieces) {
        return workflow(parameters, Graph.Limits.NONE, pieces);
    }

    static Graph workflow(List<String> parameters, Graph.Limits limits, Piece... pieces) {
        return workflow(parameters, limits, null, pieces);
    }

    /// @param onFailure null: there is none
    static Graph workflow(
            List<String> parameters, Graph.Limits limits, @Nullable List<Piece> onFailure, Piece... pieces) {
        return workflow("w", parameters, limits, onFailure, pieces);
    }

    static Graph workflow(
            String name,
            List<String> parameters,
            Graph.Limits limits,
            @Nullable List<Piece> onFailure,
            Piece... pieces) {
        return new Graph(
                Graph.LEVEL,
                name,
                "",
                parameters.stream()
                        .map(one -> new Parameter(one, Type.Basic.JSON, false, ""))
                        .toList(),
                Type.Basic.JSON,
                Library.EMPTY,
                List.of(),
                limits,
                block("", List.of(pieces)),
                onFailure == null ? null : block("on_failure/", onFailure),
                AT);
    }

    static Node.Block block(String prefix, List<Piece> pieces) {
        Map<String, Integer> seen = new HashMap<>();
        var nodes = new ArrayList<Node>();
        for (var piece : pieces) {
            int number = seen.merge(piece.word(), 1, Integer::sum);
            nodes.add(piece.at(prefix + piece.word() + (number == 1 ? "" : "#" + number)));
        }
        return new Node.Block(nodes);
    }

    private interface Making {
        Node at(String id);
    }

    private static Piece piece(String word, Making making) {
        return new Piece() {
            @Override
            public String word() {
                return word;
            }

            @Override
            public Node at(String id) {
                return making.at(id);
            }
        };
    }

    static Piece let(String name, Expr value) {
        return let(name, value, null);
    }

    static Piece let(String name, Expr value, @Nullable Type check) {
        return piece(name, id -> new Node.Let(id, name, value, check, AT));
    }

    static Piece log(Expr value) {
        return piece("log", id -> new Node.Log(id, value, AT));
    }

    static Piece step(@Nullable String name, String action, Policies policies, Node.Argument... arguments) {
        return step(name, action, id -> policies, arguments);
    }

    /// @param policies made of the step's id
    static Piece step(
            @Nullable String name, String action, Function<String, Policies> policies, Node.Argument... arguments) {
        int dot = action.indexOf('.');
        String integration = action.substring(0, dot);
        String verb = action.substring(dot + 1);
        return piece(
                name == null ? verb : name,
                id -> new Node.Step(
                        id, name, integration, "1.0", verb, List.of(arguments), policies.apply(id), null, AT));
    }

    static Node.Argument with(String name, Expr value) {
        return new Node.Argument(name, value);
    }

    static Policies retry(int times) {
        return retry(times, null);
    }

    static Policies retry(int times, @Nullable Expr when) {
        return new Policies(
                new Policies.Retry(number(times), number(100), number(1_000), when),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Policies goOn() {
        return new Policies(null, null, null, null, null, new Policies.OnError.Continue(), null, null, null);
    }

    /// The same policies with an undo.
    static Policies undone(Policies policies, String action, Policies own, Node.Argument... arguments) {
        int dot = action.indexOf('.');
        return new Policies(
                policies.retry(),
                policies.timeout(),
                policies.using(),
                policies.key(),
                new Policies.Undo(action.substring(0, dot), "1.0", action.substring(dot + 1), List.of(arguments), own),
                policies.onError(),
                policies.once(),
                policies.atMost(),
                policies.queue());
    }

    static Policies key(Expr key) {
        return new Policies(null, null, null, key, null, null, null, null, null);
    }

    static Piece sleep(long milliseconds) {
        return piece("wait", id -> new Node.Wait(id, number(milliseconds), AT));
    }

    static Piece when(@Nullable String name, Expr condition, List<Piece> then, List<Piece> otherwise) {
        return piece(
                name == null ? "if" : name,
                id -> new Node.If(
                        id,
                        name,
                        List.of(new Node.Arm(condition, block(id + "/then/", then))),
                        otherwise.isEmpty() ? null : block(id + "/else/", otherwise),
                        AT));
    }

    static Piece choose(@Nullable String name, Expr subject, Map<Expr, List<Piece>> cases, List<Piece> otherwise) {
        return piece(name == null ? "switch" : name, id -> {
            var all = new ArrayList<Node.Case>();
            cases.forEach((value, pieces) ->
                    all.add(new Node.Case(List.of(value), block(id + "/case" + all.size() + "/", pieces))));
            return new Node.Switch(id, name, subject, all, block(id + "/else/", otherwise), AT);
        });
    }

    static Piece each(@Nullable String name, String item, Expr list, int atOnce, Piece... body) {
        return piece(
                name == null ? "for_" + item : name,
                id -> new Node.For(
                        id,
                        name,
                        item,
                        item + "_index",
                        list,
                        atOnce == 1 ? null : number(atOnce),
                        block(id + "/", List.of(body)),
                        AT));
    }

    /// @param every milliseconds, or null
    /// @param carried its name, the first value and the next, or null
    static Piece repeat(
            @Nullable String name,
            Expr times,
            @Nullable Expr every,
            Node.@Nullable Carried carried,
            @Nullable Expr until,
            Piece... body) {
        return piece(
                name == null ? "repeat" : name,
                id -> new Node.Repeat(id, name, times, every, carried, until, block(id + "/", List.of(body)), AT));
    }

    /// Two halves, `a` and `b`.
    static Piece split(@Nullable String name, Expr by, List<Piece> a, List<Piece> b) {
        return piece(
                name == null ? "split" : name,
                id -> new Node.Split(
                        id,
                        name,
                        text("halves"),
                        by,
                        List.of(
                                new Node.Share("a", 50, block(id + "/a/", a)),
                                new Node.Share("b", 50, block(id + "/b/", b))),
                        AT));
    }

    static Piece emit(Expr event, @Nullable Expr payload) {
        return piece("emit", id -> new Node.Emit(id, event, payload, AT));
    }

    static Piece ask(@Nullable String name, Expr who, @Nullable Expr upTo) {
        return piece(name == null ? "ask" : name, id -> new Node.Ask(id, name, text("Sure?"), who, null, upTo, AT));
    }

    static Piece waitFor(
            @Nullable String name, String event, @Nullable Type check, @Nullable Expr where, @Nullable Expr upTo) {
        return piece(
                name == null ? "wait_for" : name,
                id -> new Node.WaitFor(id, name, text(event), check, where, upTo, AT));
    }

    static Piece child(@Nullable String name, Policies policies, Node.Argument... arguments) {
        return piece(
                name == null ? "other" : name,
                id -> new Node.Child(id, name, "other", List.of(arguments), policies, null, AT));
    }

    static Policies timeout(long milliseconds) {
        return new Policies(null, number(milliseconds), null, null, null, null, null, null, null);
    }

    static Policies terms(@Nullable Expr once, @Nullable Expr count) {
        return new Policies(
                null,
                null,
                null,
                null,
                null,
                null,
                once == null ? null : new Policies.Once(once, number(1_000)),
                count == null ? null : new Policies.AtMost(count, number(1_000)),
                null);
    }

    static Piece parallel(Map<String, List<Piece>> branches) {
        return piece("parallel", id -> {
            var all = new ArrayList<Node.Branch>();
            branches.forEach((name, pieces) -> all.add(new Node.Branch(name, block(id + "/" + name + "/", pieces))));
            return new Node.Parallel(id, all, AT);
        });
    }

    static Piece race(@Nullable String name, Map<String, List<Piece>> branches) {
        return piece(name == null ? "race" : name, id -> {
            var all = new ArrayList<Node.Branch>();
            branches.forEach(
                    (branch, pieces) -> all.add(new Node.Branch(branch, block(id + "/" + branch + "/", pieces))));
            return new Node.Race(id, name, all, AT);
        });
    }

    static Piece attempt(@Nullable String name, List<Piece> body, List<Piece> handler) {
        return piece(
                name == null ? "try" : name,
                id -> new Node.Try(id, name, block(id + "/body/", body), "error", block(id + "/catch/", handler), AT));
    }

    static Piece yields(Expr value) {
        return piece("yield", id -> new Node.Yield(id, value, AT));
    }

    static Piece returns(Expr value) {
        return piece("return", id -> new Node.Return(id, value, AT));
    }

    static Piece fail(Expr message) {
        return piece("fail", id -> new Node.Fail(id, message, AT));
    }

    static Expr name(String name) {
        return new Expr.Name(name, AT);
    }

    static Expr number(double value) {
        return new Expr.Numeric(value, AT);
    }

    static Expr text(String value) {
        return new Expr.Text(value, AT);
    }

    static Expr draw(Expr.Drawn what) {
        return new Expr.Draw(what, AT);
    }

    static Expr member(Expr object, String name) {
        return new Expr.Member(object, name, false, AT);
    }

    static Expr binary(Expr left, BinaryOperator operator, Expr right) {
        return new Expr.Binary(operator, left, right, AT);
    }

    static Expr list(Expr... items) {
        return new Expr.ListLiteral(
                List.of(items).stream()
                        .map(item -> new Expr.Element(false, item))
                        .toList(),
                AT);
    }

    static Expr object(Object... namesAndValues) {
        var properties = new ArrayList<Expr.Property>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.add(new Expr.Property.Entry((String) namesAndValues[i], (Expr) namesAndValues[i + 1]));
        }
        return new Expr.ObjectLiteral(properties, AT);
    }
}
