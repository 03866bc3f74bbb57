package weir.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.eval.Frame;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;

/// Something of a run that has begun and may not have ended: a block, a loop, the branches of a `parallel`, a step, a
/// timer. They form a tree; only what is under way is in it.
abstract sealed class Activation
        permits Activation.Block, Activation.Fork, Activation.Race, Activation.Loop, Activation.Step, Waiting {
    /// What it is a part of; null for the workflow's body.
    final @Nullable Activation parent;

    /// Set while it is being left before its end.
    @Nullable
    Departure departure;

    /// Whether it has ended or was left.
    boolean over;

    /// The walk of the newest thing that what comes next in it can see: see [Recall].
    int since;

    Activation(@Nullable Activation parent) {
        this.parent = parent;
        this.since = parent == null ? 0 : parent.since;
    }

    /// Whether it may go on: neither it nor anything around it is over, and nothing around it is being left. An
    /// undo goes on, whatever is left around it, and `on failure` does although the workflow's body is being left.
    final boolean isActive() {
        if (over) {
            return false;
        }
        if (this instanceof Step step && step.undoes != null) {
            return true;
        }
        @Nullable Activation inner = this;
        for (var around = parent; around != null && !inner.isOnFailure(); around = around.parent) {
            if (around.over || around.departure != null) {
                return false;
            }
            inner = around;
        }
        return true;
    }

    /// Whether it is the block of `on failure`.
    final boolean isOnFailure() {
        return this instanceof Block block && block.role == Role.FAILURE;
    }

    /// What stands behind this can see something of that walk. Branches and items that run beside it cannot.
    final void sees(int walk) {
        if (walk == 0) {
            return;
        }
        for (@Nullable Activation at = this; at != null; at = at.parent) {
            switch (at) {
                case Fork _, Loop _, Race _ -> {}
                case Block _, Step _, Waiting _ -> at.since = Math.max(at.since, walk);
            }
        }
    }

    final boolean isWithin(Activation other) {
        @Nullable Activation at = this;
        while (at != null && at != other) {
            at = at.parent;
        }
        return at != null;
    }

    /// Why a block is left, and the attempts that are still waited for.
    static final class Departure {
        final Outcome outcome;
        final Set<Step> awaited;
        /// Whether it is settled what is to be undone.
        boolean settled;

        Departure(Outcome outcome, Set<Step> awaited) {
            this.outcome = outcome;
            this.awaited = awaited;
        }
    }

    sealed interface Outcome {
        /// @param last whether nobody can resume the run after it: it is a `fail` of the workflow's own
        record Failed(RunError error, boolean last) implements Outcome {}

        record Yielded(Value value) implements Outcome {}

        record Returned(Value value) implements Outcome {}

        record Cancelled() implements Outcome {}

        /// A branch has won its race: the others are left.
        record Won(Block branch, Value value) implements Outcome {}

        /// An undo has failed for good: the run rests where it stands.
        record Halted() implements Outcome {}

        /// All items of the segment that the run walks are over.
        record Finished(ListValue yields) implements Outcome {}

        /// In a segment: a block around its loop gets a value.
        record Beyond(String target, Value value) implements Outcome {}

        /// The run of the loop wants no more of the segment.
        record Quit() implements Outcome {}

        /// Somebody resumed the run: what failed to be undone is tried again, then the workflow is walked
        /// again.
        ///
        /// @param end how the run ends instead, if that was decided before
        record Resumed(Entry.@Nullable Ended end) implements Outcome {}
    }

    /// What a block is to the statement that it belongs to.
    enum Role {
        BODY,
        ARM,
        TRIED,
        HANDLER,
        BRANCH,
        ITEM,
        /// Holds nothing but the loop of which the run walks a segment.
        SEGMENT,
        /// `on failure`.
        FAILURE
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

        /// What a run begins with that walks a segment.
        ///
        /// @param path of the loop
        static Block segment(PlanNode.Loop loop, String path, Frame frame) {
            int end = path.lastIndexOf(']') + 1;
            int cut = end == 0 ? 0 : Paths.id(path.substring(0, end)).length();
            var plan = new PlanNode.Block(List.of(loop));
            return new Block(null, null, Role.SEGMENT, plan, frame, 0, path.substring(0, end), cut);
        }

        static Block onFailure(Block body, PlanNode.OnFailure plan) {
            var frame = new Frame(body.frame, plan.frameSize());
            return new Block(body, null, Role.FAILURE, plan.block(), frame, 0, "", 0);
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

    static final class Race extends Activation {
        final PlanNode.Race plan;
        final Block around;
        final String path;
        final Set<Block> running = new LinkedHashSet<>();
        int started;

        /// The number of the only branch that is walked because it is known to win, or -1.
        int winner = -1;

        /// Whether it is decided who has won.
        boolean decided;

        /// The failure of the branch that was the last to lose.
        Outcome.@Nullable Failed lost;

        Value value = NullValue.NULL;

        Race(Block around, PlanNode.Race plan) {
            super(around);
            this.around = around;
            this.plan = plan;
            this.path = around.path(plan);
        }

        String name(Block branch) {
            return plan.node()
                    .branches()
                    .get(plan.branches().indexOf(branch.plan))
                    .name();
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
        /// How many items have begun.
        int started;
        /// The number of the first item of the list.
        int first;
        /// Into which segments it is split, or null.
        Entry.@Nullable Split split;
        /// How many items at once the segments that may begin have.
        final Deque<Integer> free = new ArrayDeque<>(0);
        /// What segments gave, by the number of their first item.
        final TreeMap<Integer, ListValue> given = new TreeMap<>();

        final Set<Step> segments = new LinkedHashSet<>(0);
        /// The items that an earlier walk did once and for all, or null.
        @Nullable
        BitSet finished;
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
            if (split != null) {
                List<Value> all = new ArrayList<>();
                given.values().forEach(one -> all.addAll(one.asList()));
                return ListValue.of(all);
            }
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
        /// Nobody waits for the outcome of its attempt; a resumption asks for it again.
        ABANDONED,
        DONE,
        FAILED
    }

    static final class Step extends Activation {
        final PlanNode.Step plan;
        final Block around;
        final String path;
        /// Where its expressions find their values.
        final Frame frame;
        /// The step that it undoes, or null.
        final @Nullable Step undoes;

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

        /// The run that walks it, when it is a segment of a loop; of its undo, too.
        @Nullable
        SegmentRun segment;

        /// What that run is to do, when this is its undo.
        Order.@Nullable Undo order;

        /// Of a segment: the number of its first item, how many it has, and how many run at once.
        int from;

        int items;
        int atOnce;

        private Step(Loop loop, PlanNode.Step plan, int from, int items, int atOnce) {
            super(loop);
            this.around = loop.around;
            this.plan = plan;
            this.path = Paths.segment(loop.path, from, from + items - 1);
            this.frame = around.frame;
            this.undoes = null;
            this.from = from;
            this.items = items;
            this.atOnce = atOnce;
        }

        static Step segment(Loop loop, PlanNode.Division division, int from, int items, int atOnce) {
            return new Step(loop, division.segment(), from, items, atOnce);
        }

        Step(Block around, PlanNode.Step plan) {
            super(around);
            this.around = around;
            this.plan = plan;
            this.path = around.path(plan);
            this.frame = around.frame;
            this.undoes = null;
        }

        private Step(Step undoes, PlanNode.Step undo) {
            super(undoes);
            this.around = undoes.around;
            this.plan = undo;
            this.path = Paths.undo(undoes.path);
            this.frame = new Frame(undoes.around.frame, 1);
            this.frame.set(0, undoes.output);
            this.undoes = undoes;
            this.segment = undoes.segment;
        }

        /// What takes back what this step has done.
        Step undo(PlanNode.Undo undo) {
            return new Step(this, undo.step());
        }

        /// Goes on where the step of an earlier walk was.
        void takeOver(Step before) {
            phase = before.phase == Phase.BACKOFF ? Phase.BACKOFF : Phase.RUNNING;
            generation = before.generation;
            attempt = before.attempt;
            arguments = before.arguments;
            key = before.key;
            timeout = before.timeout;
            connection = before.connection;
            terms = before.terms;
            next = before.next;
        }

        /// Whether an attempt of this generation has begun.
        boolean hasBegun() {
            return switch (phase) {
                case NEW -> false;
                case RUNNING, ABANDONED, DONE -> true;
                case BACKOFF -> attempt > 1;
                case FAILED -> attempt > 0;
            };
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
                case PlanNode.Target.SegmentUndo() -> {
                    var run = Objects.requireNonNull(segment, "an undo of a segment has its run");
                    yield new Effect.Instruct(
                            path, run.child, new Message.Ordered(run.turn, Objects.requireNonNull(order)));
                }
                case PlanNode.Target.Segment() -> throw new IllegalStateException("a segment is begun by its loop");
            };
        }

        /// Stops the attempt, as far as it can be.
        ///
        /// @param cancelled whether what it does is of no interest any more
        Effect stop(boolean cancelled) {
            if (segment != null) {
                return new Effect.Instruct(
                        path, segment.child, new Message.Ordered(++segment.turn, new Order.Quit(cancelled)));
            }
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
