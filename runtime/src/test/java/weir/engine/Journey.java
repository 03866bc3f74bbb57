package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Value;

/// A run in virtual time against a world that answers each attempt always in the same way and order, killed wherever
/// the test wants. Whatever was not journaled when it was killed is lost.
final class Journey {
    static final UUID RUN = UUID.fromString("01940000-0000-7000-8000-000000000001");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// What the world does with an attempt.
    sealed interface Answer {
        record Gives(Value output) implements Answer {}

        record Refuses(RunError error) implements Answer {}

        /// Somebody has done it under the same `once per` key.
        record Skips() implements Answer {}

        /// There were too many attempts.
        record Postpones(long milliseconds) implements Answer {}
    }

    private final Plan plan;
    private final Function<Effect.Perform, Answer> world;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Map<String, Effect.Perform> underWay = new TreeMap<>();
    private final Set<Effect> effects = new LinkedHashSet<>();
    private Conversations conversations = Conversations.SILENT;
    private int resumptions;
    private int cancelAfter = Integer.MAX_VALUE;
    private int pauseAfter = Integer.MAX_VALUE;
    private int saidInThePause;
    private boolean killed;
    private Instant now = START;
    private RunState state;
    private int decisions;

    private Journey(Plan plan, RecordValue input, Function<Effect.Perform, Answer> world) {
        this.plan = plan;
        this.world = world;
        var started = new Entry.Started("w", 1, "hash", 1, 42, input, "test", null);
        this.state = Engine.begin(plan, RUN, started, now);
        append(List.of(started));
    }

    static Journey of(Plan plan, RecordValue input, Function<Effect.Perform, Answer> world) {
        return new Journey(plan, input, world);
    }

    /// How often a parked run is resumed before it is left alone.
    Journey resuming(int times) {
        resumptions = times;
        return this;
    }

    /// Others speak to it.
    Journey among(Conversations others) {
        conversations = others;
        return this;
    }

    /// Goes on as somebody who was told something.
    Journey told(Message message) {
        step(tell(message));
        return this;
    }

    /// Lets time pass.
    Journey after(Duration time) {
        now = now.plus(time);
        step(new Input.Due());
        return this;
    }

    private void step(Input input) {
        var decision = Engine.advance(state, input, now);
        append(decision.entries());
        decision.effects().forEach(this::take);
        check();
    }

    /// Begins and stays where it waits for others.
    Journey begun() {
        step(new Input.Begin());
        while (!underWay.isEmpty()) {
            step(answered(underWay.values().iterator().next()));
        }
        return this;
    }

    /// Cancels it when its journal has so many entries.
    Journey cancelledAfter(int entries) {
        cancelAfter = entries;
        return this;
    }

    /// Pauses it when its journal has so many entries; it goes on when nothing is under way any more.
    Journey pausedAfter(int entries) {
        pauseAfter = entries;
        return this;
    }

    /// Goes on until the run has ended or rests.
    ///
    /// @param kills the numbers of entries after which the run is killed, rising
    Journey go(int... kills) {
        int kill = 0;
        killed = kills.length > 0;
        Input input = new Input.Begin();
        while (input != null) {
            if (++decisions > 10_000) {
                throw new IllegalStateException("the run does not come to an end: " + entries);
            }
            Decision decision = Engine.advance(state, input, now);
            // A frame and what it tells others are durable together. What belongs to the entries that are cut off here
            // is
            // decided again, in the same words.
            boolean dies =
                    kill < kills.length && entries.size() + decision.entries().size() >= kills[kill];
            if (dies) {
                append(decision.entries().subList(0, kills[kill] - entries.size()));
                decision.effects().stream()
                        .filter(Effect.Outgoing.class::isInstance)
                        .forEach(this::take);
                kill++;
                underWay.clear();
                state = folded();
                input = new Input.Begin();
            } else {
                append(decision.entries());
                decision.effects().forEach(this::take);
                check();
                input = next();
            }
        }
        return this;
    }

    private void append(List<Entry> decided) {
        if (!decided.isEmpty()) {
            entries.addAll(decided);
            Frame frame = new Frame(frames.size() + 1, now, decided);
            frames.add(FrameJson.read(frame.seq(), FrameJson.bytes(frame)));
        }
    }

