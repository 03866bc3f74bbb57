package weir.worker;

import java.util.UUID;
import weir.engine.Entry;
import weir.engine.Plan;
import weir.graph.Graph.Priority;
import weir.store.Slots;
import weir.store.Views;

/// `at most N at once`: who waits, who may go, and what becomes of those for whom there is no room. A run is accepted
/// at the gate; that it asks for its turn and gives it back follows from where it stands, so what a process that died
/// did not do is seen and done by another ([#sweep]). Everything here may be done twice.
final class Turns {
    private static final int KEYS = 1_000;
    private static final UUID NOBODY = new UUID(0, 0);

    private final Slots slots;
    private final Views views;
    private final Plans plans;
    private final Runs runs;

    Turns(Slots slots, Views views, Plans plans, Runs runs) {
        this.slots = slots;
        this.views = views;
        this.plans = plans;
        this.runs = runs;
    }

    /// A run at the gate asks for its turn.
    ///
    /// @param workflow its number in the registry
    void take(int org, UUID run, int workflow, Priority priority, Plan.Turn turn) {
        var key = new Slots.Key(org, workflow, turn.key());
        slots.enter(run, key, turn.most(), priority);
        grant(key);
        switch (turn.overflow()) {
            case WAIT -> {}
            case SKIP -> {
                if (!slots.held(key, NOBODY).contains(run)) {
                    runs.cancel(org, run, "skipped: as many runs as may be at once are under way", "at most");
                }
            }
            case REPLACE -> {
                var held = slots.held(key, NOBODY);
                if (!held.contains(run) && !held.isEmpty()) {
                    runs.cancel(org, held.getFirst(), "replaced by run " + run, "at most/" + run);
                }
            }
        }
    }

    /// The same, of a run of which only the journal is at hand: it was resumed, or whoever accepted it died.
    void take(int org, UUID run) {
        views.find(org, run).ifPresent(row -> {
            var plan = plans.of(row.version());
            var first = views.frames(org, run, 0).getFirst().entries().getFirst();
            var turn = first instanceof Entry.Started started ? plan.turn(started.input()) : null;
            if (turn != null) {
                take(org, run, row.workflow(), plan.graph().limits().priority(), turn);
            }
        });
    }

    /// Whether it is the run's turn.
    boolean has(UUID run) {
        return slots.holds(run);
    }

    /// A run has ended or rests.
    void free(UUID run) {
        slots.leave(run).forEach(this::grant);
    }

    private void grant(Slots.Key key) {
        runs.enqueue(slots.grant(key));
    }

    /// Does what those did not do who died in between.
    void sweep() {
        slots.takeBackForgotten().forEach(this::grant);
        slots.unasked(KEYS).forEach(one -> take(one.org(), one.run()));
        slots.waiting(KEYS).forEach(this::grant);
    }

    /// A run that is to be cancelled waits no longer.
    ///
    /// @return whether it is one that could wait
    boolean letPass(int org, UUID run) {
        if (views.find(org, run)
                        .filter(row -> row.state() == Views.State.QUEUED)
                        .isEmpty()
                || !areTaken(org, run)) {
            return false;
        }
        slots.pass(run);
        return true;
    }

    /// Whether runs of the run's workflow wait for their turn.
    boolean areTaken(int org, UUID run) {
        return views.find(org, run)
                .filter(row -> plans.of(row.version()).graph().limits().atMost() != null)
                .isPresent();
    }
}
