package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;
import weir.engine.Frame;
import weir.store.Journal.Claim;
import weir.store.Journal.Told;
import weir.store.StoreProblem;

/// Takes runs and reads their journals, in two statements: the claim is committed before the journal is read. Its
/// commit is not awaited: the first append under the claim puts both on the disk, and what a crash forgets before that
/// was only a claim.
final class Claims {
    private static final Logger LOG = System.getLogger(Claims.class.getName());
    private static final Sql CLAIM = Sql.load("claim.sql");
    private static final Sql JOURNALS = Sql.load("journals.sql");
    private static final Sql MESSAGES = Sql.load("messages.sql");
    private static final Sql RELEASE = Sql.load("release.sql");
    private static final int READS = 3;
    /// A run that this build cannot read is left to others, who may be newer.
    private static final int UNREADABLE_MS = 60_000;

    private final Database database;
    /// Runs that may be ours without our knowing, because a claim broke: let go of before anything is claimed
    /// again.
    private final Set<UUID> limbo = new HashSet<>();

    private int brokenBackend;

    Claims(Database database) {
        this.database = database;
    }

    /// One row of `claim.sql`.
    private record Fence(UUID run, int org, int workflow, int version, int epoch, int head, int inbox, int taken) {}

    List<Claim> claim(Collection<UUID> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        settle();
        int backend = 0;
        try (var connection = database.forgetful()) {
            backend = connection.unwrap(PGConnection.class).getBackendPID();
            var fences = take(connection, runs);
            return read(connection, fences);
        } catch (SQLException problem) {
            // From the moment it was sent, until it is known that it failed.
            if (backend != 0) {
                doubt(runs, backend);
            }
            throw Failure.of(problem).problem("claim runs", problem);
        } catch (RuntimeException | Error bug) {
            doubt(runs, backend);
            throw bug;
        }
    }

    private List<Fence> take(Connection connection, Collection<UUID> runs) throws SQLException {
        return CLAIM.query(
                connection,
                row -> new Fence(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getInt(8)),
                database.worker().incarnation(),
                runs.stream().distinct().sorted().toArray(UUID[]::new),
                database.worker().epochStep());
    }

    private List<Claim> read(Connection connection, List<Fence> fences) throws SQLException {
        var claims = new ArrayList<Claim>();
        var left = fences;
        for (int i = 0; i < READS && !left.isEmpty(); i++) {
            var journals = journals(connection, left);
            var messages = messages(connection, left);
            var again = new ArrayList<Fence>();
            for (var fence : left) {
                var rows = journals.getOrDefault(fence.run(), List.of());
                if (rows.size() == fence.head()) {
                    claim(fence, rows, messages.getOrDefault(fence.run(), List.of()), claims);
                } else {
                    again.add(fence);
                }
            }
            left = again;
        }
        for (var fence : left) {
            LOG.log(Level.ERROR, "the journal of run {0} does not end at its head {1}", fence.run(), fence.head());
            leave(fence.run());
        }
        return claims;
    }

    private void claim(Fence fence, List<SeqBytes> rows, List<MessageRow> messages, List<Claim> claims)
            throws SQLException {
        try {
            var frames = new ArrayList<Frame>(rows.size());
            for (var row : rows) {
                frames.add(FrameBytes.read(row.seq(), row.bytes()));
            }
            var told = messages.stream()
                    // What came in since the claim is told with the next append.
                    .filter(message -> message.n() <= fence.inbox())
                    .map(MessageRow::read)
                    .toList();
            claims.add(new Claim(
                    fence.run(),
                    fence.org(),
                    fence.workflow(),
                    fence.version(),
                    fence.epoch(),
                    fence.head(),
                    fence.inbox(),
                    fence.taken(),
                    frames,
                    told));
        } catch (RuntimeException unreadable) {
            LOG.log(Level.WARNING, "run {0} is left to others: {1}", fence.run(), unreadable.getMessage());
            leave(fence.run());
        }
    }

    private record SeqBytes(UUID run, int seq, byte[] bytes) {}

    private record MessageRow(UUID run, int n, int kind, byte[] data) {
        Told read() {
            return new Told(n, Messages.read(kind, data));
        }
    }

    private static Map<UUID, List<SeqBytes>> journals(Connection connection, List<Fence> fences) throws SQLException {
        var journals = new HashMap<UUID, List<SeqBytes>>();
        JOURNALS.query(
                connection,
                row -> {
                    var run = row.getObject(1, UUID.class);
                    return journals.computeIfAbsent(run, id -> new ArrayList<>())
                            .add(new SeqBytes(run, row.getInt(2), row.getBytes(3)));
                },
                (Object) fences.stream().map(Fence::run).toArray(UUID[]::new));
        return journals;
    }

    private static Map<UUID, List<MessageRow>> messages(Connection connection, List<Fence> fences) throws SQLException {
        var messages = new HashMap<UUID, List<MessageRow>>();
        var told =
                fences.stream().filter(fence -> fence.inbox() > fence.taken()).toList();
        if (!told.isEmpty()) {
            MESSAGES.query(
                    connection,
                    row -> {
                        var run = row.getObject(1, UUID.class);
                        return messages.computeIfAbsent(run, id -> new ArrayList<>())
                                .add(new MessageRow(run, row.getInt(2), row.getInt(3), row.getBytes(4)));
                    },
                    told.stream().map(Fence::run).toArray(UUID[]::new),
                    told.stream().mapToInt(Fence::taken).toArray());
        }
        return messages;
    }

    List<Told> messages(UUID run, int after) {
        return database.repeatable(
                "read messages",
                connection -> MESSAGES.query(
                        connection,
                        row -> new MessageRow(run, row.getInt(2), row.getInt(3), row.getBytes(4)).read(),
                        new UUID[] {run},
                        new int[] {after}));
    }

    /// Lets go of runs of ours at once.
    void disown(Collection<UUID> runs) {
        if (!runs.isEmpty()) {
            database.repeatable("let go of runs", connection -> release(connection, runs, 0));
        }
    }

    private int release(Connection connection, Collection<UUID> runs, int milliseconds) throws SQLException {
        return RELEASE.update(
                connection,
                database.worker().incarnation(),
                runs.stream().distinct().sorted().toArray(UUID[]::new),
                milliseconds);
    }

    /// For good: a crash that forgets this but not the claim would leave the run to nobody.
    private void leave(UUID run) throws SQLException {
        database.attempt(connection -> release(connection, List.of(run), UNREADABLE_MS));
    }

    private synchronized void doubt(Collection<UUID> runs, int backend) {
        limbo.addAll(runs);
        brokenBackend = backend;
    }

    /// Lets go of what may have become ours by a claim that broke.
    ///
    /// @throws StoreProblem when PostgreSQL is away; it will be tried again
    synchronized void settle() {
        if (limbo.isEmpty()) {
            return;
        }
        try {
            database.awaitEnd(brokenBackend);
            disown(limbo);
            limbo.clear();
        } catch (SQLException away) {
            throw Failure.LATER.problem("look what became of a claim", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreProblem(StoreProblem.Kind.UNAVAILABLE, "Interrupted.", interrupted);
        }
    }
}
