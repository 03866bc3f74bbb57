package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.DataDirectory;
import weir.embedded.EmbeddedPostgres;
import weir.value.Json;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;
import weir.worker.StepFailure;

/// Against a PostgreSQL of its own.
class SqlHandlerTest {
    private static DataDirectory data;
    private static EmbeddedPostgres postgres;
    private static SqlHandler handler;
    private Steps sql;

    @BeforeAll
    static void start() throws Exception {
        var home = Files.createTempDirectory(
                "weir-test", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        var binaries =
                Path.of(System.getProperty("java.io.tmpdir"), "weir-test-binaries-" + System.getProperty("user.name"));
        data = DataDirectory.open(home, binaries);
        postgres = EmbeddedPostgres.start(data);
        handler = handler(postgres.uri());
    }

    private static SqlHandler handler(URI uri) {
        var user = uri.getUserInfo().split(":", 2);
        String url = "postgres://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
        return new SqlHandler(
                new AddressRules(true, List.of()),
                Steps.connections(
                        new Connections.Connection(
                                "sql", "sql", "postgres", Map.of("url", url, "user", user[0], "password", user[1])),
                        new Connections.Connection(
                                "wrong", "sql", "postgres", Map.of("url", url, "user", user[0], "password", "n0t1t")),
                        new Connections.Connection(
                                "cloud", "sql", "postgres", Map.of("url", "postgres://169.254.169.254/x")),
                        new Connections.Connection("broken", "sql", "postgres", Map.of("url", "p4ss@nowhere"))));
    }

    @AfterAll
    static void stop() {
        handler.close();
        postgres.close();
        data.close();
    }

    @BeforeEach
    void tables() throws Exception {
        sql = Steps.of(handler);
        run("sql.execute", "drop table if exists items");
        run(
                "sql.execute",
                "create table items (id int primary key, name text not null, price numeric(10, 2), tags text[],"
                        + " more jsonb, at timestamptz, day date, ref uuid)");
    }

    private Value run(String action, String text) throws Exception {
        return sql.perform(action, RecordValue.builder().put("sql", Value.of(text)));
    }

    private Value run(String action, String text, String name, String json) throws Exception {
        return sql.perform(
                action, RecordValue.builder().put("sql", Value.of(text)).put(name, Json.read(json)));
    }

    private StepFailure failure(String action, String text, String name, String json) {
        return assertThrows(StepFailure.class, () -> run(action, text, name, json));
    }

    @Test
    void valuesGoInByNameAndComeOutWithTheirTypes() throws Exception {
        var made = run(
                "sql.execute",
                "insert into items values (:id, :name, :price, :tags, :more, :at, :day, :ref) returning id",
                "params",
                """
                {"id": 1, "name": "a'; drop table items; --", "price": 19.99, "tags": ["x", "y \\"z\\""],
                 "more": {"deep": [1, null]}, "at": "2026-01-02T03:04:05.678Z", "day": "2026-01-02",
                 "ref": "3b241101-e2bb-4255-8caf-4136c566a962"}
                """);
        assertEquals(Json.read("{\"count\":1,\"rows\":[{\"id\":1}]}"), made);
        assertEquals(
                Json.read("""
                        {"rows": [{"id": 1, "name": "a'; drop table items; --", "price": 19.99,
                         "tags": ["x", "y \\"z\\""], "more": {"deep": [1, null]}, "at": "2026-01-02T03:04:05.678Z",
                         "day": "2026-01-02", "ref": "3b241101-e2bb-4255-8caf-4136c566a962"}]}
                        """),
                run("sql.query", "select * from items where id = any(:ids)", "params", "{\"ids\":[1,2]}"));
    }

    @Test
    void valuesGoInByPlaceToo() throws Exception {
        assertEquals(
                Json.read("{\"rows\":[{\"a\":3,\"b\":true,\"c\":null,\"d\":\"9007199254740993\",\"e\":1.5}]}"),
                run(
                        "sql.query",
                        "select $1 + $2 as a, $3 as b, $4::text as c, 9007199254740993 as d, 1.5::float8 as e",
                        "params",
                        "[1, 2, true, null]"));
    }

    @Test
    void aBatchIsCarriedOutWhollyOrNotAtAll() throws Exception {
        String insert = "insert into items (id, name, price) values (:id, :name, :price)";
        assertEquals(
                Json.read("{\"count\":2}"),
                run("sql.batch", insert, "rows", "[{\"id\":1,\"name\":\"a\",\"price\":1},{\"id\":2,\"name\":\"b\"}]"));
        var twice = failure(
                "sql.batch", insert, "rows", "[{\"id\":3,\"name\":\"c\",\"price\":1},{\"id\":1,\"name\":\"d\"}]");
        assertEquals("sql_23505", twice.error().code());
        assertTrue(twice.error().permanent());
        assertEquals(Json.read("{\"rows\":[{\"n\":2}]}"), run("sql.query", "select count(*) as n from items"));
    }

    @Test
    void aQueryCannotChangeAnything() {
        var failure = failure("sql.query", "delete from items returning id", "params", "{}");
        assertEquals("sql_25006", failure.error().code());
    }

    @Test
    void whatLacksAValueIsNamed() {
        var params = failure("sql.query", "select :a", "params", "{\"b\":1}");
        assertEquals("bad_argument", params.error().code());
        assertTrue(params.error().message().contains(":a"));
        var rows = failure(
                "sql.batch", "insert into items (id, name) values (:id, :nam)", "rows", "[{\"id\":1,\"name\":\"a\"}]");
        assertTrue(rows.error().message().contains(":nam"));
    }

    @Test
    void mistakesInTheSqlFailForGoodWithoutValues() {
        var failure = failure("sql.query", "select * from nowhere where a = :a", "params", "{\"a\":\"s3cret\"}");
        assertEquals("sql_42P01", failure.error().code());
        assertTrue(failure.error().permanent());
        assertFalse(failure.error().message().contains("s3cret"));
        var twice = failure("sql.query", "select 1 as a, 2 as a", "params", "{}");
        assertEquals("bad_sql", twice.error().code());
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedInTheDatabase() {
        sql.timeout(Duration.ofMillis(200));
        var failure = failure("sql.query", "select pg_sleep(60)", "params", "{}");
        assertEquals("timeout", failure.error().code());
    }

    @Test
    void anAbandonedStatementIsCancelled() throws Exception {
        var ended = new CountDownLatch(1);
        var thread = Thread.ofVirtual().start(() -> {
            try {
                run("sql.query", "select pg_sleep(50), 'abandoned' as mark");
            } catch (InterruptedException abandoned) {
                ended.countDown();
            } catch (Exception other) {
                throw new IllegalStateException(other);
            }
        });
        String running = "select count(*) as n from pg_stat_activity where state = 'active' and query like"
                + " '%abandoned%' and query not like '%pg_stat_activity%'";
        awaitCount(running, 1);
        thread.interrupt();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        awaitCount(running, 0);
    }

    private void awaitCount(String query, int wanted) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!run("sql.query", query).equals(Json.read("{\"rows\":[{\"n\":" + wanted + "}]}"))) {
            assertTrue(System.nanoTime() < deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void whereAConnectionLeadsIsLookedAtAndItsPasswordNeverShown() {
        sql.using("cloud");
        assertEquals(
                "egress_denied",
                failure("sql.query", "select 1", "params", "{}").error().code());
        sql.using("broken");
        var broken = failure("sql.query", "select 1", "params", "{}");
        assertEquals("bad_connection", broken.error().code());
        assertFalse(broken.error().message().contains("p4ss"));
        sql.using("wrong");
        var refused = failure("sql.query", "select 1", "params", "{}");
        assertFalse(refused.error().message().contains("n0t1t"));
        sql.using("none");
        assertEquals(
                "unknown_connection",
                failure("sql.query", "select 1", "params", "{}").error().code());
    }
}
