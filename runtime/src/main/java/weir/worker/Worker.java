package weir.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import weir.engine.Plan;
import weir.store.Journal;
import weir.store.Journal.Disposition;
import weir.store.Queue;
import weir.store.StoreProblem;
import weir.worker.Handler.Secrets;

/// Claims runs from the queue and drives them. Stateless: any number of workers may share a journal and a queue; what
/// one held when it died is taken by the others after [Reconciler#DEAD_AFTER].
public final class Worker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Worker.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration LOOK_WHILE_STOPPING = Duration.ofMillis(5);

    /// @param capacity runs driven at the same time
    /// @param patience how long one look into an empty queue waits for work of other processes; with zero the
    /// worker waits for
    ///     this process's own starts and looks every [Options#poll]
    /// @param poll pause between looks when `patience` is zero
    /// @param grace how long a stop waits for attempts under way before it hands their runs back
    /// @param direct whether a run that is accepted in this process while it has room is driven at once, without
    /// the queue
    /// @param parked how long a run that failed may be resumed before it ends as failed
    public record Options(
            int capacity, Duration patience, Duration poll, Duration grace, boolean direct, Duration parked) {
        private static final Duration PARKED = Duration.ofDays(30);

        /// For a worker in the server's process, which hears at once of what the server accepts.
        public static Options embedded() {
            return new Options(1024, Duration.ZERO, Duration.ofMillis(50), Duration.ofSeconds(10), true, PARKED);
        }

        /// For a worker of its own.
        public static Options alone() {
            return new Options(1024, Duration.ofMillis(500), Duration.ZERO, Duration.ofSeconds(10), true, PARKED);
        }

        public Options withDirect(boolean value) {
            return new Options(capacity, patience, poll, grace, value, parked);
        }

        public Options withParked(Duration value) {
            return new Options(capacity, patience, poll, grace, direct, value);
        }
    }

    private final Options options;
    private final Journal journal;
    private final Queue queue;
    private final Plans plans;
    private final Runs runs;
    private final InstantSource clock;
    private final Observer observer;
    private final Performer performer;
    private final Reconciler reconciler;
    private final Map<UUID, Driver> drivers = new ConcurrentHashMap<>();
    /// Places that were taken for runs whose accept is under way.
    private final AtomicInteger taken = new AtomicInteger();

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Claimer claimer;
    private final Stage.Role<Claimer.Look> claiming;
    private final Stage.Role<Object> reconciling;
    private final Stage.Role<Object> living;

    /// Starts at once.
    ///
    /// @param runs the way in of this process, whose starts and changes it shares
    /// @param handlers by integration
    public Worker(
            Options options,
            Journal journal,
            Queue queue,
            Plans plans,
            Runs runs,
            Map<String, Handler> handlers,
            Secrets secrets,
            InstantSource clock,
            Observer observer) {
        this.options = options;
        this.journal = journal;
        this.queue = queue;
        this.plans = plans;
        this.runs = runs;
        this.clock = clock;
        this.observer = observer;
        var stage = runs.stage();
        this.performer = new Performer(handlers, secrets, runs.quotas(), stage);
        this.reconciler = new Reconciler(journal, queue, this, clock, observer);
        runs.onTold(this::news);
        this.claimer = new Claimer(this, options);
        this.living = stage.enter("weir-pulse", Stage.Weight.HEAVY, new Pulse(journal, this));
        this.reconciling = stage.enter("weir-reconcile", Stage.Weight.HEAVY, reconciler);
        this.claiming = stage.enter("weir-claim", Stage.Weight.HEAVY, claimer);
        runs.onQueued(() -> {
            claimer.expectWork();
            lookForWork();
        });
        if (options.direct()) {
            runs.drivenBy(new Direct());
        }
    }

    /// Runs that are accepted here.
    private final class Direct implements Hands {
        @Override
        public long take() {
            if (stopping.get() || !claimer.foundNothing()) {
                return 0;
            }
            if (taken.incrementAndGet() + drivers.size() > options.capacity()) {
                taken.decrementAndGet();
                return 0;
            }
            long owner = journal.incarnation();
            if (owner == 0) {
                taken.decrementAndGet();
            }
            return owner;
        }

        @Override
        public void drive(Journal.Birth birth, Begun begun) {
            var claim = new Journal.Claim(
                    birth.id(),
                    birth.org(),
                    birth.workflow(),
                    birth.version(),
                    Journal.FIRST_EPOCH,
                    birth.frames().size(),
                    0,
                    0,
                    birth.frames(),
                    List.of());
            try {
                begin(new Driver(Worker.this, journal, claim, begun, clock));
            } catch (RuntimeException | Error mistake) {
                LOG.log(Level.SEVERE, mistake, () -> "run " + birth.id() + " is left to whoever claims it");
                reconciler.disown(birth.id());
            } finally {
                taken.decrementAndGet();
            }
        }

        @Override
        public void giveUp() {
            taken.decrementAndGet();
            if (claimer.isFull()) {
                lookForWork();
            }
        }

        @Override
        public void doubt(UUID run) {
            reconciler.disown(run);
        }

        @Override
        public boolean drives(UUID run) {
            return drivers.containsKey(run);
        }
    }

    private void begin(Driver driver) {
        runs.stage().enter("run-" + driver.id(), Stage.Weight.LIGHT, driver);
        if (stopping.get()) {
            driver.handBack(false);
        }
    }

    Duration parkedFor() {
        return options.parked();
    }

    /// Runs that are driven here right now, or are just being accepted to be.
    public int running() {
        return drivers.size() + taken.get();
    }

    /// By the store's number.
    IntFunction<Plan> versions() {
        return plans::of;
    }

    Performer performer() {
        return performer;
    }

    List<UUID> held() {
        return List.copyOf(drivers.keySet());
    }

    /// @return whether there was anything
    boolean claim(int wanted) {
        var ids = queue.claim(wanted, LEASE, options.patience());
        if (ids.isEmpty()) {
            return false;
        }
        var claims = journal.claim(ids);
        claims.forEach(this::start);
        queue.done(ids);
        return true;
    }

    private void start(Journal.Claim claim) {
        try {
            begin(new Driver(this, journal, claim, plans.of(claim.version()), clock));
        } catch (RuntimeException unreadable) {
            LOG.log(
                    Level.SEVERE,
                    unreadable,
                    () -> "run " + claim.run() + " is handed back: its version " + claim.version()
                            + " cannot be loaded here");
            var later = clock.instant().plus(Duration.ofMinutes(1));
            journal.append(new Journal.Append(
                            claim.run(),
                            claim.epoch(),
                            claim.head(),
                            List.of(),
                            new Disposition.Release(later),
                            claim.taken(),
                            claim.taken(),
                            List.of()))
                    .join();
        }
    }

    /// What dead processes did not finish is done by this one: letters of runs, and turns.
    void sweep() {
        runs.courier().sweep();
        runs.turns().sweep();
    }

    Runs runs() {
        return runs;
    }

    /// A message came for a run that may be driven here.
    void news(UUID run) {
        var driver = drivers.get(run);
        if (driver != null) {
            driver.news();
        }
    }

    /// Frames of a run became durable.
    void appended(Driver driver, Disposition disposition, @Nullable Outcome outcome) {
        var run = driver.id();
        switch (disposition) {
            case Disposition.Keep keep -> runs.changes().moved(run);
            case Disposition.Release(var wakeAt) -> {
                runs.enqueue(driver.due(wakeAt));
                runs.changes().moved(run);
            }
            case Disposition.Pause pause -> runs.changes().moved(run);
            case Disposition.Gate gate -> {
                takeTurn(driver);
                runs.changes().moved(run);
            }
            case Disposition.Park park -> settled(driver, outcome);
            case Disposition.End end -> settled(driver, outcome);
        }
    }

    private void settled(Driver driver, @Nullable Outcome outcome) {
        if (driver.waitedForItsTurn()) {
            freeTurn(driver.id());
        }
        if (outcome != null) {
            runs.changes().settled(driver.id(), outcome);
            if (!driver.isSegment()) {
                observer.settled(driver.workflow(), outcome.state(), driver.startedAt(), clock.instant());
            }
        }
    }

    private void takeTurn(Driver driver) {
        try {
            runs.turns().take(driver.org(), driver.id());
        } catch (StoreProblem away) {
            LOG.log(Level.FINE, "a turn is asked for later", away);
        }
    }

    private void freeTurn(UUID run) {
        try {
            runs.turns().free(run);
        } catch (StoreProblem away) {
            LOG.log(Level.FINE, "a turn is given back later", away);
        }
    }

    /// A driver is about to act.
    void entered(Driver driver) {
        var before = drivers.put(driver.id(), driver);
        if (before != null) {
            // It was taken from this worker, which others held for dead, and came back.
            before.lost();
        }
    }

    /// A driver acts no more.
    ///
    /// @param orderly whether the journal knows what became of the run; otherwise it is disowned
    void left(Driver driver, boolean orderly) {
        drivers.remove(driver.id(), driver);
        if (!orderly) {
            reconciler.disown(driver.id());
        }
        if (claimer.isFull()) {
            lookForWork();
        }
    }

    private void lookForWork() {
        claiming.tell(new Claimer.Look());
    }

    /// Claims nothing more, and starts nothing new; what is under way may finish.
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            claiming.close();
            drivers.values().forEach(driver -> driver.handBack(false));
        }
    }

    /// Claims nothing more, lets attempts under way finish within the grace, and gives back what is left.
    @Override
    public void close() {
        stop();
        awaitDrivers(options.grace());
        drivers.values().forEach(driver -> driver.handBack(true));
        awaitDrivers(Duration.ofSeconds(2));
        reconciling.close();
        living.close();
        reconciler.disownRest();
    }

    private void awaitDrivers(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (running() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_WHILE_STOPPING);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
