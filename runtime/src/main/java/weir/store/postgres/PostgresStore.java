package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import weir.store.Connections;
import weir.store.Journal;
import weir.store.KeptValues;
import weir.store.Post;
import weir.store.Registry;
import weir.store.Retention;
import weir.store.StoreProblem;
import weir.store.Views;

/// One worker's (or server's) way to a PostgreSQL.
public final class PostgresStore implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PostgresStore.class.getName());
    private static final Sql LEAVE = Sql.load("leave.sql");
    private static final Sql READY = Sql.load("ready.sql");
    private static final Sql STRAY = Sql.load("stray.sql");
    /// The identifiers of runs carry our time, and partitions are the database's.
    private static final Duration LARGEST_SKEW = Duration.ofSeconds(5);

    private final Database database;
    private final Upkeep upkeep;
    private final PostgresJournal journal;

    private PostgresStore(Database database, Retention retention) {
        this.database = database;
        this.upkeep = new Upkeep(database, retention);
        this.journal = new PostgresJournal(database);
    }

    /// Connects, after it has brought the tables up to date.
    ///
    /// @param name of this worker, for people
    /// @throws StoreProblem when the database cannot be reached, or its tables not be made
    public static PostgresStore open(PostgresAddress address, String name) {
        return open(address, name, Retention.FOREVER);
    }

    /// The same.
    ///
    /// @param retention after which runs that have ended are forgotten
    public static PostgresStore open(PostgresAddress address, String name, Retention retention) {
        var database = Database.open(address, name);
        var store = new PostgresStore(database, retention);
        try {
            store.upkeep.start();
            return store;
        } catch (RuntimeException problem) {
            store.close();
            throw problem;
        }
    }

    public Journal journal() {
        return journal;
    }

    public Views views() {
        return new PostgresViews(Helidon.client(database.api()), Helidon.client(database.engineSource()));
    }

    /// How runs reach each other, people and the outside.
    public Post post() {
        return new Post(
                new PostgresOutbox(database),
                new PostgresEvents(database),
                new PostgresTasks(database),
                new PostgresQuotas(database),
                new PostgresSlots(database));
    }

    /// Named connections, sealed.
    public Connections connections() {
        return new PostgresConnections(Helidon.client(database.api()));
    }

    /// What workflows remember between runs.
    public KeptValues keptValues() {
        return new PostgresKeptValues(Helidon.client(database.api()));
    }

    public Registry registry() {
        return new PostgresRegistry(Helidon.client(database.api()), Helidon.client(database.engineSource()));
    }

    /// How many ended runs this process has forgotten because their retention was over, by status.
    public Map<String, Long> forgotten() {
        return upkeep.forgotten();
    }

    /// Rows of runs and journals that lie in no month's partition; must be 0.
    public long strayRows() {
        return database.repeatable("count stray rows", connection -> STRAY.query(connection, row -> row.getLong(1)))
                .getFirst();
    }

    /// Whether runs can be written right now.
    ///
    /// @throws StoreProblem when they cannot, and why
    public void requireReady() {
        var answer = database.repeatable(
                        "say whether it is ready",
                        connection -> READY.query(
                                connection, row -> new Readiness(row.getBoolean(1), Micros.instant(row, "now"))))
                .getFirst();
        if (answer.replica()) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "PostgreSQL only reads: it is a replica that was not promoted.",
                    null);
        }
        var skew = Duration.between(answer.now(), Instant.now()).abs();
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            throw new StoreProblem(
                    StoreProblem.Kind.UNAVAILABLE,
                    "The clock of this machine and that of PostgreSQL's are " + skew.toSeconds()
                            + " s apart; set them.",
                    null);
        }
    }

    private record Readiness(boolean replica, Instant now) {}

    /// Waits until everything handed to the journal is durable; what this worker still owns is due for others.
    @Override
    public void close() {
        upkeep.close();
        journal.close();
        try {
            database.attempt(connection -> LEAVE.update(connection, journal.incarnation()));
        } catch (SQLException away) {
            LOG.log(Level.INFO, "left without saying so: {0}", away.getMessage());
        }
        database.close();
    }
}
