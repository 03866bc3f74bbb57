package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Span;

/// A node of a graph: one statement.
///
/// `id` is stable: the path of names that lead to it (`charge`, `parallel/payment/charge`, `if#2/then/log`), where a
/// nameless statement is called after its kind and, from the second of its kind in a block on, its number (`log#2`).
/// Ids are unique within a graph; a run adds the items of loops to make a path (`for_line[3]/hold`).
/// `name` is what later expressions call its value, or null.
public sealed interface Node {
    String id();

    Span at();

    /// Statements in order.
    record Block(List<Node> nodes) {
        public Block {
            nodes = List.copyOf(nodes);
        }
    }

    /// @param check what the value is checked against at run time, or null when the checker has proved it
    record Let(String id, String name, Expr value, @Nullable Type check, Span at) implements Node {}

    /// An action of an integration.
    ///
    /// @param version the integration's version that the text was checked against
    /// @param arguments named, in the order written
    record Step(
            String id,
            @Nullable String name,
            String integration,
            String version,
            String action,
            List<Argument> arguments,
            Policies policies,
            @Nullable Type check,
            Span at)
            implements Node {
        public Step {
            arguments = List.copyOf(arguments);
        }
    }

    record Argument(String name, Expr value) {}

    /// A child run.
    record Child(
            String id,
            @Nullable String name,
            String workflow,
            List<Argument> arguments,
            Policies policies,
            @Nullable Type check,
            Span at)
            implements Node {
        public Child {
            arguments = List.copyOf(arguments);
        }
    }

    record Ask(
            String id,
            @Nullable String name,
            Expr question,
            Expr who,
            @Nullable Type answer,
            @Nullable Expr upTo,
            Span at)
            implements Node {}

    record WaitFor(
            String id,
            @Nullable String name,
            Expr event,
            @Nullable Type check,
            @Nullable Expr where,
            @Nullable Expr upTo,
            Span at)
            implements Node {}

    record Wait(String id, Expr duration, Span at) implements Node {}

    record WaitUntil(String id, Expr time, Span at) implements Node {}

    record If(
            String id,
            @Nullable String name,
            List<Arm> arms,
            @Nullable Block otherwise,
            Span at) implements Node {
        public If {
            arms = List.copyOf(arms);
        }
    }

    record Arm(Expr condition, Block block) {}

    /// The first case that has a value equal (`===`) to the subject.
    record Switch(
            String id,
            @Nullable String name,
            Expr subject,
            List<Case> cases,
            @Nullable Block otherwise,
            Span at) implements Node {
        public Switch {
            cases = List.copyOf(cases);
        }
    }

    record Case(List<Expr> values, Block block) {
        public Case {
            values = List.copyOf(values);
        }
    }

    /// @param atOnce how many items run at once; null: one after the other
    record For(
            String id,
            @Nullable String name,
            String item,
            @Nullable String index,
            Expr list,
            @Nullable Expr atOnce,
            Block body,
            Span at)
            implements Node {}

    record Repeat(
            String id,
            @Nullable String name,
            Expr times,
            @Nullable Expr every,
            @Nullable Carried carried,
            @Nullable Expr until,
            Block body,
            Span at)
            implements Node {}

    record Carried(String name, Expr first, Expr next) {}

    record Parallel(String id, List<Branch> branches, Span at) implements Node {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    record Race(String id, @Nullable String name, List<Branch> branches, Span at) implements Node {
        public Race {
            branches = List.copyOf(branches);
        }
    }

    record Branch(String name, Block block) {}

    record Split(String id, @Nullable String name, Expr experiment, Expr by, List<Share> shares, Span at)
            implements Node {
        public Split {
            shares = List.copyOf(shares);
        }
    }

    record Share(String name, double percent, Block block) {}

    /// @param error the name under which the handler sees `{ step, code, message, attempts, status?, body? }`
    record Try(String id, @Nullable String name, Block body, String error, Block handler, Span at) implements Node {}

    record Emit(String id, Expr event, @Nullable Expr payload, Span at) implements Node {}

    record Log(String id, Expr value, Span at) implements Node {}

    record Return(String id, @Nullable Expr value, Span at) implements Node {}

    record Yield(String id, Expr value, Span at) implements Node {}

    record Fail(String id, Expr message, Span at) implements Node {}
}
