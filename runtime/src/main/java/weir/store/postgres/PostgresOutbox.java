package weir.store.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import weir.engine.OutgoingJson;
import weir.store.Letter;
import weir.store.Outbox;

final class PostgresOutbox implements Outbox {
    private static final Sql POST = Sql.load("outbox_post.sql");
    private static final Sql OVERDUE = Sql.load("outbox_overdue.sql");
    private static final Sql DELIVERED = Sql.load("outbox_delivered.sql");

    private final Database database;

    PostgresOutbox(Database database) {
        this.database = database;
    }

    @Override
    public void post(Letter letter) {
        database.repeatable(
                "keep a letter",
                connection -> POST.update(connection, letter.id(), letter.org(), OutgoingJson.bytes(letter.content())));
    }

    @Override
    public List<Letter> overdue(Duration age, int limit) {
        return database.repeatable(
                "look for letters",
                connection -> OVERDUE.query(
                        connection,
                        row -> new Letter(
                                row.getObject(1, UUID.class),
                                row.getInt(2),
                                row.getObject(3, UUID.class),
                                OutgoingJson.read(row.getBytes(4))),
                        age.toMillis(),
                        limit));
    }

    @Override
    public void delivered(Collection<UUID> letters) {
        database.repeatable(
                "take delivered letters out",
                connection -> DELIVERED.update(connection, (Object) letters.toArray(UUID[]::new)));
    }
}
