package weir.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.eval.Evaluation;
import weir.eval.Frame;
import weir.eval.Program;
import weir.eval.Scope;
import weir.graph.Node;
import weir.model.Type;

/// A statement made ready: its expressions compiled, its names turned into slots of the frame of the block it stands
/// in.
sealed interface PlanNode {
    /// A slot for a value that has no name.
    int NOWHERE = -1;

    /// The statement it was made from, whose id it has.
    Node node();

    /// Where its value goes, or [#NOWHERE].
    int slot();

    record Block(List<PlanNode> nodes) {
        public Block {
            nodes = List.copyOf(nodes);
        }
    }

    record Let(Node.Let node, int slot, Program value) implements PlanNode {}

    record Log(Node.Log node, Program value) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    /// @param name what later expressions call its value, or null
    /// @param check what its result is checked against, or null
    record Step(
            Node node,
            @Nullable String name,
            Target target,
            int slot,
            List<Argument> arguments,
            Policy policy,
            @Nullable Type check)
            implements PlanNode {
        public Step {
            arguments = List.copyOf(arguments);
        }
    }

    /// What a step calls.
    sealed interface Target {
        record Action(String integration, String version, String action) implements Target {}

        /// A child run.
        record Workflow(String name) implements Target {}

        /// A run that walks a segment of a loop.
        record Segment() implements Target {}

        /// That run takes back what it has done.
        record SegmentUndo() implements Target {}
    }

    /// What a workflow does when it has failed.
    ///
    /// @param frameSize of its frame, which has `error` at slot 0
    record OnFailure(Block block, int frameSize) {}

    record Argument(String name, Program value) {}

    /// @param key the user's key, or null for the standard one
    record Policy(
            @Nullable Retry retry,
            @Nullable Program timeout,
            @Nullable Program connection,
            @Nullable Program key,
            @Nullable Undo undo,
            OnError onError,
            Terms terms) {}

    /// What makes the [weir.engine.Terms] of a plan. Null: not asked for.
    record Terms(
            @Nullable Program onceKey,
            @Nullable Program onceWithin,
            @Nullable Program count,
            @Nullable Program per,
            @Nullable Program queue) {}

    /// What takes back what a step has done.
    ///
    /// @param step the undo as a step; its expressions need a frame of its own, with the result of the step that it
    /// undoes at slot 0
    /// @param readsResult whether it can only run when there is a result
    record Undo(Step step, boolean readsResult) {}

    /// @param when needs a frame of its own with `error`
    record Retry(
            Program times,
            @Nullable Program from,
            @Nullable Program to,
            @Nullable Program when) {}

    sealed interface OnError {
        record Fail() implements OnError {}

        record Continue() implements OnError {}

        record Handle(int errorSlot, Block block) implements OnError {}
    }

    /// A durable timer: a duration, or a time.
    record Pause(Node node, Program value, boolean isTime) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    record Ask(
            Node.Ask node,
            int slot,
            Program question,
            Program who,
            @Nullable Program upTo) implements PlanNode {}

    /// @param where needs a frame of its own with `event`
    /// @param fixed whether an event that the `where` refuses is refused by every pass and item
    record WaitFor(
            Node.WaitFor node,
            int slot,
            Program event,
            @Nullable Program where,
            boolean fixed,
            @Nullable Program upTo) implements PlanNode {}

    /// An `if` or a `switch`.
    ///
    /// @param ways what the journal calls each arm
    /// @param otherwise what runs when no arm does, perhaps nothing
    record Choice(Node node, int slot, Chooser chooser, List<String> ways, List<Block> arms, Block otherwise)
            implements PlanNode {
        static final String OTHERWISE = "else";

        public Choice {
            ways = List.copyOf(ways);
            arms = List.copyOf(arms);
        }
    }

    /// Gives the number of an arm from 0, or -1 for none.
    @FunctionalInterface
    interface Chooser {
        int choose(Frame frame, Evaluation evaluation);
    }

    /// @param itemSlot in the frame of an item
    /// @param indexSlot in the frame of an item, or [#NOWHERE]
    /// @param frameSize of the frame of an item
    /// @param division how it is split into segments, null: never
    record Loop(
            Node.For node,
            int slot,
            Program list,
            @Nullable Program atOnce,
            int itemSlot,
            int indexSlot,
            int frameSize,
            Block body,
            @Nullable Division division)
            implements PlanNode {}

    /// What a loop needs to be walked by other runs.
    ///
    /// @param outer the places that its body reads around it, seen from the frame that the loop stands in
    /// @param segment what begins a segment, with the undo that takes it back
    record Division(List<Scope.Place> outer, Step segment) {
        public Division {
            outer = List.copyOf(outer);
        }
    }

    /// @param first what the first pass gets, null without `with`
    /// @param next what the next pass gets; sees the names of the pass, like `until`
    /// @param carriedSlot in the frame of a pass, or [#NOWHERE]
    /// @param frameSize of the frame of a pass
    record Repeat(
            Node.Repeat node,
            int slot,
            Program times,
            @Nullable Program every,
            @Nullable Program first,
            @Nullable Program next,
            @Nullable Program until,
            int carriedSlot,
            int frameSize,
            Block body)
            implements PlanNode {}

    record Split(Node.Split node, int slot, Program experiment, Program by, List<Block> arms) implements PlanNode {
        public Split {
            arms = List.copyOf(arms);
        }
    }

    /// @param payload null: nothing
    record Emit(Node.Emit node, Program event, @Nullable Program payload) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    record Fork(Node.Parallel node, List<Block> branches) implements PlanNode {
        public Fork {
            branches = List.copyOf(branches);
        }

        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    record Race(Node.Race node, int slot, List<Block> branches) implements PlanNode {
        public Race {
            branches = List.copyOf(branches);
        }
    }

    record Try(Node.Try node, int slot, Block body, int errorSlot, Block handler) implements PlanNode {}

    record Return(Node.Return node, Program value) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    /// @param target the id of the named statement whose block it gives a value
    record Yield(Node.Yield node, Program value, String target) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }

    record Fail(Node.Fail node, Program message) implements PlanNode {
        @Override
        public int slot() {
            return NOWHERE;
        }
    }
}
