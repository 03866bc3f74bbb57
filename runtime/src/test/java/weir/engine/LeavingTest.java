package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.value.RecordValue;
import weir.value.Value;

/// What a run undoes, in which order and under which keys, when it or a part of it is left.
class LeavingTest {
    private static final String CALL = "http.post(url: \"https://x.example.com\")";

    private final java.util.Set<String> failing = new java.util.HashSet<>();

    /// Gives the key of each call as its body; refuses those whose key is in `failing`.
    private Answer world(Effect.Perform perform) {
        return failing.contains(shortened(perform.key()))
                ? new Answer.Refuses(RunError.of("http_503", "busy"))
                : new Answer.Gives(RecordValue.builder()
                        .put("status", Value.of(200))
                        .put("headers", RecordValue.EMPTY)
                        .put("body", Value.of(shortened(perform.key())))
                        .build());
    }

    private static String shortened(String key) {
        return key.startsWith(Journey.RUN + "/")
                ? key.substring(Journey.RUN.toString().length() + 1)
                : key;
    }

    private Journey journey(String text) {
        return Journey.of(Texts.plan(text), RecordValue.EMPTY, this::world);
    }

    private static List<String> keys(Journey journey) {
        return keys(journey, key -> true);
    }

    private static List<String> keys(Journey journey, Predicate<String> which) {
        return journey.effects().stream()
                .filter(Effect.Perform.class::isInstance)
                .map(effect -> shortened(((Effect.Perform) effect).key()))
                .filter(which)
                .toList();
    }

    /// A step with an undo that reads its result.
    private static String step(String name) {
        return "step " + name + " = " + CALL + " { undo http.post(url: `https://x.example.com/${" + name
                + ".body}`) }\n";
    }

    @Test
    void aFailedRunUndoesItsCompletedStepsLastFirstAndThenRests() {
        failing.add("c/1");
        var journey = journey("workflow w() {\n" + step("a") + step("b") + step("c") + "}")
                .go();
        assertEquals(List.of("a/1", "b/1", "c/1", "b/undo/1", "a/undo/1"), keys(journey));
        assertEquals("http_503", journey.error().code());
        assertTrue(journey.end() instanceof Entry.Parked);
    }

    @Test
    void anUndoSeesTheResultOfItsStep() {
        failing.add("b/1");
        var journey = journey("workflow w() {\n" + step("a") + step("b") + "}").go();
        var undo = journey.effects().stream()
                .map(Effect.Perform.class::cast)
                .filter(perform -> perform.path().equals("a/undo"))
                .findFirst()
                .orElseThrow();
        assertEquals(Value.of("https://x.example.com/a/1"), undo.arguments().get("url"));
    }

    @Test
    void whatWasUndoneRunsAgainUnderItsNextGenerationAndWhatWasFinishedDoesNot() {
        failing.add("c/1");
        var journey = journey("workflow w() {\n" + step("a") + "step b = " + CALL + "\n" + step("c") + "}")
                .resuming(1)
                .go();
        assertEquals(List.of("a/1", "b/1", "c/1", "a/undo/1", "a/2", "c/2"), keys(journey));
        assertTrue(journey.end() instanceof Entry.Ended(Entry.Status status, var _, var _)
                && status == Entry.Status.SUCCEEDED);
    }

    @Test
    void aKeyOfTheUsersOwnGetsTheGeneration() {
        failing.add("c/1");
        var journey = journey("""
                workflow w() {
                  step a = http.post(url: "https://x.example.com") {
                    key "k"
                    undo http.post(url: `https://x.example.com/${a.body}`) {
                      key "u"
                    }
                  }
                  step c = http.post(url: "https://x.example.com")
                  fail "no"
                }
                """).resuming(1).go();
        assertEquals(List.of("k", "c/1", "u", "k~2", "c/2", "u~2"), keys(journey));
    }

    @Test
    void aTryUndoesItsBodyOnlyAndThenItsCatchRuns() {
        failing.add("try/body/c/1");
        var journey = journey("workflow w() {\n" + step("a") + "try {\n" + step("b") + step("c")
                        + "} catch error {\nstep d = " + CALL + "\n}\nfail \"no\"\n}")
                .go();
        assertEquals(
                List.of("a/1", "try/body/b/1", "try/body/c/1", "try/body/b/undo/1", "try/catch/d/1", "a/undo/1"),
                keys(journey));
        assertEquals("no", journey.error().message());
    }

