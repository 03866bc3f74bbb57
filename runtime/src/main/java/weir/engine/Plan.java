package weir.engine;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.eval.Program;
import weir.eval.Programs;
import weir.eval.Scope;
import weir.eval.Scripts;
import weir.graph.Graph;
import weir.graph.Library;
import weir.graph.Node;
import weir.source.Source;
import weir.source.Span;
import weir.value.RecordValue;

/// A version of a workflow made ready to run: once, then shared by all its runs and threads.
public final class Plan {
    private final Graph graph;
    private final @Nullable Source source;
    private final Scope scope;
    private final PlanNode.Block body;
    private final @Nullable Program timeout;
    private final Map<String, Node> nodes;

    private Plan(Graph graph, Programs programs, @Nullable Source source) {
        this.graph = graph;
        this.source = source;
        this.scope = new Scope(null);
        graph.parameters().forEach(parameter -> scope.declare(parameter.name()));
        var limit = graph.limits().timeout();
        this.timeout = limit == null ? null : programs.compile(limit, scope);
        if (graph.onFailure() != null) {
            throw new IllegalArgumentException("`on failure` is not available yet");
        }
        var planner = new Planner(programs);
        this.body = planner.block(graph.body(), scope, null);
        this.nodes = Map.copyOf(planner.nodes());
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

    /// The names of the workflow's top level, with the places of their values in [RunState#values].
    public Scope scope() {
        return scope;
    }

    PlanNode.Block body() {
        return body;
    }

    @Nullable
    Program timeout() {
        return timeout;
    }

    /// ` (line 3, column 5)`, or nothing when the text is not at hand.
    String place(Span at) {
        if (source == null) {
            return "";
        }
        var position = source.position(at.start());
        return " (line " + position.line() + ", column " + position.column() + ")";
    }
}
