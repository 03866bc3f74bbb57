package weir.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import weir.store.Views;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;

/// Long loops are spread over workers.
final class LongLoopTest {
    private static final int ITEMS = Integer.getInteger("items", 2_500);

    @Test
    void aLongLoopIsWalkedInSegmentsAndGivesWhatAShortOneGives() throws Exception {
        var calls = new AtomicInteger();
        Handler http = call -> {
            calls.incrementAndGet();
            return NullValue.NULL;
        };
        try (var place = new Place(http)) {
            var workflow = place.deploy("""
                    workflow doubled(numbers: [number]) -> [number] {
                      step all = for n of numbers at most 50 at once {
                        step http.get(url: `http://shop/${n}`)
                        yield n * 2
                      }
                      return all
                    }
                    """);
            place.worker(Duration.ZERO);
            place.worker(Duration.ZERO);
            var numbers = IntStream.range(0, ITEMS).mapToObj(Integer::toString).collect(Collectors.joining(","));
            var run = place.start(workflow, "{\"numbers\":[" + numbers + "]}");
            var outcome = place.await(run);
            assertEquals(Views.State.SUCCEEDED, outcome.state(), () -> "" + outcome.error());
            var all = (ListValue) outcome.output();
            assertEquals(ITEMS, all.size());
            for (int i = 0; i < ITEMS; i++) {
                assertEquals(2.0 * i, ((NumberValue) all.get(i)).value());
            }
            assertTrue(calls.get() >= ITEMS);
            var query = new Views.Query(Place.ORG, null, null, null, 10);
            assertEquals(1, place.store.views().list(query).size());
        }
    }
}
