package weir.check;

import java.util.ArrayList;
import java.util.List;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.Tree.Block;
import weir.syntax.Tree.Policy;

/// What statements hold inside.
final class Nested {
    private Nested() {}

    /// The blocks that a statement may run.
    static List<Block> blocks(Statement statement) {
        return switch (statement) {
            case Statement.If branches -> {
                var blocks = new ArrayList<Block>();
                branches.arms().forEach(arm -> blocks.add(arm.block()));
                if (branches.otherwise() != null) {
                    blocks.add(branches.otherwise());
                }
                yield blocks;
            }
            case Statement.Switch cases -> {
                var blocks = new ArrayList<Block>();
                cases.cases().forEach(one -> blocks.add(one.block()));
                if (cases.otherwise() != null) {
                    blocks.add(cases.otherwise());
                }
                yield blocks;
            }
            case Statement.For loop -> List.of(loop.body());
            case Statement.Repeat repeat -> List.of(repeat.body());
            case Statement.Parallel parallel ->
                parallel.branches().stream().map(Statement.Branch::block).toList();
            case Statement.Race race ->
                race.branches().stream().map(Statement.Branch::block).toList();
            case Statement.Split split ->
                split.branches().stream().map(Statement.Share::block).toList();
            case Statement.Try attempt -> List.of(attempt.body(), attempt.handler());
            case Statement.Step step -> handlers(step.policies());
            case Statement.Let _,
                    Statement.Ask _,
                    Statement.WaitFor _,
                    Statement.Wait _,
                    Statement.WaitUntil _,
                    Statement.Emit _,
                    Statement.Log _,
                    Statement.Return _,
                    Statement.Yield _,
                    Statement.Fail _,
                    Statement.Broken _ -> List.of();
        };
    }

    private static List<Block> handlers(List<Tree.Policy> policies) {
        var blocks = new ArrayList<Block>();
        for (Policy policy : policies) {
            if (policy instanceof Policy.OnError handler) {
                blocks.add(handler.block());
            }
        }
        return blocks;
    }

    /// Every statement of a block, those inside others included, in the order of the text.
    static List<Statement> all(Block block) {
        var all = new ArrayList<Statement>();
        collect(block, all);
        return all;
    }

    private static void collect(Block block, List<Statement> into) {
        for (Statement statement : block.statements()) {
            into.add(statement);
            blocks(statement).forEach(inner -> collect(inner, into));
        }
    }
}
