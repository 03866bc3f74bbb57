package weir.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import weir.store.Retention;

/// What has to be done now and then and by any worker: partitions ahead, and forgetting.
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final Sql PARTITIONS = Sql.load("partitions.sql");
    private static final Sql FORGET_KEYS = Sql.load("forget_keys.sql");
    private static final Sql FORGET_MESSAGES = Sql.load("forget_messages.sql");
    private static final Sql FORGET_POST = Sql.load("forget_post.sql");
    private static final Sql FORGET_KEPT = Sql.load("forget_kept.sql");
    /// A run that waits longer than that for an event which came before it began to wait does not hear of it.
    private static final int EVENT_DAYS = 30;

    private static final int MONTHS_AHEAD = 3;
    private static final int KEYS_AT_ONCE = 5_000;
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Database database;
    private final Sweep sweep;
    private final Thread thread;

    Upkeep(Database database, Retention retention) {
        this.database = database;
        this.sweep = new Sweep(retention);
        this.thread = Thread.ofVirtual().name("weir-upkeep").unstarted(this::run);
    }

    /// The first partitions are there when this returns.
    void start() {
        database.repeatable(
                "make partitions", connection -> PARTITIONS.query(connection, row -> row.getInt(1), MONTHS_AHEAD));
        thread.start();
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(EVERY);
                once();
            } catch (InterruptedException closed) {
                return;
            } catch (SQLException problem) {
                LOG.log(
                        Level.WARNING,
                        "upkeep of PostgreSQL failed, next try in {0}: {1}",
                        EVERY,
                        problem.getMessage());
            }
        }
    }

    /// How many ended runs this process has forgotten, by status.
    Map<String, Long> forgotten() {
        return sweep.forgotten();
    }

    /// Everything, now.
    void once() throws SQLException, InterruptedException {
        database.attempt(connection -> PARTITIONS.query(connection, row -> row.getInt(1), MONTHS_AHEAD));
        int forgotten;
        do {
            forgotten = database.attempt(connection -> FORGET_KEYS.update(connection, KEYS_AT_ONCE));
        } while (forgotten == KEYS_AT_ONCE);
        database.attempt(connection -> FORGET_MESSAGES.update(connection));
        database.attempt(connection -> FORGET_POST.update(connection, EVENT_DAYS));
        database.attempt(connection -> FORGET_KEPT.update(connection));
        sweep.once(database);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
