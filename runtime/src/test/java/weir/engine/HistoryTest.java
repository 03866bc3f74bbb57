package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.engine.Graphs.*;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Policies;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class HistoryTest {
    private static Plan order() {
        var branches = new LinkedHashMap<String, List<Graphs.Piece>>();
        branches.put(
                "payment", List.of(step("charge", "stripe.create_charge", retry(2), with("amount", name("total")))));
        branches.put(
                "stock",
                List.of(each(
                        "holds",
                        "line",
                        member(name("order"), "lines"),
                        2,
                        step("hold", "http.post", Policies.NONE, with("sku", name("line"))),
                        yields(member(name("hold"), "sku")))));
        return Graphs.plan(workflow(
                List.of("order"),
                let("total", binary(member(name("order"), "net"), BinaryOperator.ADD, number(10))),
                when(
                        null,
                        binary(name("total"), BinaryOperator.EQUAL, number(1)),
                        List.of(log(text("cheap"))),
                        List.of()),
                parallel(branches),
                attempt(null, List.of(step("note", "slack.post", Policies.NONE)), List.of(log(name("error")))),
                sleep(60_000),
                returns(name("holds"))));
    }

    private static Journey journey() {
        var input = (RecordValue) Json.read("{\"order\":{\"net\":5,\"lines\":[\"a\",\"b\",\"c\"]}}");
        return Journey.of(order(), input, perform -> switch (perform.action()) {
            case "create_charge" ->
                perform.attempt() == 1
                        ? new Answer.Refuses(new RunError("http_503", "busy", null, 0, 503, null))
                        : new Answer.Gives(RecordValue.of("id", Value.of("ch_1")));
            case "post" ->
                perform.integration().equals("slack")
                        ? new Answer.Refuses(RunError.of("channel_not_found", "there is no such channel"))
                        : new Answer.Gives(perform.arguments());
            default -> throw new IllegalArgumentException(perform.action());
        });
    }

    @Test
    void aFinishedRunIsShownWithItsStepsInTheOrderInWhichTheyBegan() {
        var journey = journey().go();
        var view = History.of(order(), Journey.RUN, journey.frames());
        Golden.check("weir/engine/history.json", Json.pretty(RunViewJson.of(Journey.RUN, view)) + "\n");
    }

    @Test
    void whatIsUnderWayIsShownAsItIs() {
        var frames = journey().go().frames();
        var text = new StringBuilder();
        for (int i = 1; i <= frames.size(); i++) {
            var view = History.of(order(), Journey.RUN, frames.subList(0, i));
            text.append(view.status()).append(view.wakeAt() == null ? "" : " until " + view.wakeAt());
            view.steps()
                    .forEach(step ->
                            text.append("\n  ").append(step.path()).append(' ').append(step.status()));
            text.append('\n');
        }
        Golden.check("weir/engine/history.txt", text.toString());
    }

    private static StepView shown(Plan plan, Journey journey, String path) {
        return History.of(plan, Journey.RUN, journey.frames()).steps().stream()
                .filter(step -> step.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoeverIsWaitedForIsShown() {
        var plan = Texts.plan("""
                workflow w() {
                  repeat at most 2 times every 1h {
                    step sure = ask "Sure?" of role("sales") up to 2h
                    step paid = wait for "paid" where random() < 0
                    log [sure, paid]
                  }
                }""");
        var journey = Journey.of(plan, RecordValue.EMPTY, perform -> new Answer.Gives(Value.of(1)))
                .begun();
        var sure = shown(plan, journey, "repeat[0]/sure");
        assertEquals(StepView.Status.WAITING, sure.status());
        assertEquals(Journey.START.plusSeconds(7_200), sure.until());
        var ask = (Effect.Ask) journey.effects().iterator().next();
        assertEquals(
                Json.read("{\"task\":\"" + ask.task() + "\",\"question\":\"Sure?\",\"who\":{\"role\":\"sales\"}}"),
                sure.input());
        assertEquals(StepView.Status.WAITING, shown(plan, journey, "repeat").status());

        journey.told(new Message.Answered(ask.path(), ask.task(), Value.of("yes")));
        assertEquals(Value.of("yes"), shown(plan, journey, "repeat[0]/sure").output());
        journey.told(new Message.Published("repeat[0]/paid", 1, "paid", Value.of(1)));
        var paid = shown(plan, journey, "repeat[0]/paid");
        assertEquals(StepView.Status.WAITING, paid.status());
        assertEquals(RecordValue.of("event", Value.of("paid")), paid.input());
    }

    @Test
    void aStepThatIsAnotherRunNamesIt() {
        var plan = Texts.plan("""
                workflow w() {
                  step a = other() {
                    retry 1 times from 1s to 1s
                  }
                  return a
                }
                workflow other() -> number {
                  return 1
                }""");
        var journey = Journey.of(plan, RecordValue.EMPTY, perform -> new Answer.Gives(Value.of(1)))
                .begun();
        var first = (Effect.StartChild) journey.effects().iterator().next();
        assertEquals(first.child(), shown(plan, journey, "a").child());
        assertEquals("other", shown(plan, journey, "a").action());
        journey.told(new Message.ChildEnded(
                        "a", first.child(), Entry.Status.FAILED, null, RunError.of("http_503", "busy")))
                .after(Duration.ofSeconds(2));
        var children = journey.effects().stream()
                .filter(Effect.StartChild.class::isInstance)
                .map(effect -> ((Effect.StartChild) effect).child())
                .toList();
        assertEquals(2, children.size());
        assertEquals(children.getLast(), shown(plan, journey, "a").child());
        assertEquals(2, shown(plan, journey, "a").attempt());
    }

    @Test
    void everyJournalAndEveryBeginningOfItCanBeShown() {
        long first = Long.getLong("seed", System.nanoTime());
        for (long seed = first; seed < first + 100; seed++) {
            String how = "-Dseed=" + seed;
            var plan = Graphs.plan(new RandomWorkflow(new Random(seed)).graph());
            var journey = Journey.of(
                            plan,
                            RecordValue.of("input", Value.of(seed % 2)),
                            perform -> perform.key().hashCode() % 3 == 0
                                    ? new Answer.Refuses(RunError.of("http_503", "busy"))
                                    : new Answer.Gives(perform.arguments()))
                    .among(Conversations.LIVELY)
                    .go();
            for (int i = 1; i <= journey.frames().size(); i++) {
                var view = History.of(plan, Journey.RUN, journey.frames().subList(0, i));
                var paths = new HashSet<String>();
                view.steps().forEach(step -> assertTrue(paths.add(step.path()), how + " " + step.path()));
            }
            var view = History.of(plan, Journey.RUN, journey.frames());
            for (var entry : journey.entries()) {
                if (entry instanceof Entry.Placed placed) {
                    assertEquals(
                            1,
                            view.steps().stream()
                                    .filter(step -> step.path().equals(placed.path()))
                                    .count(),
                            how + " " + placed);
                }
            }
        }
    }
}
