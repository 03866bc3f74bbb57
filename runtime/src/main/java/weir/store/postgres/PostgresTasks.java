package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Message;
import weir.store.Tasks;
import weir.value.Json;
import weir.value.StringValue;
import weir.value.Value;

/// What people are asked. Requests read as their organisation; the rest is the engine's.
final class PostgresTasks implements Tasks {
    private static final Sql ASK = Sql.load("task_ask.sql");
    private static final Sql WITHDRAW = Sql.load("task_withdraw.sql");
    private static final Sql ANSWER = Sql.load("task_answer.sql");
    private static final String LIST = Sql.read("task_list.sql");
    private static final String FIND = Sql.read("task_find.sql");
    /// Higher than every UUIDv7.
    private static final UUID LAST = new UUID(-1, -1);

    private final Database database;
    private final DbClient api;

    PostgresTasks(Database database) {
        this.database = database;
        this.api = Helidon.client(database.api());
    }

    @Override
    public void ask(int org, UUID run, Effect.Ask ask) {
        database.repeatable(
                "ask a person",
                connection -> ASK.update(
                        connection,
                        ask.task(),
                        org,
                        run,
                        ask.path(),
                        StoredText.of(ask.question()),
                        text(ask.who().get("role")),
                        text(ask.who().get("person")),
                        ask.until() == null ? null : Micros.of(ask.until())));
    }

    private static @Nullable String text(@Nullable Value value) {
        return value instanceof StringValue(String text) ? text : null;
    }

    @Override
    public void withdraw(UUID task) {
        database.repeatable("withdraw a question", connection -> WITHDRAW.update(connection, task));
    }

    @Override
    public List<Task> list(Query query) {
        var values = Map.<String, Object>of(
                "org", query.org(),
                "before", (query.before() == null ? LAST : query.before()).toString(),
                "state", query.state() == null ? -1 : query.state().ordinal(),
                "role", query.role() == null ? "" : query.role(),
                "person", query.person() == null ? "" : query.person(),
                "run", query.run() == null ? "" : query.run().toString(),
                "limit", query.limit());
        return Helidon.within(
                api, query.org(), transaction -> Helidon.query(transaction, LIST, values, PostgresTasks::task));
    }

    @Override
    public Optional<Task> find(int org, UUID task) {
        return Helidon.within(
                api,
                org,
                transaction ->
                        Helidon.query(
                                        transaction,
                                        FIND,
                                        Map.of("org", org, "task", task.toString()),
                                        PostgresTasks::task)
                                .stream()
                                .findFirst());
    }

    private static Task task(DbRow row) {
        var until = Helidon.instant(row, "until");
        byte[] answer = row.column("answer").get(byte[].class);
        return new Task(
                row.column("id").get(UUID.class),
                row.column("run").get(UUID.class),
                row.column("path").get(String.class),
                StoredText.read(row.column("question").get(String.class)),
                filled(row, "role"),
                filled(row, "person"),
                Helidon.instant(row, "asked"),
                until.equals(Instant.EPOCH) ? null : until,
                State.values()[row.column("state").get(Integer.class)],
                answer.length == 0 ? null : Json.readExact(answer));
    }

    private static @Nullable String filled(DbRow row, String column) {
        String text = row.column(column).get(String.class);
        return text.isEmpty() ? null : text;
    }

    @Override
    public boolean answer(int org, Task task, Value answer) {
        var message = new Message.Answered(task.path(), task.id(), answer);
        return database.repeatable(
                "answer a question",
                connection -> !ANSWER.query(
                                connection,
                                row -> row.getInt(1),
                                org,
                                task.id(),
                                Json.exactBytes(answer),
                                "task:" + task.id(),
                                Messages.kind(message),
                                Messages.data(message))
                        .isEmpty());
    }
}
