package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import weir.store.memory.MemoryKeptValues;
import weir.value.Json;
import weir.value.NullValue;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.StepFailure;

class StateHandlerTest {
    private final Steps state = Steps.of(new StateHandler(new MemoryKeptValues(InstantSource.system())));

    private static RecordValue.Builder key(String key) {
        return RecordValue.builder().put("key", Value.of(key));
    }

    @Test
    void aValueIsThereForLaterRuns() throws Exception {
        assertEquals(NullValue.NULL, state.perform("state.get", key("k")));
        var value = Json.read("{\"seen\":[1,\"a\"]}");
        state.perform("state.set", key("k").put("value", value));
        assertEquals(value, state.perform("state.get", key("k")));
        state.perform("state.delete", key("k"));
        assertEquals(NullValue.NULL, state.perform("state.get", key("k")));
    }

    @Test
    void aRetriedIncrementAddsOnce() throws Exception {
        assertEquals(Value.of(1), state.key("a").perform("state.increment", key("n")));
        assertEquals(Value.of(1), state.key("a").perform("state.increment", key("n")));
        assertEquals(Value.of(6), state.key("b").perform("state.increment", key("n").put("by", Value.of(5))));
    }

    @Test
    void whatIsNoNumberIsNotAddedTo() throws Exception {
        state.perform("state.set", key("n").put("value", Value.of("x")));
        var failure = assertThrows(StepFailure.class, () -> state.perform("state.increment", key("n")));
        assertEquals("not_a_number", failure.error().code());
    }
}
