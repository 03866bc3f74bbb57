package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.graph.Policies;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// What a run asks for and what it makes of the outcomes, decision by decision.
class AttemptsTest {
    private static final Instant NOW = Journey.START;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private RunState state = begin(Texts.plan("workflow w() {\n}"));
    private Outlook outlook = new Outlook.Working(null);

    private static RunState begin(Plan plan) {
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.EMPTY, "test", null);
        return Engine.begin(plan, Journey.RUN, started, NOW);
    }

    private void start(String text) {
        start(Texts.plan(text));
    }

    private void start(Plan plan) {
        state = begin(plan);
        tell(new Input.Begin(), NOW);
    }

    private void tell(Input input, Instant now) {
        entries.clear();
        effects.clear();
        var decision = Engine.advance(state, input, now);
        entries.addAll(decision.entries());
        effects.addAll(decision.effects());
        outlook = decision.outlook();
    }

    private static Input done(String path, int attempt) {
        return new Input.Completed(path, attempt, RecordValue.of("status", Value.of(200)));
    }

    private static Input refused(String path, int attempt, RunError error) {
        return new Input.Failed(path, attempt, error);
    }

    private static RunError busy() {
        return new RunError("http_503", "busy", null, 0, 503, null);
    }

    @Test
    void policiesGoAlongWithTheAttempt() {
        start("""
                workflow w() {
                  step a = http.post(url: "https://a.example.com") {
                    timeout 5s
                    key "k1"
                  }
                }
                """);
        var perform = assertInstanceOf(Effect.Perform.class, effects.getFirst());
        assertEquals(5_000L, perform.timeout());
        assertEquals("k1", perform.key());
        assertEquals(new Outlook.Working(null), outlook);
    }

    @Test
    void aFailureForGoodIsNotTriedAgain() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    retry 5 times
                  }
                }
                """);
        tell(refused("a", 1, RunError.of("egress_denied", "no").forGood()), NOW);
        var failed = assertInstanceOf(Entry.StepFailed.class, entries.getFirst());
        assertTrue(failed.error().permanent());
    }

    @Test
    void aRetryComesWhenTheOtherSideAllowsIt() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    retry 1 times from 1ms to 2ms
                  }
                }
                """);
        tell(refused("a", 1, busy().retryAfter(90_000L)), NOW);
        var next = NOW.plusSeconds(90);
        assertEquals(next, ((Entry.AttemptFailed) entries.getFirst()).next());
        assertEquals(new Outlook.Sleeping(next), outlook);
        tell(new Input.Due(), next.minusMillis(1));
        assertEquals(List.of(), effects);
        tell(new Input.Due(), next);
        assertEquals(List.of(new Entry.AttemptBegun("a", 2)), entries);
        assertEquals(2, ((Effect.Perform) effects.getFirst()).attempt());
    }

    @Test
    void onlyTheFailuresThatAreAskedForAreTriedAgain() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    retry 5 times when error.status === 503 && error.attempts < 2
                  }
                }
                """);
        tell(refused("a", 1, busy()), NOW);
        assertInstanceOf(Entry.AttemptFailed.class, entries.getFirst());
        tell(new Input.Due(), NOW.plusSeconds(60));
        tell(refused("a", 2, busy()), NOW.plusSeconds(60));
        assertInstanceOf(Entry.StepFailed.class, entries.getFirst());
        assertInstanceOf(Entry.Parked.class, entries.getLast());
    }

    @Test
    void theBoundOfThePauseDoublesUpToItsLimitAndThePauseIsAnyTimeBelow() {
        for (double chance : new double[] {0, 0.5, 0.999999}) {
            for (int attempt = 1; attempt < 40; attempt++) {
                long bound = Math.min(30_000, 500L << Math.min(attempt - 1, 20));
                long pause = Backoff.pause(attempt, 500, 30_000, chance, 0);
                assertTrue(pause >= 0 && pause <= bound, pause + " > " + bound);
                assertEquals((double) bound * chance, pause, 1.5);
            }
        }
    }

    @Test
    void anOutcomeThatNobodyWaitsForChangesNothing() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    retry 1 times
                  }
                  step http.get(url: "https://b.example.com")
                }
                """);
        tell(done("nowhere", 1), NOW);
        assertEquals(List.of(), entries);
        tell(done("a", 2), NOW);
        assertEquals(List.of(), entries);
        tell(done("a", 1), NOW);
        assertEquals(2, entries.size());
        tell(done("a", 1), NOW);
        assertEquals(List.of(), entries);
    }

    @Test
    void aResultThatDoesNotFitIsAFailureThatRetryCovers() {
        start("""
                type Answer = { status: int, headers: { [name]: string }, body: { id: string } }
                workflow w() -> string {
                  step a: Answer = http.get(url: "https://a.example.com") {
                    retry 1 times
                  }
                  return a.body.id
                }
                """);
        tell(new Input.Completed("a", 1, Json.read("{\"status\": 200, \"headers\": {}, \"body\": {}}")), NOW);
        var failed = assertInstanceOf(Entry.AttemptFailed.class, entries.getFirst());
        assertEquals("does_not_fit", failed.error().code());
        assertTrue(failed.error().message().contains("body.id"), failed.error().message());
        tell(new Input.Due(), NOW.plusSeconds(60));
        tell(
                new Input.Completed("a", 2, Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"id\": \"x\"}}")),
                NOW.plusSeconds(60));
        assertEquals(Value.of("x"), ((Entry.Ended) entries.getLast()).output());
    }

    @Test
    void cancellingAbandonsWhatIsUnderWay() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com")
                }
                """);
        tell(new Input.Told(1, new Message.Cancel("enough")), NOW);
        assertEquals(List.of(new Effect.Abandon("a", 1)), effects);
        assertEquals(new Outlook.Over(Entry.Status.CANCELLED), outlook);
        tell(done("a", 1), NOW);
        assertEquals(List.of(), entries);
    }

    @Test
    void aMessageIsTakenOnce() {
        start("""
                workflow w() {
                  wait 1h
                }
                """);
        tell(new Input.Told(1, new Message.Resume("again")), NOW);
        assertEquals(List.of(new Entry.MessageTaken(1, new Message.Resume("again"))), entries);
        tell(new Input.Told(1, new Message.Resume("again")), NOW);
        assertEquals(List.of(), entries);
        assertEquals(1, state.taken());
    }

    @Test
    void theRunsTimeoutStrikesFromItsFirstStepOnAndAfterAResumptionAnew() {
        start("""
                workflow w() {
                  timeout 1h
                  wait 1d
                  step a = http.get(url: "https://a.example.com")
                  step b = http.get(url: "https://b.example.com")
                }
                """);
        assertEquals(new Outlook.Sleeping(NOW.plus(Duration.ofDays(1))), outlook);
        var later = NOW.plus(Duration.ofDays(1));
        tell(new Input.Due(), later);
        assertEquals(new Outlook.Working(later.plus(Duration.ofHours(1))), outlook);
        var late = later.plus(Duration.ofHours(1));
        tell(new Input.Due(), late);
        assertEquals("timeout", ((Entry.Parked) entries.getLast()).error().code());
        assertEquals(List.of(new Effect.Abandon("a", 1)), effects);
        tell(new Input.Told(1, new Message.Resume("again")), late);
        assertEquals(1, ((Effect.Perform) effects.getFirst()).attempt());
        assertEquals(new Outlook.Working(null), outlook);
        tell(done("a", 1), late);
        assertEquals(new Outlook.Working(late.plus(Duration.ofHours(1))), outlook);
    }

    @Test
    void aReturnInABranchWaitsForWhatIsUnderWayAndStartsNothing() {
        // The checker refuses it for now; the engine has an answer all the same.
        var branches = new LinkedHashMap<String, List<Graphs.Piece>>();
        branches.put("one", List.of(Graphs.step("a", "http.get", Policies.NONE), Graphs.returns(Graphs.text("done"))));
        branches.put(
                "two",
                List.of(Graphs.step("b", "http.get", Policies.NONE), Graphs.step("c", "http.get", Policies.NONE)));
        start(Graphs.plan(Graphs.workflow(List.of(), Graphs.parallel(branches))));
        tell(done("parallel/one/a", 1), NOW);
        assertEquals(1, entries.size());
        assertEquals(new Outlook.Working(null), outlook);
        tell(done("parallel/two/b", 1), NOW);
        assertEquals(List.of(), effects);
        assertEquals(Value.of("done"), ((Entry.Ended) entries.getLast()).output());
    }

    @Test
    void whatWaitedInABlockThatWasLeftIsForgotten() {
        start("""
                workflow w() {
                  try {
                    parallel {
                      one {
                        step a = http.get(url: "https://a.example.com") {
                          retry 5 times from 1h to 2h
                        }
                      }
                      two {
                        wait 3d
                      }
                      three {
                        step c = http.get(url: "https://c.example.com")
                      }
                    }
                  } catch error {
                    wait 1m
                  }
                }
                """);
        tell(refused("try/body/parallel/one/a", 1, busy()), NOW);
        assertEquals(2, state.steps.size());
        tell(refused("try/body/parallel/three/c", 1, busy()), NOW);
        assertEquals(new Outlook.Sleeping(NOW.plusSeconds(60)), outlook);
        assertEquals(0, state.steps.size());
        assertEquals(1, state.waits.size());
    }

    @Test
    void aRestartAsksAgainForWhatWasUnderWay() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    key "k"
                  }
                }
                """);
        var first = List.copyOf(effects);
        var frames = new ArrayList<Frame>();
        frames.add(new Frame(1, NOW, List.of(state.started)));
        frames.add(new Frame(2, NOW, List.copyOf(entries)));
        state = Engine.fold(state.plan(), Journey.RUN, frames);
        tell(new Input.Begin(), NOW.plusSeconds(5));
        assertEquals(first, effects);
        assertEquals(List.of(), entries);
    }

    @Test
    void whatCannotBeALoopOrAKeyFailsWithItsPlace() {
        start("""
                workflow w() {
                  step a = http.get(url: "https://a.example.com") {
                    key ""
                  }
                }
                """);
        var failed = assertInstanceOf(Entry.StepFailed.class, entries.getFirst());
        assertEquals(0, failed.attempt());
        assertTrue(failed.error().message().contains("(line 2"), failed.error().message());
    }

    @Test
    void aLongLoopNeedsNoLongStack() {
        state = Engine.begin(
                Texts.plan("""
                        workflow w(list: [int]) -> [int] {
                          step all = for n of list at most 10 at once {
                            if (n % 2 === 0) {
                              yield n
                            }
                            step a = http.get(url: `https://a.example.com/${n}`)
                            yield a.status
                          }
                          return all
                        }
                        """),
                Journey.RUN,
                new Entry.Started("w", 1, "hash", 1, 7, RecordValue.of("list", numbers(20_000)), "test", null),
                NOW);
        tell(new Input.Begin(), NOW);
        var underWay = new ArrayList<>(effects);
        while (!underWay.isEmpty()) {
            var perform = (Effect.Perform) underWay.removeFirst();
            tell(done(perform.path(), perform.attempt()), NOW);
            underWay.addAll(effects);
        }
        assertEquals(new Outlook.Over(Entry.Status.SUCCEEDED), outlook);
    }

    private static Value numbers(int count) {
        var items = new Value[count];
        for (int i = 0; i < count; i++) {
            items[i] = Value.of(i);
        }
        return weir.value.ListValue.of(items);
    }

    @Test
    void aHandlerOfAStepGivesItsValue() {
        start("""
                workflow w() -> string {
                  step a = http.get(url: "https://a.example.com") {
                    on error {
                      step b = http.get(url: "https://b.example.com")
                      yield { status: 0, headers: {}, body: error.code }
                    }
                  }
                  return `${a.body}`
                }
                """);
        tell(refused("a", 1, busy()), NOW);
        tell(done(((Effect.Perform) effects.getFirst()).path(), 1), NOW);
        assertEquals(Value.of("http_503"), ((Entry.Ended) entries.getLast()).output());
    }

    @Test
    void aTimeCanBeWaitedFor() {
        start("""
                workflow w() {
                  wait until "2026-05-01T00:00:00.000Z"
                }
                """);
        assertEquals(new Outlook.Sleeping(Instant.parse("2026-05-01T00:00:00Z")), outlook);
    }
}
