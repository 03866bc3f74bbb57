package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trigger of a workflow: what starts runs besides a call by hand, by API or by another workflow.
public sealed interface Start {
    /// Looked at before anything is kept; `event` is in scope. Null: always.
    @Nullable
    Expr when();

    /// The parameters' values with `event` in scope; null: the payload itself is the single parameter (none: no
    /// parameter).
    @Nullable
    List<Node.Argument> with();

    /// @param method upper case (`POST`)
    /// @param path begins with `/`, served below `/hooks`
    /// @param signature gives a verifier (`hmac(header, secret)`), or null
    /// @param auth gives what the caller must show (`bearer(secret)`), or null
    /// @param replyResult whether the answer waits for the run's result
    record Webhook(
            String method,
            String path,
            @Nullable Expr signature,
            @Nullable Expr auth,
            boolean replyResult,
            @Nullable Expr when,
            @Nullable List<Node.Argument> with)
            implements Start {}

    /// @param cron five fields
    /// @param zone an IANA name
    record Cron(
            String cron,
            String zone,
            @Nullable Expr when,
            @Nullable List<Node.Argument> with) implements Start {}

    /// @param every milliseconds
    record Every(long every, @Nullable Expr when, @Nullable List<Node.Argument> with) implements Start {}

    record Event(
            String event, @Nullable Expr when, @Nullable List<Node.Argument> with) implements Start {}

    /// A trigger of an integration.
    record Integrated(
            String integration,
            String version,
            String trigger,
            List<Node.Argument> arguments,
            @Nullable Expr when,
            @Nullable List<Node.Argument> with)
            implements Start {}
}
