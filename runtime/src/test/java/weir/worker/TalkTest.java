package weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import weir.engine.Effect;
import weir.engine.Message;
import weir.store.Journal.Accepted;
import weir.store.Letter;
import weir.store.Registry;
import weir.store.Tasks;
import weir.store.Views;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;

/// What runs tell each other, people and the outside, and what they share.
@Timeout(120)
class TalkTest {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Value ANSWER = Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"id\": 7}}");

    private static Accepted accept(Place place, Registry.Entry workflow, String input) {
        var version = place.store.registry().version(workflow.id(), null).orElseThrow();
        return place.runs.start(
                new Runs.StartRequest(workflow, version, (RecordValue) Json.read(input), "test", null, false));
    }

    private static List<Views.Row> runs(Place place, Registry.Entry workflow) {
        return place.store.views().list(new Views.Query(Place.ORG, workflow.id(), null, null, 100));
    }

    private static void awaitState(Place place, UUID run, Views.State state) throws InterruptedException {
        while (place.store.views().find(Place.ORG, run).orElseThrow().state() != state) {
            Thread.sleep(5);
        }
    }

    @Test
    void oncePerKeyThereIsOneRun() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow order(id: string) -> string {
                      once per id within 1h
                      return id
                    }
                    """);
            place.worker(GRACE);
            var first = assertInstanceOf(Accepted.Fresh.class, accept(place, workflow, "{\"id\": \"a\"}"));
            assertEquals(new Accepted.Known(first.run()), accept(place, workflow, "{\"id\": \"a\"}"));
            assertInstanceOf(Accepted.Fresh.class, accept(place, workflow, "{\"id\": \"b\"}"));
            place.await(first.run());
            assertEquals(new Accepted.Known(first.run()), accept(place, workflow, "{\"id\": \"a\"}"));
        }
    }

    @Test
    void orAfterFailureAStartAfterAFailedRunIsAnotherOne() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow order(id: string) {
                      once per id within 1h or after failure
                      fail id
                    }
                    """);
            var first = assertInstanceOf(Accepted.Fresh.class, accept(place, workflow, "{\"id\": \"a\"}"));
            assertEquals(new Accepted.Known(first.run()), accept(place, workflow, "{\"id\": \"a\"}"));
            place.worker(GRACE);
            place.await(first.run());
            var second = assertInstanceOf(Accepted.Fresh.class, accept(place, workflow, "{\"id\": \"a\"}"));
            assertNotEquals(first.run(), second.run());
        }
    }

    @Test
    void aChildRunGivesItsResultToItsParent() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var child = place.deploy("workflow twice(n: int) -> int {\n  wait 1ms\n  return n * 2\n}\n");
            var parent = place.deploy("""
                    workflow twice(n: int) -> int {
                      return n
                    }
                    workflow parent() -> int {
                      step both = twice(n: 21)
                      return both
                    }
                    """, "parent");
            place.worker(GRACE);
            var run = place.start(parent, "{}");
            assertEquals(Value.of(42), place.await(run).output());
            assertEquals(1, runs(place, child).size());
        }
    }

    @Test
    void aChildThatFailsFailsTheStepOfItsParent() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var child = place.deploy("workflow bad(n: int) -> int {\n  fail `no ${n}`\n}\n");
            var parent = place.deploy("""
                    workflow bad(n: int) -> int {
                      return n
                    }
                    workflow parent() -> string {
                      try {
                        step x = bad(n: 1)
                        log x
                      } catch error {
                        return error.message
                      }
                      return "?"
                    }
                    """, "parent");
            place.worker(GRACE);
            assertEquals(
                    Value.of("no 1"), place.await(place.start(parent, "{}")).output());
            assertEquals(Views.State.FAILED, runs(place, child).getFirst().state());
        }
    }

    @Test
    void aWorkflowThatIsNotDeployedFailsTheStep() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var parent = place.deploy("""
                    workflow gone() -> int {
                      return 1
                    }
                    workflow parent() -> string {
                      try {
                        step x = gone()
                        log x
                      } catch error {
                        return error.code
                      }
                      return "?"
                    }
                    """, "parent");
            place.worker(GRACE);
            assertEquals(
                    Value.of("unknown_workflow"),
                    place.await(place.start(parent, "{}")).output());
        }
    }

    @Test
    void anEventReachesWhoWaitsForItAlsoIfItCameBefore() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow incident(id: string) -> string {
                      wait 1ms
                      step done = wait for "resolved" -> { id: string, by: string } where event.id === id
                      return done.by
                    }
                    """);
            var early = place.start(workflow, "{\"id\": \"a\"}");
            place.runs.publish(Place.ORG, "1", "resolved", Json.read("{\"id\": \"a\", \"by\": \"ann\"}"));
            place.worker(GRACE);
            assertEquals(Value.of("ann"), place.await(early).output());
            var late = place.start(workflow, "{\"id\": \"b\"}");
            awaitState(place, late, Views.State.WAITING);
            place.runs.publish(Place.ORG, "2", "resolved", Json.read("{\"id\": \"x\", \"by\": \"bob\"}"));
            place.runs.publish(Place.ORG, "3", "other", Json.read("{\"id\": \"b\", \"by\": \"bob\"}"));
            place.runs.publish(Place.ORG, "4", "resolved", Json.read("{\"id\": \"b\", \"by\": \"cy\"}"));
            assertEquals(Value.of("cy"), place.await(late).output());
        }
    }

    @Test
    void oneRunTellsAnotherByAnEvent() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var waiting = place.deploy("""
                    workflow waiting() -> json {
                      step got = wait for "go"
                      return got
                    }
                    """);
            var telling = place.deploy("""
                    workflow telling() {
                      emit "go" { n: 1 }
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(waiting, "{}");
            awaitState(place, run, Views.State.WAITING);
            place.await(place.start(telling, "{}"));
            assertEquals(Json.read("{\"n\": 1}"), place.await(run).output());
        }
    }

    @Test
    void anEventStartsTheWorkflowsThatWantIt() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow imported(order: { id: string }) -> string {
                      on event("order.imported") when event.source !== "test" with { order: event.order }
                      return order.id
                    }
                    """);
            place.worker(GRACE);
            place.runs.publish(
                    Place.ORG, "1", "order.imported", Json.read("{\"source\": \"test\", \"order\": {\"id\": \"t\"}}"));
            place.runs.publish(
                    Place.ORG, "2", "order.imported", Json.read("{\"source\": \"shop\", \"order\": {\"id\": \"o\"}}"));
            place.runs.publish(
                    Place.ORG, "2", "order.imported", Json.read("{\"source\": \"shop\", \"order\": {\"id\": \"o\"}}"));
            place.runs.publish(Place.ORG, "3", "order.imported", Json.read("{\"source\": \"shop\", \"order\": 1}"));
            place.runs.publish(
                    Place.ORG, "4", "order.imported", Json.read("{\"source\": \"shop\", \"order\": {\"id\": \"p\"}}"));
            while (runs(place, workflow).size() < 2) {
                Thread.sleep(5);
            }
            var outputs = new java.util.TreeSet<String>();
            for (var row : runs(place, workflow)) {
                outputs.add(String.valueOf(place.await(row.run()).output()));
            }
            assertEquals(
                    new java.util.TreeSet<>(
                            List.of(Value.of("o").toString(), Value.of("p").toString())),
                    outputs);
        }
    }

    @Test
    void aPersonAnswersARun() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow expense(amount: number) -> string {
                      step decision = ask `Pay ${amount}?` of role("finance")
                      if (decision.approved) {
                        return `paid, said ${decision.by}`
                      }
                      return "refused"
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{\"amount\": 12}");
            List<Tasks.Task> open = List.of();
            while (open.isEmpty()) {
                Thread.sleep(5);
                open = place.runs
                        .tasks()
                        .list(new Tasks.Query(Place.ORG, Tasks.State.OPEN, "finance", null, run, null, 10));
            }
            var task = open.getFirst();
            assertEquals("Pay 12?", task.question());
            var answer = Json.read("{\"approved\": true, \"by\": \"ann\"}");
            assertTrue(place.runs.answer(Place.ORG, task, answer));
            assertFalse(place.runs.answer(Place.ORG, task, answer));
            assertEquals(Value.of("paid, said ann"), place.await(run).output());
        }
    }

    @Test
    void aQuestionThatNobodyAnswersInTimeIsWithdrawn() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow expense() -> string {
                      step decision = ask "Pay?" of role("finance") up to 300ms
                      return decision === null ? "nobody" : "somebody"
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            assertEquals(Value.of("nobody"), place.await(run).output());
            var query = new Tasks.Query(Place.ORG, Tasks.State.OPEN, null, null, run, null, 10);
            while (!place.runs.tasks().list(query).isEmpty()) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void aStepWithOncePerIsDoneOnceForAllRuns() throws Exception {
        var calls = new AtomicInteger();
        try (var place = new Place(call -> {
            calls.incrementAndGet();
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow alert(device: string) -> boolean {
                      step sent = http.post(url: "http://example.com") {
                        once per device within 1h
                      }
                      return sent === null
                    }
                    """);
            place.worker(GRACE);
            assertEquals(
                    Value.of(false),
                    place.await(place.start(workflow, "{\"device\": \"a\"}")).output());
            assertEquals(
                    Value.of(true),
                    place.await(place.start(workflow, "{\"device\": \"a\"}")).output());
            assertEquals(
                    Value.of(false),
                    place.await(place.start(workflow, "{\"device\": \"b\"}")).output());
            assertEquals(2, calls.get());
        }
    }

    @Test
    void aStepWithAtMostWaitsForItsTurn() throws Exception {
        var calls = new AtomicInteger();
        try (var place = new Place(call -> {
            calls.incrementAndGet();
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow limited() {
                      step http.get(url: "http://example.com") {
                        at most 2 per 1h
                      }
                    }
                    """);
            place.worker(GRACE);
            place.await(place.start(workflow, "{}"));
            place.await(place.start(workflow, "{}"));
            var third = place.start(workflow, "{}");
            awaitState(place, third, Views.State.WAITING);
            assertEquals(2, calls.get());
        }
    }

    private static final String ONE_AT_ONCE = """
            workflow one(customer: string) -> string {
              at most 1 at once per customer%s
              step held = http.get(url: "http://example.com")
              return `${customer} ${held.status}`
            }
            """;

    @Test
    void onlySoManyRunsOfAKeyAreUnderWayAtOnce() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var place = new Place(call -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            return ANSWER;
        })) {
            var workflow = place.deploy(ONE_AT_ONCE.formatted(""));
            place.worker(GRACE);
            var all = new java.util.ArrayList<UUID>();
            for (int i = 0; i < 8; i++) {
                all.add(place.start(workflow, "{\"customer\": \"a\"}"));
            }
            for (var run : all) {
                assertEquals(Value.of("a 200"), place.await(run).output());
            }
            assertEquals(1, most.get());
            assertEquals(List.of(), place.store.post().slots().waiting(10));
        }
    }

    /// It is told something else, which somebody has to look at, and is resumed before that.
    @Test
    void aRunThatRestsAndIsToldManyThingsGoesOnOnlyInItsTurn() throws Exception {
        var fails = new AtomicInteger(1);
        var go = new java.util.concurrent.CountDownLatch(1);
        try (var place = new Place(call -> {
            if (fails.getAndDecrement() > 0) {
                throw new StepFailure("http_500", "no");
            }
            go.await();
            return ANSWER;
        })) {
            var workflow = place.deploy(ONE_AT_ONCE.formatted(""));
            var looking = place.worker(GRACE);
            var first = place.start(workflow, "{\"customer\": \"a\"}");
            awaitState(place, first, Views.State.PARKED);
            var second = place.start(workflow, "{\"customer\": \"a\"}");
            awaitState(place, second, Views.State.RUNNING);
            looking.close();
            assertTrue(place.runs.tell(Place.ORG, first, new Message.Published("held", 1, "x", Value.of(1)), "one"));
            assertTrue(place.runs.resume(Place.ORG, first, "mended", "two"));
            place.worker(GRACE);
            while (place.store.post().slots().waiting(10).isEmpty()) {
                Thread.sleep(5);
            }
            awaitState(place, first, Views.State.QUEUED);
            go.countDown();
            assertEquals(Value.of("a 200"), place.await(second).output());
            assertEquals(Value.of("a 200"), place.await(first).output());
            assertEquals(List.of(), place.store.post().slots().waiting(10));
        }
    }

    @Test
    void whoWaitsForHisTurnCanBeCancelled() throws Exception {
        var go = new java.util.concurrent.CountDownLatch(1);
        try (var place = new Place(call -> {
            go.await();
            return ANSWER;
        })) {
            var workflow = place.deploy(ONE_AT_ONCE.formatted(""));
            place.worker(GRACE);
            var first = place.start(workflow, "{\"customer\": \"a\"}");
            var second = place.start(workflow, "{\"customer\": \"a\"}");
            var other = place.start(workflow, "{\"customer\": \"b\"}");
            awaitState(place, first, Views.State.RUNNING);
            awaitState(place, other, Views.State.RUNNING);
            assertEquals(
                    Views.State.QUEUED,
                    place.store.views().find(Place.ORG, second).orElseThrow().state());
            assertTrue(place.runs.cancel(Place.ORG, second, "enough", "test"));
            assertEquals(Views.State.CANCELLED, place.await(second).state());
            go.countDown();
            assertEquals(Views.State.SUCCEEDED, place.await(first).state());
            assertEquals(Views.State.SUCCEEDED, place.await(other).state());
        }
    }

    @Test
    void elseSkipARunThatFindsNoRoomIsCancelledAndElseReplaceTheOneBefore() throws Exception {
        var go = new java.util.concurrent.CountDownLatch(1);
        try (var place = new Place(call -> {
            go.await();
            return ANSWER;
        })) {
            var skip = place.deploy(ONE_AT_ONCE.formatted(" else skip"));
            var replace =
                    place.deploy(ONE_AT_ONCE.formatted(" else replace").replace("workflow one", "workflow other"));
            place.worker(GRACE);
            var first = place.start(skip, "{\"customer\": \"a\"}");
            awaitState(place, first, Views.State.RUNNING);
            assertEquals(
                    Views.State.CANCELLED,
                    place.await(place.start(skip, "{\"customer\": \"a\"}")).state());
            var old = place.start(replace, "{\"customer\": \"a\"}");
            awaitState(place, old, Views.State.RUNNING);
            var fresh = place.start(replace, "{\"customer\": \"a\"}");
            assertEquals(Views.State.CANCELLED, place.await(old).state());
            go.countDown();
            assertEquals(Views.State.SUCCEEDED, place.await(fresh).state());
            assertEquals(Views.State.SUCCEEDED, place.await(first).state());
        }
    }

    @Test
    void aFailedRunGivesItsTurnBackAndWaitsForItAgain() throws Exception {
        var fails = new java.util.concurrent.atomic.AtomicBoolean(true);
        try (var place = new Place(call -> {
            if (fails.get()) {
                throw new StepFailure("http_500", "no");
            }
            return ANSWER;
        })) {
            var workflow = place.deploy(ONE_AT_ONCE.formatted(""));
            place.worker(GRACE);
            var first = place.start(workflow, "{\"customer\": \"a\"}");
            assertEquals(Views.State.PARKED, place.await(first).state());
            fails.set(false);
            assertEquals(
                    Views.State.SUCCEEDED,
                    place.await(place.start(workflow, "{\"customer\": \"a\"}")).state());
            assertTrue(place.runs.resume(Place.ORG, first, "mended", "test"));
            awaitState(place, first, Views.State.SUCCEEDED);
        }
    }

    @Test
    void whatADeadProcessDidNotDeliverIsDeliveredByAnother() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow begun(n: int) -> int {
                      on event("begin")
                      return n
                    }
                    """);
            var lost = new Letter(
                    UUID.randomUUID(), Place.ORG, null, new Effect.Publish("", "lost", "begin", Value.of(1)));
            place.store.post().outbox().post(lost);
            place.worker(GRACE);
            while (runs(place, workflow).isEmpty()) {
                Thread.sleep(20);
            }
            assertEquals(
                    Value.of(1),
                    place.await(runs(place, workflow).getFirst().run()).output());
        }
    }
}
