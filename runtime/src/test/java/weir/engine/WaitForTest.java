package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class WaitForTest {
    private static Journey begun(String body) {
        return Journey.of(
                        Texts.plan("workflow w(id: string) {\n" + body + "\n}"),
                        RecordValue.of("id", Value.of("o1")),
                        perform -> new Journey.Answer.Refuses(RunError.of("http_500", "no")))
                .begun();
    }

    private static Message.Published event(String path, long position, String payload) {
        return new Message.Published(path, position, "order.paid", Json.read(payload));
    }

    private static long listens(Journey journey) {
        return journey.effects().stream()
                .filter(Effect.Listen.class::isInstance)
                .count();
    }

    private static long unlistens(Journey journey) {
        return journey.effects().stream()
                .filter(Effect.Unlisten.class::isInstance)
                .count();
    }

    @Test
    void theFirstEventThatFitsIsTaken() {
        var journey = begun("step paid = wait for \"order.paid\" where event.id === id\nreturn paid");
        assertEquals(1, listens(journey));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        journey.told(event("paid", 1, "{\"id\":\"o2\"}"));
        journey.told(new Message.Published("paid", 2, "order.lost", Json.read("{\"id\":\"o1\"}")));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                Json.read("{\"id\":\"o1\",\"n\":3}"),
                journey.told(event("paid", 3, "{\"id\":\"o1\",\"n\":3}")).output());
        assertEquals(1, unlistens(journey));
    }

    @Test
    void whenItsTimeIsOverItGivesNull() {
        var journey = begun("step paid = wait for \"order.paid\" up to 1h\nreturn paid ?? \"late\"");
        assertEquals(Value.of("late"), journey.after(Duration.ofHours(1)).output());
        assertEquals(1, unlistens(journey));
    }

    @Test
    void passesOfARepeatTakeSuccessiveEvents() {
        var journey = begun("""
                step all = repeat at most 3 times {
                  step paid = wait for "order.paid"
                  yield paid
                }
                return all""");
        journey.told(event("all[0]/paid", 4, "4"));
        // The next pass hears all events since the run began.
        journey.told(event("all[1]/paid", 4, "4"));
        journey.told(event("all[1]/paid", 6, "6"));
        journey.told(event("all[2]/paid", 4, "4"));
        journey.told(event("all[2]/paid", 6, "6"));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                Json.read("[4,6,7]"), journey.told(event("all[2]/paid", 7, "7")).output());
        assertEquals(3, unlistens(journey));
        assertEquals(List.of(0L, 4L, 6L), after(journey));
    }

    /// From where on the run wanted to be told.
    private static List<Long> after(Journey journey) {
        return journey.effects().stream()
                .filter(Effect.Listen.class::isInstance)
                .map(effect -> ((Effect.Listen) effect).after())
                .toList();
    }

    @Test
    void anEventThatOnePassRefusedIsLeftForALaterOne() {
        var journey = begun("""
                step all = repeat at most 3 times with want = 2 then want === 2 ? 1 : 3 {
                  step paid = wait for "order.paid" where event === want
                  yield paid
                }
                return all""");
        journey.told(event("all[0]/paid", 1, "1"));
        journey.told(event("all[0]/paid", 2, "2"));
        journey.told(event("all[1]/paid", 1, "1"));
        journey.told(event("all[2]/paid", 1, "3"));
        journey.told(event("all[2]/paid", 2, "3"));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                Json.read("[2,1,3]"), journey.told(event("all[2]/paid", 3, "3")).output());
        // What was refused may still be wanted: it is told again.
        assertEquals(List.of(0L, 0L, 0L), after(journey));
    }

    @Test
    void anEventThatEveryPassRefusesIsToldOnlyOnce() {
        var journey = begun("""
                step all = repeat at most 3 times {
                  step paid = wait for "order.paid" where event.id === id
                  yield paid.n
                }
                return all""");
        journey.told(event("all[0]/paid", 1, "{\"id\":\"o2\"}"));
        journey.told(event("all[0]/paid", 2, "{\"id\":\"o1\",\"n\":2}"));
        journey.told(event("all[1]/paid", 3, "{\"id\":\"o2\"}"));
        journey.told(event("all[1]/paid", 4, "{\"id\":\"o1\",\"n\":4}"));
        journey.told(event("all[2]/paid", 4, "{\"id\":\"o1\",\"n\":4}"));
        assertEquals(
                Json.read("[2,4,5]"),
                journey.told(event("all[2]/paid", 5, "{\"id\":\"o1\",\"n\":5}")).output());
        assertEquals(List.of(0L, 2L, 4L), after(journey));
    }

    /// Two servers may publish at once: what comes late is not lost.
    @Test
    void anEventThatIsToldLateIsTakenByTheNextPass() {
        String text = """
                step all = repeat at most 2 times {
                  step paid = wait for "order.paid"
                  wait 1h
                  yield paid
                }
                return all""";
        var journey = begun(text);
        journey.told(event("all[0]/paid", 6, "6"));
        journey.told(event("all[0]/paid", 5, "5"));
        journey.after(Duration.ofHours(1));
        assertEquals(List.of(0L, 4L), after(journey));
        journey.told(event("all[1]/paid", 6, "6"));
        journey.told(event("all[1]/paid", 5, "5"));
        assertEquals(Json.read("[6,5]"), journey.after(Duration.ofHours(1)).output());

        var waiting = begun(text);
        waiting.told(event("all[0]/paid", 6, "6")).after(Duration.ofHours(1));
        waiting.told(event("all[0]/paid", 5, "5"));
        assertEquals(Json.read("[6,5]"), waiting.after(Duration.ofHours(1)).output());
    }

    @Test
    void waitsForOtherNamesAtOnePlaceHaveEventsOfTheirOwn() {
        var journey = begun("""
                step all = for x of ["a", "b"] at most 2 at once {
                  step paid = wait for `paid.${x}`
                  yield paid
                }
                return all""");
        journey.told(new Message.Published("all[0]/paid", 9, "paid.a", Value.of(9)));
        assertEquals(
                Json.read("[9,3]"),
                journey.told(new Message.Published("all[1]/paid", 3, "paid.b", Value.of(3)))
                        .output());
    }

    @Test
    void waitsSideBySideShareTheEventsOfTheirPlace() {
        var journey = begun("""
                step all = for x of [1, 2] at most 2 at once {
                  step paid = wait for "order.paid"
                  yield paid
                }
                return all""");
        journey.told(event("all[1]/paid", 1, "1"));
        journey.told(event("all[0]/paid", 1, "1"));
        assertEquals(
                Json.read("[2,1]"), journey.told(event("all[0]/paid", 2, "2")).output());
    }

    @Test
    void anEventThatDoesNotFitTheTypeIsIgnoredAndTheWaitGoesOn() {
        var journey = begun("""
                step paid = wait for "order.paid" -> { amount: number } where event.amount !== 0
                return paid.amount""");
        journey.told(event("paid", 1, "{\"amount\":\"much\"}"));
        journey.told(event("paid", 2, "{\"amount\":0}"));
        journey.told(event("paid", 3, "\"a text\""));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(
                List.of(
                        "paid: the event `order.paid` does not fit its type: `amount`: expected number, got text \"much\""
                                + " (line 2, column 1)",
                        "paid: the event `order.paid` does not fit its type: expected { amount: number }, got text"
                                + " \"a text\" (line 2, column 1)"),
                ignored(journey));
        assertEquals(
                Value.of(5), journey.told(event("paid", 4, "{\"amount\":5}")).output());
        assertEquals(1, unlistens(journey));
    }

    @Test
    void anEventOnWhichTheConditionFailsIsIgnored() {
        var journey = begun("step paid = wait for \"order.paid\" where event.order.id === id\nreturn paid.n");
        journey.told(event("paid", 1, "{}"));
        assertEquals(new Outlook.Sleeping(null), journey.state().outlook());
        assertEquals(1, ignored(journey).size());
        assertTrue(ignored(journey).getFirst().startsWith("paid: the `where` fails on the event `order.paid`: "));
        assertEquals(
                Value.of(7),
                journey.told(event("paid", 2, "{\"order\":{\"id\":\"o1\"},\"n\":7}"))
                        .output());
    }

    private static List<String> ignored(Journey journey) {
        return journey.entries().stream()
                .filter(Entry.EventIgnored.class::isInstance)
                .map(Entry.EventIgnored.class::cast)
                .map(ignored -> ignored.path() + ": " + ignored.why().message())
                .toList();
    }

    @Test
    void anEventForAPathThatWasLeftIsDropped() {
        var journey = begun("""
                step first = for x of [1] {
                  parallel {
                    a {
                      step paid = wait for "order.paid"
                      log paid
                    }
                    b {
                      wait 1h
                      return "left"
                    }
                  }
                  yield 1
                }
                return first""".replace("return \"left\"", "log 1").replace("return first", "wait 1h\nreturn first"));
        journey.told(event("first[0]/parallel/a/paid", 1, "1"));
        journey.told(event("first[0]/parallel/a/paid", 2, "2"));
        journey.told(event("nowhere", 3, "3"));
        journey.after(Duration.ofHours(1)).after(Duration.ofHours(1));
        assertEquals(Json.read("[1]"), journey.output());
    }

    @Test
    void aLongRowOfEventsLeavesNothingBehindInTheState() {
        var journey = begun("""
                repeat at most 2000 times {
                  step paid = wait for "order.paid" up to 30d
                  log paid
                }""");
        for (int i = 0; i < 300; i++) {
            journey.told(event("repeat[" + i + "]/paid", i + 1, "1"));
        }
        assertEquals(1, journey.state().waits.size());
        // What was taken is eight bytes each; nothing else may grow.
        String state = StateText.of(journey.state()).replaceAll("taken \\[[^]]*]", "");
        assertTrue(state.length() < 1_500, state);
    }
}
