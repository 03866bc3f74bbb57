package weir.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.SUCCEED;
import static weir.store.Samples.append;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;
import static weir.store.Samples.once;
import static weir.store.Samples.texts;

import java.io.IOException;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import weir.embedded.TestServers;
import weir.engine.Message;
import weir.store.Journal;
import weir.store.Journal.Accepted;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.Registry;
import weir.store.Samples;
import weir.store.StoreProblem;
import weir.store.Views;

/// Connections that break and servers that die, in the middle of everything. What was acknowledged is there, nothing is
/// there twice, and every caller gets an answer that is true.
final class BrokenConnectionTest {
    private Cable cable;
    private PostgresStore store;
    private PostgresStore aside;
    private Journal journal;
    private Views views;

    @BeforeEach
    void open() throws IOException {
        cable = new Cable(TestServers.postgres().getPort());
        var direct = PostgresAddress.of(TestServers.postgres());
        var through = new PostgresAddress(
                direct.jdbc().replace(":" + TestServers.postgres().getPort() + "/", ":" + cable.port() + "/"),
                direct.user(),
                direct.password());
        store = PostgresStore.open(through, "through the cable");
        aside = PostgresStore.open(direct, "aside");
        journal = store.journal();
        views = aside.views();
    }

    @AfterEach
    void close() throws IOException {
        cable.loseAnswers(false);
        store.close();
        aside.close();
        cable.close();
    }

    private Claim started() {
        var id = Samples.id();
        get(journal.accept(birth(id)));
        return journal.claim(List.of(id)).getFirst();
    }

    private List<String> journal(UUID run) {
        return texts(views.frames(Samples.ORG, run, 0));
    }

    /// Something that is sent, carried out, and not answered.
    private <T> T unanswered(CompletableFuture<T> future) throws InterruptedException {
        // Long enough to be carried out; if it was not, the test still has to hold.
        Thread.sleep(300);
        assertFalse(future.isDone());
        cable.loseAnswers(false);
        return get(future);
    }

    @Test
    void anAcceptWhoseAnswerWasLostIsFoundToHaveHappened() throws Exception {
        var id = Samples.id();
        cable.loseAnswers(true);
        assertEquals(new Accepted.Fresh(id), unanswered(journal.accept(birth(id))));
        assertEquals(List.of("started"), journal(id));
    }

    @Test
    void anAcceptWithAKeyWhoseAnswerWasLostIsStillTheFirst() throws Exception {
        var id = Samples.id();
        var key = once("key " + id, Duration.ofDays(1), "body");
        cable.loseAnswers(true);
        assertEquals(new Accepted.Fresh(id), unanswered(journal.accept(birth(id, 0, key))));
        assertEquals(new Accepted.Known(id), get(journal.accept(birth(Samples.id(), 0, key))));
    }

    @Test
    void anAppendWhoseAnswerWasLostIsWrittenOnce() throws Exception {
        var claim = started();
        cable.loseAnswers(true);
        assertEquals(new Journal.Appended(true, 0, true), unanswered(journal.append(append(claim, KEEP, "step"))));
        assertTrue(get(journal.append(append(claim.run(), claim.epoch(), 2, SUCCEED, "end")))
                .accepted());
        assertEquals(List.of("started", "step", "end"), journal(claim.run()));
    }

    @Test
    void aReleaseAndAnEndWhoseAnswersWereLostAreKnownToHaveHappened() throws Exception {
        for (var disposition : List.of(new Disposition.Release(Instant.now()), SUCCEED)) {
            for (var texts : List.of(new String[] {"step"}, new String[] {})) {
                var claim = started();
                cable.loseAnswers(true);
                assertEquals(
                        new Journal.Appended(true, 0, false),
                        unanswered(journal.append(append(claim, disposition, texts))));
                assertEquals(1 + texts.length, journal(claim.run()).size());
            }
        }
    }

    @Test
    void runsWhoseClaimWasNotAnsweredAreLetGoOf() throws Exception {
        var id = Samples.id();
        get(journal.accept(birth(id)));
        cable.loseAnswers(true);
        var claim = CompletableFuture.supplyAsync(() -> {
            try {
                return journal.claim(List.of(id));
            } catch (StoreProblem away) {
                return List.<Claim>of();
            }
        });
        Thread.sleep(300);
        cable.loseAnswers(false);
        // Once it is known again what it owns, somebody else can have it.
        if (claim.get().isEmpty()) {
            journal.heartbeat(0);
            assertEquals(1, aside.journal().claim(List.of(id)).size());
        }
    }

