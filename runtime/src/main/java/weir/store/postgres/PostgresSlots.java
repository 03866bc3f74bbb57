package weir.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import weir.graph.Graph.Priority;
import weir.store.Journal;
import weir.store.Slots;

final class PostgresSlots implements Slots {
    private static final Sql ENTER = Sql.load("slot_enter.sql");
    private static final Sql GRANT = Sql.load("slot_grant.sql");
    private static final Sql LEAVE = Sql.load("slot_leave.sql");
    private static final Sql PASS = Sql.load("slot_pass.sql");
    private static final Sql HELD = Sql.load("slot_held.sql");
    private static final Sql WAITING = Sql.load("slot_waiting.sql");
    private static final Sql FORGOTTEN = Sql.load("slot_forgotten.sql");
    private static final Sql HOLDS = Sql.load("slot_holds.sql");
    private static final Sql UNASKED = Sql.load("slot_unasked.sql");

    private final Database database;

    PostgresSlots(Database database) {
        this.database = database;
    }

    @Override
    public void enter(UUID run, Key key, int most, Priority priority) {
        database.repeatable(
                "wait for a turn",
                connection ->
                        ENTER.update(connection, run, key.org(), key.workflow(), key.key(), most, State.of(priority)));
    }

    @Override
    public List<Journal.Due> grant(Key key) {
        return database.repeatable(
                "give turns",
                connection -> GRANT.query(
                        connection,
                        row -> new Journal.Due(
                                row.getObject(1, UUID.class),
                                row.getInt(2),
                                State.priority(row.getInt(3)),
                                Instant.now()),
                        key.org(),
                        key.workflow(),
                        key.key()));
    }

    @Override
    public List<Key> leave(UUID run) {
        return database.repeatable("give a turn back", connection -> LEAVE.query(connection, PostgresSlots::key, run));
    }

    @Override
    public List<Key> takeBackForgotten() {
        return database
                .repeatable("take turns back", connection -> FORGOTTEN.query(connection, PostgresSlots::key))
                .stream()
                .distinct()
                .toList();
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getInt(1), row.getInt(2), row.getString(3));
    }

    @Override
    public boolean holds(UUID run) {
        return !database.repeatable(
                        "see whose turn it is", connection -> HOLDS.query(connection, row -> row.getInt(1), run))
                .isEmpty();
    }

    @Override
    public void pass(UUID run) {
        database.repeatable("let a run pass", connection -> PASS.update(connection, run));
    }

    @Override
    public List<UUID> held(Key key, UUID besides) {
        return database.repeatable(
                "see who has a turn",
                connection -> HELD.query(
                        connection,
                        row -> row.getObject(1, UUID.class),
                        key.org(),
                        key.workflow(),
                        key.key(),
                        besides));
    }

    @Override
    public List<Key> waiting(int limit) {
        return database.repeatable(
                "see who waits for a turn", connection -> WAITING.query(connection, PostgresSlots::key, limit));
    }

    @Override
    public List<AtGate> unasked(int limit) {
        return database.repeatable(
                "see who is at the gate",
                connection -> UNASKED.query(
                        connection, row -> new AtGate(row.getObject(1, UUID.class), row.getInt(2)), limit));
    }
}
