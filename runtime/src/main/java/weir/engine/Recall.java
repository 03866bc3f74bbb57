package weir.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import weir.engine.Activation.Loop;
import weir.engine.Activation.Step;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.Value;

/// What a run remembers by path, so that walking its workflow again repeats nothing that was finished and not undone.
///
/// Facts hold for ever: results, elapsed timers, caught failures, who won a race. A decision (a `let`, a way, a list)
/// holds as long as nothing that it could see is newer: it was made in a walk, and what comes before it in the run
/// must not have been made in a later one. Items and passes that are over when the run has done nothing that can be
/// undone are facts as a whole, so that long loops leave nothing behind.
final class Recall {
    private final TreeMap<String, Memory> memories = new TreeMap<>();
    /// The walk of decisions that hold in none.
    private static final int NEVER = -1;

    private int walk;

    sealed interface Memory {
        /// The walk in which it came about, from 0.
        int walk();
    }

    /// A decision, or a fact of a statement that is no step.
    record Decided(int walk, Entry.Placed entry) implements Memory {}

    /// A step that was done and not undone.
    record Done(int walk, int generation, Value output) implements Memory {}

    /// A step that must run again, under the next generation: it failed or was undone.
    record Open(int walk, int generation) implements Memory {}

    /// A step whose failure its `on error` took.
    record Handled(int walk, int generation, RunError error) implements Memory {}

    /// A step that has further attempts to come, or one whose outcome was not waited for.
    record UnderWay(int walk, Step step) implements Memory {
        @Override
        public String toString() {
            return "under way " + walk + "/" + step.generation + "/" + step.attempt;
        }
    }

    /// A `for` with items that are over and hold nothing that can be undone.
    record Items(
            int walk,
            Entry.Listed listed,
            BitSet over,
            @Nullable Value @Nullable [] yields) implements Memory {
        @Override
        public String toString() {
            return "items " + walk + " " + over + " of " + listed;
        }
    }

    /// A `repeat` whose first passes are over and hold nothing that can be undone.
    ///
    /// @param yields what they gave, and perhaps what later passes do
    /// @param kept how many of the yields are theirs
    /// @param passed how it went on after the last of them
    record Passes(int walk, int times, @Nullable Long every, List<Value> yields, int kept, Entry.Passed passed)
            implements Memory {
        @Override
        public String toString() {
            return "passes " + walk + " of " + times + " yields " + yields.subList(0, kept) + " " + passed;
        }
    }

    /// A `try` whose body was left by a failure.
    record Caught(int walk, RunError error) implements Memory {}

    /// The number of the walk that is under way, from 0.
    int walk() {
        return walk;
    }

    /// Everything that is remembered, by path.
    java.util.SortedMap<String, Memory> memories() {
        return java.util.Collections.unmodifiableSortedMap(memories);
    }

    /// The walk goes on in another version: decisions that do not hold there are made anew, and steps that are
    /// called otherwise begin anew.
    void move(Moving moving) {
        memories.replaceAll((path, memory) -> switch (memory) {
            case Decided(int _, Entry.Placed entry)
            when isDecision(entry) && !moving.holds(path) -> new Decided(NEVER, entry);
            case UnderWay(int walk, Step step) when !moving.isSame(path) -> new Open(walk, step.generation);
            case Decided _, Done _, Open _, Handled _, UnderWay _, Items _, Passes _, Caught _ -> memory;
        });
    }

    private static boolean isDecision(Entry.Placed entry) {
        return entry instanceof Entry.LetMade
                || entry instanceof Entry.Branched
                || entry instanceof Entry.Listed
                || entry instanceof Entry.Exposed
                || entry instanceof Entry.Repeating
                || entry instanceof Entry.Passed;
    }

