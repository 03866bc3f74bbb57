package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Block;
import weir.engine.Activation.Departure;
import weir.engine.Activation.Outcome;
import weir.engine.Activation.Race;
import weir.engine.Activation.Role;
import weir.value.NullValue;
import weir.value.Value;

/// The branches of a `race`. The first that yields, or that ends where nothing is to be yielded, has won; that is an
/// entry. Then the others are left. A branch that fails is undone and has lost; when all have, the race fails with the
/// last of their errors.
final class Races {
    private final RunState run;
    private final Evaluator evaluator;
    private final Machine machine;

    Races(RunState run, Evaluator evaluator, Machine machine) {
        this.run = run;
        this.evaluator = evaluator;
        this.machine = machine;
    }

    /// @return the race, of which only the winner is walked when it is known from an earlier walk
    Race of(Block around, PlanNode.Race plan) {
        var race = new Race(around, plan);
        if (run.recall.of(race.path) instanceof Recall.Decided(int _, Entry.Branched(String _, String way))) {
            race.winner = number(plan, way);
            race.decided = race.winner >= 0;
        }
        return race;
    }

    private static int number(PlanNode.Race plan, String way) {
        var branches = plan.node().branches();
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).name().equals(way)) {
                return i;
            }
        }
        return -1;
    }

    Progress run(Race race) {
        var branches = race.plan.branches();
        while (race.started < branches.size()) {
            int number = race.started++;
            if (race.winner >= 0 && race.winner != number) {
                continue;
            }
            var branch = Block.inside(race.around, race, race.plan, Role.BRANCH, branches.get(number));
            race.running.add(branch);
            switch (machine.run(branch)) {
                case ENDED -> {
                    ended(race, branch);
                    if (race.departure != null) {
                        return Progress.LEFT;
                    }
                }
                case BLOCKED -> {}
                case LEFT -> {
                    return Progress.LEFT;
                }
                case SUSPENDED -> {
                    return Progress.SUSPENDED;
                }
            }
        }
        var lost = race.lost;
        if (!race.running.isEmpty()) {
            return Progress.BLOCKED;
        }
        return lost == null ? Progress.ENDED : machine.departures().raise(race, lost.error(), lost.last());
    }

    /// A branch came to its end, or has failed and is undone.
    void ended(Race race, Block branch) {
        branch.over = true;
        race.running.remove(branch);
        if (!(branch.departure != null && branch.departure.outcome instanceof Outcome.Failed)) {
            Value value = branch.value == null ? NullValue.NULL : branch.value;
            machine.departures().leave(branch, race, new Outcome.Won(branch, value));
        }
    }

    /// Says who has won.
    ///
    /// @return whether it is decided; not when a replay has come to the end of what was decided
    boolean decide(Race race, Departure departure) {
        if (!(departure.outcome instanceof Outcome.Won(Block branch, Value _))) {
            throw new IllegalStateException("a race is left by its winner");
        }
        String name = race.name(branch);
        @Nullable Entry entry = evaluator.decide(race.path, evaluation -> new Entry.Branched(race.path, name));
        if (entry == null) {
            run.interrupted.add(race);
            return false;
        }
        if (!(entry instanceof Entry.Branched(String _, String way)) || !way.equals(name)) {
            throw new ReplayMismatch(entry);
        }
        run.recall.note(entry, run.segments);
        race.decided = true;
        return true;
    }
}
