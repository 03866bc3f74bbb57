package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.syntax.Statement;
import weir.syntax.Tree;

/// The names that a statement makes for the statements behind it.
final class Made {
    private Made() {}

    static List<Tree.Name> by(Statement statement) {
        return switch (statement) {
            case Statement.Let let -> List.of(let.name());
            case Statement.Step step -> of(step.target());
            case Statement.Ask ask -> of(ask.target());
            case Statement.WaitFor wait -> of(wait.target());
            case Statement.If branches -> of(branches.target());
            case Statement.Switch cases -> of(cases.target());
            case Statement.For loop -> of(loop.target());
            case Statement.Repeat repeat -> of(repeat.target());
            case Statement.Race race -> of(race.target());
            case Statement.Split split -> of(split.target());
            case Statement.Try attempt -> of(attempt.target());
            case Statement.Parallel parallel ->
                parallel.branches().stream()
                        .flatMap(branch -> by(branch.block()).stream())
                        .toList();
            case Statement.Wait wait -> List.of();
            case Statement.WaitUntil wait -> List.of();
            case Statement.Emit emit -> List.of();
            case Statement.Log log -> List.of();
            case Statement.Return returns -> List.of();
            case Statement.Yield yields -> List.of();
            case Statement.Fail fail -> List.of();
            case Statement.Broken broken -> List.of();
        };
    }

    static List<Tree.Name> by(Tree.Block block) {
        return block.statements().stream()
                .flatMap(statement -> by(statement).stream())
                .toList();
    }

    private static List<Tree.Name> of(Statement.@Nullable Target target) {
        return target == null ? List.of() : List.of(target.name());
    }
}
