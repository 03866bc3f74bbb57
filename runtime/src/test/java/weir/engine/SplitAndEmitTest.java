package weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import weir.graph.Node;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

class SplitAndEmitTest {
    private static Journey run(String body, Value input) {
        return Journey.of(
                        Texts.plan("workflow w(input: json) {\n" + body + "\n}"),
                        RecordValue.of("input", input),
                        perform -> new Journey.Answer.Gives(Value.of(perform.path())))
                .go();
    }

    @Test
    void theSameKeyTakesTheSameBranchAndTheExposureIsRecorded() {
        String text = """
                let who: string = input
                step way = split "checkout" by who {
                  control 50% {
                    yield "control"
                  }
                  fresh 50% {
                    yield "fresh"
                  }
                }
                return way""";
        var ways = new ArrayList<Value>();
        for (int i = 0; i < 20; i++) {
            var journey = run(text, Value.of("key" + i));
            assertEquals(journey.output(), run(text, Value.of("key" + i)).output());
            assertTrue(journey.entries()
                    .contains(
                            new Entry.Exposed("way", "checkout", "key" + i, ((StringValue) journey.output()).value())));
            ways.add(journey.output());
        }
        assertEquals(2, ways.stream().distinct().count());
    }

    @Test
    void sharesAreKeptOverManyKeys() {
        var shares = List.of(share("a", 10), share("b", 60), share("c", 30));
        int[] counts = new int[3];
        for (int i = 0; i < 20_000; i++) {
            counts[Buckets.choose("x", "key " + i, shares)]++;
        }
        assertEquals(0.1, counts[0] / 20_000.0, 0.01);
        assertEquals(0.6, counts[1] / 20_000.0, 0.02);
        assertEquals(0.3, counts[2] / 20_000.0, 0.02);
        assertEquals(0, Buckets.choose("x", "any", List.of(share("a", 100), share("b", 0))));
    }

    /// A change of these numbers would move people from one branch to the other in the middle of an experiment.
    @Test
    void whereAKeyLiesNeverChanges() {
        assertEquals(11.973248782584566, Buckets.point("checkout", "c1"), 1e-9);
    }

    private static Node.Share share(String name, double percent) {
        return new Node.Share(name, percent, new Node.Block(List.of()));
    }

    @Test
    void aKeyThatIsNoTextFails() {
        var journey = run("""
                split "x" by input {
                  a 100% {
                    log 1
                  }
                }""", Value.of(true));
        assertEquals("type_error", journey.error().code());
        assertTrue(journey.error().message().contains("key"), journey.error().message());
    }

    @Test
    void anEventIsSentOnceWithItsPayload() {
        var journey = run("""
                emit "order.paid" { id: input, missing: undefined }
                emit "order.done"
                step repeated = repeat at most 2 times {
                  emit "again" { n: 1 }
                  yield 1
                }""", Value.of("o1"));
        var published =
                journey.effects().stream().map(Effect.Publish.class::cast).toList();
        assertEquals(
                List.of(
                        Journey.RUN + "/emit",
                        Journey.RUN + "/emit#2",
                        Journey.RUN + "/repeated[0]/emit",
                        Journey.RUN + "/repeated[1]/emit"),
                published.stream().map(Effect.Publish::id).toList());
        assertEquals(Json.read("{\"id\":\"o1\"}"), published.getFirst().payload());
        assertEquals(Json.read("null"), published.get(1).payload());
    }

    @Test
    void anEventWithoutANameFails() {
        var journey = run("let name: string = input\nemit name { a: 1 }", Value.of(""));
        assertEquals("type_error", journey.error().code());
    }
}
