package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import weir.store.Journal;
import weir.store.StoreProblem;

/// One flusher: takes whatever waits, writes it with one commit, answers, and so on. There is no timer: while one batch
/// is on its way to the disk the next one gathers. A run belongs to one lane, so that its appends stay in order.
final class Lane implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Lane.class.getName());
    private static final int MOST_RUNS = 256;
    private static final int MOST_BYTES = 4 << 20;
    /// How far to look for runs that are not in the batch yet.
    private static final int HORIZON = 4 * MOST_RUNS;

    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 1_000;
    /// After that long without the database new runs are turned away; what runs already waits.
    private static final Duration GIVE_UP_STARTS = Duration.ofSeconds(5);

    private static final Duration LAST_CHANCE = Duration.ofSeconds(10);

    private final Database database;
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean closing;
    /// As `System.nanoTime`, null while the database does what it is asked.
    private volatile @Nullable Long troubleSince;

    /// As `System.nanoTime`, null while nothing is being written.
    private volatile @Nullable Long writingSince;

    private volatile boolean abandoned;
    private final LongAdder commits = new LongAdder();
    private final LongAdder items = new LongAdder();

    Lane(Database database, String name) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("weir-flush-" + name).daemon().start(this::run);
    }

    /// Never waits.
    void add(Work work) {
        synchronized (waiting) {
            if (!closing) {
                waiting.add(work);
                waiting.notifyAll();
                return;
            }
        }
        work.fail(new StoreProblem(StoreProblem.Kind.UNAVAILABLE, "The store is closed.", null));
    }

    Journal.Written written() {
        var since = writingSince;
        long stalled = since == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        return new Journal.Written(commits.sum(), items.sum(), backlog(), stalled);
    }

    int backlog() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /// For how long nothing could be written.
    Duration trouble() {
        var since = troubleSince;
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private void run() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            writingSince = System.nanoTime();
            write(batch);
            writingSince = null;
        }
    }

    /// Empty only when it is closed and nothing is left.
    private List<Work> next() {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closing) {
                try {
                    waiting.wait();
                } catch (InterruptedException nobodyInterruptsUs) {
                    closing = true;
                }
            }
            var batch = new ArrayList<Work>();
            var runs = new HashSet<UUID>();
            int bytes = 0;
            int seen = 0;
            for (var each = waiting.iterator(); each.hasNext() && runs.size() < MOST_RUNS && seen < HORIZON; seen++) {
                var work = each.next();
                if (!batch.isEmpty() && bytes + work.bytes() > MOST_BYTES) {
                    break;
                }
                if (runs.add(work.run())) {
                    bytes += work.bytes();
                    batch.add(work);
                    each.remove();
                }
            }
            return batch;
        }
    }

    private void write(List<Work> batch) {
        var left = batch;
        for (long pause = FIRST_PAUSE_MS; !left.isEmpty(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                left = attempt(left);
                if (!left.isEmpty()) {
                    left = later(left, pause);
                }
            } catch (RuntimeException | Error bug) {
                LOG.log(Level.ERROR, "a batch could not be written", bug);
                fail(left, StoreProblem.Kind.UNKNOWN_OUTCOME, "The journal failed: " + bug, bug);
                return;
            }
        }
        troubleSince = null;
    }

    /// @return what did certainly not happen and has to be sent again
    private List<Work> attempt(List<Work> batch) {
        Connection connection;
        try {
            connection = database.engine();
        } catch (SQLException away) {
            trouble("PostgreSQL is away", away);
            return batch;
        }
        int backend = 0;
        try (connection) {
            backend = connection.unwrap(PGConnection.class).getBackendPID();
            var answers = Flush.write(connection, database.worker().incarnation(), batch);
            commits.increment();
            items.add(batch.size());
            answers.forEach(Runnable::run);
            return List.of();
        } catch (SQLException problem) {
            return switch (Failure.of(problem)) {
                case LATER -> {
                    trouble("PostgreSQL could not write a batch", problem);
                    yield batch;
                }
                case CONTENT -> {
                    isolate(batch, problem);
                    yield List.of();
                }
                case UNKNOWN -> {
                    trouble("The connection to PostgreSQL broke", problem);
                    yield resolve(batch, backend);
                }
            };
        }
    }

    private void trouble(String what, SQLException problem) {
        if (troubleSince == null) {
            troubleSince = System.nanoTime();
            LOG.log(Level.WARNING, "{0}: {1}; trying again", what, problem.getMessage());
        }
    }

    /// Halves the batch until the culprit stands alone.
    private void isolate(List<Work> batch, SQLException problem) {
        if (batch.size() == 1 && batch.getFirst() instanceof Work.Start start && Failure.wasThereBefore(problem)) {
            // A letter that starts a child comes again, and the child has ended since.
            start.answer().complete(new Journal.Accepted.Known(start.run()));
            return;
        }
        if (batch.size() == 1) {
            LOG.log(
                    Level.WARNING,
                    "run {0} cannot be stored: {1}",
                    batch.getFirst().run(),
                    problem.getMessage());
            batch.getFirst().fail(Failure.CONTENT.problem("store this", problem));
            return;
        }
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
    }

    /// Finds out what became of a batch whose connection broke.
    ///
    /// @return what did not happen
    private List<Work> resolve(List<Work> batch, int backend) {
        for (long pause = FIRST_PAUSE_MS; !abandoned; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            try {
                database.awaitEnd(backend);
                var standing = database.attempt(connection -> Standing.read(connection, batch));
                long me = database.worker().incarnation();
                return batch.stream()
                        .filter(work -> !standing.getOrDefault(work.run(), Standing.NONE)
                                .settles(work, me))
                        .toList();
            } catch (SQLException away) {
                pause(pause);
            } catch (InterruptedException givenUp) {
                break;
            }
        }
        fail(batch, StoreProblem.Kind.UNKNOWN_OUTCOME, "PostgreSQL went away and did not come back in time.", null);
        return List.of();
    }

    /// @return those that are worth another try
    private List<Work> later(List<Work> left, long pause) {
        if (abandoned) {
            fail(left, StoreProblem.Kind.UNAVAILABLE, "The store was closed while PostgreSQL was away.", null);
            return List.of();
        }
        pause(pause);
        if (trouble().compareTo(GIVE_UP_STARTS) < 0) {
            return left;
        }
        synchronized (waiting) {
            waiting.stream().filter(Work.Start.class::isInstance).forEach(Lane::turnAway);
            waiting.removeIf(Work.Start.class::isInstance);
        }
        left.stream().filter(Work.Start.class::isInstance).forEach(Lane::turnAway);
        return left.stream().filter(Work.Step.class::isInstance).toList();
    }

    private static void turnAway(Work work) {
        work.fail(new StoreProblem(
                StoreProblem.Kind.UNAVAILABLE, "PostgreSQL is away; the run was not started, try again later.", null));
    }

    private static void fail(List<Work> works, StoreProblem.Kind kind, String message, @Nullable Throwable cause) {
        works.forEach(work -> work.fail(new StoreProblem(kind, message, cause)));
    }

    private void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException givenUp) {
            abandoned = true;
        }
    }

    /// Waits until what was added is written; when the database stays away, only for a while.
    @Override
    public void close() {
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        try {
            if (!thread.join(LAST_CHANCE)) {
                abandoned = true;
                thread.interrupt();
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
