package weir.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blocks inside a statement, each with what it is to it.
final class Blocks {
    private Blocks() {}

    static Map<String, Node.Block> of(Node node) {
        var blocks = new LinkedHashMap<String, Node.Block>();
        switch (node) {
            case Node.If choice -> {
                for (int i = 0; i < choice.arms().size(); i++) {
                    blocks.put("then " + i, choice.arms().get(i).block());
                }
                put(blocks, "else", choice.otherwise());
            }
            case Node.Switch choice -> {
                for (int i = 0; i < choice.cases().size(); i++) {
                    blocks.put("case " + i, choice.cases().get(i).block());
                }
                put(blocks, "else", choice.otherwise());
            }
            case Node.For loop -> blocks.put("body", loop.body());
            case Node.Repeat repeat -> blocks.put("body", repeat.body());
            case Node.Parallel fork -> fork.branches().forEach(branch -> blocks.put(branch.name(), branch.block()));
            case Node.Race race -> race.branches().forEach(branch -> blocks.put(branch.name(), branch.block()));
            case Node.Split split -> split.shares().forEach(share -> blocks.put(share.name(), share.block()));
            case Node.Try tried -> {
                blocks.put("body", tried.body());
                blocks.put("catch", tried.handler());
            }
            case Node.Step step -> put(blocks, "on error", handler(step.policies()));
            case Node.Child child -> put(blocks, "on error", handler(child.policies()));
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
        return blocks;
    }

    /// What runs when a step fails for good.
    static Node.@Nullable Block handler(Policies policies) {
        return policies.onError() instanceof Policies.OnError.Handle(Node.Block block) ? block : null;
    }

    private static void put(Map<String, Node.Block> blocks, String name, Node.@Nullable Block block) {
        if (block != null) {
            blocks.put(name, block);
        }
    }
}
