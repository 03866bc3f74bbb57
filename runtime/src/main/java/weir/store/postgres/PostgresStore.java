package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import weir.store.Journal;
import weir.store.Registry;
import weir.store.StoreProblem;
import weir.store.Views;

/// One worker's (or server's) way to a PostgreSQL.
public final class PostgresStore implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PostgresStore.class.getName());
    private static final Sql LEAVE = Sql.load("leave.sql");

    private final Database database;
    private final Upkeep upkeep;
    private final PostgresJournal journal;

    private PostgresStore(Database database) {
        this.database = database;
        this.upkeep = new Upkeep(database);
        this.journal = new PostgresJournal(database);
    }

    /// Connects, after it has brought the tables up to date.
    ///
    /// @param name of this worker, for people
    /// @throws StoreProblem when the database cannot be reached, or its tables not be made
    public static PostgresStore open(PostgresAddress address, String name) {
        var database = Database.open(address, name);
        var store = new PostgresStore(database);
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

    public Registry registry() {
        return new PostgresRegistry(Helidon.client(database.api()), Helidon.client(database.engineSource()));
    }

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
