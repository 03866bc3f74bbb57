package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.value.RecordValue;
import weir.value.Value;

/// A paused run starts nothing and forgets nothing.
class PauseTest {
    private static final Message PAUSE = new Message.Pause("a moment");
    private static final Message GO_ON = new Message.Resume("go on");

    private static Journey journey(String body) {
        return Journey.of(
                Texts.plan("workflow w() {\n" + body + "\n}"),
                RecordValue.EMPTY,
                perform -> new Journey.Answer.Gives(Value.of(1)));
    }

    private static RunState begin(String body) {
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.EMPTY, "test", null);
        return Engine.begin(
                Texts.plan("workflow w() {\n" + body + "\n}\nworkflow other(n: int) {\n  log n\n}"),
                Journey.RUN,
                started,
                Journey.START);
    }

    private static List<Effect.Perform> performs(Decision decision) {
        return decision.effects().stream()
                .filter(Effect.Perform.class::isInstance)
                .map(Effect.Perform.class::cast)
                .toList();
    }

    @Test
    void whatIsUnderWayComesToItsEndAndNothingFollows() {
        var state = begin("step a = http.get(url: \"x\")\nstep b = http.get(url: \"y\")");
        Engine.advance(state, new Input.Begin(), Journey.START);
        var paused = Engine.advance(state, new Input.Told(1, PAUSE), Journey.START);
        assertEquals(new Outlook.Working(null), paused.outlook());
        var done = Engine.advance(state, new Input.Completed("a", 1, Value.of(1)), Journey.START);
        assertEquals(List.of(new Entry.StepDone("a", 1, Value.of(1))), done.entries());
        assertEquals(new Outlook.Paused(), done.outlook());
        var on = Engine.advance(state, new Input.Told(2, GO_ON), Journey.START);
        assertEquals("b", performs(on).getFirst().path());
    }

    @Test
    void anAttemptWhoseWorkerDiedIsAskedForAgainOnlyWhenTheRunGoesOn() {
        var journey = journey("step a = http.get(url: \"x\")");
        var state = journey.state();
        var begun = Engine.advance(state, new Input.Begin(), Journey.START);
        var paused = Engine.advance(state, new Input.Told(1, PAUSE), Journey.START);
        var frames = List.of(
                journey.frames().getFirst(),
                new Frame(2, Journey.START, begun.entries()),
                new Frame(3, Journey.START, paused.entries()));
        var again = Engine.fold(state.plan(), Journey.RUN, frames);
        var claimed = Engine.advance(again, new Input.Begin(), Journey.START);
        assertEquals(List.of(), claimed.effects());
        assertEquals(new Outlook.Paused(), claimed.outlook());
        assertEquals(
                1,
                performs(Engine.advance(again, new Input.Told(2, GO_ON), Journey.START))
                        .size());
    }

    @Test
    void whatEndedWhileItWasPausedIsNotPerformedAgainElsewhere() {
        var journey = journey("step a = http.get(url: \"x\")\nreturn a");
        var state = journey.state();
        List<Frame> frames = new java.util.ArrayList<>(List.of(journey.frames().getFirst()));
        for (var input : List.of(
                new Input.Begin(),
                new Input.Told(1, PAUSE),
                new Input.Told(2, GO_ON),
                new Input.Told(3, GO_ON),
                new Input.Told(4, PAUSE),
                new Input.Completed("a", 1, Value.of(1)))) {
            var entries = Engine.advance(state, input, Journey.START).entries();
            if (!entries.isEmpty()) {
                frames.add(new Frame(frames.size() + 1, Journey.START, entries));
            }
        }
        var again = Engine.fold(state.plan(), Journey.RUN, frames);
        assertEquals(List.of(), performs(Engine.advance(again, new Input.Begin(), Journey.START)));
        assertEquals(List.of(), performs(Engine.advance(again, new Input.Told(5, GO_ON), Journey.START)));
        assertEquals(new Outlook.Over(Entry.Status.SUCCEEDED), again.outlook());
    }

    @Test
    void cancellingAPausedRunWaitsForWhatCanBeUndone() {
        var journey = journey("step a = http.post(url: \"x\") {\n undo http.delete(url: \"back\")\n}");
        var state = journey.state();
        var begun = Engine.advance(state, new Input.Begin(), Journey.START);
        var paused = Engine.advance(state, new Input.Told(1, PAUSE), Journey.START);
        var frames = List.of(
                journey.frames().getFirst(),
                new Frame(2, Journey.START, begun.entries()),
                new Frame(3, Journey.START, paused.entries()));
        var again = Engine.fold(state.plan(), Journey.RUN, frames);
        Engine.advance(again, new Input.Begin(), Journey.START);
        var cancelled = Engine.advance(again, new Input.Told(2, new Message.Cancel("enough")), Journey.START);
        assertEquals(1, performs(cancelled).size());
        var undo = Engine.advance(again, new Input.Completed("a", 1, Value.of(1)), Journey.START);
        assertEquals(1, performs(undo).size());
    }

    @Test
    void cancellingAgainGoesOnWithLeavingThatWasPaused() {
        var state = begin("step a = http.post(url: \"x\") {\n undo http.delete(url: \"back\")\n}\nwait 1h");
        Engine.advance(state, new Input.Begin(), Journey.START);
        Engine.advance(state, new Input.Completed("a", 1, Value.of(1)), Journey.START);
        var cancelled = Engine.advance(state, new Input.Told(1, new Message.Cancel("enough")), Journey.START);
        var undo = performs(cancelled).getFirst();
        Engine.advance(state, new Input.Told(2, PAUSE), Journey.START);
        var undone = Engine.advance(state, new Input.Completed(undo.path(), 1, Value.of(1)), Journey.START);
        assertEquals(new Outlook.Paused(), undone.outlook());
        Engine.advance(state, new Input.Told(3, new Message.Cancel("really")), Journey.START);
        assertEquals(new Outlook.Over(Entry.Status.CANCELLED), state.outlook());
    }

    @Test
    void timersAreRememberedAndStrikeAfterwards() {
        var journey = journey("wait 1h\nreturn 1").begun();
        journey.told(PAUSE).after(Duration.ofHours(2));
        assertEquals(new Outlook.Paused(), journey.state().outlook());
        journey.told(GO_ON).after(Duration.ZERO);
        assertEquals(Value.of(1), journey.output());
    }

    @Test
    void eventsAndAnswersAreKept() {
        var journey = journey("step e = wait for \"e\" -> json\nreturn e").begun();
        assertFalse(journey.state().isPaused());
        journey.told(PAUSE).told(new Message.Published("e", 1, "e", Value.of("first")));
        assertTrue(journey.state().isPaused());
        assertEquals(Value.of("first"), journey.told(GO_ON).output());
    }

    @Test
    void theTimeOfThePauseDoesNotCountForTheTimeout() {
        var journey = Journey.of(
                        Texts.plan("workflow w() {\n timeout 1h\n wait 50m\n return 1\n}"),
                        RecordValue.EMPTY,
                        perform -> new Journey.Answer.Gives(Value.of(1)))
                .begun();
        journey.told(PAUSE).after(Duration.ofHours(5)).told(GO_ON).after(Duration.ZERO);
        assertEquals(Value.of(1), journey.output());
    }

    @Test
    void aChildPausesWithItsParent() {
        var journey = Journey.of(
                        Texts.plan(
                                "workflow w() {\n step a = other()\n}\nworkflow other() -> int {\n wait 1h\n return 1\n}"),
                        RecordValue.EMPTY,
                        perform -> new Journey.Answer.Gives(Value.of(1)))
                .begun();
        journey.told(PAUSE).told(GO_ON);
        var said = journey.effects().stream()
                .filter(Effect.PauseChild.class::isInstance)
                .map(Effect.PauseChild.class::cast)
                .map(one -> one.n() + " " + one.goOn())
                .toList();
        assertEquals(List.of("1 false", "2 true"), said);
    }

    @Test
    void aRunThatIsPausedAnywhereComesToItsEnd() {
        long first = Long.getLong("seed", System.nanoTime());
        for (long seed = first; seed < first + 100; seed++) {
            try {
                pauseEverywhere(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
        }
    }

    private static void pauseEverywhere(long seed) {
        var plan = Graphs.plan(new RandomWorkflow(new Random(seed)).graph());
        for (int after = 1; after < 25; after++) {
            for (var kills : List.of(new int[0], new int[] {after + 1}, new int[] {after + 1, after + 2, after + 3})) {
                var journey = Journey.of(plan, RecordValue.of("input", Value.of(seed % 2)), DurabilityTest.world(seed))
                        .among(Conversations.LIVELY)
                        .resuming(1)
                        .pausedAfter(after)
                        .go(kills);
                boolean paused = false;
                for (var entry : journey.entries()) {
                    switch (entry) {
                        case Entry.MessageTaken(int _, Message message) ->
                            paused = message instanceof Message.Pause
                                    || (paused
                                            && !(message instanceof Message.Resume
                                                    || message instanceof Message.Cancel));
                        case Entry.StepPlanned _, Entry.AttemptBegun _, Entry.Woke _, Entry.Parked _, Entry.Ended _ ->
                            assertFalse(paused, entry::toString);
                        // Default: it begins nothing.
                        default -> {}
                    }
                }
                UndoLaws.check(plan, journey.entries(), "paused after " + after);
            }
        }
    }

    @Test
    void childrenOfARunThatIsCancelledWhilePausedGoOn() {
        var state = begin("step other(n: 1)");
        Engine.advance(state, new Input.Begin(), Journey.START);
        var paused = Engine.advance(state, new Input.Told(1, PAUSE), Journey.START);
        assertEquals(List.of(false), goingOn(paused));
        var cancelled = Engine.advance(state, new Input.Told(2, new Message.Cancel("enough")), Journey.START);
        assertEquals(List.of(true), goingOn(cancelled));
    }

    /// What the children are told: to pause, or to go on.
    private static List<Boolean> goingOn(Decision decision) {
        return decision.effects().stream()
                .filter(Effect.PauseChild.class::isInstance)
                .map(effect -> ((Effect.PauseChild) effect).goOn())
                .toList();
    }
}
