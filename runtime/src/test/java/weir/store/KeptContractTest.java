package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.ORG;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.value.Json;
import weir.value.NumberValue;
import weir.value.Value;

/// The promises of [Connections] and [KeptValues].
@ParameterizedClass
@EnumSource(Backend.class)
final class KeptContractTest {
    private static final int OTHER = ORG + 1;

    @Parameter
    private Backend backend;

    private Backend.Opened store;
    private Connections connections;
    private KeptValues values;

    @BeforeEach
    void open() {
        store = backend.open();
        connections = store.connections();
        values = store.keptValues();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Connections.Entry entry(String name, String sealed) {
        return new Connections.Entry(name, "github", "bearer", "token …", sealed, Instant.EPOCH);
    }

    private List<String> names(int org) {
        return connections.list(org).stream().map(Connections.Entry::name).toList();
    }

    @Test
    void aConnectionIsFoundByItsNameInItsOrganisationOnly() {
        connections.put(ORG, entry("b", "one"));
        connections.put(ORG, entry("a", "two"));
        connections.put(OTHER, entry("c", "three"));
        connections.put(ORG, entry("b", "four"));
        assertEquals("four", connections.find(ORG, "b").orElseThrow().sealed());
        assertEquals(Optional.empty(), connections.find(ORG, "c"));
        assertEquals(List.of("a", "b"), names(ORG));
        assertEquals(List.of("c"), names(OTHER));
        assertTrue(connections.remove(ORG, "b"));
        assertFalse(connections.remove(ORG, "b"));
        assertFalse(connections.remove(ORG, "c"));
        assertEquals(List.of("a"), names(ORG));
    }

    @Test
    void aValueIsKeptExactlyUntilItIsDeleted() {
        var value = Json.read("{\"a\":[1,null,\"x \u2713 \\u0000\"],\"$number\":-0}");
        values.set(ORG, "k", value, null);
        assertEquals(Optional.of(value), values.get(ORG, "k"));
        assertEquals(Optional.empty(), values.get(OTHER, "k"));
        values.set(ORG, "k", Value.of("new"), Duration.ofHours(1));
        assertEquals(Optional.of(Value.of("new")), values.get(ORG, "k"));
        values.delete(ORG, "k");
        values.delete(ORG, "k");
        assertEquals(Optional.empty(), values.get(ORG, "k"));
    }

    @Test
    void aValueWhoseTimeIsOverIsGone() {
        values.set(ORG, "k", Value.of("old"), Duration.ZERO);
        assertEquals(Optional.empty(), values.get(ORG, "k"));
        assertEquals(Optional.of(5.0), values.add(ORG, "k", 5, null, "s1"));
        assertEquals(Optional.of(new NumberValue(5)), values.get(ORG, "k"));
    }

    @Test
    void aStepAddsOnce() {
        assertEquals(Optional.of(2.0), values.add(ORG, "k", 2, null, "s1"));
        assertEquals(Optional.of(5.0), values.add(ORG, "k", 3, null, "s2"));
        assertEquals(Optional.of(2.0), values.add(ORG, "k", 2, null, "s1"));
        assertEquals(Optional.of(new NumberValue(5)), values.get(ORG, "k"));
    }

    @Test
    void nothingIsAddedToWhatIsNoNumber() {
        values.set(ORG, "k", Value.of("text"), null);
        assertEquals(Optional.empty(), values.add(ORG, "k", 1, null, "s"));
        assertEquals(Optional.of(Value.of("text")), values.get(ORG, "k"));
    }

    @Test
    void additionsAtTheSameTimeAllCount() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> values.add(ORG, "k", 1, null, "s" + i)))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        assertEquals(Optional.of(new NumberValue(24)), values.get(ORG, "k"));
    }
}
