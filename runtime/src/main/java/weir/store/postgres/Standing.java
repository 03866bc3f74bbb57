package weir.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.store.Journal.Accepted;
import weir.store.Journal.Appended;
import weir.store.Journal.Disposition;
import weir.store.Slots;

/// How a run stands, read after the fact: what a refused append is answered, and what became of one whose connection
/// broke.
///
/// @param owner 0 when it has ended
/// @param status 0 while it lives
record Standing(int epoch, int head, long owner, int inbox, int status) {
    /// There is no such run. No run has the epoch 0.
    static final Standing NONE = new Standing(0, 0, 0, 0, 0);

    private static final Sql STANDING = Sql.load("standing.sql");

    /// Of every run that is there.
    static Map<UUID, Standing> read(Connection connection, List<? extends Work> works) throws SQLException {
        var standing = new HashMap<UUID, Standing>();
        STANDING.query(
                connection,
                row -> standing.put(
                        row.getObject(1, UUID.class),
                        new Standing(row.getInt(2), row.getInt(3), row.getLong(4), row.getInt(5), row.getInt(6))),
                (Object) works.stream().map(Work::run).toArray(UUID[]::new));
        return standing;
    }

    /// What an append is answered that was not let through. Where it is still owned, a message came in before its
    /// release.
    Appended refusal(Work.Step step, long me) {
        return new Appended(false, inbox, owner == me && epoch == step.append().epoch());
    }

    /// Answers a work of which it was not known whether it happened. Nobody else can have moved the head under its
    /// epoch.
    ///
    /// @return false when it did not happen and may be sent again
    boolean settles(Work work, long me) {
        switch (work) {
            case Work.Start start -> {
                if (epoch == 0) {
                    return false;
                }
                start.answer().complete(new Accepted.Fresh(start.run()));
            }
            case Work.Step step -> {
                var answer = outcome(step, me);
                if (answer == null) {
                    return false;
                }
                step.answer().complete(answer);
            }
        }
        return true;
    }

    private @Nullable Appended outcome(Work.Step step, long me) {
        var append = step.append();
        boolean sameEpoch = epoch == append.epoch();
        if (sameEpoch
                && head == step.headAfter()
                && reached(append.disposition(), step.rows().isEmpty())) {
            return new Appended(true, inbox, owner == me);
        }
        boolean stillPossible = sameEpoch && status == 0 && owner == me && head == append.head();
        return stillPossible ? null : refusal(step, me);
    }

    private boolean reached(Disposition disposition, boolean nothingWritten) {
        return switch (disposition) {
            // Without frames there is nothing to see; doing it again changes nothing.
            case Disposition.Keep keep -> status == 0 && !nothingWritten;
            case Disposition.Release release -> status == 0 && owner == 0;
            case Disposition.Gate gate -> status == 0 && owner == Slots.GATE;
            case Disposition.Pause pause -> status == 0 && owner == 0;
            case Disposition.Park park -> status == 0 && owner == 0;
            case Disposition.End end -> status != 0;
        };
    }
}
