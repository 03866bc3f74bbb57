package weir.engine;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation;
import weir.eval.EvaluationError;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.Node;
import weir.source.Origins;
import weir.source.Source;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.UndefinedValue;

/// A version of a workflow made ready to run: once, then shared by all its runs and threads.
public final class Plan {
    private final Graph graph;
    private final Programs programs;
    private final @Nullable Source source;
    private final Scope scope;
    private final PlanNode.Block body;
    private final @Nullable Program timeout;
    private final @Nullable Program onceKey;
    private final @Nullable Program onceWithin;
    private final @Nullable Program slotCount;
    private final @Nullable Program slotKey;
    private final PlanNode.@Nullable OnFailure onFailure;
    private final Map<String, Node> nodes;
    private final Map<String, PlanNode.Loop> loops;
    private final @Nullable Splitting splitting;

    private Plan(Plan plan, Splitting splitting) {
        this.graph = plan.graph;
        this.programs = plan.programs;
        this.source = plan.source;
        this.scope = plan.scope;
        this.body = plan.body;
        this.timeout = plan.timeout;
        this.onceKey = plan.onceKey;
        this.onceWithin = plan.onceWithin;
        this.slotCount = plan.slotCount;
        this.slotKey = plan.slotKey;
        this.onFailure = plan.onFailure;
        this.nodes = plan.nodes;
        this.loops = plan.loops;
        this.splitting = splitting;
    }

    private Plan(Graph graph, Programs programs, @Nullable Source source) {
        this.graph = graph;
        this.programs = programs;
        this.source = source;
        this.scope = new Scope(null);
        graph.parameters().forEach(parameter -> scope.declare(parameter.name()));
        var limit = graph.limits().timeout();
        this.timeout = limit == null ? null : programs.compile(limit, scope);
        var once = graph.limits().once();
        this.onceKey = once == null ? null : programs.compile(once.key(), scope);
        var atMost = graph.limits().atMost();
        this.slotCount = atMost == null ? null : programs.compile(atMost.count(), scope);
        this.slotKey = atMost == null || atMost.per() == null ? null : programs.compile(atMost.per(), scope);
        this.onceWithin = once == null || once.within() == null ? null : programs.compile(once.within(), scope);
        var planner = new Planner(programs);
        this.onFailure = graph.onFailure() == null ? null : planner.onFailure(graph.onFailure(), scope);
        this.body = planner.block(graph.body(), scope, null);
        this.nodes = Map.copyOf(planner.nodes());
        this.loops = Map.copyOf(planner.loops());
        this.splitting = null;
    }

    /// The same plan, whose long loops are walked by runs of their own.
    public Plan splitting(Splitting how) {
        return new Plan(this, how);
    }

    /// How long loops are split, or null: they are not.
    @Nullable
    Splitting splitting() {
        return splitting;
    }

    /// The loop at a path of a run.
    PlanNode.Loop loop(String path) {
        var loop = loops.get(Paths.id(path));
        if (loop == null) {
            throw new IllegalArgumentException("there is no loop at " + path);
        }
        return loop;
    }

    /// @param programs of the graph's library
    /// @param source the text that the graph was made from, so that failures can say the line; null when it is not
    /// at hand
    /// @throws IllegalArgumentException when it has a statement that this build cannot run
    public static Plan of(Graph graph, Programs programs, @Nullable Source source) {
        return new Plan(graph, programs, source);
    }

    /// @param settings what the environment gives to `settings` declarations
    /// @param scripts runs what is beyond the native subset
    /// @param source as above
    /// @throws IllegalArgumentException when it has a statement that this build cannot run
    public static Plan of(Graph graph, RecordValue settings, Scripts scripts, @Nullable Source source) {
        return of(graph, new Programs(graph.library(), settings, scripts), source);
    }

    public Graph graph() {
        return graph;
    }

    /// Compiles expressions of the graph's library.
    public Programs programs() {
        return programs;
    }

    public Library library() {
        return graph.library();
    }

    /// The id of the node that a path of a run leads to: the path without the items of loops.
    public static String nodeId(String path) {
        return Paths.id(path);
    }

    /// The node of that id, or of that path in a run.
    public Optional<Node> node(String id) {
        return Optional.ofNullable(nodes.get(Paths.id(id)));
    }

    /// Every statement, wherever it stands.
    public java.util.Collection<Node> nodes() {
        return nodes.values();
    }

    /// The names of the workflow's top level, with the places of their values in [RunState#values].
    public Scope scope() {
        return scope;
    }

    /// What a run waits for before it begins, because only so many runs of its workflow may be under way at once.
    ///
    /// @param key what turns are counted by
    public record Turn(String key, int most, Graph.Overflow overflow) {}

    /// What turns of a run with that input are counted by, and how many there are.
    ///
    /// @return null when the workflow has no `at most … at once`
    /// @throws weir.eval.EvaluationError when its expressions fail
    public @Nullable Turn turn(RecordValue input) {
        var atMost = graph.limits().atMost();
        if (atMost == null || slotCount == null) {
            return null;
        }
        var at = atMost.count().at();
        var evaluation = pure("`at most`", at);
        var frame = parameters(input);
        int most = Conversions.count(slotCount.run(frame, evaluation), 1, Integer.MAX_VALUE, "`at most`", at);
        String key = slotKey == null ? "" : Conversions.boundedKey(slotKey.run(frame, evaluation), at);
        return new Turn(key, most, atMost.overflow());
    }

    private Evaluation pure(String what, Span at) {
        return programs.evaluation(draw -> {
            throw new EvaluationError("not_pure", what + " draws nothing", at);
        });
    }

    /// What makes two starts of the workflow the same.
    ///
    /// @param within milliseconds, or null: for ever
    /// @param orAfterFailure whether a start after a failed run is another one
    public record Once(String key, @Nullable Long within, boolean orAfterFailure) {}

    /// The key of a start with that input, or null when the workflow has no `once per`.
    ///
    /// @throws weir.eval.EvaluationError when its expressions fail
    public @Nullable Once once(RecordValue input) {
        var once = graph.limits().once();
        if (once == null || onceKey == null) {
            return null;
        }
        var evaluation = pure("`once per`", once.key().at());
        var frame = parameters(input);
        Long within = onceWithin == null
                ? null
                : (Long) Conversions.milliseconds(
                        onceWithin.run(frame, evaluation),
                        "`within`",
                        once.key().at());
        String key = Conversions.key(onceKey.run(frame, evaluation), once.key().at());
        return new Once(key, within, once.orAfterFailure());
    }

    /// The frame of the workflow's body with the values of its parameters.
    Frame parameters(RecordValue input) {
        var frame = new Frame(null, scope.size());
        var parameters = graph.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            var value = input.get(parameters.get(i).name());
            frame.set(i, value == null ? UndefinedValue.UNDEFINED : value);
        }
        return frame;
    }

    PlanNode.Block body() {
        return body;
    }

    PlanNode.@Nullable OnFailure onFailure() {
        return onFailure;
    }

    @Nullable
    Program timeout() {
        return timeout;
    }

    /// ` (line 3, column 5)`, with the file if there are several; nothing when the text is not at hand.
    String place(Span at) {
        if (source == null) {
            return "";
        }
        return " (" + Origins.of(source).place(at.start()) + ")";
    }
}
