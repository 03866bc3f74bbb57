package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class RepeatTest {
    private static final Function<Effect.Perform, Answer> ECHO =
            perform -> new Answer.Gives(RecordValue.of("body", Value.of(perform.path())));

    private static Journey run(String body) {
        return Journey.of(Texts.plan("workflow w(n: int) {\n" + body + "\n}"), RecordValue.of("n", Value.of(0)), ECHO)
                .go();
    }

    @Test
    void passesAreBoundedAndTheirYieldsAreAList() {
        var journey = run("""
                step all = repeat at most 3 times {
                  step s = http.get(url: "https://example.com")
                  yield s.body
                }
                return all""");
        assertEquals(Json.read("[\"all[0]/s\",\"all[1]/s\",\"all[2]/s\"]"), journey.output());
    }

    @Test
    void aValueIsCarriedFromPassToPassAndUntilSeesTheNamesOfThePass() {
        var journey = run("""
                step all = repeat at most 100 times with c = 1 then double until double > 20 {
                  let double = c * 2
                  yield [c, double]
                }
                return all""");
        assertEquals(Json.read("[[1,2],[2,4],[4,8],[8,16],[16,32]]"), journey.output());
        assertEquals(
                5,
                journey.entries().stream()
                        .filter(Entry.Passed.class::isInstance)
                        .count());
    }

    @Test
    void everyGoesFromBeginToBeginAndALatePassBeginsAtOnce() {
        var journey = run("""
                step times = repeat at most 4 times every 10s with c = 1 then c * 4 {
                  let begun = now()
                  wait c * 1s
                  yield begun
                }
                return times""");
        assertEquals(Json.read("""
                        ["2026-01-01T00:00:00.000Z","2026-01-01T00:00:10.000Z",
                         "2026-01-01T00:00:20.000Z","2026-01-01T00:00:36.000Z"]"""), journey.output());
    }

    @Test
    void aPassThatIsLeftByTheYieldOfItsBlockEndsOnlyThatPass() {
        var journey = run("""
                step all = repeat at most 3 times with c = 0 then c + 1 {
                  if (c === 1) {
                    yield "odd"
                  }
                  step http.get(url: "https://example.com")
                  yield c
                }
                return all""");
        assertEquals(Json.read("[0,\"odd\",2]"), journey.output());
    }

    @Test
    void aFailureInAPassLeavesTheLoop() {
        var journey = run("""
                try {
                  repeat at most 3 times {
                    fail "enough"
                  }
                } catch error {
                  return error.message
                }
                return "never\"""");
        assertEquals(Value.of("enough"), journey.output());
    }

    @Test
    void zeroTimesAndANegativeTimeFailWithAReason() {
        var none = run("repeat at most n times {\n log 1\n}");
        assertEquals("range_error", none.error().code());
        assertTrue(none.error().message().contains("at least 1"), none.error().message());
        var back = run("repeat at most 2 times every (n - 1) * 1s {\n log 1\n}");
        assertEquals("range_error", back.error().code());
        assertTrue(back.error().message().contains("`every`"), back.error().message());
        var broken = run("let x: json = n\nrepeat at most 2 times until x.a.b {\n log 1\n}");
        assertEquals("type_error", broken.error().code());
    }

    @Test
    void tenThousandStepsOneAfterTheOtherLeaveNothingBehind() {
        var plan = Texts.plan("""
                workflow w() {
                  repeat at most 10000 times with c = 0 then s.status {
                    step s = http.get(url: `x${c}`)
                  }
                }""");
        var started = new Entry.Started("w", 1, "hash", 1, 42, RecordValue.EMPTY, "test", null);
        var state = Engine.begin(plan, Journey.RUN, started, Journey.START);
        var frames = new ArrayList<Frame>();
        frames.add(new Frame(1, Journey.START, List.of(started)));
        long before = System.nanoTime();
        Input input = new Input.Begin();
        for (int i = 0; i <= 10_000; i++) {
            var decision = Engine.advance(state, input, Journey.START);
            frames.add(new Frame(i + 2, Journey.START, decision.entries()));
            input = new Input.Completed("repeat[" + i + "]/s", 1, RecordValue.of("status", Value.of(i)));
            if (i == 9_000) {
                assertTrue(StateText.of(state).length() < 1_500, StateText.of(state));
            }
        }
        assertTrue(state.outlook() instanceof Outlook.Over);
        var folded = Engine.fold(plan, Journey.RUN, frames);
        assertEquals(StateText.of(state), StateText.of(folded));
        // Far above what it takes: it only tells linear from quadratic.
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(60).toNanos());
    }

    @Test
    void tenThousandPassesTakeNoStackAndNoQuadraticTime() {
        var plan = Texts.plan("""
                workflow w() {
                  step all = repeat at most 10000 times with c = 0 then c + 1 {
                    yield c
                  }
                  return all.length
                }""");
        var state = Engine.begin(
                plan,
                Journey.RUN,
                new Entry.Started("w", 1, "hash", 1, 42, RecordValue.EMPTY, "test", null),
                Journey.START);
        long before = System.nanoTime();
        var decision = Engine.advance(state, new Input.Begin(), Journey.START);
        assertTrue(decision.entries().getLast() instanceof Entry.Ended ended
                && Value.of(10_000).equals(ended.output()));
        assertEquals(10_002, decision.entries().size());
        // Far above what it takes: it only tells linear from quadratic.
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(20).toNanos());
    }
}
