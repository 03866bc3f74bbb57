package weir.store.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.store.Events;
import weir.value.Json;
import weir.value.Value;

final class PostgresEvents implements Events {
    private static final Sql PUBLISH = Sql.load("event_publish.sql");
    private static final Sql UNTOLD = Sql.load("event_untold.sql");
    private static final Sql TOLD = Sql.load("event_told.sql");
    private static final Sql LISTEN = Sql.load("event_listen.sql");
    private static final Sql UNLISTEN = Sql.load("event_unlisten.sql");
    private static final Sql LISTENERS = Sql.load("event_listeners.sql");
    private static final Sql SINCE = Sql.load("event_since.sql");
    private static final String UNIQUE_VIOLATION = "23505";
    /// Lower than every run.
    private static final Listener FIRST = new Listener(new UUID(0, 0), "");

    private final Database database;

    PostgresEvents(Database database) {
        this.database = database;
    }

    @Override
    public long publish(int org, String id, String event, Value payload) {
        var bytes = Json.exactBytes(payload);
        return database.repeatable("keep an event", connection -> {
            try {
                return PUBLISH.query(connection, row -> row.getLong(1), org, id, event, bytes)
                        .getFirst();
            } catch (SQLException problem) {
                if (!UNIQUE_VIOLATION.equals(problem.getSQLState())) {
                    throw problem;
                }
                return PUBLISH.query(connection, row -> row.getLong(1), org, id, event, bytes)
                        .getFirst();
            }
        });
    }

    @Override
    public List<Event> untold(int org, String event, long before, int limit) {
        return database.repeatable(
                "see which events were not told yet",
                connection -> UNTOLD.query(
                        connection,
                        row -> new Event(row.getLong(1), event, Json.readExact(row.getBytes(2))),
                        org,
                        event,
                        before,
                        limit));
    }

    @Override
    public void told(int org, String event, long position) {
        database.repeatable("note that an event was told", connection -> TOLD.update(connection, org, event, position));
    }

    @Override
    public void listen(int org, UUID run, String path, String event, int turn) {
        database.repeatable("wait for an event", connection -> LISTEN.update(connection, run, path, org, event, turn));
    }

    @Override
    public void unlisten(UUID run, String path, int turn) {
        database.repeatable("wait no longer", connection -> UNLISTEN.update(connection, run, path, turn));
    }

    @Override
    public List<Listener> listeners(int org, String event, @Nullable Listener after, int limit) {
        var last = after == null ? FIRST : after;
        return database.repeatable(
                "see who waits for an event",
                connection -> LISTENERS.query(
                        connection,
                        row -> new Listener(row.getObject(1, UUID.class), row.getString(2)),
                        org,
                        event,
                        last.run(),
                        last.path(),
                        limit));
    }

    @Override
    public List<Event> since(int org, String event, Instant since, long after, int limit) {
        return database.repeatable(
                "read events",
                connection -> SINCE.query(
                        connection,
                        row -> new Event(row.getLong(1), event, Json.readExact(row.getBytes(2))),
                        org,
                        event,
                        Micros.of(since),
                        after,
                        limit));
    }
}
