package weir.store.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import weir.engine.Frame;
import weir.engine.Message;
import weir.engine.OutgoingJson;
import weir.store.Journal;
import weir.store.Letter;
import weir.store.StoreProblem;

/// The journal of one worker. Appends go through lanes that commit them together; everything else is a statement of its
/// own. Futures are completed by a lane: what depends on them directly must be quick.
final class PostgresJournal implements Journal {
    private static final Sql TELL = Sql.load("tell.sql");
    private static final Sql FREE_KEY = Sql.load("once_free.sql");
    private static final Sql LIVES = Sql.load("lives.sql");
    private static final Sql TOLD = Sql.load("told.sql");
    private static final Sql DUE = Sql.load("due.sql");
    private static final Sql BURY = Sql.load("bury.sql");
    private static final Sql FREE_ORPHANS = Sql.load("free_orphans.sql");
    private static final String UNIQUE_VIOLATION = "23505";

    private static final int LANES = 2;
    private static final int LONGEST_BACKLOG = 20_000;
    private static final Duration LONGEST_TROUBLE = Duration.ofSeconds(2);
    /// Owners that are unknown without having died here (a restored backup) are looked for now and then.
    private static final Duration ORPHAN_SCAN = Duration.ofMinutes(1);

    private final Database database;
    private final Claims claims;
    private final List<Lane> lanes;
    private boolean orphansExpected = true;
    private long lastScan;

    PostgresJournal(Database database) {
        this.database = database;
        this.claims = new Claims(database);
        this.lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane(database, Integer.toString(i)));
        }
        lastScan = System.nanoTime();
    }

    @Override
    public Written written() {
        return lanes.stream().map(Lane::written).reduce(Written.NOTHING, Written::plus);
    }

    private Lane lane(UUID run) {
        return lanes.get(Math.floorMod(run.hashCode(), LANES));
    }

    @Override
    public CompletableFuture<Accepted> accept(Birth birth) {
        var answer = new CompletableFuture<Accepted>();
        var lane = lane(birth.id());
        if (lane.backlog() > LONGEST_BACKLOG || lane.trouble().compareTo(LONGEST_TROUBLE) > 0) {
            answer.completeExceptionally(new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "PostgreSQL is away or too slow; the run was not started, try again later.",
                    null));
            return answer;
        }
        try {
            lane.add(new Work.Start(
                    birth, Micros.of(birth.wakeAt()), rows(birth.frames()), letters(birth.letters()), answer));
        } catch (RuntimeException unwritable) {
            answer.completeExceptionally(rejected(unwritable));
        }
        return answer;
    }

    @Override
    public boolean freeKey(int org, int scope, byte[] key, UUID run) {
        return database.repeatable(
                "free a key", connection -> FREE_KEY.update(connection, org, scope, OnceKeys.shortened(key), run) > 0);
    }

    @Override
    public CompletableFuture<Appended> append(Append append) {
        var answer = new CompletableFuture<Appended>();
        try {
            long wake = switch (append.disposition()) {
                case Disposition.Release(var wakeAt) -> Micros.of(wakeAt);
                case Disposition.Pause(var look) -> Micros.of(look);
                case Disposition.Park(var expires) -> Micros.of(expires);
                case Disposition.Keep _, Disposition.Gate _, Disposition.End _ -> 0;
            };
            lane(append.run())
                    .add(new Work.Step(append, wake, rows(append.frames()), letters(append.letters()), answer));
        } catch (RuntimeException unwritable) {
            answer.completeExceptionally(rejected(unwritable));
        }
        return answer;
    }

    private static List<Work.Row> rows(List<Frame> frames) {
        List<Work.Row> rows = new ArrayList<>(frames.size());
        for (var frame : frames) {
            rows.add(new Work.Row(frame.entries().size(), FrameBytes.write(frame)));
        }
        return rows;
    }

    private static List<Work.Envelope> letters(List<Letter> letters) {
        if (letters.isEmpty()) {
            return List.of();
        }
        return letters.stream()
                .map(letter -> new Work.Envelope(letter.id(), OutgoingJson.bytes(letter.content())))
                .toList();
    }

    private static StoreProblem rejected(RuntimeException unwritable) {
        return new StoreProblem(
                StoreProblem.Kind.REJECTED, "This cannot be written: " + unwritable.getMessage(), unwritable);
    }

    @Override
    public List<Claim> claim(Collection<UUID> runs) {
        return claims.claim(runs);
    }

    @Override
    public List<Told> messages(UUID run, int after) {
        return claims.messages(run, after);
    }

    @Override
    public Collection<UUID> told(Collection<UUID> runs) {
        return database.repeatable(
                "look for messages",
                connection -> TOLD.query(
                        connection, row -> row.getObject(1, UUID.class), incarnation(), runs.toArray(UUID[]::new)));
    }

    @Override
    public void disown(Collection<UUID> runs) {
        claims.disown(runs);
    }

    @Override
    public boolean tell(UUID run, Message message, String source) {
        return tell(run, message, source, false);
    }

    @Override
    public boolean tellInTurn(UUID run, Message message, String source) {
        return tell(run, message, source, true);
    }

    private boolean tell(UUID run, Message message, String source, boolean inTurn) {
        return database.repeatable("tell a run something", connection -> {
            try {
                var number = TELL.query(
                        connection,
                        row -> row.getInt(1),
                        run,
                        source,
                        Messages.kind(message),
                        Messages.data(message),
                        inTurn);
                if (!number.isEmpty()) {
                    return true;
                }
            } catch (SQLException problem) {
                if (!UNIQUE_VIOLATION.equals(problem.getSQLState())) {
                    throw problem;
                }
            }
            return !LIVES.query(connection, row -> row.getInt(1), run).isEmpty();
        });
    }

    @Override
    public List<Due> due(Instant from, Instant before, int limit) {
        return database.repeatable(
                "look for due runs",
                connection -> DUE.query(
                        connection,
                        row -> new Due(
                                row.getObject(1, UUID.class),
                                row.getInt(2),
                                State.priority(row.getInt(3)),
                                Micros.instant(row, "wake_at")),
                        Micros.of(before),
                        limit,
                        Micros.of(from)));
    }

    @Override
    public long incarnation() {
        return database.worker().incarnation();
    }

    @Override
    public void heartbeat(int running) {
        claims.settle();
        database.repeatable("say that this worker lives", connection -> {
            database.worker().heartbeat(connection, running);
            return running;
        });
    }

    @Override
    public synchronized int freeDead(Duration silence) {
        return database.repeatable("free the runs of dead workers", connection -> {
            orphansExpected |= BURY.update(connection, incarnation(), silence.toMillis()) > 0;
            long now = System.nanoTime();
            if (!orphansExpected && now - lastScan < ORPHAN_SCAN.toNanos()) {
                return 0;
            }
            int freed = FREE_ORPHANS.update(connection);
            orphansExpected = false;
            lastScan = now;
            return freed;
        });
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
