package weir.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeldomTest {
    @Test
    void itIsSaidAtOnceAndThenNotForAWhile() {
        var seldom = new Seldom(Duration.ofDays(1));
        assertTrue(seldom.isDue());
        assertFalse(seldom.isDue());
    }

    @Test
    void itIsSaidAgainWhenTheWhileIsOver() {
        var always = new Seldom(Duration.ZERO);
        assertTrue(always.isDue());
        assertTrue(always.isDue());
    }
}
