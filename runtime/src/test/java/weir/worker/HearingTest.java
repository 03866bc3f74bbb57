package weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import weir.engine.Entry;
import weir.engine.Message;
import weir.store.Events;
import weir.store.Views;
import weir.value.Json;
import weir.value.Value;

/// Runs that wait for one event after the other, also when they rest in between.
@Timeout(120)
class HearingTest {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static void awaitState(Place place, UUID run, Views.State state) throws InterruptedException {
        while (place.store.views().find(Place.ORG, run).orElseThrow().state() != state) {
            Thread.sleep(5);
        }
    }

    private static long told(Place place, UUID run) {
        return count(
                place,
                run,
                entry -> entry instanceof Entry.MessageTaken(int _, Message message)
                        && message instanceof Message.Published);
    }

    private static long count(Place place, UUID run, Predicate<Entry> which) {
        return place.store.views().frames(Place.ORG, run, 0).stream()
                .flatMap(frame -> frame.entries().stream())
                .filter(which)
                .count();
    }

    @Test
    void passesTakeOneEventAfterTheOtherAndAreNotToldTheSameAgain() throws Exception {
        try (var place = new Place(call -> Value.of(1))) {
            var workflow = place.deploy("""
                    workflow collect() -> [number] {
                      step all = repeat at most 20 times {
                        step event = wait for "counted" -> { n: number }
                        yield event.n
                      }
                      return all
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            var expected = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                place.runs.publish(Place.ORG, "e" + i, "counted", Json.read("{\"n\": " + i + "}"));
                expected.append(i == 0 ? "[" : ",").append(i);
                // Each pass has its event before the next one is published: what lies there is old.
                while (i < 19 && count(place, run, Entry.Awaited.class::isInstance) < i + 2) {
                    Thread.sleep(1);
                }
            }
            assertEquals(Json.read(expected + "]"), place.await(run).output());
            // A pass may hear of an event twice, from who published it and from the list, but not of all before.
            assertTrue(told(place, run) <= 60, told(place, run) + " messages");
        }
    }

    /// The first server has kept its event and is slow to see who waits; the second one publishes meanwhile.
    @Test
    void twoServersThatPublishAtOnceAreHeardInOrderAndNothingIsLost() throws Exception {
        try (var place = new Place(call -> Value.of(1))) {
            var workflow = place.deploy("""
                    workflow collect() -> [number] {
                      step all = repeat at most 3 times {
                        step event = wait for "counted" -> { n: number }
                        yield event.n
                      }
                      return all
                    }
                    """);
            place.worker(GRACE);
            var kept = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            try (var slow = place.server(events -> new SlowEvents(events, kept, goOn))) {
                var run = place.start(workflow, "{}");
                awaitState(place, run, Views.State.WAITING);
                slow.publish(Place.ORG, "1", "counted", Json.read("{\"n\": 1}"));
                assertTrue(kept.await(1, TimeUnit.MINUTES));
                place.runs.publish(Place.ORG, "2", "counted", Json.read("{\"n\": 2}"));
                while (told(place, run) < 2) {
                    Thread.sleep(5);
                }
                goOn.countDown();
                place.runs.publish(Place.ORG, "3", "counted", Json.read("{\"n\": 3}"));
                assertEquals(Json.read("[1,2,3]"), place.await(run).output());
            }
        }
    }

    /// Keeps an event and then takes its time.
    private record SlowEvents(Events events, CountDownLatch kept, CountDownLatch goOn) implements Events {
        @Override
        public long publish(int org, String id, String event, Value payload) {
            long position = events.publish(org, id, event, payload);
            kept.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return position;
        }

        @Override
        public List<Event> untold(int org, String event, long before, int limit) {
            return events.untold(org, event, before, limit);
        }

        @Override
        public void told(int org, String event, long position) {
            events.told(org, event, position);
        }

        @Override
        public void listen(int org, UUID run, String path, String event, int turn) {
            events.listen(org, run, path, event, turn);
        }

        @Override
        public void unlisten(UUID run, String path, int turn) {
            events.unlisten(run, path, turn);
        }

        @Override
        public List<Listener> listeners(int org, String event, @Nullable Listener after, int limit) {
            return events.listeners(org, event, after, limit);
        }

        @Override
        public List<Event> since(int org, String event, Instant since, long after, int limit) {
            return events.since(org, event, since, after, limit);
        }
    }

    @Test
    void anEventThatCameWhileTheRunRestedIsTakenWhenItIsResumed() throws Exception {
        var fails = new AtomicBoolean(true);
        try (var place = new Place(call -> {
            if (fails.get()) {
                throw new StepFailure("http_500", "no");
            }
            return Json.read("{\"status\": 200, \"headers\": {}, \"body\": null}");
        })) {
            var workflow = place.deploy("""
                    workflow both() -> number {
                      parallel {
                        hear {
                          step event = wait for "counted" -> { n: number }
                        }
                        work {
                          step http.post(url: "https://example.com")
                        }
                      }
                      return event.n
                    }
                    """);
            place.worker(GRACE);
            var run = place.start(workflow, "{}");
            awaitState(place, run, Views.State.PARKED);
            place.runs.publish(Place.ORG, "1", "counted", Json.read("{\"n\": 7}"));
            fails.set(false);
            assertTrue(place.runs.resume(Place.ORG, run, "mended", "test"));
            awaitState(place, run, Views.State.SUCCEEDED);
            assertEquals(Value.of(7), place.await(run).output());
        }
    }
}
