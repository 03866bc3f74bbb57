package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Tree.Block;
import weir.syntax.Tree.Call;
import weir.syntax.Tree.Name;
import weir.syntax.Tree.Policy;

/// A statement of a workflow. Blocks that can give a value (`step n = if …`) carry the name they were given.
public sealed interface Statement {
    Span span();

    /// The name that a statement gives to its value, with the type that it is checked against.
    record Target(Name name, @Nullable TypeExpression type) {}

    record Let(Name name, @Nullable TypeExpression type, Expression value, Span span) implements Statement {}

    /// `step [target =] call { policies }`: an action of an integration or a child workflow, told apart by the
    /// checker.
    record Step(@Nullable Target target, Call call, List<Policy> policies, Span span) implements Statement {
        public Step {
            policies = List.copyOf(policies);
        }
    }

    record Ask(
            @Nullable Target target,
            Expression question,
            Expression who,
            @Nullable TypeExpression answer,
            @Nullable Expression upTo,
            Span span)
            implements Statement {}

    record WaitFor(
            @Nullable Target target,
            Expression event,
            @Nullable TypeExpression type,
            @Nullable Expression where,
            @Nullable Expression upTo,
            Span span)
            implements Statement {}

    record If(
            @Nullable Target target,
            List<Arm> arms,
            @Nullable Block otherwise,
            Span span) implements Statement {
        public If {
            arms = List.copyOf(arms);
        }
    }

    record Arm(Expression condition, Block block, Span span) {}

    record Switch(
            @Nullable Target target,
            Expression subject,
            List<Case> cases,
            @Nullable Block otherwise,
            Span span) implements Statement {
        public Switch {
            cases = List.copyOf(cases);
        }
    }

    record Case(List<Expression> values, Block block, Span span) {
        public Case {
            values = List.copyOf(values);
        }
    }

    record For(
            @Nullable Target target,
            Name item,
            @Nullable Name index,
            Expression list,
            @Nullable Expression atOnce,
            Block body,
            Span span)
            implements Statement {}

    record Repeat(
            @Nullable Target target,
            Expression times,
            @Nullable Expression every,
            @Nullable Carried carried,
            @Nullable Expression until,
            Block body,
            Span span)
            implements Statement {}

    /// `with name = first then next`
    record Carried(Name name, Expression first, Expression next) {}

    record Parallel(List<Branch> branches, Span span) implements Statement {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    record Race(@Nullable Target target, List<Branch> branches, Span span) implements Statement {
        public Race {
            branches = List.copyOf(branches);
        }
    }

    record Branch(Name name, Block block, Span span) {}

    record Split(@Nullable Target target, Expression experiment, Expression by, List<Share> branches, Span span)
            implements Statement {
        public Split {
            branches = List.copyOf(branches);
        }
    }

    record Share(Name name, double percent, Block block, Span span) {}

    record Try(@Nullable Target target, Block body, Name error, Block handler, Span span) implements Statement {}

    record Wait(Expression duration, Span span) implements Statement {}

    record WaitUntil(Expression time, Span span) implements Statement {}

    record Emit(Expression event, @Nullable Expression payload, Span span) implements Statement {}

    record Log(Expression value, Span span) implements Statement {}

    /// @param value null for a bare `return`
    record Return(@Nullable Expression value, Span span) implements Statement {}

    record Yield(Expression value, Span span) implements Statement {}

    record Fail(Expression message, Span span) implements Statement {}

    /// What could not be read; it was already reported.
    record Broken(Span span) implements Statement {}
}
