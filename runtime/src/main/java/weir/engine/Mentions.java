package weir.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import weir.eval.Scope;
import weir.graph.Expr;
import weir.graph.Node;
import weir.graph.Policies;

/// Which names expressions read. An arrow's parameter never has a name that is visible around it, so no binding
/// hides another.
final class Mentions {
    private Mentions() {}

    /// Whether an undo reads that name, anywhere.
    static boolean name(String name, Policies.Undo undo) {
        var policies = undo.policies();
        var retry = policies.retry();
        Stream<@Nullable Expr> ofRetry =
                retry == null ? Stream.of() : Stream.of(retry.times(), retry.from(), retry.to(), retry.when());
        return Stream.of(
                        undo.arguments().stream().map(Node.Argument::value),
                        Stream.of(policies.timeout(), policies.using(), policies.key()),
                        ofRetry)
                .flatMap(expressions -> expressions)
                .anyMatch(expression -> expression != null && in(expression, name));
    }

    /// Whether it gives the same in all passes and items of a run: it draws nothing, calls nothing of the file, and
    /// reads, besides the names of its own scope, only such of the workflow's top level.
    static boolean isFixed(Expr expression, Scope scope) {
        return switch (expression) {
            case Expr.Draw _, Expr.Decide _, Expr.Apply _ -> false;
            case Expr.Name(String name, var _) -> {
                var place = scope.find(name);
                yield place == null || place.up() == 0 || isTop(scope, place.up());
            }
            // Default: it is as fixed as its parts.
            default -> parts(expression).stream().allMatch(part -> isFixed(part, scope));
        };
    }

    private static boolean isTop(Scope scope, int up) {
        @Nullable Scope at = scope;
        for (int i = 0; i < up && at != null; i++) {
            at = at.parent();
        }
        return at != null && at.parent() == null;
    }

    private static boolean in(Expr expression, String name) {
        return expression instanceof Expr.Name(String read, var _)
                ? read.equals(name)
                : parts(expression).stream().anyMatch(part -> in(part, name));
    }

    private static List<Expr> parts(Expr expression) {
        return switch (expression) {
            case Expr.Text _,
                    Expr.Numeric _,
                    Expr.Truth _,
                    Expr.Null _,
                    Expr.Name _,
                    Expr.Global _,
                    Expr.Draw _,
                    Expr.Secret _ -> List.of();
            case Expr.Template template -> template.values();
            case Expr.Member member -> List.of(member.object());
            case Expr.Index index -> List.of(index.object(), index.index());
            case Expr.Call call ->
                Stream.concat(
                                Stream.of(call.callee()),
                                call.arguments().stream().map(Expr.Element::value))
                        .toList();
            case Expr.Chain chain -> List.of(chain.inner());
            case Expr.Fits fits -> List.of(fits.value());
            case Expr.Unary unary -> List.of(unary.operand());
            case Expr.Binary binary -> List.of(binary.left(), binary.right());
            case Expr.Conditional choice -> List.of(choice.condition(), choice.yes(), choice.no());
            case Expr.Arrow arrow -> List.of(arrow.body());
            case Expr.ListLiteral list ->
                list.elements().stream().map(Expr.Element::value).toList();
            case Expr.ObjectLiteral record ->
                record.properties().stream().flatMap(Mentions::parts).toList();
            case Expr.Apply apply -> apply.arguments();
            case Expr.Decide decide -> decide.arguments();
        };
    }

    private static Stream<Expr> parts(Expr.Property property) {
        return switch (property) {
            case Expr.Property.Entry entry -> Stream.of(entry.value());
            case Expr.Property.Computed computed -> Stream.of(computed.key(), computed.value());
            case Expr.Property.Spread spread -> Stream.of(spread.value());
        };
    }
}
