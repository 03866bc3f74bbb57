package weir.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;

/// An action that a workflow may perform: a step, or what undoes one.
///
/// @param using the connection that the text names, or null
public record Performed(
        String integration, String action, @Nullable Expr using, Span at) {
    /// All of a workflow, in the order of its text.
    public static List<Performed> of(Graph graph) {
        var all = new ArrayList<Performed>();
        block(graph.body(), all);
        block(graph.onFailure(), all);
        return List.copyOf(all);
    }

    private static void block(Node.@Nullable Block block, List<Performed> into) {
        if (block != null) {
            block.nodes().forEach(node -> node(node, into));
        }
    }

    private static void node(Node node, List<Performed> into) {
        switch (node) {
            case Node.Step step -> {
                into.add(new Performed(
                        step.integration(), step.action(), step.policies().using(), step.at()));
                undo(step.policies(), step.at(), into);
            }
            case Node.Child child -> undo(child.policies(), child.at(), into);
            // Default: nothing else performs anything by itself.
            default -> {}
        }
        Blocks.of(node).values().forEach(inner -> block(inner, into));
    }

    private static void undo(Policies policies, Span at, List<Performed> into) {
        var undo = policies.undo();
        if (undo != null) {
            into.add(new Performed(
                    undo.integration(), undo.action(), undo.policies().using(), at));
            undo(undo.policies(), at, into);
            block(Blocks.handler(undo.policies()), into);
        }
    }
}
