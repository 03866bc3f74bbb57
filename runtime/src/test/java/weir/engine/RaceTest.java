package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// Who wins a race, and what becomes of the others.
class RaceTest {
    private static final Instant NOW = Journey.START;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private RunState state = state("workflow w() {\n}");

    private static RunState state(String text) {
        var started = new Entry.Started("w", 1, "hash", 1, 7, RecordValue.EMPTY, "test", null);
        return Engine.begin(Texts.plan(text), Journey.RUN, started, NOW);
    }

    private void start(String text) {
        state = state(text);
        tell(new Input.Begin());
    }

    private void tell(Input input) {
        tell(input, NOW);
    }

    private void tell(Input input, Instant now) {
        entries.clear();
        effects.clear();
        var decision = Engine.advance(state, input, now);
        entries.addAll(decision.entries());
        effects.addAll(decision.effects());
    }

    private void done(String path) {
        tell(new Input.Completed(path, 1, Json.read("{\"status\": 200, \"headers\": {}, \"body\": \"" + path + "\"}")));
    }

    private void refused(String path, String code) {
        tell(new Input.Failed(path, 1, RunError.of(code, "no")));
    }

    private Value output() {
        return ((Entry.Ended) entries.getLast()).output();
    }

    private static final String TWO = """
            workflow w() -> json {
              step first = race {
                a {
                  step x = http.get(url: "https://a.example.com")
                  yield x.body
                }
                b {
                  step y = http.get(url: "https://b.example.com")
                  yield y.body
                }
              }
              return first
            }
            """;

    @Test
    void theFirstYieldWinsAndTheOthersAreAbandoned() {
        start(TWO);
        done("first/b/y");
        assertTrue(entries.contains(new Entry.Branched("first", "b")), entries::toString);
        assertEquals(List.of(new Effect.Abandon("first/a/x", 1)), effects);
        assertEquals(Value.of("first/b/y"), output());
        done("first/a/x");
        assertEquals(List.of(), entries);
    }

    @Test
    void aBranchThatFailsHasLostAndTheLastErrorFailsTheRace() {
        start(TWO);
        refused("first/a/x", "http_500");
        assertEquals(1, entries.size());
        refused("first/b/y", "http_404");
        assertEquals("http_404", ((Entry.Parked) entries.getLast()).error().code());
    }

    @Test
    void aRaceWithoutANameIsWonByTheFirstBranchThatEnds() {
        start("""
                workflow w() {
                  race {
                    work {
                      step x = http.get(url: "https://a.example.com")
                    }
                    late {
                      wait 1h
                      log "late"
                    }
                  }
                  log "over"
                }
                """);
        tell(new Input.Due(), NOW.plusSeconds(3_600));
        assertTrue(entries.contains(new Entry.Branched("race", "late")));
        assertTrue(entries.contains(new Entry.Logged("log", Value.of("over"))));
        assertEquals(List.of(new Effect.Abandon("race/work/x", 1)), effects);
    }

    @Test
    void aBranchThatYieldsAtOnceLeavesTheOthersUnbegun() {
        start("""
                workflow w() -> int {
                  step first = race {
                    a {
                      yield 1
                    }
                    b {
                      step y = http.get(url: "https://b.example.com")
                      yield 2
                    }
                  }
                  return first
                }
                """);
        assertEquals(List.of(), effects);
        assertEquals(Value.of(1), output());
    }

    private static final String UNDONE = """
            workflow w() -> json {
              step first = race {
                a {
                  step w = http.post(url: "https://a.example.com/before") {
                    undo http.post(url: `https://a.example.com/${w.body}`)
                  }
                  step x = http.post(url: "https://a.example.com") {
                    undo http.post(url: `https://a.example.com/${x.body}`)
                  }
                  yield x.body
                }
                b {
                  step y = http.post(url: "https://b.example.com") {
                    undo http.post(url: `https://b.example.com/${y.body}`)
                  }
                  yield y.body
                }
              }
              return first
            }
            """;

    @Test
    void anAttemptOfALoserThatSucceedsAfterTheRaceWasWonIsUndone() {
        start(UNDONE);
        done("first/a/w");
        done("first/b/y");
        assertEquals(List.of(), effects);
        done("first/a/x");
        assertEquals(
                List.of("first/a/x/undo"), effects.stream().map(Effect::path).toList());
        done("first/a/x/undo");
        assertEquals(
                List.of("first/a/w/undo"), effects.stream().map(Effect::path).toList());
        done("first/a/w/undo");
        assertEquals(Value.of("first/b/y"), output());
    }

    @Test
    void anAttemptOfALoserThatFailsAfterTheRaceWasWonIsForgotten() {
        start(UNDONE);
        done("first/b/y");
        refused("first/a/w", "http_500");
        assertEquals(Value.of("first/b/y"), output());
    }

    @Test
    void raceInsideAForAtOnceLeavesOnlyItsOwnBranches() {
        start("""
                workflow w() -> json {
                  step all = for n of [1, 2] at most 2 at once {
                    step first = race {
                      a {
                        step x = http.get(url: "https://a.example.com")
                        yield x.body
                      }
                      b {
                        wait 1h
                        yield "late"
                      }
                    }
                    yield first
                  }
                  return all
                }
                """);
        done("all[0]/first/a/x");
        assertEquals(1, state.waits.size());
        tell(new Input.Due(), NOW.plusSeconds(3_600));
        assertEquals(Json.read("[\"all[0]/first/a/x\", \"late\"]"), output());
    }

    @Test
    void whoHasWonIsKnownWhenTheRunIsResumed() {
        start("""
                workflow w() -> json {
                  step first = race {
                    a {
                      step x = http.get(url: "https://a.example.com")
                      yield x.body
                    }
                    b {
                      step y = http.get(url: "https://b.example.com")
                      yield y.body
                    }
                  }
                  step z = http.get(url: "https://c.example.com")
                  return first
                }
                """);
        done("first/b/y");
        refused("z", "http_500");
        tell(new Input.Told(1, new Message.Resume("again")));
        assertEquals(List.of("z"), effects.stream().map(Effect::path).toList());
        done("z");
        assertEquals(Value.of("first/b/y"), output());
    }

    @Test
    void theWinnerIsShownAndALoserIsSkipped() {
        start(TWO);
        var frames = new ArrayList<Frame>();
        frames.add(new Frame(1, NOW, List.of(state.started)));
        frames.add(new Frame(2, NOW, List.copyOf(entries)));
        done("first/b/y");
        frames.add(new Frame(3, NOW, List.copyOf(entries)));
        var view = History.of(state.plan(), Journey.RUN, frames);
        var race = view.steps().stream()
                .filter(step -> step.kind().equals("race"))
                .findFirst()
                .orElseThrow();
        assertEquals(RecordValue.of("winner", Value.of("b")), race.input());
        assertEquals(StepView.Status.SUCCEEDED, race.status());
        assertEquals(Value.of("first/b/y"), race.output());
        assertEquals(
                StepView.Status.SKIPPED,
                view.steps().stream()
                        .filter(step -> step.path().equals("first/a/x"))
                        .findFirst()
                        .orElseThrow()
                        .status());
    }
}