    @Test
    void aHandlerThatFailsUndoesOnlyWhatIsNotUndone() {
        failing.add("try/body/c/1");
        failing.add("try/catch/e/1");
        var journey = journey("workflow w() {\n" + step("a") + "try {\n" + step("b") + step("c") + "} catch error {\n"
                        + step("d") + step("e") + "}\n}")
                .go();
        assertEquals(
                List.of("try/body/b/undo/1", "try/catch/d/undo/1", "a/undo/1"),
                keys(journey, key -> key.contains("undo")));
    }

    @Test
    void aReturnUndoesNothing() {
        var journey = journey("workflow w() {\n" + step("a") + "return\n}").go();
        assertEquals(List.of("a/1"), keys(journey));
    }

    @Test
    void itemsAreUndoneInTheReverseOrderOfTheirCompletion() {
        failing.add("last/1");
        var journey = journey("workflow w() {\nfor n of [1, 2, 3] at most 3 at once {\n" + step("a") + "}\nstep last = "
                        + CALL + "\n}")
                .go();
        var done = journey.entries().stream()
                .filter(entry ->
                        entry instanceof Entry.StepDone one && one.path().startsWith("for_n"))
                .map(entry -> ((Entry.StepDone) entry).path())
                .limit(3)
                .toList();
        var undone = journey.entries().stream()
                .filter(entry ->
                        entry instanceof Entry.StepDone one && one.path().endsWith("/undo"))
                .map(entry -> Paths.undone(((Entry.StepDone) entry).path()))
                .toList();
        assertEquals(done.reversed(), undone);
    }

    @Test
    void anUndoThatNeedsNoResultRunsWheneverAnAttemptBegan() {
        failing.add("a/1");
        var journey = journey("""
                workflow w() {
                  step a = http.post(url: "https://x.example.com") {
                    undo http.post(url: "https://x.example.com/undo")
                  }
                }
                """).go();
        assertEquals(List.of("a/1", "a/undo/1"), keys(journey));
    }

    @Test
    void whatOnErrorTakesIsUndoneBefore() {
        failing.add("a/1");
        var journey = journey("""
                workflow w() {
                  step a = http.post(url: "https://x.example.com") {
                    undo http.post(url: "https://x.example.com/undo")
                    on error {
                      step b = http.post(url: "https://x.example.com")
                      yield b
                    }
                  }
                  step c = http.post(url: "https://x.example.com")
                }
                """).go();
        assertEquals(List.of("a/1", "a/undo/1", "a/on_error/b/1", "c/1"), keys(journey));
    }

    @Test
    void anUndoThatFailsDoesNotStopTheOthersAndMakesTheRunRest() {
        failing.addAll(List.of("try/body/c/1", "try/body/b/undo/1"));
        String text = "workflow w() {\n" + step("z") + "try {\n" + step("a") + step("b") + step("c")
                + "} catch error {\nstep d = " + CALL + "\n}\n}";
        var journey = journey(text).go();
        assertEquals(
                List.of(
                        "z/1",
                        "try/body/a/1",
                        "try/body/b/1",
                        "try/body/c/1",
                        "try/body/b/undo/1",
                        "try/body/a/undo/1"),
                keys(journey));
        assertEquals("undo_failed", journey.error().code());
        assertEquals("b", journey.error().step());

        var resumed = journey(text).resuming(1).go();
        assertEquals(
                List.of("try/body/b/undo/2", "try/catch/d/1"),
                keys(resumed).subList(6, keys(resumed).size()));
        assertTrue(resumed.end() instanceof Entry.Ended(Entry.Status status, var _, var _)
                && status == Entry.Status.SUCCEEDED);
    }

    @Test
    void aRunThatIsToEndAsFailedDoesSoAfterItsFailedUndoWasTriedAgain() {
        failing.add("a/undo/1");
        String text = "workflow w() {\n" + step("a") + "fail \"no\"\n}";
        assertEquals("undo_failed", journey(text).go().error().code());
        var resumed = journey(text).resuming(1).go();
        assertEquals(List.of("a/1", "a/undo/1", "a/undo/2"), keys(resumed));
        assertEquals("no", resumed.error().message());
    }

