package weir.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.eval.Frame;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Something of a run that has begun and may not have ended: a block, a loop, the branches of a `parallel`, a step, a
/// timer. They form a tree; only what is under way is in it.
abstract sealed class Activation permits Activation.Block, Activation.Fork, Activation.Loop, Activation.Step, Waiting {
    /// What it is a part of; null for the workflow's body.
    final @Nullable Activation parent;

    /// Set while it is being left before its end.
    @Nullable
    Departure departure;

    /// Whether it has ended or was left.
    boolean over;

    Activation(@Nullable Activation parent) {
        this.parent = parent;
    }

    /// Whether it may go on: neither it nor anything around it is over, and nothing around it is being left.
    final boolean isActive() {
        if (over) {
            return false;
        }
        for (var around = parent; around != null; around = around.parent) {
            if (around.over || around.departure != null) {
                return false;
            }
        }
        return true;
    }

    final boolean isWithin(Activation other) {
        @Nullable Activation at = this;
        while (at != null && at != other) {
            at = at.parent;
        }
        return at != null;
    }

    /// Why a block is left, and the attempts that are still waited for.
    record Departure(Outcome outcome, Set<Step> awaited) {}

    sealed interface Outcome {
        /// @param last whether nobody can resume the run after it: it is a `fail` of the workflow's own
        record Failed(RunError error, boolean last) implements Outcome {}

        record Yielded(Value value) implements Outcome {}

        record Returned(Value value) implements Outcome {}

        record Cancelled() implements Outcome {}
    }

    /// What a block is to the statement that it belongs to.
    enum Role {
        BODY,
        ARM,
        TRIED,
        HANDLER,
        BRANCH,
        ITEM
    }

    static final class Block extends Activation {
        final PlanNode.Block plan;
        /// The statement it belongs to; null for the workflow's body.
        final @Nullable PlanNode owner;

        final Role role;
        final Frame frame;
        /// The item's number from 0 when it is an item of a loop or a pass of a `repeat`.
        final int item;

        /// A path is the prefix and what a node's id has after the cut.
        private final String prefix;

        private final int cut;

        /// The number of the statement that is under way.
        int next;

        @Nullable
        Activation child;

        /// What a `yield` gave it.
        @Nullable
        Value value;

        private Block(
                @Nullable Activation parent,
                @Nullable PlanNode owner,
                Role role,
                PlanNode.Block plan,
                Frame frame,
                int item,
                String prefix,
                int cut) {
            super(parent);
            this.owner = owner;
            this.role = role;
            this.plan = plan;
            this.frame = frame;
            this.item = item;
            this.prefix = prefix;
            this.cut = cut;
        }

        static Block body(PlanNode.Block plan, Frame frame) {
            return new Block(null, null, Role.BODY, plan, frame, 0, "", 0);
        }

        /// A block that shares the frame of the block around it.
        static Block inside(Block around, Activation parent, PlanNode owner, Role role, PlanNode.Block plan) {
            return new Block(parent, owner, role, plan, around.frame, 0, around.prefix, around.cut);
        }

        /// An item of a loop, or a pass of a `repeat`.
        ///
        /// @param path of the loop
        static Block item(
                Activation parent, PlanNode owner, PlanNode.Block body, String path, int number, Frame frame) {
            int cut = owner.node().id().length();
            return new Block(parent, owner, Role.ITEM, body, frame, number, Paths.item(path, number), cut);
        }

        PlanNode current() {
            return plan.nodes().get(next);
        }

        String path(PlanNode node) {
            String id = node.node().id();
            return cut == 0 ? id : prefix + id.substring(cut);
        }
    }

    /// The branches of a `parallel`.
    static final class Fork extends Activation {
        final PlanNode.Fork plan;
        final Block around;
        final Set<Block> running = new LinkedHashSet<>();
        int started;

        Fork(Block around, PlanNode.Fork plan) {
            super(around);
            this.around = around;
            this.plan = plan;
        }
    }

    static final class Loop extends Activation {
        final PlanNode.Loop plan;
        final Block around;
        final String path;
        final Set<Block> running = new LinkedHashSet<>();
        /// Null until it is decided what it goes over.
        @Nullable
        ListValue list;

        int atOnce;
        int started;
        /// By item, null where an item yielded nothing; only kept when the loop has a name.
        @Nullable
        Value @Nullable [] yields;

        Loop(Block around, PlanNode.Loop plan) {
            super(around);
            this.around = around;
            this.plan = plan;
            this.path = around.path(plan);
        }

        ListValue yielded() {
            if (yields == null) {
                return ListValue.EMPTY;
            }
            List<Value> all = new ArrayList<>(yields.length);
            for (@Nullable Value value : yields) {
                if (value != null) {
                    all.add(value);
                }
            }
            return ListValue.of(all);
        }
    }

    enum Phase {
        /// Not planned in this generation.
        NEW,
        /// An attempt is under way.
        RUNNING,
        /// The next attempt waits for its time.
        BACKOFF,
        DONE,
        FAILED
    }

    static final class Step extends Activation {
        final PlanNode.Step plan;
        final Block around;
        final String path;
        Phase phase = Phase.NEW;
        int generation;
        /// The attempt under way or the next one, from 1.
        int attempt;

        RecordValue arguments = RecordValue.EMPTY;
        String key = "";

        @Nullable
        Long timeout;

        @Nullable
        String connection;

        Terms terms = Terms.NONE;

        /// The run that the attempt is, when the step is another workflow.
        @Nullable
        UUID child;

        /// When an attempt that is a child run has taken too long, or null.
        @Nullable
        Instant deadline;

        /// When the next attempt may begin.
        Instant next = Instant.EPOCH;

        Value output = NullValue.NULL;

        Step(Block around, PlanNode.Step plan) {
            super(around);
            this.around = around;
            this.plan = plan;
            this.path = around.path(plan);
        }

        /// What errors call it.
        String label() {
            String name = plan.name();
            return name == null ? path : name;
        }

        /// Asks for the attempt.
        Effect start() {
            return switch (plan.target()) {
                case PlanNode.Target.Action(String integration, String version, String action) ->
                    new Effect.Perform(
                            path, attempt, integration, version, action, arguments, key, timeout, connection, terms);
                case PlanNode.Target.Workflow(String workflow) ->
                    new Effect.StartChild(
                            path,
                            Objects.requireNonNull(child, "a child run under way has an id"),
                            workflow,
                            arguments);
            };
        }

        /// Stops the attempt, as far as it can be.
        Effect stop() {
            return child == null ? new Effect.Abandon(path, attempt) : new Effect.CancelChild(path, child);
        }
    }

    static final class Pause extends Waiting {
        final PlanNode.Pause plan;
        boolean woke;

        Pause(Block around, PlanNode.Pause plan) {
            super(around, plan);
            this.plan = plan;
        }
    }
}
