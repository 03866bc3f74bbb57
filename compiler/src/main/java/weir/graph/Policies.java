package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.graph.Node.Argument;

/// What happens around a step. Reusable `policy` declarations are already folded in. Null: not asked for.
public record Policies(
        @Nullable Retry retry,
        @Nullable Expr timeout,
        @Nullable Expr using,
        @Nullable Expr key,
        @Nullable Undo undo,
        @Nullable OnError onError,
        @Nullable Once once,
        @Nullable AtMost atMost,
        @Nullable Expr queue) {
    public static final Policies NONE = new Policies(null, null, null, null, null, null, null, null, null);

    /// @param times further attempts
    /// @param from the first pause in milliseconds, null: the engine's standard
    /// @param to the longest pause in milliseconds, null: the engine's standard
    /// @param when asked with `error` in scope; null: always
    public record Retry(
            Expr times,
            @Nullable Expr from,
            @Nullable Expr to,
            @Nullable Expr when) {}

    public record Undo(String integration, String version, String action, List<Argument> arguments, Policies policies) {
        public Undo {
            arguments = List.copyOf(arguments);
        }
    }

    public sealed interface OnError {
        /// The step's value is null and the run goes on.
        record Continue() implements OnError {}

        /// Runs with `error` in scope; its yield is the step's value.
        record Handle(Node.Block block) implements OnError {}
    }

    public record Once(Expr key, Expr within) {}

    public record AtMost(Expr count, Expr per) {}
}
