package weir.worker;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.graph.Graph.Priority;
import weir.store.Slots;
import weir.store.Views;

/// `at most N at once`: who waits, who may go, and what becomes of those for whom there is no room. A run is accepted
/// at the gate together with a letter that asks for its turn; so whatever dies in between, somebody asks for it.
/// Everything here may be done twice.
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

    /// A run asks for its turn.
    void take(UUID run, Slots.Key key, Priority priority, Effect.TakeSlot slot) {
        slots.enter(run, key, slot.most(), priority);
        grant(key);
        switch (slot.overflow()) {
            case WAIT -> {}
            case SKIP -> {
                if (!slots.held(key, NOBODY).contains(run)) {
                    runs.cancel(key.org(), run, "skipped: as many runs as may be at once are under way", "at most");
                }
            }
            case REPLACE -> {
                var held = slots.held(key, NOBODY);
                if (!held.contains(run) && !held.isEmpty()) {
                    runs.cancel(key.org(), held.getFirst(), "replaced by run " + run, "at most/" + run);
                }
            }
        }
    }

    /// The same, of a letter.
    void take(int org, UUID run, Effect.TakeSlot slot) {
        views.find(org, run)
                .ifPresent(row -> take(
                        run,
                        new Slots.Key(org, row.workflow(), slot.key()),
                        plans.of(row.version()).graph().limits().priority(),
                        slot));
    }

    /// A run has ended or rests.
    void free(UUID run) {
        slots.leave(run).forEach(this::grant);
    }

    void grant(Slots.Key key) {
        runs.enqueue(slots.grant(key));
    }

    /// Gives turns that nobody gave, because whoever should have died.
    void sweep() {
        slots.waiting(KEYS).forEach(this::grant);
    }

    /// A run that is to be cancelled waits no longer.
    ///
    /// @return whether it is one that could wait
    boolean letPass(int org, UUID run) {
        var row = views.find(org, run);
        if (row.isEmpty() || row.get().state() != Views.State.QUEUED || !isLimited(row.get())) {
            return false;
        }
        slots.pass(run);
        return true;
    }

    private boolean isLimited(Views.Row row) {
        return plans.of(row.version()).graph().limits().atMost() != null;
    }

    /// A run that rests is to go on: it waits for its turn again.
    ///
    /// @return what to grant when it was told so, or null
    Slots.@Nullable Key queueAgain(int org, UUID run) {
        var row = views.find(org, run).filter(this::isLimited);
        if (row.isEmpty() || row.get().state() != Views.State.PARKED) {
            return null;
        }
        var plan = plans.of(row.get().version());
        var first = views.frames(org, run, 0).getFirst().entries().getFirst();
        var slot = first instanceof Entry.Started started ? plan.slot(started.input()) : null;
        if (slot == null) {
            return null;
        }
        var key = new Slots.Key(org, row.get().workflow(), slot.key());
        slots.enter(run, key, slot.most(), plan.graph().limits().priority());
        return key;
    }
}