    RunState folded() {
        return Engine.fold(plan, RUN, frames);
    }

    /// What a fold of the journal says is what the decisions say.
    private void check() {
        if (killed) {
            return;
        }
        assertEquals(StateText.of(state), StateText.of(folded()), () -> "after " + entries);
    }

    private void take(Effect effect) {
        if (!(effect instanceof Effect.Abandon)) {
            effects.add(effect);
        }
        switch (effect) {
            case Effect.Perform perform -> underWay.put(perform.path(), perform);
            case Effect.Abandon abandon -> underWay.remove(abandon.path());
            case Effect.Outgoing _ -> {}
        }
    }

    private @Nullable Input next() {
        if (isDue()) {
            return new Input.Due();
        }
        if (entries.size() >= cancelAfter && state.ended() == null) {
            cancelAfter = Integer.MAX_VALUE;
            return tell(new Message.Cancel("enough"));
        }
        if (entries.size() >= pauseAfter && state.isOpen()) {
            pauseAfter = Integer.MAX_VALUE;
            return tell(new Message.Pause("a moment"));
        }
        return switch (state.outlook()) {
            case Outlook.Paused _ -> {
                now = now.plus(Duration.ofHours(1));
                var said = conversations.open(state, entries).values();
                yield tell(
                        saidInThePause++ < 2 && !said.isEmpty()
                                ? said.iterator().next()
                                : new Message.Resume("go on"));
            }
            case Outlook.Working _ -> happening(null);
            case Outlook.Sleeping(var until) -> happening(until);
            case Outlook.Resting _ -> {
                if (resumptions == 0) {
                    yield null;
                }
                resumptions--;
                yield tell(new Message.Resume("again"));
            }
            case Outlook.Over _ -> null;
        };
    }

    /// A restarted run looks at its timers at once, so every run does before anything else.
    private boolean isDue() {
        var due = state.due();
        return due != null && !due.isAfter(now);
    }

    private Input tell(Message message) {
        return new Input.Told(state.taken() + 1, message);
    }

    /// What happens next: something under way has its outcome, somebody says something, or time passes. Which of
    /// them depends only on where the run stands.
    private Input happening(@Nullable Instant until) {
        Map<String, Supplier<Input>> can = new TreeMap<>();
        underWay.values()
                .forEach(perform -> can.put(perform.path() + "#" + perform.attempt(), () -> answered(perform)));
        if (!state.isPaused()) {
            conversations.open(state, entries).forEach((what, message) -> can.put(what, () -> tell(message)));
        }
        if (until != null) {
            can.put("time " + until, () -> {
                now = until.isAfter(now) ? until : now;
                return new Input.Due();
            });
        }
        return can.isEmpty()
                ? tell(new Message.Cancel("nobody says anything"))
                : can.get(can.keySet().stream()
                                .min(Comparator.comparing(what -> what.hashCode() * 0x9e3779b9))
                                .orElseThrow())
                        .get();
    }

    private Input answered(Effect.Perform perform) {
        underWay.remove(perform.path());
        return switch (world.apply(perform)) {
            case Answer.Gives(Value output) -> new Input.Completed(perform.path(), perform.attempt(), output);
            case Answer.Refuses(RunError error) -> new Input.Failed(perform.path(), perform.attempt(), error);
            case Answer.Skips() -> new Input.Skipped(perform.path(), perform.attempt());
            case Answer.Postpones(long milliseconds) ->
                new Input.Postponed(perform.path(), perform.attempt(), now.plusMillis(milliseconds));
        };
    }

    List<Entry> entries() {
        return entries;
    }

    List<Frame> frames() {
        return frames;
    }

    RunState state() {
        return state;
    }

    /// The attempts that the world saw, each once.
    Set<Effect> effects() {
        return effects;
    }

    /// The last entry, which says how it went.
    Entry end() {
        return entries.getLast();
    }

    Value output() {
        if (end() instanceof Entry.Ended ended && ended.output() != null) {
            return ended.output();
        }
        throw new AssertionError("no output but " + end());
    }

    RunError error() {
        return switch (end()) {
            case Entry.Parked(RunError error) -> error;
            case Entry.Ended(Entry.Status _, Value _, RunError error) when error != null -> error;
            // Default: nothing else is an error.
            default -> throw new AssertionError("no error but " + end());
        };
    }
}
