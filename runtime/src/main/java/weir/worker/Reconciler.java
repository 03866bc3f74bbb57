package weir.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import weir.store.Journal;
import weir.store.Queue;

/// Brings the queue into agreement with the journal, again and again, so that the queue may lose anything at any time:
/// timers that come due, runs of workers that died, claims whose worker died between the two stores, a queue that is
/// empty after a restart.
final class Reconciler implements Actor<Object> {
    /// A worker that has been silent for so long is dead; its runs go to the others.
    static final Duration DEAD_AFTER = Duration.ofSeconds(4);

    private static final Logger LOG = Logger.getLogger(Reconciler.class.getName());
    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final int SWEEPS_A_LOOK = 10;
    private static final Duration LOOK = SWEEP.multipliedBy(SWEEPS_A_LOOK);
    private static final Duration AHEAD = Duration.ofSeconds(60);
    /// What was due so long and the queue did not know would have slept on.
    private static final Duration STRAY_AFTER = Duration.ofSeconds(60);

    private static final int PAGE = 5_000;
    private static final int PAGE_AFTER_LOSS = 20_000;

    private final Journal journal;
    private final Queue queue;
    private final Worker worker;
    private final InstantSource clock;
    private final Observer observer;
    private final ConcurrentLinkedQueue<UUID> lost = new ConcurrentLinkedQueue<>();
    private int sweeps;
    /// Where the look at what is due behind the first page has come to.
    private Instant round = Instant.EPOCH;
    private boolean troubled;

    Reconciler(Journal journal, Queue queue, Worker worker, InstantSource clock, Observer observer) {
        this.journal = journal;
        this.queue = queue;
        this.worker = worker;
        this.clock = clock;
        this.observer = observer;
    }

    /// Gives up a run whose state is unknown here, as soon as the journal can be reached.
    void disown(UUID run) {
        lost.add(run);
    }

    @Override
    public Next act(List<Object> nothing) {
        try {
            int expired = queue.sweep(clock.instant());
            if (sweeps++ % SWEEPS_A_LOOK == 0) {
                look(expired);
            }
            troubled = false;
            return new Next.Within(SWEEP);
        } catch (RuntimeException problem) {
            complain(problem);
            sweeps = 0;
            return new Next.Within(LOOK);
        }
    }

    private void look(int expired) {
        disownLost();
        int freed = journal.freeDead(DEAD_AFTER);
        var until = clock.instant().plus(AHEAD);
        int most = queue.lostEverything() ? PAGE_AFTER_LOSS : PAGE;
        var due = journal.due(until, most);
        var behind = due.size() < most
                ? List.<Journal.Due>of()
                : behind(due.getLast().readyAt(), until);
        int stray = ensure(overdue(due)) + ensure(overdue(behind));
        int missing = stray + ensure(due) + ensure(behind);
        tellNews();
        worker.sweep();
        observer.reconciled(missing, stray, freed, expired);
    }

    /// A page further on each time, all round: behind a backlog that nobody works off a lost run is found too.
    private List<Journal.Due> behind(Instant first, Instant until) {
        var from = round.isAfter(first) ? round : first;
        var page = journal.due(from, until, PAGE);
        if (page.size() < PAGE) {
            round = Instant.EPOCH;
        } else {
            var last = page.getLast().readyAt();
            // More than a page may be due at the same moment.
            round = last.isAfter(from) ? last : from.plus(1, ChronoUnit.MICROS);
        }
        return page;
    }

    private List<Journal.Due> overdue(List<Journal.Due> runs) {
        var overdue = clock.instant().minus(STRAY_AFTER);
        return runs.stream().filter(run -> run.readyAt().isBefore(overdue)).toList();
    }

    private int ensure(List<Journal.Due> runs) {
        return runs.isEmpty() ? 0 : queue.ensure(runs);
    }

    private void disownLost() {
        Collection<UUID> runs = List.copyOf(lost);
        if (!runs.isEmpty()) {
            journal.disown(runs);
            lost.removeAll(runs);
        }
    }

    private void tellNews() {
        var held = worker.held();
        if (!held.isEmpty()) {
            journal.told(held).forEach(worker::news);
        }
    }

    private void complain(RuntimeException problem) {
        if (!troubled) {
            troubled = true;
            LOG.log(Level.WARNING, "the stores cannot be looked at; trying again every second", problem);
        }
    }

    /// The last that is done: what is still to be given up is given up now.
    void disownRest() {
        try {
            disownLost();
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "runs could not be disowned at the stop; others will free them", unreachable);
        }
    }
}
