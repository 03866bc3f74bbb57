package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.KEEP;
import static weir.store.Samples.ORG;
import static weir.store.Samples.WORKFLOW;
import static weir.store.Samples.append;
import static weir.store.Samples.get;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.engine.Entry.Status;
import weir.graph.Graph.Priority;
import weir.store.Journal.Birth;
import weir.store.Journal.Disposition;
import weir.store.Views.Query;
import weir.store.Views.Row;
import weir.store.Views.State;

/// The promises of [Views].
@ParameterizedClass
@EnumSource(Backend.class)
final class ViewsContractTest {
    private static final int OTHER_ORG = 2;

    @Parameter
    private Backend backend;

    private Backend.Opened store;
    private Journal worker;

    @BeforeEach
    void open() {
        store = backend.open();
        worker = store.worker();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UUID start(int org, int workflow) {
        var id = Samples.id();
        get(worker.accept(new Birth(
                id,
                org,
                workflow,
                1,
                Priority.HIGH,
                0,
                Instant.now(),
                null,
                List.of(Samples.frame(1, "started")),
                List.of())));
        return id;
    }

    /// Who opens a loop sees them; nobody started them.
    @Test
    void runsOfSegmentsAreFoundAndNotListed() {
        var whole = start(ORG, WORKFLOW);
        var segment = Samples.id();
        get(worker.accept(new Birth(
                segment,
                ORG,
                WORKFLOW,
                1,
                Priority.HIGH,
                0,
                Instant.now(),
                null,
                List.of(Samples.frame(1, "started")),
                List.of(),
                whole)));
        var all = new Query(ORG, null, null, null, 10);
        assertEquals(
                List.of(whole), store.views().list(all).stream().map(Row::run).toList());
        assertTrue(store.views().find(ORG, segment).isPresent());
        var claim = worker.claim(List.of(segment)).getFirst();
        assertTrue(get(worker.append(append(claim, Samples.SUCCEED, "end"))).accepted());
        assertEquals(
                List.of(whole), store.views().list(all).stream().map(Row::run).toList());
        long counted = store.views().counts(ORG, Instant.EPOCH).stream()
                .mapToLong(weir.store.Views.Count::runs)
                .sum();
        assertEquals(1, counted);
    }

    private UUID dispose(Disposition disposition) {
        var id = start(ORG, WORKFLOW);
        var claim = worker.claim(List.of(id)).getFirst();
        assertTrue(get(worker.append(append(claim, disposition, "step"))).accepted());
        return id;
    }

    /// One run in each state.
    private Map<State, UUID> one() {
        var far = Instant.now().plus(Duration.ofHours(1));
        var runs = new EnumMap<State, UUID>(State.class);
        runs.put(State.QUEUED, start(ORG, WORKFLOW));
        runs.put(State.RUNNING, dispose(KEEP));
        runs.put(State.WAITING, dispose(new Disposition.Release(far)));
        runs.put(State.PAUSED, dispose(new Disposition.Pause(far)));
        runs.put(State.PARKED, dispose(new Disposition.Park(far)));
        runs.put(State.SUCCEEDED, dispose(new Disposition.End(Status.SUCCEEDED)));
        runs.put(State.FAILED, dispose(new Disposition.End(Status.FAILED)));
        runs.put(State.CANCELLED, dispose(new Disposition.End(Status.CANCELLED)));
        return runs;
    }

    private List<Row> list(@Nullable Integer workflow, @Nullable State status, @Nullable UUID before, int limit) {
        return store.views().list(new Query(ORG, workflow, status, before, limit));
    }

    @Test
    void runsThatFailedAreCountedAndTheOneThatIsOverFirstIsNamed() {
        assertEquals(new Views.Parked(0, null), store.views().parked(ORG));
        dispose(new Disposition.Park(Instant.now().plusSeconds(3_000)));
        var first = dispose(new Disposition.Park(Instant.now().plusSeconds(1_000)));
        dispose(new Disposition.Park(Instant.now().plusSeconds(2_000)));
        dispose(new Disposition.Release(Instant.now().plusSeconds(10)));
        assertEquals(new Views.Parked(3, first), store.views().parked(ORG));
        assertEquals(new Views.Parked(0, null), store.views().parked(OTHER_ORG));
    }

    private static Set<UUID> ids(List<Row> rows) {
        return rows.stream().map(Row::run).collect(Collectors.toSet());
    }

    @Test
    void aRunIsShownAsWhatItIsDoing() {
        one().forEach((state, run) -> {
            var row = store.views().find(ORG, run).orElseThrow();
            assertEquals(state, row.state());
            assertTrue(Duration.between(row.startedAt(), Instant.now()).abs().compareTo(Duration.ofMinutes(5)) < 0);
            switch (state) {
                case SUCCEEDED, FAILED, CANCELLED -> assertNotNull(row.endedAt());
                case QUEUED, WAITING, PAUSED, PARKED -> {
                    assertNull(row.endedAt());
                    assertNotNull(row.wakeAt());
                }
                case RUNNING -> assertNull(row.wakeAt());
            }
        });
    }

    @Test
    void listsAreFilteredByStateAndFailedOnesIncludeParkedOnes() {
        var runs = one();
        for (var state : State.values()) {
            var expected = state == State.FAILED
                    ? Set.of(runs.get(State.FAILED), runs.get(State.PARKED))
                    : Set.of(runs.get(state));
            assertEquals(expected, ids(list(null, state, null, 10)), state.name());
        }
    }

    @Test
    void pagesShowEveryRunOnceNewestFirst() {
        var runs = new ArrayList<UUID>();
        for (int i = 0; i < 25; i++) {
            runs.addFirst(i % 2 == 0 ? start(ORG, WORKFLOW) : dispose(new Disposition.End(Status.SUCCEEDED)));
        }
        var seen = new ArrayList<UUID>();
        UUID cursor = null;
        for (var page = list(null, null, null, 4); !page.isEmpty(); page = list(null, null, cursor, 4)) {
            page.forEach(row -> seen.add(row.run()));
            cursor = seen.getLast();
        }
        assertEquals(runs, seen);
    }

    @Test
    void listsAreFilteredByWhenRunsBegan() throws InterruptedException {
        var before = dispose(new Disposition.End(Status.SUCCEEDED));
        Thread.sleep(5);
        var since = Instant.now();
        Thread.sleep(5);
        var live = start(ORG, WORKFLOW);
        var ended = dispose(new Disposition.End(Status.FAILED));
        assertEquals(Set.of(live, ended), ids(store.views().list(new Query(ORG, null, null, null, since, 10))));
        assertEquals(Set.of(before), ids(list(null, null, Views.lowest(since), 10)));
        assertEquals(Set.of(ended), ids(store.views().list(new Query(ORG, WORKFLOW, State.FAILED, null, since, 10))));
    }

    @Test
    void pagesLoseAndRepeatNothingWhileRunsEnd() throws InterruptedException {
        var claims = new ArrayList<Journal.Claim>();
        for (int i = 0; i < 120; i++) {
            claims.addAll(worker.claim(List.of(start(ORG, WORKFLOW))));
        }
        var runs = claims.stream().map(Journal.Claim::run).collect(Collectors.toSet());
        java.util.Collections.shuffle(claims, new java.util.Random(7));
        var ending = Thread.ofVirtual()
                .start(() -> claims.forEach(
                        claim -> get(worker.append(append(claim, new Disposition.End(Status.CANCELLED), "end")))));
        boolean last;
        do {
            last = !ending.isAlive();
            var seen = new ArrayList<UUID>();
            UUID cursor = null;
            for (var page = page(cursor); !page.isEmpty(); page = page(cursor)) {
                for (var one : page) {
                    seen.add(one.row().run());
                    boolean over = one.row().state() == State.CANCELLED;
                    assertEquals(
                            over ? List.of("end") : List.of("started"),
                            Samples.texts(List.of(one.ends().last())),
                            "a line of a list is of one moment");
                }
                cursor = seen.getLast();
            }
            assertEquals(120, seen.size());
            assertEquals(runs, Set.copyOf(seen));
        } while (!last);
    }

    private List<Views.Listed> page(@Nullable UUID cursor) {
        return store.views().page(new Query(ORG, null, null, cursor, 7));
    }

    @Test
    void aRunIsSeenWithItsJournalAsTheyAreAtOneMoment() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            var claim = worker.claim(List.of(start(ORG, WORKFLOW))).getFirst();
            var ending = Thread.ofVirtual().start(() -> get(worker.append(append(claim, Samples.SUCCEED, "end"))));
            var seen = store.views().see(ORG, claim.run()).orElseThrow();
            assertEquals(
                    seen.row().state() == State.SUCCEEDED ? List.of("started", "end") : List.of("started"),
                    Samples.texts(seen.frames()));
            ending.join();
        }
        assertTrue(store.views().see(OTHER_ORG, Samples.id()).isEmpty());
    }

    @Test
    void endedRunsAreCountedToABound() {
        var births = new ArrayList<Journal.Claim>();
        for (int i = 0; i < Views.COUNTED_TO + 5; i++) {
            births.addAll(worker.claim(List.of(start(ORG, WORKFLOW + 2))));
        }
        var answers = births.stream()
                .map(claim -> worker.append(append(claim, Samples.SUCCEED)))
                .toList();
        answers.forEach(Samples::get);
        assertEquals(
                List.of(new Views.Count(WORKFLOW + 2, State.SUCCEEDED, Views.COUNTED_TO)),
                store.views().counts(ORG, Instant.now().minusSeconds(600)));
    }

    @Test
    void listsAreFilteredByWorkflow() {
        start(ORG, WORKFLOW);
        var other = start(ORG, WORKFLOW + 1);
        assertEquals(Set.of(other), ids(list(WORKFLOW + 1, null, null, 10)));
        assertEquals(Set.of(other), ids(list(WORKFLOW + 1, State.QUEUED, null, 10)));
        assertEquals(Set.of(), ids(list(WORKFLOW + 1, State.FAILED, null, 10)));
    }

    @Test
    void anotherOrganisationsRunsAreNotSeen() {
        var theirs = start(OTHER_ORG, WORKFLOW);
        var views = store.views();
        assertTrue(views.find(ORG, theirs).isEmpty());
        assertEquals(List.of(), views.frames(ORG, theirs, 0));
        assertEquals(Map.of(), views.ends(ORG, List.of(theirs)));
        assertEquals(Set.of(), ids(list(null, null, null, 10)));
        assertEquals(List.of(), views.counts(ORG, Instant.EPOCH));
        assertTrue(views.find(OTHER_ORG, theirs).isPresent());
    }

    @Test
    void theEndsOfARunAreItsFirstAndItsLastFrame() {
        var run = dispose(new Disposition.End(Status.SUCCEEDED));
        var fresh = start(ORG, WORKFLOW);
        var ends = store.views().ends(ORG, List.of(run, fresh, Samples.id()));
        assertEquals(Set.of(run, fresh), ends.keySet());
        assertEquals(List.of("started"), Samples.texts(List.of(ends.get(run).first())));
        assertEquals(List.of("step"), Samples.texts(List.of(ends.get(run).last())));
        assertEquals(ends.get(fresh).first(), ends.get(fresh).last());
    }

    @Test
    void countsAreOfLiveRunsAndOfEndedOnesSinceATime() {
        one();
        start(ORG, WORKFLOW);
        var counts = store.views().counts(ORG, Instant.now().minusSeconds(600));
        assertTrue(counts.stream().allMatch(count -> count.workflow() == WORKFLOW));
        assertEquals(
                Map.of(
                        State.QUEUED, 2L,
                        State.RUNNING, 1L,
                        State.WAITING, 1L,
                        State.PAUSED, 1L,
                        State.PARKED, 1L,
                        State.SUCCEEDED, 1L,
                        State.FAILED, 1L,
                        State.CANCELLED, 1L),
                counts.stream().collect(Collectors.toMap(Views.Count::state, Views.Count::runs)));
        var later = store.views().counts(ORG, Instant.now().plusSeconds(600));
        assertEquals(
                Set.of(State.QUEUED, State.RUNNING, State.WAITING, State.PAUSED, State.PARKED),
                later.stream().map(Views.Count::state).collect(Collectors.toSet()));
    }

    @Test
    void workersThatLiveAreShownWithTheirLoad() {
        worker.heartbeat(42);
        assertTrue(store.views().workers().stream().anyMatch(one -> one.runs() == 42));
    }
}