    /// A run begins with what another one did.
    ///
    /// @param facts of steps whose failure was taken there, too
    void inherit(List<Entry.Placed> facts) {
        for (var fact : facts) {
            switch (fact) {
                case Entry.StepDone(String path, int _, Value output) -> memories.put(path, new Done(0, 0, output));
                case Entry.StepFailed(String path, int _, RunError error) ->
                    memories.put(path, new Handled(0, 0, error));
                case Entry.Listed listed -> memories.put(listed.path(), new Decided(NEVER, listed));
                // Default: what happened at a statement that is no step.
                default -> memories.put(fact.path(), new Decided(0, fact));
            }
        }
        walk = 1;
    }

    /// The number of the walk is that of the run whose segment this one walks.
    void begin(int number) {
        walk = number;
    }

    /// The workflow is walked again from its begin.
    void again(Iterable<Step> underWay) {
        for (var step : underWay) {
            memories.put(step.path, new UnderWay(walk, step));
        }
        walk++;
    }

    @Nullable
    Memory of(String path) {
        return walk == 0 ? null : memories.get(path);
    }

    /// The decision of an earlier walk at a path.
    ///
    /// @param since the walk of the newest thing that it could see
    @Nullable
    Decided decision(String path, int since) {
        return of(path) instanceof Decided decided && decided.walk >= since ? decided : null;
    }

    /// Whether something of an earlier walk happened at a path, whatever came before it.
    boolean has(String path, Class<? extends Entry.Placed> fact) {
        return of(path) instanceof Decided decided && fact.isInstance(decided.entry);
    }

    /// The last generation of a step or an `ask`; 0 when it never had one.
    int generation(String path) {
        return switch (memories.get(path)) {
            case Done done -> done.generation;
            case Open open -> open.generation;
            case Handled handled -> handled.generation;
            case UnderWay underWay -> underWay.step.generation;
            case Decided(int _, Entry.Asked asked) -> asked.generation();
            case Decided _, Caught _, Items _, Passes _ -> 0;
            case null -> 0;
        };
    }

    /// What was decided of a loop the last time, or null.
    Entry.@Nullable Listed listed(String path) {
        return switch (memories.get(path)) {
            case Decided(int _, Entry.Listed before) -> before;
            case Items items -> items.listed;
            // Default: nothing.
            case null, default -> null;
        };
    }

    /// Remembers what an entry decides, if it is something that need not be decided again.
    ///
    /// @param segments what walks parts of loops
    void note(Entry entry, Map<String, SegmentRun> segments) {
        switch (entry) {
            case Entry.Listed listed -> {
                if (memories.get(listed.path()) instanceof Decided(int _, Entry.Listed before)
                        && listed.split() == null) {
                    forgetOthers(listed.path(), 0, before.list(), listed.list(), segments);
                }
                put(listed);
            }
            // Its value is read by nobody.
            case Entry.Logged logged -> put(new Entry.Logged(logged.path(), NullValue.NULL));
            case Entry.Repeating repeating -> {
                if (memories.get(repeating.path()) instanceof Decided(int _, Entry.Repeating before)
                        && !Objects.equals(before.carried(), repeating.carried())) {
                    forgetIn(Paths.item(repeating.path(), 0), segments);
                }
                put(repeating);
            }
            case Entry.Passed passed -> {
                String pass = Paths.item(passed.path(), passed.pass());
                if (memories.get(pass) instanceof Decided(int _, Entry.Passed before)
                        && !Objects.equals(before.carried(), passed.carried())) {
                    forgetIn(Paths.item(passed.path(), passed.pass() + 1), segments);
                }
                memories.put(pass, new Decided(walk, passed));
            }
            case Entry.Exposed exposed -> put(exposed);
            case Entry.Emitted emitted -> put(new Entry.Emitted(emitted.path(), emitted.event(), NullValue.NULL));
            case Entry.LetMade made -> put(made);
            case Entry.Branched branched -> put(branched);
            case Entry.Waiting waiting -> put(waiting);
            case Entry.Woke woke -> put(woke);
            case Entry.Asked asked -> put(asked);
            case Entry.Awaited awaited -> put(awaited);
            // Default: it is remembered otherwise, or has to be decided again.
            default -> {}
        }
    }

