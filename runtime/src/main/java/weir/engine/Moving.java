package weir.engine;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import weir.eval.Fitting;
import weir.graph.GraphJson;
import weir.graph.Node;
import weir.model.Shape;
import weir.model.Type;
import weir.value.RecordValue;
import weir.value.Value;

/// Whether a run can go on with another version of its workflow, and what it remembers then.
///
/// What has happened stays: results, answers, events, elapsed timers, who won a race. It has to be what the newer
/// version expects at that place. What was decided (a recorded `let`, a way, a list) holds where neither the statement
/// nor anything that values are computed with has changed, and is decided anew otherwise.
public final class Moving {
    private final Plan from;
    private final Plan onto;
    private final boolean computesAlike;

    private Moving(Plan from, Plan onto) {
        this.from = from;
        this.onto = onto;
        this.computesAlike = GraphJson.meaning(from.library()).equals(GraphJson.meaning(onto.library()))
                && lets(from).equals(lets(onto));
    }

    static Moving of(Plan from, Plan onto) {
        return new Moving(from, onto);
    }

    /// The first place that does not fit.
    ///
    /// @param path in the run; `input` for what it was started with
    /// @param recorded the type of what is there
    /// @param wanted what the newer version expects
    public record Misfit(String path, String recorded, String wanted, String detail) {
        public String sentence() {
            return "`" + path + "` has " + recorded + ", and that version wants " + wanted
                    + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    /// Holds everything that a run remembers against another version.
    ///
    /// @param state folded
    /// @param gives what a step's action is declared to give, null: nobody says
    /// @return the first misfit in the order of paths, or null
    public static @Nullable Misfit misfit(RunState state, Plan onto, Function<Node, @Nullable Type> gives) {
        var input = new Type.RecordOf(onto.graph().parameters().stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), one.doc()))
                .toList());
        var misfit = fit("input", state.input(), input, onto);
        return misfit != null ? misfit : new Moving(state.plan, onto).misfit(state.recall, gives);
    }

    private @Nullable Misfit misfit(Recall recall, Function<Node, @Nullable Type> gives) {
        for (var remembered : recall.memories().entrySet()) {
            String path = remembered.getKey();
            var before = from.node(path).orElse(null);
            var now = onto.node(path).orElse(null);
            if (before == null || now == null) {
                continue;
            }
            if (!kind(before).equals(kind(now))) {
                return new Misfit(path, "a `" + kind(before) + "`", "a `" + kind(now) + "`", "");
            }
            boolean isFolded =
                    remembered.getValue() instanceof Recall.Items || remembered.getValue() instanceof Recall.Passes;
            if (isFolded && !GraphJson.head(before).equals(GraphJson.head(now))) {
                return new Misfit(
                        path,
                        "items that are over",
                        "another list",
                        "what a loop goes over cannot change while items of it are done");
            }
            if (remembered.getValue() instanceof Recall.Done(int _, int _, Value output) && Nodes.name(now) != null) {
                var type = wanted(now, gives);
                var misfit = type == null ? null : fit(path, output, type, onto);
                if (misfit != null) {
                    return misfit;
                }
            }
        }
        return null;
    }

    private static String kind(Node node) {
        return node instanceof Node.WaitFor ? "wait for" : Nodes.kind(node);
    }

    static @Nullable Type wanted(Node node, Function<Node, @Nullable Type> gives) {
        return switch (node) {
            case Node.Step step -> step.check() == null ? gives.apply(step) : step.check();
            case Node.Child child -> child.check() == null ? gives.apply(child) : child.check();
            case Node.WaitFor wait -> wait.check();
            case Node.Ask _ -> null;
            // Default: nothing else has a result that is remembered.
            default -> null;
        };
    }

    static @Nullable Misfit fit(String path, Value value, Type type, Plan plan) {
        var fitted = Fitting.fit(value, type, plan.library());
        return fitted.fits() ? null : new Misfit(path, Shown.type(value), Shape.display(type), fitted.sentence());
    }

    /// Whether what was decided at a path holds.
    boolean holds(String path) {
        var before = from.node(path).orElse(null);
        var now = onto.node(path).orElse(null);
        return computesAlike && before != null && now != null && isSame(before, now);
    }

    /// Whether a step is called as before.
    boolean isSame(String path) {
        var before = from.node(path).orElse(null);
        var now = onto.node(path).orElse(null);
        return before != null && now != null && isSame(before, now);
    }

    private static boolean isSame(Node before, Node now) {
        return GraphJson.head(before).equals(GraphJson.head(now));
    }

    private static java.util.SortedSet<String> lets(Plan plan) {
        var lets = new java.util.TreeSet<String>();
        for (var node : plan.nodes()) {
            if (node instanceof Node.Let) {
                lets.add(GraphJson.head(node));
            }
        }
        return lets;
    }

    /// How versions are found by the store's number, where a run never moves.
    static final IntFunction<Plan> NOWHERE = id -> {
        throw new IllegalStateException("version " + id + " of the workflow is not at hand here");
    };

    /// What people call the type of a value.
    private static final class Shown {
        private static final int DEEP = 3;

        static String type(Value value) {
            return type(value, 0);
        }

        private static String type(Value value, int depth) {
            return switch (value) {
                case weir.value.NullValue _, weir.value.UndefinedValue _ -> "null";
                case weir.value.BooleanValue _ -> "boolean";
                case weir.value.NumberValue _ -> "number";
                case weir.value.StringValue _ -> "string";
                case weir.value.SecretValue _ -> "secret";
                case weir.value.ListValue list ->
                    "list of "
                            + (list.size() == 0 || depth == DEEP
                                    ? "anything"
                                    : type(Objects.requireNonNull(list.get(0)), depth + 1));
                case RecordValue record -> {
                    if (depth == DEEP) {
                        yield "{ … }";
                    }
                    var fields = new java.util.StringJoiner(", ", "{ ", " }");
                    fields.setEmptyValue("{}");
                    record.forEach((name, field) -> fields.add(name + ": " + type(field, depth + 1)));
                    yield fields.toString();
                }
            };
        }
    }
}
