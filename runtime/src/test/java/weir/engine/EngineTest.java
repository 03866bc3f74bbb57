package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.engine.Graphs.*;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import weir.engine.Journey.Answer;
import weir.graph.Expr;
import weir.graph.Expr.BinaryOperator;
import weir.graph.Policies;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

class EngineTest {
    /// Gives back its arguments with the path.
    private static final Function<Effect.Perform, Answer> ECHO =
            perform -> new Answer.Gives(perform.arguments().with("path", Value.of(perform.path())));

    private static Journey run(
            List<String> parameters, String input, Function<Effect.Perform, Answer> world, Piece... pieces) {
        var plan = Graphs.plan(workflow(parameters, pieces));
        return Journey.of(plan, (RecordValue) Json.read(input), world).go();
    }

    @Test
    void aStepIsPlannedDoneAndTheRunEnds() {
        var journey = run(
                List.of("a"),
                "{\"a\": 2}",
                ECHO,
                let("b", binary(name("a"), BinaryOperator.ADD, number(1))),
                step("s", "shop.charge", Policies.NONE, with("amount", name("b"))),
                returns(member(name("s"), "amount")));
        assertEquals(Value.of(3), journey.output());
        assertEquals(
                List.of("Started", "StepPlanned", "StepDone", "Ended"),
                journey.entries().stream()
                        .map(entry -> entry.getClass().getSimpleName())
                        .toList());
        assertEquals(3, journey.frames().size());
        var perform = (Effect.Perform) journey.effects().iterator().next();
        assertEquals(Journey.RUN + "/s/1", perform.key());
    }

    @Test
    void aFailingStepIsTriedAgainWithTheSameKeyAndArguments() {
        var journey = run(
                List.of(),
                "{}",
                perform -> perform.attempt() < 3
                        ? new Answer.Refuses(RunError.of("http_500", "no"))
                        : new Answer.Gives(Value.of("ok")),
                step("s", "shop.charge", retry(2), with("id", draw(Expr.Drawn.UUID))),
                returns(name("s")));
        assertEquals(Value.of("ok"), journey.output());
        var performs =
                journey.effects().stream().map(Effect.Perform.class::cast).toList();
        assertEquals(
                List.of(1, 2, 3), performs.stream().map(Effect.Perform::attempt).toList());
        assertEquals(1, performs.stream().map(Effect.Perform::key).distinct().count());
        assertEquals(
                1, performs.stream().map(Effect.Perform::arguments).distinct().count());
    }

    @Test
    void aFailureThatNothingCatchesParksAndAResumptionGoesOnUnderANewKey() {
        var plan = Graphs.plan(workflow(
                List.of(),
                step("a", "shop.a", Policies.NONE),
                step("b", "shop.b", key(text("k"))),
                returns(member(name("a"), "path"))));
        Function<Effect.Perform, Answer> world = perform ->
                perform.key().equals("k") ? new Answer.Refuses(RunError.of("http_500", "no")) : ECHO.apply(perform);
        var parked = Journey.of(plan, RecordValue.EMPTY, world).go();
        assertEquals("b", parked.error().step());
        assertEquals(1, parked.error().attempts());
        assertTrue(parked.end() instanceof Entry.Parked);

        var resumed = Journey.of(plan, RecordValue.EMPTY, world).resuming(1).go();
        assertEquals(Value.of("a"), resumed.output());
        assertEquals(
                List.of(Journey.RUN + "/a/1", "k", "k~2"),
                resumed.effects().stream()
                        .map(effect -> ((Effect.Perform) effect).key())
                        .toList());
    }

    @Test
    void aLoopYieldsInTheListsOrderHoweverManyRunAtOnce() {
        for (int atOnce : new int[] {1, 2, 10}) {
            var journey = run(
                    List.of("list"),
                    "{\"list\": [1, 2, 3, 4, 5]}",
                    ECHO,
                    each(
                            "all",
                            "x",
                            name("list"),
                            atOnce,
                            step("s", "shop.a", Policies.NONE, with("x", name("x"))),
                            yields(member(name("s"), "path"))),
                    returns(name("all")));
            assertEquals(
                    Json.read("[\"all[0]/s\",\"all[1]/s\",\"all[2]/s\",\"all[3]/s\",\"all[4]/s\"]"), journey.output());
        }
    }

    @Test
    void aFailedBranchWaitsForItsSiblingsAndIsCaught() {
        var journey = run(
                List.of(),
                "{}",
                perform -> perform.action().equals("bad")
                        ? new Answer.Refuses(RunError.of("http_500", "no"))
                        : ECHO.apply(perform),
                attempt(
                        "t",
                        List.of(
                                parallel(Map.of(
                                        "one", List.of(step("a", "shop.bad", Policies.NONE)),
                                        "two",
                                                List.of(
                                                        step("b", "shop.good", Policies.NONE),
                                                        step("c", "shop.good", Policies.NONE)))),
                                yields(text("fine"))),
                        List.of(yields(name("error")))),
                returns(name("t")));
        assertEquals(
                Json.read("{\"step\":\"a\",\"code\":\"http_500\",\"message\":\"no\",\"attempts\":1}"),
                journey.output());
        int failed = journey.entries()
                .indexOf(journey.entries().stream()
                        .filter(Entry.StepFailed.class::isInstance)
                        .findFirst()
                        .orElseThrow());
        var after = journey.entries().subList(failed, journey.entries().size());
        assertTrue(after.stream().noneMatch(Entry.StepPlanned.class::isInstance), after::toString);
    }

    @Test
    void aTimerIsDurable() {
        var journey = run(List.of(), "{}", ECHO, sleep(3 * 24 * 3_600_000L), returns(draw(Expr.Drawn.NOW)));
        assertEquals(Value.of("2026-01-04T00:00:00.000Z"), journey.output());
    }

    @Test
    void failEndsTheRunForGood() {
        var journey = run(List.of(), "{}", ECHO, fail(text("no stock")));
        assertEquals("no stock", journey.error().message());
        assertTrue(journey.end() instanceof Entry.Ended(Entry.Status status, var _, var _)
                && status == Entry.Status.FAILED);
    }

    @Test
    void onErrorContinueGivesNull() {
        var journey = run(
                List.of(),
                "{}",
                perform -> new Answer.Refuses(RunError.of("http_500", "no")),
                step("s", "shop.a", goOn()),
                returns(object("s", name("s"))));
        assertEquals(Json.read("{\"s\": null}"), journey.output());
    }

    @Test
    void anExpressionThatFailsSaysWhere() {
        var journey = run(List.of("a"), "{\"a\": null}", ECHO, let("b", member(name("a"), "x")));
        assertEquals("type_error", journey.error().code());
        assertEquals("b", journey.error().step());
    }
}
