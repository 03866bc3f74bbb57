package weir.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import weir.graph.Node;

/// What must hold of the undos in any journal:
///
/// - what was done is undone at most once a generation, and only what was done or begun is;
/// - in one block the last is undone first, and nothing is that has an attempt under way;
/// - a run that did not succeed has undone everything that can be undone, unless an undo failed for good.
public final class UndoLaws {
    private final Plan plan;
    private final String how;
    /// Steps that are done and not undone, by the order of their ends.
    private final Map<String, Integer> done = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();
    private final Map<String, Integer> generations = new LinkedHashMap<>();

    private boolean rests;

    private UndoLaws(Plan plan, String how) {
        this.plan = plan;
        this.how = how;
    }

    public static void check(Plan plan, List<Entry> entries, String how) {
        check(plan, entries, entries, how);
    }

    /// @param whole the journal of the run whose loop it walks a segment of, or the same
    public static void check(Plan plan, List<Entry> entries, List<Entry> whole, String how) {
        var laws = new UndoLaws(plan, how + "\n" + entries);
        entries.forEach(laws::look);
        // A run that rests may still be told something.
        laws.end(whole.reversed().stream()
                .filter(entry -> entry instanceof Entry.Ended || entry instanceof Entry.Parked)
                .findFirst()
                .orElse(whole.getLast()));
    }

    private boolean canBeUndone(String path) {
        return plan.node(path)
                .map(node -> switch (node) {
                    case Node.Step step -> step.policies().undo() != null;
                    case Node.Child child -> child.policies().undo() != null;
                    // Default: nothing else has policies.
                    default -> false;
                })
                .orElse(false);
    }

    private void look(Entry entry) {
        switch (entry) {
            case Entry.StepPlanned planned -> planned(planned.path(), planned.generation());
            case Entry.AttemptBegun begins -> underWay.add(begins.path());
            case Entry.StepDone ends
            when canBeUndone(ends.path()) -> {
                underWay.remove(ends.path());
                done.put(ends.path(), done.size());
            }
            case Entry.StepDone ends -> {
                underWay.remove(ends.path());
                undone(Paths.undone(ends.path()));
            }
            case Entry.StepFailed fails -> {
                underWay.remove(fails.path());
                if (!Paths.undone(fails.path()).isEmpty()) {
                    givenUp.add(Paths.undone(fails.path()));
                }
            }
            case Entry.AttemptFailed fails -> underWay.remove(fails.path());
            case Entry.AttemptPostponed postponed -> underWay.remove(postponed.path());
            case Entry.StepSkipped skipped -> underWay.remove(skipped.path());
            // A run that rests because of an undo that failed does without it when it is cancelled.
            case Entry.MessageTaken(int _, Message.Cancel _) -> done.keySet().removeAll(givenUp);
            case Entry.Parked _ -> rests = true;
            case Entry.MessageTaken(int _, Message.Ordered(int _, Order.Undo undo)) -> {
                if (undo.letGo()) {
                    done.keySet().removeAll(givenUp);
                }
                if (undo.letGo() || undo.again()) {
                    givenUp.clear();
                }
            }
            case Entry.MessageTaken(int _, Message.Resume _)
            when rests -> {
                rests = false;
                givenUp.clear();
                // It runs anew for each failure.
                done.keySet().removeIf(path -> path.startsWith("on_failure/"));
            }
            // Default: it is about no step.
            default -> {}
        }
    }

    private void planned(String path, int generation) {
        int before = generations.getOrDefault(path, 0);
        hold(generation == before + 1, () -> path + " has generation " + generation + " after " + before + " " + how);
        generations.put(path, generation);
        String step = Paths.undone(path);
        if (step.isEmpty() || !canBeUndone(step)) {
            hold(!done.containsKey(path), () -> path + " is repeated although it was not undone " + how);
            begun.add(path);
        } else {
            hold(begun.contains(step), () -> step + " is undone without being begun " + how);
            hold(!underWay.contains(step), () -> step + " is undone while it is under way " + how);
            done.keySet().stream()
                    .dropWhile(other -> !other.equals(step))
                    .skip(1)
                    .forEach(later -> hold(
                            !block(later).equals(block(step)) || givenUp.contains(later),
                            () -> step + " is undone before " + later + " " + how));
        }
        underWay.add(path);
    }

    /// The sequence of statements that a step stands in.
    private static String block(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private void undone(String step) {
        done.remove(step);
        begun.remove(step);
        givenUp.remove(step);
    }

    private void end(Entry last) {
        boolean succeeded =
                last instanceof Entry.Ended(Entry.Status status, var _, var _) && status == Entry.Status.SUCCEEDED;
        boolean failed = switch (last) {
            case Entry.Parked(RunError error) -> error.code().equals("undo_failed");
            // A child run does not rest.
            case Entry.Ended(var _, var _, RunError error)
            when error != null -> error.code().equals("undo_failed");
            // Default: no error.
            default -> false;
        };
        if (!succeeded && !failed) {
            var left = new HashSet<>(done.keySet());
            left.removeIf(path -> path.startsWith("on_failure/") || givenUp.contains(path));
            hold(left.isEmpty(), () -> left + " is not undone " + how);
        }
    }

    /// Without JUnit, because the long form runs without it.
    private static void hold(boolean law, Supplier<String> broken) {
        if (!law) {
            throw new AssertionError(broken.get());
        }
    }
}
