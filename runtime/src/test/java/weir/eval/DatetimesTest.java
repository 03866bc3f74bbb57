package weir.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatetimesTest {
    @Test
    void aTimeThatWasWrittenIsReadAsTheSame() {
        var random = new Random(1);
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        long first = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            var time = Instant.ofEpochMilli(random.nextLong(first, last));
            assertEquals(time, Datetimes.parse(Datetimes.text(time)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T00:00:00.000Z",
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "2026-01-31T08:00:00.0011Z",
                "2026-01-31T08:00:00+02:00"
            })
    void theLibraryReadsTheSame(String text) {
        var time = OffsetDateTime.parse(text).toInstant();
        assertEquals(time.truncatedTo(ChronoUnit.MILLIS), Datetimes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-00-10T00:00:00.000Z",
                "2026-01-00T00:00:00.000Z",
                "2026-01-01T24:00:00.000Z",
                "2026-01-01T00:60:00.000Z",
                "2026-01-01T00:00:60.000Z",
                "2026/01/01T00:00:00.000Z",
                "2026-01-01T00-00-00.000Z",
                "+026-01-01T00:00:00.000Z",
                "2026-01-01T00:00:00.-01Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertNull(Datetimes.parse(text));
    }
}
