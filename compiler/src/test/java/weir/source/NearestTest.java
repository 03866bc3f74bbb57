package weir.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES =
            List.of("total", "order", "customer_id", "create_issue", "id", "workflow");

    @Test
    void slipsOfTheFingersAreFound() {
        assertEquals(Optional.of("total"), Nearest.to("totla", NAMES));
        assertEquals(Optional.of("order"), Nearest.to("oder", NAMES));
        assertEquals(Optional.of("workflow"), Nearest.to("wrokflow", NAMES));
        assertEquals(Optional.of("customer_id"), Nearest.to("customerId", NAMES));
        assertEquals(Optional.of("create_issue"), Nearest.to("creat_issue", NAMES));
    }

    @Test
    void whatIsOnlyRemotelyAlikeIsNotSuggested() {
        assertEquals(Optional.empty(), Nearest.to("banana", NAMES));
        assertEquals(Optional.empty(), Nearest.to("x", NAMES));
        assertEquals(Optional.empty(), Nearest.to("", NAMES));
        assertEquals(Optional.empty(), Nearest.to("o".repeat(10_000), NAMES));
    }
}
