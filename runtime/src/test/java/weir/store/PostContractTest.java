package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.ORG;
import static weir.store.Samples.SUCCEED;
import static weir.store.Samples.append;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.engine.Effect;
import weir.engine.Entry;
import weir.engine.Message;
import weir.engine.Order;
import weir.engine.Report;
import weir.engine.Segment;
import weir.store.Journal.Append;
import weir.store.Journal.Birth;
import weir.store.Journal.Claim;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// The promises of [Outbox], [Events], [Tasks] and [Quotas].
@ParameterizedClass
@EnumSource(Backend.class)
final class PostContractTest {
    private static final Duration NOW = Duration.ofMillis(-1_000);
    private static final Quotas.Place PLACE = new Quotas.Place(ORG, 7, "for_line/hold");

    @Parameter
    private Backend backend;

    private Backend.Opened store;
    private Journal worker;
    private Post post;

    @BeforeEach
    void open() {
        store = backend.open();
        worker = store.worker();
        post = store.post();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Letter letter(UUID run) {
        return new Letter(Samples.id(), ORG, run, new Effect.Listen("wait_for", "resolved", 0, 1));
    }

    private Claim claimed() {
        var id = Samples.id();
        get(worker.accept(birth(id)));
        return worker.claim(List.of(id)).getFirst();
    }

    private static Append with(Append append, Letter... letters) {
        return new Append(
                append.run(),
                append.epoch(),
                append.head(),
                append.frames(),
                append.disposition(),
                append.inboxSeen(),
                append.taken(),
                List.of(letters));
    }

    @Test
    void aLetterIsKeptWithItsFrameUntilItIsDelivered() {
        var claim = claimed();
        var first = letter(claim.run());
        var second = letter(claim.run());
        assertTrue(get(worker.append(with(append(claim, KEEP, "step"), first, second)))
                .accepted());
        assertEquals(List.of(first, second), sorted(post.outbox().overdue(NOW, 10)));
        assertEquals(1, post.outbox().overdue(NOW, 1).size());
        assertEquals(List.of(), post.outbox().overdue(Duration.ofHours(1), 10));
        post.outbox().delivered(List.of(first.id()));
        assertEquals(List.of(second), post.outbox().overdue(NOW, 10));
        post.outbox().delivered(List.of(first.id(), second.id()));
        assertEquals(List.of(), post.outbox().overdue(NOW, 10));
    }

    private static List<Letter> sorted(List<Letter> letters) {
        return letters.stream()
                .sorted(java.util.Comparator.comparing(Letter::id))
                .toList();
    }

    @Test
    void aLetterOfARefusedFrameIsNotKept() {
        var claim = claimed();
        var refused = new Append(
                claim.run(), claim.epoch() + 1, claim.head(), List.of(), KEEP, 0, 0, List.of(letter(claim.run())));
        assertFalse(get(worker.append(refused)).accepted());
        assertEquals(List.of(), post.outbox().overdue(NOW, 10));
    }

    @Test
    void aLetterOfTheFirstAndOfTheLastFrameIsKept() {
        var id = Samples.id();
        var born = birth(id);
        var letter = letter(id);
        get(worker.accept(new Birth(
                id,
                ORG,
                born.workflow(),
                born.version(),
                born.priority(),
                0,
                born.wakeAt(),
                null,
                born.frames(),
                List.of(letter))));
        var claim = worker.claim(List.of(id)).getFirst();
        var report = new Letter(
                Samples.id(),
                ORG,
                id,
                new Effect.ReportEnd(
                        "",
                        UUID.randomUUID(),
                        new Message.ChildEnded(
                                "child", id, weir.engine.Entry.Status.SUCCEEDED, Value.of("done"), null)));
        assertTrue(
                get(worker.append(with(append(claim, SUCCEED, "end"), report))).accepted());
        assertEquals(List.of(letter, report), sorted(post.outbox().overdue(NOW, 10)));
    }

    @Test
    void everyKindOfLetterComesBackAsItWas() {
        var run = claimed().run();
        var task = UUID.randomUUID();
        var contents = List.<Effect.Outgoing>of(
                new Effect.StartChild("child", task, "other", RecordValue.of("a", Value.of(1))),
                new Effect.CancelChild("child", task),
                new Effect.PauseChild("child", task, 3, true),
                new Effect.StartSegment(
                        "all[0..1]",
                        task,
                        new Segment(
                                task,
                                7,
                                "all",
                                0,
                                ListValue.of(Value.of(1), Value.of(2)),
                                1,
                                0,
                                0,
                                true,
                                false,
                                ListValue.EMPTY)),
                new Effect.Instruct("all[0..1]", task, new Message.Ordered(2, new Order.Quit(true))),
                new Effect.Report("", task, new Message.Reported("all[0..1]", task, 2, new Report.Undone(false))),
                new Effect.Ask("ask", task, "Sure?", RecordValue.of("role", Value.of("sales")), null, null),
                new Effect.Ask(
                        "ask",
                        task,
                        "Sure?",
                        RecordValue.of("person", Value.of("a@b.c")),
                        null,
                        Instant.ofEpochMilli(1_800_000_000_000L)),
                new Effect.Withdraw("ask", task),
                new Effect.Listen("wait_for", "resolved", 0, 1),
                new Effect.Listen("wait_for", "resolved", 12, 2),
                new Effect.Unlisten("wait_for", 3),
                new Effect.Publish("emit", "id", "accepted", RecordValue.of("holds", Value.of("x"))));
        for (var content : contents) {
            var letter = new Letter(Samples.id(), ORG, null, content);
            post.outbox().post(letter);
            post.outbox().post(letter);
            assertEquals(List.of(letter), post.outbox().overdue(NOW, 10), run::toString);
            post.outbox().delivered(List.of(letter.id()));
        }
    }

    @Test
    void anEventHasOnePositionHoweverOftenItIsPublished() {
        long first = post.events().publish(ORG, "a", "opened", Value.of(1));
        assertEquals(first, post.events().publish(ORG, "a", "opened", Value.of(2)));
        long second = post.events().publish(ORG, "b", "closed", Value.of(3));
        assertTrue(second > first);
        long other = post.events().publish(ORG + 1, "a", "opened", Value.of(4));
        assertTrue(other > 0);
        var since = Instant.now().minusSeconds(60);
        assertEquals(
                List.of(new Events.Event(first, "opened", Value.of(1))),
                post.events().since(ORG, "opened", since, 0, 10));
        assertEquals(List.of(), post.events().since(ORG, "opened", since, first, 10));
        assertEquals(List.of(), post.events().since(ORG, "opened", Instant.now().plusSeconds(60), 0, 10));
    }

    @Test
    void anEventIsUntoldUntilSomebodySaysThatAllWereTold() {
        long first = post.events().publish(ORG, "u1", "untold", Value.of(1));
        long second = post.events().publish(ORG, "u2", "untold", Value.of(2));
        long third = post.events().publish(ORG, "u3", "untold", Value.of(3));
        post.events().publish(ORG, "u4", "another", Value.of(4));
        assertEquals(List.of(), post.events().untold(ORG, "untold", first, 10));
        assertEquals(
                List.of(
                        new Events.Event(first, "untold", Value.of(1)),
                        new Events.Event(second, "untold", Value.of(2))),
                post.events().untold(ORG, "untold", third, 10));
        assertEquals(1, post.events().untold(ORG, "untold", third, 1).size());
        post.events().told(ORG, "untold", first);
        post.events().told(ORG, "untold", first);
        // Publishing it again does not make it untold again.
        assertEquals(first, post.events().publish(ORG, "u1", "untold", Value.of(1)));
        assertEquals(
                List.of(new Events.Event(second, "untold", Value.of(2))),
                post.events().untold(ORG, "untold", third, 10));
    }

    /// What a reader sees has no gaps that fill later: else it would go on behind an event that it has not seen.
    @Test
    void positionsBecomeVisibleInTheirOrder() throws InterruptedException {
        int each = 40;
        var since = Instant.now().minusSeconds(60);
        var writers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(writer -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        post.events().publish(ORG + 7, writer + "/" + i, "busy", Value.of(i));
                    }
                }))
                .toList();
        var seen = new ArrayList<Long>();
        while (seen.size() < 4 * each) {
            long after = seen.isEmpty() ? 0 : seen.getLast();
            post.events().since(ORG + 7, "busy", since, after, 1000).forEach(event -> seen.add(event.position()));
        }
        for (var writer : writers) {
            writer.join();
        }
        assertEquals(
                java.util.stream.LongStream.rangeClosed(1, 4 * each).boxed().toList(), seen);
    }

    @Test
    void listenersOfAnEventComeInPages() {
        var runs = java.util.stream.Stream.generate(Samples::id).limit(5).toList();
        runs.forEach(run -> post.events().listen(ORG, run, "wait_for", "opened", 1));
        runs.forEach(run -> post.events().listen(ORG, run, "wait_for", "opened", 1));
        post.events().listen(ORG, runs.getFirst(), "wait_for#2", "opened", 1);
        post.events().listen(ORG, Samples.id(), "wait_for", "closed", 1);
        post.events().listen(ORG + 1, Samples.id(), "wait_for", "opened", 1);
        var all = post.events().listeners(ORG, "opened", null, 10);
        assertEquals(6, all.size());
        assertEquals(all.subList(0, 4), post.events().listeners(ORG, "opened", null, 4));
        assertEquals(all.subList(4, 6), post.events().listeners(ORG, "opened", all.get(3), 4));
        post.events().unlisten(runs.getFirst(), "wait_for#2", 1);
        assertEquals(5, post.events().listeners(ORG, "opened", null, 10).size());
    }

    private Effect.Ask ask(String role) {
        return new Effect.Ask("approval", Samples.id(), "Sure?", RecordValue.of("role", Value.of(role)), null, null);
    }

    private static Tasks.Query query(Tasks.State state, String role) {
        return new Tasks.Query(ORG, state, role, null, null, null, 10);
    }

    @Test
    void theFirstAnswerCountsAndReachesTheRun() {
        var claim = claimed();
        var ask = ask("sales");
        post.tasks().ask(ORG, claim.run(), ask);
        post.tasks().ask(ORG, claim.run(), ask);
        var task = post.tasks().list(query(Tasks.State.OPEN, "sales")).getFirst();
        assertEquals("Sure?", task.question());
        assertEquals(1, post.tasks().list(query(null, null)).size());
        assertEquals(List.of(), post.tasks().list(query(null, "finance")));
        assertTrue(post.tasks().find(ORG + 1, task.id()).isEmpty());
        var answer = RecordValue.of("approved", Value.of("yes"));
        assertFalse(post.tasks().answer(ORG + 1, task, answer));
        assertTrue(post.tasks().answer(ORG, task, answer));
        assertFalse(post.tasks().answer(ORG, task, RecordValue.of("approved", Value.of("no"))));
        assertEquals(answer, post.tasks().find(ORG, task.id()).orElseThrow().answer());
        assertEquals(
                List.of(new Journal.Told(1, new Message.Answered("approval", task.id(), answer))),
                worker.messages(claim.run(), 0));
    }

    @Test
    void thatARunListensNoMoreMayBeHeardAfterItListensAgain() {
        var events = post.events();
        var run = Samples.id();
        events.listen(ORG, run, "wait_for", "opened", 2);
        events.unlisten(run, "wait_for", 1);
        events.listen(ORG, run, "wait_for", "closed", 1);
        assertEquals(
                List.of(new Events.Listener(run, "wait_for")),
                events.listeners(ORG, "opened", null, 10),
                "turn 2 stays");
        events.unlisten(run, "wait_for", 2);
        assertEquals(List.of(), events.listeners(ORG, "opened", null, 10));
        assertEquals(List.of(), events.listeners(ORG, "closed", null, 10));
    }

    @Test
    void aWithdrawnQuestionTakesNoAnswer() {
        var claim = claimed();
        var ask = ask("sales");
        post.tasks().ask(ORG, claim.run(), ask);
        post.tasks().withdraw(ask.task());
        var task = post.tasks().find(ORG, ask.task()).orElseThrow();
        assertEquals(Tasks.State.WITHDRAWN, task.state());
        assertFalse(post.tasks().answer(ORG, task, RecordValue.EMPTY));
        assertEquals(List.of(), worker.messages(claim.run(), 0));
    }

    @Test
    void aKeyBelongsToItsHolderUntilItIsGivenBackOrOver() throws InterruptedException {
        var quotas = post.quotas();
        var hour = Duration.ofHours(1);
        assertTrue(quotas.take(PLACE, "d1", hour, "a"));
        assertTrue(quotas.take(PLACE, "d1", hour, "a"));
        assertFalse(quotas.take(PLACE, "d1", hour, "b"));
        assertTrue(quotas.take(PLACE, "d2", hour, "b"));
        assertTrue(quotas.take(new Quotas.Place(ORG, 7, "other"), "d1", hour, "b"));
        quotas.giveBack(PLACE, "d1", "b");
        assertFalse(quotas.take(PLACE, "d1", hour, "b"));
        quotas.giveBack(PLACE, "d1", "a");
        assertTrue(quotas.take(PLACE, "d1", Duration.ofMillis(1), "b"));
        Thread.sleep(5);
        assertTrue(quotas.take(PLACE, "d1", hour, "c"));
    }

    private UUID atTheGate() {
        var id = Samples.id();
        get(worker.accept(birth(id, Slots.GATE, null)));
        return id;
    }

    private static List<UUID> ids(List<Journal.Due> due) {
        return due.stream().map(Journal.Due::run).toList();
    }

    @Test
    void runsAtTheGateGoOneAfterTheOther() {
        var key = new Slots.Key(ORG, 7, "customer");
        var slots = post.slots();
        var first = atTheGate();
        var second = atTheGate();
        var urgent = atTheGate();
        slots.enter(first, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(first), ids(slots.grant(key)));
        slots.enter(second, key, 1, weir.graph.Graph.Priority.NORMAL);
        slots.enter(second, key, 1, weir.graph.Graph.Priority.NORMAL);
        slots.enter(urgent, key, 1, weir.graph.Graph.Priority.HIGH);
        assertEquals(List.of(), ids(slots.grant(key)));
        assertEquals(List.of(first), slots.held(key, new UUID(0, 0)));
        assertEquals(List.of(key), slots.waiting(10));
        assertEquals(List.of(), worker.claim(List.of(second, urgent)));
        assertEquals(0, worker.freeDead(Duration.ZERO));
        assertEquals(List.of(), slots.leave(first));
        assertEquals(List.of(), slots.takeBackForgotten());
        var over = worker.claim(List.of(first)).getFirst();
        get(worker.append(append(over, new Journal.Disposition.End(Entry.Status.SUCCEEDED), "done")));
        assertEquals(List.of(key), slots.leave(first));
        assertEquals(List.of(), slots.leave(first));
        slots.enter(first, key, 1, weir.graph.Graph.Priority.CRITICAL);
        assertEquals(List.of(urgent), ids(slots.grant(key)));
        assertEquals(1, worker.claim(List.of(second, urgent)).size());
        slots.pass(second);
        assertEquals(1, worker.claim(List.of(second)).size());
        assertEquals(List.of(), slots.waiting(10));
    }

    @Test
    void aRunThatRestsWaitsAgainWhenItIsToGoOn() {
        var key = new Slots.Key(ORG, 7, "");
        var slots = post.slots();
        var run = atTheGate();
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        slots.grant(key);
        var claim = worker.claim(List.of(run)).getFirst();
        get(worker.append(
                append(claim, new Journal.Disposition.Park(Instant.now().plusSeconds(60)), "failed")));
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(), slots.unasked(10), "who rests does not stand at the gate");
        assertTrue(worker.tellInTurn(run, new Message.Resume("mended"), "one"));
        assertEquals(List.of(), slots.leave(run), "who stands at the gate has nothing to give back");
        assertEquals(List.of(new Slots.AtGate(run, ORG)), slots.unasked(10));
        assertEquals(List.of(), worker.claim(List.of(run)));
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(), slots.unasked(10));
        assertEquals(List.of(run), ids(slots.grant(key)));
        assertEquals(List.of(), slots.leave(run), "who is under way keeps its turn");
        var again = worker.claim(List.of(run)).getFirst();
        assertEquals(1, again.messages().size());
        get(worker.append(
                append(again, new Journal.Disposition.Park(Instant.now().plusSeconds(60)), "failed again")));
        assertEquals(List.of(), slots.takeBackForgotten(), "its message was not heard, so it does not rest");
    }

    @Test
    void whoNeedsATurnToGoOnGivesTheRunBackToTheGate() {
        var key = new Slots.Key(ORG, 7, "");
        var slots = post.slots();
        var run = atTheGate();
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertFalse(slots.holds(run));
        slots.grant(key);
        assertTrue(slots.holds(run));
        var claim = worker.claim(List.of(run)).getFirst();
        get(worker.append(
                append(claim, new Journal.Disposition.Park(Instant.now().plusSeconds(60)), "failed")));
        assertEquals(List.of(key), slots.leave(run));
        assertFalse(slots.holds(run));
        // It is told something else and so looked at when somebody resumes it.
        worker.tell(run, new Message.Published("e", 1, "x", Value.of(1)), "one");
        var again = worker.claim(List.of(run)).getFirst();
        assertTrue(worker.tellInTurn(run, new Message.Resume("mended"), "two"));
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(), slots.waiting(10), "who is under way cannot ask");
        worker.tell(run, new Message.Published("e", 2, "x", Value.of(2)), "three");
        var gate = new Journal.Disposition.Gate();
        assertFalse(get(worker.append(toTheGate(again, gate, 2))).accepted(), "a message came in that it has not seen");
        var given = get(worker.append(toTheGate(again, gate, 3)));
        assertTrue(given.accepted());
        assertFalse(given.owned());
        assertEquals(List.of(new Slots.AtGate(run, ORG)), slots.unasked(10));
        assertEquals(List.of(), worker.claim(List.of(run)));
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(run), ids(slots.grant(key)));
        var last = worker.claim(List.of(run)).getFirst();
        assertEquals(
                List.of(2, 3), last.messages().stream().map(Journal.Told::n).toList());
        assertTrue(slots.holds(run));
    }

    private static Append toTheGate(Claim claim, Journal.Disposition gate, int seen) {
        return new Append(claim.run(), claim.epoch(), claim.head(), List.of(), gate, seen, 1, List.of());
    }

    @Test
    void turnsOfThoseWhoRestAreTakenBack() {
        var key = new Slots.Key(ORG, 7, "");
        var slots = post.slots();
        var run = atTheGate();
        slots.enter(run, key, 1, weir.graph.Graph.Priority.NORMAL);
        slots.grant(key);
        var claim = worker.claim(List.of(run)).getFirst();
        get(worker.append(
                append(claim, new Journal.Disposition.Park(Instant.now().plusSeconds(60)), "failed")));
        var next = atTheGate();
        slots.enter(next, key, 1, weir.graph.Graph.Priority.NORMAL);
        assertEquals(List.of(), slots.grant(key));
        assertEquals(List.of(key), slots.takeBackForgotten());
        assertEquals(List.of(next), ids(slots.grant(key)));
        assertTrue(worker.tell(run, new Message.Cancel("enough"), "one"), "without waiting for its turn");
        assertEquals(1, worker.claim(List.of(run)).size());
    }

    @Test
    void onlySoManyBeginInATime() {
        var quotas = post.quotas();
        var hour = Duration.ofHours(1);
        var before = Instant.now();
        assertNull(quotas.begin(PLACE, 2, hour));
        assertNull(quotas.begin(PLACE, 2, hour));
        var again = quotas.begin(PLACE, 2, hour);
        assertNotNull(again);
        assertFalse(again.isBefore(before.plus(hour).minusSeconds(5)));
        assertFalse(again.isAfter(Instant.now().plus(hour).plusSeconds(5)));
        assertNull(quotas.begin(new Quotas.Place(ORG, 8, "for_line/hold"), 2, hour));
    }
}
