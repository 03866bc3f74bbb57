package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import weir.store.Slots;

/// Who this process is for the database: a name for people, and a random number that owns runs. The number is drawn
/// anew when the database turns out to be another one than before (a promoted replica, a restored backup): it may have
/// forgotten epochs that were given out, and nothing claimed under them counts any more.
final class Worker {
    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final Sql IDENTITY = Sql.load("identity.sql");
    private static final Sql HEARTBEAT = Sql.load("heartbeat.sql");

    private final String name;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable String database;
    private volatile long incarnation;

    Worker(String name) {
        this.name = name;
    }

    /// Called with every new connection before anything else uses it.
    void meet(Connection connection) throws SQLException {
        connections.incrementAndGet();
        var identity = IDENTITY.query(connection, row -> row.getString(1)).getFirst();
        meet(identity, fresh -> HEARTBEAT.update(connection, fresh, name, 0));
    }

    /// Makes an incarnation known to the database before it is used.
    interface Registration {
        void register(long incarnation) throws SQLException;
    }

    /// @param identity which database it is, as `identity.sql` tells
    synchronized void meet(String identity, Registration registration) throws SQLException {
        if (identity.equals(database)) {
            return;
        }
        if (database != null) {
            LOG.log(Level.WARNING, "the database is another one than before; starting anew with nothing claimed");
        }
        long fresh;
        do {
            fresh = random.nextLong();
        } while (fresh == 0 || fresh == Slots.GATE);
        registration.register(fresh);
        incarnation = fresh;
        database = identity;
    }

    void heartbeat(Connection connection, int running) throws SQLException {
        HEARTBEAT.update(connection, incarnation, name, running);
    }

    /// By how much the epoch of a run grows when this worker claims it. The commit of a claim is not awaited, so a
    /// crash of the database may forget it, and this worker may claim the run again from the same row. The epoch
    /// must not be the same again: what still works under the forgotten claim would pass for the owner. Every crash
    /// costs all connections, so their number so far tells claims before it from claims after it.
    int epochStep() {
        return connections.get();
    }

    /// 0 before the first connection.
    long incarnation() {
        return incarnation;
    }
}
