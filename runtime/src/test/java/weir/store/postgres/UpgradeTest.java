package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.get;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.engine.Message;
import weir.store.Journal;
import weir.store.Samples;
import weir.store.Views.State;

/// A store of an older version is brought up to date with everything in it, and its runs go on.
final class UpgradeTest {
    private static final int ORG = 1;

    private static UUID run(int number) {
        return UUID.fromString("019ca2e1-0000-7000-8000-0000000000%02d".formatted(number));
    }

    private static PostgresAddress older(String database) throws Exception {
        var main = PostgresAddress.of(TestServers.postgres());
        try (var connection = DriverManager.getConnection(main.jdbc(), main.user(), main.password())) {
            Copies.run(connection, "CREATE DATABASE " + database);
        }
        var address =
                new PostgresAddress(main.jdbc().replaceFirst("/weir$", "/" + database), main.user(), main.password());
        Database.migrations(address).target("9").load().migrate();
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var in = UpgradeTest.class.getResourceAsStream("schema-9.sql")) {
            Copies.run(connection, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return address;
    }

    @Test
    void runsOfSchemaNineGoOn() throws Exception {
        try (var store = PostgresStore.open(older("upgrade_nine"), "upgrade")) {
            var journal = store.journal();
            assertEquals(1, journal.freeDead(Duration.ofSeconds(4)));
            var states = new EnumMap<State, Integer>(State.class);
            for (int number = 1; number <= 5; number++) {
                states.merge(state(store, run(number)), 1, Integer::sum);
            }
            assertEquals(Map.of(State.QUEUED, 3, State.WAITING, 1, State.PARKED, 1), states);
            assertEquals(
                    List.of(State.SUCCEEDED, State.FAILED, State.CANCELLED),
                    List.of(state(store, run(11)), state(store, run(12)), state(store, run(13))));
            assertEquals(0, store.strayRows(), "what had no month has one");

            var taken = journal.claim(List.of(run(2))).getFirst();
            assertEquals(2, taken.frames().size());
            assertEquals(
                    List.of(new Message.Resume("api")),
                    taken.messages().stream().map(Journal.Told::message).toList());
            assertTrue(taken.epoch() > 2);
            assertTrue(get(journal.append(Samples.heard(Samples.append(taken, Samples.SUCCEED, "end"), 1)))
                    .accepted());
            assertEquals(State.SUCCEEDED, state(store, run(2)));
            assertEquals(3, store.views().frames(ORG, run(2), 0).size());

            var rest = store.views().see(ORG, run(4)).orElseThrow();
            assertEquals(2, rest.frames().size());
            assertTrue(journal.tell(run(4), new Message.Resume("api"), "api/resume"));
            assertEquals(1, journal.claim(List.of(run(4))).size());
            assertEquals("shop", store.connections().list(ORG).getFirst().name());
            assertEquals(
                    "42",
                    store.keptValues().get(ORG, "k").map(weir.value.Json::text).orElseThrow());
            assertTrue(journal.due(Instant.now(), 10).stream()
                    .anyMatch(due -> due.run().equals(run(1))));
        }
    }

    private static State state(PostgresStore store, UUID run) {
        return store.views().find(ORG, run).orElseThrow().state();
    }
}