    @Test
    void cancellingUndoesToo() {
        var journey = journey("workflow w() {\n" + step("a") + step("b") + "wait 1d\n}")
                .cancelledAfter(6)
                .go();
        assertEquals(List.of("a/1", "b/1", "b/undo/1", "a/undo/1"), keys(journey));
        assertTrue(journey.end() instanceof Entry.Ended(Entry.Status status, var _, var _)
                && status == Entry.Status.CANCELLED);
    }

    @Test
    void theRunsTimeoutUndoesAndUndoingDoesNotCountAgainstIt() {
        failing.add("a/undo/1");
        var journey = journey("""
                workflow w() {
                  timeout 1h
                  step a = http.post(url: "https://x.example.com") {
                    undo http.post(url: `https://x.example.com/${a.body}`) {
                      retry 3 times from 10h to 20h
                    }
                  }
                  wait 2h
                }
                """).go();
        assertEquals("undo_failed", journey.error().code());
        assertEquals(4, keys(journey, key -> key.equals("a/undo/1")).size());
    }

    @Test
    void onFailureRunsAfterAllUndosAndDoesNotHideTheFirstError() {
        failing.addAll(List.of("b/1", "on_failure/n/1"));
        var journey = journey("workflow w() {\non failure {\nlog error.step\nstep n = " + CALL + "\n}\n" + step("a")
                        + step("b") + "}")
                .go();
        assertEquals(List.of("a/1", "b/1", "a/undo/1", "on_failure/n/1"), keys(journey));
        assertTrue(journey.entries().contains(new Entry.Logged("on_failure/log", Value.of("b"))));
        assertEquals("b", journey.error().step());
    }

    @Test
    void onFailureRunsForEveryFailureAnew() {
        failing.addAll(List.of("b/1", "b/2"));
        var journey = journey("workflow w() {\non failure {\nstep n = " + CALL + "\n}\nstep b = " + CALL + "\n}")
                .resuming(1)
                .go();
        assertEquals(List.of("b/1", "on_failure/n/1", "b/2", "on_failure/n/2"), keys(journey));
    }

    @Test
    void onFailureRunsBeforeTheRunRestsAndNotWhenItIsCancelledThen() {
        failing.add("b/1");
        var journey = journey("workflow w() {\non failure {\nstep n = " + CALL + "\n}\nstep b = " + CALL + "\n}")
                .go();
        assertTrue(journey.end() instanceof Entry.Parked);
        assertEquals(List.of("b/1", "on_failure/n/1"), keys(journey));
        journey.told(new Message.Cancel("enough"));
        assertTrue(journey.end() instanceof Entry.Ended ended && ended.status() == Entry.Status.CANCELLED);
        assertEquals(List.of("b/1", "on_failure/n/1"), keys(journey));
    }

    @Test
    void decisionsAreRecalledUntilSomethingBeforeThemIsNew() {
        failing.add("c/1");
        var journey = journey("""
                workflow w() -> { first: string, second: string } {
                  let first = uuid()
                  step a = http.post(url: "https://x.example.com") {
                    undo http.post(url: `https://x.example.com/${a.body}`)
                  }
                  let second = uuid()
                  step c = http.post(url: "https://x.example.com")
                  return { first, second }
                }
                """).resuming(1).go();
        var made = journey.entries().stream()
                .filter(Entry.LetMade.class::isInstance)
                .map(entry -> ((Entry.LetMade) entry).path())
                .toList();
        assertEquals(List.of("first", "second", "second"), made);
    }

    @Test
    void anItemThatIsAnotherOneNowRecallsNothing() {
        failing.add("c/1");
        var journey = journey("""
                workflow w() {
                  step a = http.post(url: "https://x.example.com") {
                    undo http.post(url: `https://x.example.com/${a.body}`)
                  }
                  for x of ["same", `${a.body}`] {
                    step b = http.post(url: `https://x.example.com/${x}`)
                  }
                  step c = http.post(url: "https://x.example.com")
                }
                """).resuming(1).go();
        assertEquals(
                List.of("a/1", "for_x[0]/b/1", "for_x[1]/b/1", "c/1", "a/undo/1", "a/2", "for_x[1]/b/2", "c/2"),
                keys(journey));
    }

    // ---- decision by decision

    private final List<Entry> entries = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private RunState state = begin("workflow w() {\n}", null);