    @Override
    public String toString() {
        return "walk " + walk + " " + memories;
    }

    private void put(Entry.Placed entry) {
        memories.put(entry.path(), new Decided(walk, entry));
    }

    /// An item is over. When nothing that it saw can be undone, it stays as it is, and what is in it is forgotten.
    void over(Loop loop, int item) {
        if (loop.list == null) {
            throw new IllegalStateException(loop.path + " goes over nothing");
        }
        if (memories.get(loop.path) instanceof Items items && items.walk == walk) {
            items.over.set(item);
        } else {
            var over = memories.get(loop.path) instanceof Items items ? items.over : new BitSet();
            over.set(item);
            var listed = new Entry.Listed(loop.path, loop.list, loop.atOnce, loop.split);
            memories.put(loop.path, new Items(walk, listed, over, loop.yields));
        }
        drop(Paths.item(loop.path, item));
    }

    /// The same for a pass.
    void over(Repetition repetition, Entry.Passed passed) {
        memories.put(repetition.path, repetition.remembered(walk, passed));
        drop(Paths.item(repetition.path, passed.pass()));
    }

    private void drop(String prefix) {
        memories.subMap(prefix, prefix + Character.MAX_VALUE).clear();
    }

    void done(Step step) {
        // Nobody can read what has no name.
        var output = step.plan.name() == null ? NullValue.NULL : step.output;
        memories.put(step.path, new Done(walk, step.generation, output));
    }

    /// An `ask` or a `wait for` is over.
    void done(String path, Value output) {
        memories.put(path, new Done(walk, generation(path), output));
    }

    void open(Step step) {
        memories.put(step.path, new Open(walk, step.generation));
    }

    void handled(Step step, RunError error) {
        memories.put(step.path, new Handled(walk, step.generation, error));
    }

    void caught(String path, RunError error) {
        memories.put(path, new Caught(walk, error));
    }

    /// The items whose value is another one now are new: what happened to the old ones is not theirs.
    ///
    /// @param first the number of the first item
    void forgetOthers(String loop, int first, ListValue before, ListValue now, Map<String, SegmentRun> segments) {
        Set<Integer> others = new HashSet<>();
        for (int i = 0; i < now.size(); i++) {
            if (i >= before.size() || !before.get(i).equals(now.get(i))) {
                others.add(first + i);
            }
        }
        if (!others.isEmpty()) {
            forget(path -> others.contains(item(loop, path)), segments);
        }
    }

    /// The number of the item of a loop that a path leads into, or -1.
    private static int item(String loop, String path) {
        if (!path.startsWith(loop) || path.length() <= loop.length() || path.charAt(loop.length()) != '[') {
            return -1;
        }
        int end = path.indexOf(']', loop.length());
        // A segment is no item.
        return path.indexOf('.', loop.length()) == -1 || path.indexOf('.', loop.length()) > end
                ? Integer.parseInt(path, loop.length() + 1, end, 10)
                : -1;
    }

    /// Forgets what happened in a part of the workflow; its steps run under the next generation.
    void forgetIn(String part, Map<String, SegmentRun> segments) {
        forget(path -> path.startsWith(part + "/") || path.startsWith(part + "["), segments);
    }

    private void forget(Predicate<String> where, Map<String, SegmentRun> segments) {
        segments.forEach((path, run) -> run.anew |= where.test(path));
        var steps = new HashMap<String, Memory>();
        memories.keySet().removeIf(path -> {
            if (!where.test(path)) {
                return false;
            }
            int generation = generation(path);
            if (generation > 0) {
                steps.put(path, new Open(walk, generation));
            }
            return true;
        });
        memories.putAll(steps);
    }
}
