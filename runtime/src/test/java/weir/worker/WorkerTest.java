package weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import weir.store.Views;
import weir.value.Json;
import weir.value.Value;

@Timeout(120)
class WorkerTest {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Value ANSWER = Json.read("{\"status\": 200, \"headers\": {}, \"body\": {\"id\": 7}}");

    @Test
    void aStartedRunEndsWithItsOutput() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("""
                    workflow one(n: int) -> { id: int, n: int } {
                      step answer: { body: { id: int } } = http.get(url: "http://example.com")
                      return { id: answer.body.id, n }
                    }
                    """);
            place.worker(GRACE);
            var outcome = place.await(place.start(workflow, "{\"n\": 3}"));
            assertEquals(new Outcome(Views.State.SUCCEEDED, Json.read("{\"id\": 7, \"n\": 3}"), null), outcome);
        }
    }

    @Test
    void aRunWithoutStepsEndsToo() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("workflow none() -> int {\n  return 1\n}\n");
            place.worker(GRACE);
            assertEquals(Value.of(1), place.await(place.start(workflow, "{}")).output());
        }
    }

    @Test
    void everyAttemptCarriesTheSameKey() throws Exception {
        var keys = Collections.synchronizedList(new ArrayList<String>());
        try (var place = new Place(call -> {
            keys.add(call.key());
            if (call.attempt() < 3) {
                throw new StepFailure("http_503", "not now");
            }
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow again() {
                      step http.post(url: "http://example.com") {
                        retry 3 times from 10ms to 20ms
                      }
                    }
                    """);
            place.worker(GRACE);
            assertEquals(
                    Views.State.SUCCEEDED,
                    place.await(place.start(workflow, "{}")).state());
            assertEquals(3, keys.size());
            assertEquals(1, keys.stream().distinct().count());
        }
    }

    @Test
    void aLongWaitHoldsNothingAndGoesOn() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("workflow later() -> string {\n  wait 1500ms\n  return \"done\"\n}\n");
            var worker = place.worker(GRACE);
            var run = place.start(workflow, "{}");
            while (place.store.views().find(Place.ORG, run).orElseThrow().state() != Views.State.WAITING) {
                Thread.sleep(5);
            }
            while (worker.running() > 0) {
                Thread.sleep(5);
            }
            assertEquals(Value.of("done"), place.await(run).output());
        }
    }

    @Test
    void anAttemptThatTakesTooLongIsStopped() throws Exception {
        var interrupted = new CountDownLatch(1);
        try (var place = new Place(call -> {
            try {
                new CountDownLatch(1).await();
                return ANSWER;
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
        })) {
            var workflow = place.deploy("""
                    workflow slow() {
                      step http.get(url: "http://example.com") {
                        timeout 30ms
                      }
                    }
                    """);
            place.worker(GRACE);
            var outcome = place.await(place.start(workflow, "{}"));
            assertEquals(Views.State.PARKED, outcome.state());
            assertNotNull(outcome.error());
            assertEquals("timeout", outcome.error().code());
            interrupted.await();
        }
    }

    @Test
    void aCancelledRunStopsWhatItDoes() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var place = new Place(call -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return ANSWER;
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
        })) {
            var workflow = place.deploy("workflow stuck() {\n  step http.get(url: \"http://example.com\")\n}\n");
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            begun.await();
            assertTrue(place.runs.cancel(Place.ORG, run, "enough", "wish-1"));
            assertEquals(Views.State.CANCELLED, place.await(run).state());
            interrupted.await();
            assertFalse(place.runs.cancel(Place.ORG, run, "enough", "wish-2"));
        }
    }

    @Test
    void whoLostARunAndGotItBackStopsWhatItDidForIt() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        try (var place = new Place(call -> {
            if (begun.getCount() == 0) {
                return ANSWER;
            }
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return ANSWER;
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
        })) {
            var workflow = place.deploy("workflow stuck() {\n  step http.get(url: \"http://example.com\")\n}\n");
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            begun.await();
            try (var other = place.store.journal()) {
                while (other.freeDead(java.time.Duration.ZERO) == 0) {
                    Thread.sleep(1);
                }
            }
            assertEquals(Views.State.SUCCEEDED, place.await(run).state());
            assertTrue(interrupted.await(1, java.util.concurrent.TimeUnit.MINUTES));
        }
    }

    @Test
    void whatAFailedRunDidIsUndoneAndDoneAgainUnderAnotherKeyWhenItIsResumed() throws Exception {
        var keys = Collections.synchronizedList(new ArrayList<String>());
        try (var place = new Place(call -> {
            keys.add(call.key());
            if (call.key().equals("second")) {
                throw new StepFailure("http_500", "broken");
            }
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow two() {
                      step first = http.post(url: "http://example.com/1") {
                        key "first"
                        undo http.delete(url: `http://example.com/${first.status}`) {
                          key "back"
                        }
                      }
                      step http.post(url: "http://example.com/2") {
                        key "second"
                      }
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            assertEquals(Views.State.PARKED, place.await(run).state());
            assertTrue(place.runs.resume(Place.ORG, run, "repaired", "wish-1"));
            assertEquals(Views.State.SUCCEEDED, place.await(run).state());
            assertEquals(List.of("first", "second", "back", "first~2", "second~2"), keys);
        }
    }

    @Test
    void aFailedRunGoesOnWhereItFailedAndRepeatsNothing() throws Exception {
        var calls = new ConcurrentHashMap<String, AtomicInteger>();
        var broken = new AtomicInteger(1);
        try (var place = new Place(call -> {
            calls.computeIfAbsent(call.path(), path -> new AtomicInteger()).incrementAndGet();
            if (call.path().equals("second") && broken.get() == 1) {
                throw new StepFailure("http_500", "broken");
            }
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow two() {
                      step first = http.get(url: "http://example.com/1")
                      step second = http.get(url: "http://example.com/2")
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            assertEquals(Views.State.PARKED, place.await(run).state());
            broken.set(0);
            assertTrue(place.runs.resume(Place.ORG, run, "mended", "wish"));
            while (place.store.views().find(Place.ORG, run).orElseThrow().state() != Views.State.SUCCEEDED) {
                Thread.sleep(5);
            }
            assertEquals(1, calls.get("first").get());
            assertEquals(2, calls.get("second").get());
        }
    }

    private static long journaled(Place place, List<java.util.UUID> runs) {
        return runs.stream()
                .flatMap(run -> place.store.views().frames(Place.ORG, run, 0).stream())
                .flatMap(frame -> frame.entries().stream())
                .filter(weir.engine.Entry.StepDone.class::isInstance)
                .count();
    }

    @Test
    void aWorkerThatStopsHandsOverAndNothingJournaledIsRepeated() throws Exception {
        Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
        var gate = new Semaphore(30);
        try (var place = new Place(call -> {
            gate.acquire();
            done.computeIfAbsent(call.key(), key -> new AtomicInteger()).incrementAndGet();
            return ANSWER;
        })) {
            var workflow = place.deploy("""
                    workflow many(items: [int]) -> int {
                      step all = for item of items at most 4 at once {
                        step each = http.get(url: `http://example.com/${item}`)
                        yield each.status
                      }
                      return all.length
                    }
                    """);
            var first = place.worker(Duration.ZERO);
            var runs = new ArrayList<java.util.UUID>();
            for (int i = 0; i < 10; i++) {
                runs.add(place.start(workflow, "{\"items\": [1, 2, 3, 4, 5, 6, 7, 8]}"));
            }
            // What was done and not journaled yet may be done again: that is what `at least once` means.
            while (journaled(place, runs) < 30) {
                Thread.sleep(2);
            }
            first.close();
            gate.release(1_000_000);
            place.worker(GRACE);
            for (var run : runs) {
                while (place.store.views().find(Place.ORG, run).orElseThrow().state() != Views.State.SUCCEEDED) {
                    Thread.sleep(5);
                }
            }
            assertEquals(80, done.size());
            var repeated =
                    done.values().stream().filter(count -> count.get() > 1).count();
            assertEquals(0, repeated, "what was interrupted had not counted yet, what had counted was journaled");
        }
    }

    @Test
    void aQueueThatLosesEverythingLosesNoRun() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy("workflow w() -> int {\n  wait 700ms\n  return 1\n}\n");
            var runs = new ArrayList<java.util.UUID>();
            for (int i = 0; i < 20; i++) {
                runs.add(place.start(workflow, "{}"));
            }
            place.worker(GRACE);
            place.store.loseQueue();
            for (var run : runs) {
                assertEquals(Views.State.SUCCEEDED, place.await(run).state());
            }
        }
    }

    @Test
    void whoFollowsARunHearsOfEveryChange() throws Exception {
        try (var place = new Place(call -> ANSWER)) {
            var workflow = place.deploy(
                    "workflow w() {\n  wait 100ms\n  step http.get(url: \"http://example.com\")\n  wait 100ms\n}\n");
            var run = place.start(workflow, "{}");
            var heard = new AtomicInteger();
            try (var following = place.runs.follow(run, heard::incrementAndGet)) {
                place.worker(GRACE);
                place.await(run);
                // Who looks into the journal may know of the end before it is told.
                while (heard.get()
                        < place.store.views().frames(Place.ORG, run, 0).size() - 1) {
                    Thread.sleep(5);
                }
            }
            var frames = place.store.views().frames(Place.ORG, run, 0);
            assertEquals(frames.size() - 1, heard.get());
            assertEquals(List.of(), place.store.views().frames(Place.ORG, run, frames.size()));
        }
    }
}
