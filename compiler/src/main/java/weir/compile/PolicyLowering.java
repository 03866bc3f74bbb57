package weir.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Callee;
import weir.check.Checked;
import weir.graph.Expr;
import weir.graph.Policies;
import weir.source.Source;
import weir.syntax.Tree;
import weir.syntax.Tree.Policy;

/// The policies of a step, with reusable ones folded in: what the step says itself comes first.
final class PolicyLowering {
    private final Checked checked;
    private final Reach reach;
    private final StatementLowering statements;

    PolicyLowering(Checked checked, Reach reach, StatementLowering statements) {
        this.checked = checked;
        this.reach = reach;
        this.statements = statements;
    }

    /// A policy and the file that it stands in.
    private record Placed(Policy policy, Source source) {}

    Policies lower(List<Policy> written, Ids ids) {
        if (written.isEmpty()) {
            return Policies.NONE;
        }
        var all = new ArrayList<Placed>();
        collect(written, checked.file().source(), all, new HashSet<>());
        var builder = new Builder();
        all.forEach(placed -> builder.add(placed, ids));
        return builder.build();
    }

    private void collect(List<Policy> policies, Source source, List<Placed> into, Set<String> seen) {
        for (Policy policy : policies) {
            if (!(policy instanceof Policy.With)) {
                into.add(new Placed(policy, source));
            }
        }
        for (Policy policy : policies) {
            if (policy instanceof Policy.With with && seen.add(with.policy().text())) {
                var declared =
                        checked.declarations().policies().get(with.policy().text());
                if (declared != null) {
                    collect(declared.tree().policies(), declared.source(), into, seen);
                }
            }
        }
    }

    private final class Builder {
        private Policies.@Nullable Retry retry;
        private @Nullable Expr timeout;
        private @Nullable Expr using;
        private @Nullable Expr key;
        private Policies.@Nullable Undo undo;
        private Policies.@Nullable OnError onError;
        private Policies.@Nullable Once once;
        private Policies.@Nullable AtMost atMost;
        private @Nullable Expr queue;

        void add(Placed placed, Ids ids) {
            boolean foreign = placed.source() != checked.file().source();
            var expressions = new ExpressionLowering(checked, reach, foreign);
            switch (placed.policy()) {
                case Policy.Retry it
                when retry == null ->
                    retry = new Policies.Retry(
                            expressions.lower(it.times()),
                            expressions.lowerOptional(it.from()),
                            expressions.lowerOptional(it.to()),
                            expressions.lowerOptional(it.when()));
                case Policy.Timeout it when timeout == null -> timeout = expressions.lower(it.duration());
                case Policy.Using it when using == null -> using = expressions.lower(it.connection());
                case Policy.Key it when key == null -> key = expressions.lower(it.value());
                case Policy.Undo it when undo == null -> undo = undo(it, ids);
                case Policy.OnErrorContinue it when onError == null -> onError = new Policies.OnError.Continue();
                case Policy.OnError it
                when onError == null ->
                    onError =
                            new Policies.OnError.Handle(statements.block(it.block(), ids.inside(ids.next("on_error"))));
                case Policy.Once it
                when once == null ->
                    once = new Policies.Once(expressions.lower(it.key()), expressions.lower(it.within()));
                case Policy.AtMost it
                when atMost == null ->
                    atMost = new Policies.AtMost(expressions.lower(it.count()), expressions.lower(it.per()));
                case Policy.Queue it when queue == null -> queue = expressions.lower(it.pool());
                // Default: the step itself says it otherwise.
                default -> {}
            }
        }

        Policies build() {
            return new Policies(retry, timeout, using, key, undo, onError, once, atMost, queue);
        }
    }

    private Policies.@Nullable Undo undo(Policy.Undo undo, Ids ids) {
        Tree.Call call = undo.call();
        if (!(checked.callee(call) instanceof Callee.Of(String integration, String version, var action))) {
            return null;
        }
        reach.services.add(integration);
        return new Policies.Undo(
                integration,
                version,
                action.name(),
                statements.arguments(call.arguments()),
                lower(undo.policies(), ids.inside(ids.next("undo"))));
    }
}
