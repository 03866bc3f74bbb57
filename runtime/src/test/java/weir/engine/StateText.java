package weir.engine;

import weir.engine.Activation.Block;
import weir.engine.Activation.Fork;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Pause;
import weir.engine.Activation.Race;
import weir.engine.Activation.Step;
import weir.eval.Frame;
import weir.value.Value;

/// Everything of a run's state that can steer it, as text, to compare states by.
final class StateText {
    private final StringBuilder text = new StringBuilder();

    private final RunState state;

    private StateText(RunState state) {
        this.state = state;
    }

    static String of(RunState state) {
        var text = new StateText(state);
        text.line(0, "taken " + state.taken + " deadline " + state.deadline + " ended " + state.ended);
        text.line(0, "parked " + state.parked + " mismatch " + state.mismatch + " due " + state.due());
        text.line(0, "undecided " + state.undecided + " kept " + state.kept.keySet() + " paused " + state.pausedAt);
        if (state.ended == null) {
            text.line(0, "steps " + state.steps.keySet() + " waits " + new java.util.TreeSet<>(state.waits.keySet()));
            text.line(0, "interrupted " + state.interrupted.size());
            text.line(0, "segments " + state.segments + " turn " + state.turn + " duty " + state.duty);
            text.add(state.root, 0);
            state.steps.values().stream().filter(step -> step.undoes != null).forEach(step -> text.add(step, 0));
            if (state.onFailure != null) {
                text.add(state.onFailure, 0);
            }
            text.line(0, "undoables " + state.undoables + " recall " + state.recall + " clock " + state.deadline());
        }
        return text.text.toString();
    }

    private void add(Activation at, int depth) {
        if (at.departure != null) {
            line(
                    depth,
                    "leaving: " + outcome(at.departure.outcome) + " settled " + at.departure.settled + " awaits "
                            + at.departure.awaited.stream()
                                    .map(step -> step.path)
                                    .toList());
        }
        line(depth, "since " + at.since);
        switch (at) {
            case Block block -> {
                line(depth, block.role + " " + block.next + " value " + block.value + values(block.frame));
                if (block.child != null) {
                    add(block.child, depth + 1);
                }
            }
            case Fork fork -> {
                line(depth, "fork " + fork.started);
                fork.running.forEach(branch -> add(branch, depth + 1));
            }
            case Race race -> {
                line(
                        depth,
                        race.path + " " + race.started + " decided " + race.decided + " winner " + race.winner
                                + " lost " + race.lost + " value " + race.value);
                race.running.forEach(branch -> add(branch, depth + 1));
            }
            case Loop loop -> {
                line(
                        depth,
                        loop.path + " " + loop.started + " of " + loop.list + " by " + loop.atOnce + " yields "
                                + loop.yielded() + " free " + loop.free);
                loop.segments.forEach(segment -> add(segment, depth + 1));
                loop.running.forEach(item -> add(item, depth + 1));
            }
            case Step step ->
                line(
                        depth,
                        step.path + " " + step.phase + " generation " + step.generation + " attempt " + step.attempt
                                + " next " + step.next + " child " + step.child + " deadline " + step.deadline + " key "
                                + step.key + " arguments " + step.arguments);
            case Repetition repetition -> {
                line(
                        depth,
                        repetition.path + " " + repetition.phase + " " + repetition.number + " of " + repetition.times
                                + " every " + repetition.every + " carried " + repetition.carried + " begun "
                                + repetition.begun + " until " + repetition.until + " yields " + repetition.yielded());
                if (repetition.pass != null) {
                    add(repetition.pass, depth + 1);
                }
            }
            case Question question ->
                line(
                        depth,
                        question.path + " task " + question.task + " until " + question.until + " done "
                                + question.done);
            case EventWait wait ->
                line(
                        depth,
                        wait.path + " event " + wait.event + " until " + wait.until + " done " + wait.done + " taken "
                                + state.positions.get(wait.plan.node().id() + " " + wait.event));
            case Pause pause -> line(depth, pause.path + " until " + pause.until + " woke " + pause.woke);
        }
    }

    private static String outcome(Outcome outcome) {
        return outcome instanceof Outcome.Won(Block branch, Value value)
                ? "won by " + ((Race) branch.parent).name(branch) + " with " + value
                : outcome.toString();
    }

    private static String values(Frame frame) {
        var text = new StringBuilder(" values");
        try {
            for (int i = 0; ; i++) {
                text.append(' ').append(frame.get(i));
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            return text.toString();
        }
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }
}
