package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.SUCCEED;
import static weir.store.Samples.append;
import static weir.store.Samples.birth;
import static weir.store.Samples.get;
import static weir.store.Samples.heard;
import static weir.store.Samples.once;
import static weir.store.Samples.texts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.engine.Message;
import weir.store.Journal.Accepted;
import weir.store.Journal.Append;
import weir.store.Journal.Appended;
import weir.store.Journal.Claim;
import weir.store.Journal.Disposition;
import weir.store.Journal.Due;
import weir.store.Journal.Told;

/// The promises of [Journal].
@ParameterizedClass
@EnumSource(Backend.class)
final class JournalContractTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Message CANCEL = new Message.Cancel("because");

    @Parameter
    private Backend backend;

    private Backend.Opened store;
    private Journal worker;
    private Journal other;

    @BeforeEach
    void open() {
        store = backend.open();
        worker = store.worker();
        other = store.worker();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UUID start() {
        var id = Samples.id();
        assertEquals(new Accepted.Fresh(id), get(worker.accept(birth(id))));
        return id;
    }

    private Claim claim(Journal journal, UUID run) {
        var claims = journal.claim(List.of(run));
        assertEquals(1, claims.size());
        return claims.getFirst();
    }

    private boolean isDue(UUID run) {
        return worker.due(Instant.now().plusSeconds(1), 1_000).stream()
                .map(Due::run)
                .anyMatch(run::equals);
    }

    private List<String> journal(UUID run) {
        return texts(store.views().frames(Samples.ORG, run, 0));
    }

    @Test
    void anAcceptedRunIsDueAndCanBeClaimedWithWhatItsFramesSay() {
        var run = start();
        assertTrue(isDue(run));
        var claim = claim(worker, run);
        assertEquals(List.of("started"), texts(claim.frames()));
        assertEquals(
                List.of(Samples.ORG, Samples.WORKFLOW, 1, 1),
                List.of(claim.org(), claim.workflow(), claim.version(), claim.head()));
        assertFalse(isDue(run));
    }

    @Test
    void aRunBornClaimedIsItsWorkersOwn() {
        var id = Samples.id();
        get(worker.accept(birth(id, worker.incarnation(), null)));
        assertEquals(List.of(), other.claim(List.of(id)));
        assertEquals(new Appended(true, 0, true), get(worker.append(append(id, 1, 1, KEEP, "step"))));
    }

    @Test
    void aRunIsClaimedByOneWorkerOnly() {
        var run = start();
        claim(worker, run);
        assertEquals(List.of(), other.claim(List.of(run, Samples.id())));
        assertEquals(List.of(), worker.claim(List.of(run)));
    }

    @Test
    void framesOfOneAppendAreNumberedOneAfterTheOther() {
        var run = start();
        var claim = claim(worker, run);
        var frames = List.of(Samples.frame(2, "a", "b"), Samples.frame(3, "c"), Samples.frame(4, "d"));
        assertTrue(get(worker.append(new Append(run, claim.epoch(), 1, frames, KEEP, 0, 0, List.of())))
                .accepted());
        var read = store.views().frames(Samples.ORG, run, 1);
        assertEquals(frames, read);
        assertTrue(get(worker.append(append(run, claim.epoch(), 4, KEEP, "e"))).accepted());
        assertEquals(List.of("started", "a", "b", "c", "d", "e"), journal(run));
    }

    @Test
    void appendsThatDoNotWaitForEachOtherStayInOrder() {
        var run = start();
        var claim = claim(worker, run);
        var answers = IntStream.rangeClosed(1, 100)
                .mapToObj(head -> worker.append(append(run, claim.epoch(), head, KEEP, "frame " + (head + 1))))
                .toList();
        answers.forEach(answer -> assertTrue(get(answer).accepted()));
        assertEquals(
                IntStream.rangeClosed(2, 101).mapToObj(seq -> "frame " + seq).toList(),
                journal(run).subList(1, 101));
    }

    @Test
    void onlyTheOwnerUnderItsEpochAndHeadIsLetThrough() {
        var run = start();
        var claim = claim(worker, run);
        assertEquals(new Appended(false, 0, false), get(other.append(append(claim, KEEP, "not mine"))));
        assertEquals(
                new Appended(false, 0, false),
                get(worker.append(append(run, claim.epoch() - 1, claim.head(), KEEP, "old epoch"))));
        assertFalse(get(worker.append(append(run, claim.epoch(), claim.head() + 1, KEEP, "gap")))
                .accepted());
        assertTrue(get(worker.append(append(claim, KEEP, "right"))).accepted());
        assertFalse(get(worker.append(append(claim, KEEP, "twice"))).accepted());
        assertFalse(
                get(worker.append(append(Samples.id(), 1, 1, KEEP, "unknown"))).accepted());
        assertEquals(List.of("started", "right"), journal(run));
    }

    @Test
    void aReleasedRunIsDueAtItsTimeAndAnybodysUnderANewEpoch() {
        var run = start();
        var claim = claim(worker, run);
        var later = new Disposition.Release(Instant.now().plusSeconds(3_600));
        assertEquals(new Appended(true, 0, false), get(worker.append(append(claim, later, "wait"))));
        assertFalse(isDue(run));
        var second = claim(other, run);
        assertTrue(second.epoch() > claim.epoch());
        assertFalse(get(worker.append(append(run, claim.epoch(), 2, KEEP, "too late")))
                .accepted());
        assertEquals(
                new Appended(true, 0, false),
                get(other.append(append(second, new Disposition.Release(Instant.now()), "now"))));
        assertTrue(isDue(run));
    }

    @Test
    void aDispositionCanChangeWithoutFrames() {
        var run = start();
        var claim = claim(worker, run);
        assertEquals(
                new Appended(true, 0, false),
                get(worker.append(append(claim, new Disposition.Release(Instant.now())))));
        var second = claim(worker, run);
        assertEquals(1, second.head());
        assertTrue(get(worker.append(append(second, SUCCEED))).accepted());
    }

    @Test
    void aReleaseIsRefusedWhenAMessageCameInBetween() {
        var run = start();
        var claim = claim(worker, run);
        assertTrue(other.tell(run, CANCEL, "test"));
        var release = append(claim, new Disposition.Release(Instant.now().plusSeconds(3_600)), "sleep");
        assertEquals(new Appended(false, 1, true), get(worker.append(release)));
        assertEquals(Set.of(run), Set.copyOf(worker.told(List.of(run))));
        assertEquals(List.of(new Told(1, CANCEL)), worker.messages(run, 0));
        assertEquals(List.of(), worker.messages(run, 1));
        assertEquals(new Appended(true, 1, false), get(worker.append(heard(release, 1))));
        assertFalse(isDue(run));
        assertEquals(List.of("started", "sleep"), journal(run));
    }

    @Test
    void everyAppendTellsHowManyMessagesThereAre() {
        var run = start();
        var claim = claim(worker, run);
        other.tell(run, CANCEL, "one");
        other.tell(run, new Message.Resume("go"), "two");
        assertEquals(new Appended(true, 2, true), get(worker.append(append(claim, KEEP, "step"))));
        assertEquals(List.of(), other.told(List.of(run)));
    }

    @Test
    void aMessageWakesARunThatSleepsOrIsParked() {
        var far = Instant.now().plus(Duration.ofDays(30));
        for (var rest : List.of(new Disposition.Release(far), new Disposition.Pause(far), new Disposition.Park(far))) {
            var run = start();
            get(worker.append(append(claim(worker, run), rest, "rest")));
            assertFalse(isDue(run));
            assertTrue(other.tell(run, CANCEL, "test"));
            assertTrue(isDue(run));
            var claim = claim(other, run);
            assertEquals(List.of(new Told(1, CANCEL)), claim.messages());
            assertEquals(List.of(1, 0), List.of(claim.inbox(), claim.taken()));
        }
    }

    @Test
    void whatOneSourceSaysTwiceArrivesOnce() {
        var run = start();
        assertTrue(worker.tell(run, CANCEL, "same"));
        assertTrue(other.tell(run, CANCEL, "same"));
        assertTrue(other.tell(run, CANCEL, "another"));
        assertEquals(2, claim(worker, run).messages().size());
    }

    @Test
    void manyTellersAtOnceLoseNothingAndRepeatNothing() {
        var run = start();
        IntStream.range(0, 60)
                .parallel()
                .forEach(i -> (i % 2 == 0 ? worker : other).tell(run, CANCEL, "source " + i / 3));
        var messages = claim(worker, run).messages();
        assertEquals(
                IntStream.rangeClosed(1, 20).boxed().toList(),
                messages.stream().map(Told::n).toList());
    }

    @Test
    void anEndIsFinal() {
        var run = start();
        var claim = claim(worker, run);
        assertEquals(new Appended(true, 0, false), get(worker.append(append(claim, SUCCEED, "end"))));
        assertFalse(
                get(worker.append(append(run, claim.epoch(), 2, KEEP, "after"))).accepted());
        assertFalse(worker.tell(run, CANCEL, "test"));
        assertFalse(worker.tell(Samples.id(), CANCEL, "test"));
        assertEquals(List.of(), other.claim(List.of(run)));
        assertFalse(isDue(run));
        assertEquals(List.of("started", "end"), journal(run));
    }

    @Test
    void aKeyThatWasUsedGivesTheFirstRun() {
        var first = Samples.id();
        var key = once("order-1", LONG, "body");
        assertEquals(new Accepted.Fresh(first), get(worker.accept(birth(first, 0, key))));
        assertEquals(new Accepted.Known(first), get(other.accept(birth(Samples.id(), 0, key))));
        assertEquals(
                new Accepted.Conflict(first),
                get(other.accept(birth(Samples.id(), 0, once("order-1", LONG, "another body")))));
        assertInstanceOf(
                Accepted.Fresh.class, get(other.accept(birth(Samples.id(), 0, once("order-2", LONG, "body")))));
        assertEquals(
                2,
                store.views()
                        .list(new Views.Query(Samples.ORG, null, null, null, 10))
                        .size());
    }

    @Test
    void aKeyIsFreeAgainWhenItsTimeIsOver() {
        get(worker.accept(birth(Samples.id(), 0, once("key", Duration.ZERO, "body"))));
        var second = Samples.id();
        assertEquals(new Accepted.Fresh(second), get(worker.accept(birth(second, 0, once("key", LONG, "other body")))));
    }

    @Test
    void ofManyStartsWithOneKeyOneIsFresh() {
        var starts = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? worker : other)
                        .accept(birth(Samples.id(), 0, once("key " + i % 3, LONG, "body"))))
                .map(Samples::get)
                .toList();
        var fresh = starts.stream()
                .filter(Accepted.Fresh.class::isInstance)
                .map(accepted -> ((Accepted.Fresh) accepted).run())
                .collect(Collectors.toSet());
        assertEquals(3, fresh.size());
        assertTrue(starts.stream().allMatch(accepted -> switch (accepted) {
            case Accepted.Fresh(var run) -> true;
            case Accepted.Known(var run) -> fresh.contains(run);
            case Accepted.Conflict(var run) -> false;
        }));
        assertEquals(
                3,
                store.views()
                        .list(new Views.Query(Samples.ORG, null, null, null, 10))
                        .size());
    }

    @Test
    void theSameStartTwiceIsOneRun() {
        var run = start();
        assertEquals(new Accepted.Known(run), get(worker.accept(birth(run))));
        assertEquals(List.of("started"), journal(run));
    }

    @Test
    void whatHasEndedIsNotStartedAgainUnderItsId() {
        var run = start();
        var claim = claim(worker, run);
        get(worker.append(append(claim, Samples.SUCCEED)));
        var before = journal(run);
        var another = Samples.id();
        var answers = List.of(worker.accept(birth(run)), worker.accept(birth(another)), worker.accept(birth(run)));
        assertEquals(new Accepted.Known(run), get(answers.get(0)));
        assertEquals(new Accepted.Fresh(another), get(answers.get(1)));
        assertEquals(new Accepted.Known(run), get(answers.get(2)));
        assertEquals(before, journal(run));
        assertEquals(List.of(), worker.claim(List.of(run)));
    }

    @Test
    void dueRunsComeEarliestFirstWithWhatAQueueNeeds() {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var runs = new ArrayList<UUID>();
        for (int seconds : new int[] {30, 10, 20, 5_000}) {
            var claim = claim(worker, start());
            get(worker.append(append(claim, new Disposition.Release(now.minusSeconds(100 - seconds)))));
            runs.add(claim.run());
        }
        var due = worker.due(now, 10);
        assertEquals(
                List.of(runs.get(1), runs.get(2), runs.get(0)),
                due.stream().map(Due::run).toList());
        assertEquals(now.minusSeconds(90), due.getFirst().readyAt());
        assertEquals(
                List.of(runs.get(1)), worker.due(now, 1).stream().map(Due::run).toList());
    }

    @Test
    void runsOfASilentWorkerAreTakenAwayFromIt() {
        var run = start();
        var claim = claim(worker, run);
        worker.heartbeat(1);
        assertEquals(0, other.freeDead(Duration.ofMinutes(1)));
        assertEquals(1, other.freeDead(Duration.ZERO.minusMillis(1)));
        assertTrue(isDue(run));
        assertEquals(new Appended(false, 0, false), get(worker.append(append(claim, KEEP, "zombie"))));
        assertTrue(claim(other, run).epoch() > claim.epoch());
        assertEquals(0, other.freeDead(Duration.ZERO.minusMillis(1)));
    }

    @Test
    void whatIsDueIsReadInPages() {
        var runs = java.util.stream.Stream.generate(this::start).limit(5).toList();
        var far = Instant.now().plusSeconds(60);
        var first = worker.due(far, 2);
        var rest = worker.due(first.getLast().readyAt(), far, 10);
        var all = new java.util.HashSet<java.util.UUID>();
        first.forEach(one -> all.add(one.run()));
        rest.forEach(one -> all.add(one.run()));
        assertTrue(all.containsAll(runs));
        assertTrue(rest.stream()
                .noneMatch(one -> one.readyAt().isBefore(first.getLast().readyAt())));
        assertEquals(List.of(), worker.due(far, far, 10));
    }

    @Test
    void aWorkerDoesNotTakeItselfForDead() {
        var run = start();
        claim(worker, run);
        assertEquals(0, worker.freeDead(Duration.ZERO.minusMillis(1)));
        assertEquals(List.of(), other.claim(List.of(run)));
    }

    @Test
    void aWorkerLetsGoOfItsOwnRunsOnly() {
        var mine = start();
        var theirs = start();
        var claim = claim(worker, mine);
        claim(other, theirs);
        worker.disown(List.of(mine, theirs, Samples.id()));
        assertTrue(isDue(mine));
        assertFalse(isDue(theirs));
        assertFalse(get(worker.append(append(claim, KEEP, "after"))).accepted());
        assertTrue(claim(worker, mine).epoch() > claim.epoch());
    }

    @Test
    void incarnationsAreNobodysAndDifferent() {
        assertNotEquals(0, worker.incarnation());
        assertNotEquals(worker.incarnation(), other.incarnation());
    }
}