    @Test
    void aClaimThatACrashForgotIsNotTheSameAsTheNextOne() throws Exception {
        var forgotten = started();
        cable.cut();
        var address = PostgresAddress.of(TestServers.postgres());
        try (var connection = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                var row = connection.prepareStatement("UPDATE weir.live SET owner = 0, epoch = 1 WHERE id = ?")) {
            row.setObject(1, forgotten.run());
            assertEquals(1, row.executeUpdate());
        }
        var claim = claimed(forgotten.run(), List.of("started"));
        assertFalse(get(journal.append(append(forgotten, KEEP, "what the forgotten one did")))
                .accepted());
        assertTrue(get(journal.append(append(claim, KEEP, "step"))).accepted());
    }

    @Test
    void requestsAreAnsweredThoughTheirConnectionsBroke() {
        var run = started().run();
        for (int i = 0; i < 10; i++) {
            assertEquals(1, store.views().frames(Samples.ORG, run, 0).size());
            assertTrue(store.registry().find(1, Registry.Kind.RULES, "none").isEmpty());
            cable.cut();
        }
    }

    @Test
    void messagesAreToldOnceThoughConnectionsBreak() {
        var claim = started();
        for (int i = 0; i < 30; i++) {
            cable.cut();
            assertTrue(journal.tell(claim.run(), new Message.Resume("go"), "source " + i));
        }
        assertEquals(30, aside.journal().messages(claim.run(), 0).size());
    }

    /// What is done to everything while runs are written.
    private interface Mischief {
        void happen(int round, Random random) throws Exception;
    }

    @Test
    void connectionsThatAreCutAllTheTimeLoseNothingAndRepeatNothing() throws Exception {
        survive(40, (round, random) -> {
            Thread.sleep(random.nextInt(60));
            cable.loseAnswers(round % 3 == 0);
            Thread.sleep(random.nextInt(30));
            cable.cut();
            cable.loseAnswers(false);
        });
    }

    @Test
    void aKilledServerLosesNothingThatWasAcknowledgedAndRepeatsNothing() throws Exception {
        survive(3, (round, random) -> {
            Thread.sleep(300 + random.nextInt(300));
            TestServers.killPostgres();
        });
    }

    /// Writers append to their runs one frame after the other while something happens to the connections.
    private void survive(int rounds, Mischief mischief) throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("broken connections: -Dweir.seed=" + seed);
        var acknowledged = new ConcurrentHashMap<UUID, List<String>>();
        var going = new AtomicBoolean(true);
        var writers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                boolean bornClaimed = i % 2 == 0;
                writers.add(threads.submit(() -> {
                    while (going.get()) {
                        write(acknowledged, bornClaimed);
                    }
                }));
            }
            var random = new Random(seed);
            try {
                for (int round = 0; round < rounds; round++) {
                    mischief.happen(round, random);
                }
                Thread.sleep(200);
            } finally {
                going.set(false);
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertFalse(acknowledged.isEmpty());
        var wrong = new HashMap<UUID, List<String>>();
        for (var run : Map.copyOf(acknowledged).entrySet()) {
            var read = journal(run.getKey());
            if (!read.equals(run.getValue())) {
                wrong.put(run.getKey(), List.of("acknowledged " + run.getValue(), "read " + read));
            }
        }
        assertEquals(Map.of(), wrong);
        System.out.println(acknowledged.size() + " runs survived");
    }

    /// One run, from its start to its end. No answer may be an exception, except to a start that was turned away.
    private void write(Map<UUID, List<String>> acknowledged, boolean bornClaimed) {
        var id = Samples.id();
        try {
            get(journal.accept(birth(id, bornClaimed ? journal.incarnation() : 0, null)));
        } catch (StoreProblem turnedAway) {
            assertEquals(StoreProblem.Kind.UNAVAILABLE, turnedAway.kind());
            pause();
            return;
        }
        var texts = new ArrayList<>(List.of("started"));
        acknowledged.put(id, texts);
        int epoch = bornClaimed ? 1 : claimed(id, texts).epoch();
        for (int head = 1; head <= 4; head++) {
            var append = append(id, epoch, head, head == 4 ? SUCCEED : KEEP, "frame " + head);
            while (!get(journal.append(append)).accepted()) {
                assertFalse(bornClaimed, "refused though nobody else is there");
                // A crash forgot the claim, and with it nothing but the claim.
                epoch = claimed(id, texts).epoch();
                append = append(id, epoch, head, append.disposition(), "frame " + head);
            }
            texts.add("frame " + head);
        }
    }

    private Claim claimed(UUID id, List<String> texts) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            assertTrue(System.nanoTime() < deadline, "nobody can claim " + id);
            try {
                var claims = journal.claim(List.of(id));
                if (!claims.isEmpty()) {
                    assertEquals(texts, texts(claims.getFirst().frames()));
                    return claims.getFirst();
                }
            } catch (StoreProblem away) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
