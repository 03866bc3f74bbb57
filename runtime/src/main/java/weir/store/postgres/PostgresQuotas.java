package weir.store.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.store.Quotas;

final class PostgresQuotas implements Quotas {
    private static final Sql TAKE = Sql.load("step_take.sql");
    private static final Sql GIVE_BACK = Sql.load("step_give_back.sql");
    private static final Sql BEGIN = Sql.load("step_begin.sql");

    private final Database database;

    PostgresQuotas(Database database) {
        this.database = database;
    }

    @Override
    public boolean take(Place place, String key, Duration within, String holder) {
        return database.repeatable(
                "take a key",
                connection -> !TAKE.query(
                                connection,
                                row -> row.getInt(1),
                                place.org(),
                                place.workflow(),
                                place.node(),
                                hash(key),
                                holder,
                                within.toMillis())
                        .isEmpty());
    }

    @Override
    public void giveBack(Place place, String key, String holder) {
        database.repeatable(
                "give a key back",
                connection ->
                        GIVE_BACK.update(connection, place.org(), place.workflow(), place.node(), hash(key), holder));
    }

    @Override
    public @Nullable Instant begin(Place place, int count, Duration per) {
        var again = database.repeatable(
                "count a beginning",
                connection -> BEGIN.query(
                        connection,
                        row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)),
                        place.org(),
                        place.workflow(),
                        place.node(),
                        count,
                        per.toMillis()));
        return again.getFirst().map(OffsetDateTime::toInstant).orElse(null);
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
