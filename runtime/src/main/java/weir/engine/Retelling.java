package weir.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import weir.graph.Node;
import weir.graph.Policies;
import weir.model.Type;
import weir.value.Value;

/// What a new run takes over of another one to begin at a chosen step: everything that happened before the other came
/// to that step and was not undone. What the other decided is decided anew, since the input may be another one.
public final class Retelling {
    private final Plan plan;
    private final Map<String, Entry.Placed> facts = new LinkedHashMap<>();
    private boolean reached;

    private Retelling(Plan plan) {
        this.plan = plan;
    }

    /// @param plan of the version that the new run takes
    /// @param origin the other run's whole journal
    /// @param from the path of a step, with the items of the loops around it
    /// @return empty when the other run never came to that step
    public static Optional<Entry.Replayed> of(Plan plan, UUID run, List<Frame> origin, String from) {
        var retelling = new Retelling(plan);
        for (var frame : origin) {
            for (var entry : frame.entries()) {
                if (!retelling.reached) {
                    retelling.take(entry, from);
                }
            }
        }
        return retelling.reached
                ? Optional.of(new Entry.Replayed(run, from, List.copyOf(retelling.facts.values())))
                : Optional.empty();
    }

    private void take(Entry entry, String from) {
        switch (entry) {
            case Entry.Replayed before -> before.facts().forEach(fact -> take(fact, from));
            case Entry.Placed placed -> {
                reached = placed.path().equals(from)
                        || placed.path().startsWith(from + "/")
                        || placed.path().startsWith(from + "[");
                if (!reached) {
                    take(placed);
                }
            }
            case Entry.Started _,
                    Entry.Deadline _,
                    Entry.TimedOut _,
                    Entry.MessageTaken _,
                    Entry.MessageOpened _,
                    Entry.Reported _,
                    Entry.Parked _,
                    Entry.Ended _ -> {}
        }
    }

    private void take(Entry.Placed entry) {
        switch (entry) {
            case Entry.StepDone(String path, int _, Value _) -> {
                String undone = Paths.undone(path);
                if (undone.isEmpty()) {
                    facts.put(path, entry);
                } else {
                    facts.remove(undone);
                }
            }
            case Entry.StepFailed(String path, int _, RunError _) when isTaken(path) -> facts.put(path, entry);
            case Entry.Woke _, Entry.Emitted _, Entry.Logged _, Entry.Listed _ -> facts.put(entry.path(), entry);
            // Default: it is decided anew.
            default -> {}
        }
    }

    private boolean isTaken(String path) {
        Policies policies = switch (plan.node(path).orElse(null)) {
            case Node.Step step -> step.policies();
            case Node.Child child -> child.policies();
            // Default: nothing else takes failures.
            case null, default -> Policies.NONE;
        };
        return policies.onError() != null;
    }

    /// The same with results that somebody gives instead.
    public static Entry.Replayed with(Entry.Replayed replayed, Map<String, Value> outputs) {
        var facts = new ArrayList<>(replayed.facts());
        outputs.forEach((path, output) -> {
            facts.removeIf(fact -> fact.path().equals(path));
            facts.add(new Entry.StepDone(path, 1, output));
        });
        return new Entry.Replayed(replayed.origin(), replayed.from(), facts);
    }

    /// The first result that is none of its step in the plan, or null.
    ///
    /// @param gives what a step's action is declared to give, null: nobody says
    public static Moving.@Nullable Misfit misfit(
            Plan plan, Entry.Replayed replayed, Function<Node, @Nullable Type> gives) {
        for (var fact : replayed.facts()) {
            var node = plan.node(fact.path()).orElse(null);
            if (fact instanceof Entry.StepDone(String path, int _, Value output) && node != null) {
                var type = Moving.wanted(node, gives);
                var misfit = type == null ? null : Moving.fit(path, output, type, plan);
                if (misfit != null) {
                    return misfit;
                }
            }
        }
        return null;
    }
}
