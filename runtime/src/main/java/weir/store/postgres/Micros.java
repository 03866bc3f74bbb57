package weir.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// Times as PostgreSQL keeps them: microseconds since 1970.
final class Micros {
    private static final Instant EPOCH = Instant.EPOCH;

    private Micros() {}

    static long of(Instant time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    static long of(Duration time) {
        return Math.multiplyExact(time.toMillis(), 1_000L);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