    private static RunState begin(String text, Entry.@Nullable Parent parent) {
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.EMPTY, "test", parent);
        return Engine.begin(Texts.plan(text), Journey.RUN, started, Journey.START);
    }

    private void tell(Input input) {
        tell(input, Journey.START);
    }

    private void tell(Input input, Instant now) {
        entries.clear();
        effects.clear();
        var decision = Engine.advance(state, input, now);
        entries.addAll(decision.entries());
        effects.addAll(decision.effects());
    }

    private void done(String path) {
        var result = RecordValue.builder()
                .put("status", Value.of(200))
                .put("headers", RecordValue.EMPTY)
                .put("body", Value.of(path))
                .build();
        tell(new Input.Completed(path, 1, result));
    }

    private void refused(String path) {
        tell(new Input.Failed(path, 1, RunError.of("http_503", "busy")));
    }

    private List<String> asked() {
        return effects.stream()
                .map(effect -> effect.getClass().getSimpleName() + " " + effect.path())
                .toList();
    }

    private void start(String text) {
        state = begin(text, null);
        tell(new Input.Begin());
    }

    @Test
    void aCancellationWaitsForWhatCanBeUndoneAndAbandonsTheRest() {
        start("workflow w() {\nparallel {\none {\n" + step("a") + "}\ntwo {\nstep b = " + CALL + "\n}\n}\n}");
        tell(new Input.Told(1, new Message.Cancel("enough")));
        assertEquals(List.of("Abandon parallel/two/b"), asked());
        assertTrue(state.isOpen());
        done("parallel/one/a");
        assertEquals(List.of("Perform parallel/one/a/undo"), asked());
        done("parallel/one/a/undo");
        assertEquals(new Entry.Ended(Entry.Status.CANCELLED, null, null), entries.getLast());
    }

    @Test
    void anUndoUnderWayGoesOnWhenTheRunIsCancelledAndTheOthersFollow() {
        start("workflow w() {\n" + step("z") + "try {\n" + step("a") + step("b") + step("c")
                + "} catch error {\nlog 1\n}\n}");
        done("z");
        done("try/body/a");
        done("try/body/b");
        refused("try/body/c");
        assertEquals(List.of("Perform try/body/b/undo"), asked());
        tell(new Input.Told(1, new Message.Cancel("enough")));
        assertEquals(List.of(), asked());
        done("try/body/b/undo");
        assertEquals(List.of("Perform try/body/a/undo"), asked());
        done("try/body/a/undo");
        assertEquals(List.of("Perform z/undo"), asked());
        done("z/undo");
        assertEquals(new Entry.Ended(Entry.Status.CANCELLED, null, null), entries.getLast());
    }

    @Test
    void anUndoOfSomethingThatAResumedRunHasNotComeToGoesOnToo() {
        String careful =
                "step a = " + CALL + " {\nundo http.post(url: \"https://x.example.com/back\")\non error continue\n}\n";
        start("workflow w() {\nparallel {\none {\n" + careful + "fail \"no\"\n}\ntwo {\n" + step("b") + "}\n}\n}");
        done("parallel/two/b");
        refused("parallel/one/a");
        refused("parallel/one/a/undo");
        assertEquals("undo_failed", ((Entry.Parked) entries.getLast()).error().code());
        tell(new Input.Told(1, new Message.Resume("again")));
        assertEquals(List.of("Perform parallel/one/a/undo"), asked());
        done("parallel/one/a/undo");
        assertEquals(List.of("Perform parallel/two/b/undo"), asked());
        tell(new Input.Told(2, new Message.Cancel("enough")));
        assertEquals(List.of(), asked());
        done("parallel/two/b/undo");
        assertEquals(new Entry.Ended(Entry.Status.CANCELLED, null, null), entries.getLast());
    }

    @Test
    void cancellingARunThatRestsBecauseOfAFailedUndoLivesWithIt() {
        start("workflow w() {\n" + step("a") + "fail \"no\"\n}");
        done("a");
        refused("a/undo");
        assertEquals("undo_failed", ((Entry.Parked) entries.getLast()).error().code());
        tell(new Input.Told(1, new Message.Cancel("never mind")));
        assertEquals(new Entry.Ended(Entry.Status.CANCELLED, null, null), entries.getLast());
    }

    @Test
    void aChildRunIsUndoneAndEndsAsFailedInsteadOfResting() {
        state = begin("workflow w() {\n" + step("a") + step("b") + "}", new Entry.Parent(Journey.RUN, "child"));
        tell(new Input.Begin());
        done("a");
        refused("b");
        assertEquals(List.of("Perform a/undo"), asked());
        done("a/undo");
        assertTrue(entries.getLast() instanceof Entry.Ended(Entry.Status status, var _, RunError error)
                && status == Entry.Status.FAILED
                && error != null
                && error.code().equals("http_503"));
    }

    @Test
    void aStepThatIsAWorkflowIsUndoneLikeAnyOther() {
        start("""
                workflow w() {
                  step c = other()
                    {
                      undo http.post(url: `https://x.example.com/${c}`)
                    }
                  fail "no"
                }

                workflow other() -> string {
                  return "x"
                }
                """);
        var child = ((Effect.StartChild) effects.getFirst()).child();
        tell(new Input.Told(1, new Message.ChildEnded("c", child, Entry.Status.SUCCEEDED, Value.of("x"), null)));
        assertEquals(List.of("Perform c/undo"), asked());
        done("c/undo");
        assertEquals("no", ((Entry.Ended) entries.getLast()).error().message());
    }

    @Test
    void siblingsOfAFailedBranchAreWaitedForAndUndoneWithIt() {
        start("workflow w() {\nparallel {\none {\n" + step("a") + "}\ntwo {\n" + step("b") + "}\n}\n}");
        refused("parallel/one/a");
        assertEquals(List.of(), asked());
        done("parallel/two/b");
        assertEquals(List.of("Perform parallel/two/b/undo"), asked());
    }

    @Test
    void theRunsTimeoutAbandonsWhatCannotBeUndoneAndThenUndoes() {
        start("workflow w() {\ntimeout 1h\n" + step("a") + "step b = " + CALL + "\n}");
        done("a");
        var late = Journey.START.plusSeconds(3_600);
        tell(new Input.Due(), late);
        assertEquals(List.of("Abandon b", "Perform a/undo"), asked());
        done("a/undo");
        assertEquals("timeout", ((Entry.Parked) entries.getLast()).error().code());
        tell(new Input.Told(1, new Message.Resume("again")), late);
        assertEquals(List.of("Perform a"), asked());
        done("a");
        assertEquals(List.of("Perform b"), asked());
        assertEquals(1, ((Effect.Perform) effects.getFirst()).attempt());
        assertTrue(((Effect.Perform) effects.getFirst()).key().endsWith("b/1"));
    }

    @Test
    void anUndoneStepAndItsUndoAreShown() {
        failing.add("b/1");
        var journey = journey("workflow w() {\n" + step("a") + step("b") + "}").go();
        var view = History.of(journey.state().plan(), Journey.RUN, journey.frames());
        assertEquals(
                List.of("a step SUCCEEDED undone", "b step FAILED", "a/undo undo SUCCEEDED"),
                view.steps().stream()
                        .map(step -> step.path() + " " + step.kind() + " " + step.status()
                                + (step.undone() ? " undone" : ""))
                        .toList());
    }

    @Test
    void aQuestionIsWithdrawnWhenItsBlockIsLeftAndAskedAnewWhenTheRunIsResumed() {
        start("workflow w() {\nparallel {\none {\nstep ok = ask \"Sure?\" of role(\"sales\")\nlog ok.approved\n}\n"
                + "two {\nstep b = " + CALL + "\n}\n}\n}");
        refused("parallel/two/b");
        assertEquals(List.of("Withdraw parallel/one/ok"), asked());
        tell(new Input.Told(1, new Message.Resume("again")));
        assertEquals(List.of("Ask parallel/one/ok", "Perform parallel/two/b"), asked());
        assertEquals(2, ((Entry.Asked) entries.get(1)).generation());
    }

    @Test
    void anAnswerIsKnownWhenTheRunIsResumed() {
        start("workflow w() {\nstep ok = ask \"Sure?\" of role(\"sales\")\nlog ok.approved\nstep b = " + CALL + "\n}");
        var task = ((Effect.Ask) effects.getFirst()).task();
        tell(new Input.Told(1, new Message.Answered("ok", task, RecordValue.of("approved", Value.of(true)))));
        refused("b");
        tell(new Input.Told(2, new Message.Resume("again")));
        assertEquals(List.of("Perform b"), asked());
    }
}
