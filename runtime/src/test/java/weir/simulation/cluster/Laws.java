package weir.simulation.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.engine.Engine;
import weir.engine.Entry;
import weir.engine.Frame;
import weir.engine.Message;
import weir.engine.Order;
import weir.engine.Outlook;
import weir.engine.Plan;
import weir.engine.UndoLaws;
import weir.store.Journal;
import weir.store.Slots;
import weir.worker.Handler;

/// What must hold whatever breaks. Looked at with every start, claim, append and effect, and once more in the end.
final class Laws {
    /// A law was broken.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what);
        }
    }

    /// All that the laws know of a run.
    static final class Story {
        final UUID run;
        final int version;
        final int workflow;
        final List<Frame> frames = new ArrayList<>();
        private final Set<String> begun = new HashSet<>();
        private final Set<String> settled = new HashSet<>();
        private final Map<String, String> keys = new HashMap<>();
        private @Nullable Process owner;
        private int epoch;
        private boolean claimed;
        private boolean active;
        private boolean cancelled;
        private boolean paused;
        private boolean twice;
        /// Those it was taken from.
        private final Set<Process> losers = new HashSet<>();
        private Entry.@Nullable Status ended;
        private boolean parked;

        Story(Journal.Birth birth) {
            run = birth.id();
            version = birth.version();
            workflow = birth.workflow();
        }

        /// A run of a segment lives as long as the run of its loop.
        boolean isSettled(Function<UUID, Story> others) {
            var loop = loop();
            return ended != null
                    || parked
                    || (loop != null && owner == null && others.apply(loop).isSettled(others));
        }

        /// The run whose loop it walks a segment of, or null.
        @Nullable
        UUID loop() {
            return frames.getFirst().entries().getFirst() instanceof Entry.Started started
                            && started.segment() != null
                            && started.parent() != null
                    ? started.parent().run()
                    : null;
        }

        boolean isParked() {
            return parked;
        }

        boolean isPaused() {
            return paused;
        }

        List<Entry> entries() {
            return frames.stream().flatMap(frame -> frame.entries().stream()).toList();
        }
    }

    private final Map<UUID, Story> stories = new TreeMap<>();
    private final Set<UUID> promised = new HashSet<>();
    /// Of starts.
    private final Map<String, UUID> keys = new HashMap<>();
    private final Map<Integer, Integer> most = new LinkedHashMap<>();
    private @Nullable String broken;
    private int effects;
    private int repeated;
    private int direct;

    /// Of this workflow only so many runs may be under way at once.
    void limit(int workflow, int runs) {
        most.put(workflow, runs);
    }

    /// The first law that was broken, whatever became of it then; or null.
    @Nullable
    String broken() {
        return broken;
    }

    Iterable<Story> stories() {
        return stories.values();
    }

    boolean isSettled(Story story) {
        return story.isSettled(this::story);
    }

    Story story(UUID run) {
        return Objects.requireNonNull(stories.get(run));
    }

    int effects() {
        return effects;
    }

    /// Runs that were born claimed.
    int direct() {
        return direct;
    }

    /// Effects that happened more than once, as they may.
    int repeated() {
        return repeated;
    }

    /// Somebody outside was told that the run is accepted.
    void promised(UUID run) {
        require(stories.containsKey(run), () -> "run " + run + " was promised and is in no journal");
        promised.add(run);
    }

    /// @param by who accepted it, and owns it where it is born claimed
    void accepted(Process by, Journal.Birth birth) {
        var key = birth.once();
        if (key != null) {
            var before = keys.put(key.scope() + " " + new String(key.key(), StandardCharsets.UTF_8), birth.id());
            require(before == null, () -> "one key started " + before + " and " + birth.id());
        }
        var story = new Story(birth);
        stories.put(birth.id(), story);
        if (birth.owner() != 0 && birth.owner() != Slots.GATE) {
            direct++;
            story.epoch = Journal.FIRST_EPOCH;
            story.owner = by;
            story.claimed = true;
            story.active = true;
            checkTurns(story);
        }
        birth.frames().forEach(frame -> add(story, frame));
    }

    void claimed(Process by, Journal.Claim claim) {
        var story = story(claim.run());
        require(story.ended == null, () -> "run " + story.run + " has ended and is claimed");
        require(claim.epoch() > story.epoch, () -> "run " + story.run + " is claimed under an old epoch");
        require(
                claim.frames().size() == story.frames.size(),
                () -> "run " + story.run + " is claimed with " + claim.frames().size() + " frames of "
                        + story.frames.size());
        story.epoch = claim.epoch();
        if (story.owner != null) {
            story.losers.add(story.owner);
        }
        // It was taken from this process, which came back for it: what it began before may still happen.
        story.twice = story.losers.contains(by);
        story.owner = by;
        story.cancelled |= claim.messages().stream().anyMatch(told -> told.message() instanceof Message.Cancel);
        if (!story.claimed) {
            story.claimed = true;
            story.active = story.loop() == null;
        }
        checkTurns(story);
    }

    void appended(Process by, Journal.Append append, int inbox) {
        var story = story(append.run());
        require(
                inbox == append.inboxSeen()
                        || append.disposition() instanceof Journal.Disposition.Keep
                        || append.disposition() instanceof Journal.Disposition.End,
                () -> "run " + story.run + " goes to sleep and does not know what it was told");
        require(story.ended == null, () -> "run " + story.run + " has ended and goes on");
        require(
                Objects.equals(story.owner, by) && story.epoch == append.epoch(),
                () -> by + " writes to run " + story.run + " of " + story.owner);
        append.frames().forEach(frame -> add(story, frame));
        switch (append.disposition()) {
            case Journal.Disposition.Keep _ -> {}
            case Journal.Disposition.Release _, Journal.Disposition.Pause _, Journal.Disposition.Gate _ ->
                story.owner = null;
            case Journal.Disposition.Park _ -> {
                story.owner = null;
                story.parked = true;
            }
            case Journal.Disposition.End(var status) -> {
                story.owner = null;
                story.ended = status;
                story.active = false;
            }
        }
        checkTurns(story);
    }

    private void add(Story story, Frame frame) {
        require(frame.seq() == story.frames.size() + 1, () -> "run " + story.run + " has a hole in its journal");
        story.frames.add(frame);
        frame.entries().forEach(entry -> look(story, entry));
    }

    private void look(Story story, Entry entry) {
        switch (entry) {
            case Entry.StepPlanned planned -> {
                require(!story.paused, () -> "run " + story.run + " is paused and begins " + planned.path());
                forget(story.begun, planned.path());
                forget(story.settled, planned.path());
                story.keys.put(planned.path(), planned.key());
                story.begun.add(planned.path() + "#1");
            }
            case Entry.Awaited(String path, var _, var _) -> forget(story.settled, path);
            case Entry.Asked asked -> forget(story.settled, asked.path());
            case Entry.Woke(String path) ->
                require(!story.paused, () -> "run " + story.run + " is paused and wakes at " + path);
            case Entry.AttemptBegun(String path, int attempt) -> story.begun.add(path + "#" + attempt);
            case Entry.StepDone(String path, int attempt, var _) -> settle(story, path, attempt);
            case Entry.StepFailed(String path, int attempt, var _) -> settle(story, path, attempt);
            case Entry.AttemptFailed(String path, int attempt, var _, var _) -> settle(story, path, attempt);
            case Entry.StepSkipped(String path, int attempt) -> settle(story, path, attempt);
            case Entry.AttemptPostponed(String path, int attempt, var _) -> story.begun.remove(path + "#" + attempt);
            case Entry.MessageTaken(int _, Message.Resume _) -> {
                story.paused = false;
                story.parked = false;
                story.active = story.claimed && story.loop() == null;
            }
            case Entry.MessageTaken(int _, Message.Pause _) -> story.paused = story.ended == null && !story.parked;
            case Entry.MessageTaken(int _, Message.Cancel _) -> {
                // A segment is not cancelled by itself.
                if (story.loop() == null) {
                    story.paused = false;
                    story.parked = false;
                    story.cancelled = true;
                }
            }
            case Entry.MessageTaken(int _, Message.Ordered(int _, Order order)) ->
                story.paused &= order instanceof Order.Walk;
            case Entry.Parked(var error) -> {
                require(
                        !error.code().equals("replay_mismatch"),
                        () -> "run " + story.run + " cannot be replayed: " + error.message());
                story.parked = true;
                story.active = false;
            }
            // Default: it is no matter of these laws.
            default -> {}
        }
    }

    private static void forget(Set<String> attempts, String path) {
        // The second step of a name is `act#2`; its attempts are not those of `act`.
        attempts.removeIf(one -> one.startsWith(path + "#") && one.lastIndexOf('#') == path.length());
    }

    private void settle(Story story, String path, int attempt) {
        require(
                story.settled.add(path + "#" + attempt) || attempt == 0,
                () -> "attempt " + attempt + " of " + path + " in run " + story.run + " came out twice");
    }

    private void checkTurns(Story story) {
        var limit = most.get(story.workflow);
        if (limit != null && story.active && !story.cancelled) {
            long under = stories.values().stream()
                    .filter(other -> other.workflow == story.workflow && other.active && !other.cancelled)
                    .count();
            require(under <= limit, () -> under + " runs of workflow " + story.workflow + " are under way at once");
        }
    }

    /// An effect happens.
    void performed(Process by, Handler.Call call) {
        effects++;
        var story = story(call.run());
        String attempt = call.path() + "#" + call.attempt();
        boolean owns = Objects.equals(story.owner, by) && !story.twice;
        require(
                story.begun.contains(attempt) || !owns,
                () -> by + " performs " + attempt + " of run " + story.run + ", which no journal says");
        if (story.settled.contains(attempt)) {
            repeated++;
            require(!owns, () -> by + " performs " + attempt + " of run " + story.run + " again: its result is known");
        }
        require(
                !owns || Objects.equals(story.keys.get(call.path()), call.key()),
                () -> attempt + " of run " + story.run + " has another key than its plan");
    }

    /// All faults are over, and nothing happens any more.
    void end(IntFunction<Plan> plans) {
        for (var run : promised) {
            require(
                    isSettled(story(run)),
                    () -> "run " + run + " was promised and does not come to an end: owner " + story(run).owner + " "
                            + story(run).entries());
        }
        for (var story : stories.values()) {
            require(isSettled(story), () -> "run " + story.run + " does not come to an end: " + story.entries());
            var plan = plans.apply(story.version);
            UndoLaws.check(plan, story.entries(), whole(story).entries(), "run " + story.run);
            if (story.loop() == null || story.ended != null) {
                checkFold(plan, story);
            }
        }
        for (var limit : most.keySet()) {
            long active = stories.values().stream()
                    .filter(story -> story.workflow == limit && story.active && story.ended == null && !story.parked)
                    .count();
            require(active == 0, () -> "turns of workflow " + limit + " are never given back");
        }
    }

    /// So many runs of a workflow must have been started.
    void started(int workflow, int runs) {
        long started = stories.values().stream()
                .filter(story -> story.workflow == workflow && story.loop() == null)
                .count();
        require(started == runs, () -> runs + " events started " + started + " runs");
    }

    private void checkFold(Plan plan, Story story) {
        var outlook = Engine.fold(plan, story.run, story.frames).outlook();
        require(
                story.ended == null
                        ? outlook instanceof Outlook.Resting
                        : outlook.equals(new Outlook.Over(story.ended)),
                () -> "the journal of run " + story.run + " says " + outlook + ", and it has come to "
                        + (story.ended == null ? "rest" : story.ended));
    }

    private Story whole(Story story) {
        var loop = story.loop();
        return loop == null ? story : whole(story(loop));
    }

    private void require(boolean holds, Supplier<String> otherwise) {
        if (!holds && broken == null) {
            broken = otherwise.get();
            throw new Broken(broken);
        }
    }
}
