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
                policies(step.policies(), step.at(), into);
            }
            case Node.Child child -> policies(child.policies(), child.at(), into);
            case Node.If branches -> {
                branches.arms().forEach(arm -> block(arm.block(), into));
                block(branches.otherwise(), into);
            }
            case Node.Switch cases -> {
                cases.cases().forEach(one -> block(one.block(), into));
                block(cases.otherwise(), into);
            }
            case Node.For loop -> block(loop.body(), into);
            case Node.Repeat loop -> block(loop.body(), into);
            case Node.Parallel sides -> sides.branches().forEach(side -> block(side.block(), into));
            case Node.Race sides -> sides.branches().forEach(side -> block(side.block(), into));
            case Node.Split split -> split.shares().forEach(share -> block(share.block(), into));
            case Node.Try attempt -> {
                block(attempt.body(), into);
                block(attempt.handler(), into);
            }
            case Node.Let _,
                    Node.Ask _,
                    Node.WaitFor _,
                    Node.Wait _,
                    Node.WaitUntil _,
                    Node.Emit _,
                    Node.Log _,
                    Node.Return _,
                    Node.Yield _,
                    Node.Fail _ -> {}
        }
    }

    private static void policies(Policies policies, Span at, List<Performed> into) {
        if (policies.undo() != null) {
            var undo = policies.undo();
            into.add(new Performed(
                    undo.integration(), undo.action(), undo.policies().using(), at));
            policies(undo.policies(), at, into);
        }
        if (policies.onError() instanceof Policies.OnError.Handle(var block)) {
            block(block, into);
        }
    }
}
