package weir.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import weir.store.Journal.Accepted;
import weir.store.Journal.Appended;
import weir.store.Journal.Disposition;
import weir.store.Slots;

/// Writes one batch: `flush.sql`, and before it in one transaction what the keys of `once` need.
final class Flush {
    private static final Sql FLUSH = Sql.load("flush.sql");

    private Flush() {}

    /// @param me this worker's incarnation
    /// @param batch one work a run, in any order
    /// @return gives everybody their answer; the batch is durable
    static List<Runnable> write(Connection connection, long me, List<Work> batch) throws SQLException {
        var sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparing(Work::run));
        List<Work.Start> keyed = new ArrayList<>();
        for (var work : sorted) {
            if (work instanceof Work.Start start && start.birth().once() != null) {
                keyed.add(start);
            }
        }
        if (keyed.isEmpty()) {
            return answers(connection, me, sorted, flush(connection, me, sorted), Map.of());
        }
        connection.setAutoCommit(false);
        var usedBefore = OnceKeys.take(connection, keyed);
        var fresh = sorted.stream()
                .filter(work -> !usedBefore.containsKey(work.run()))
                .toList();
        var written = flush(connection, me, fresh);
        connection.commit();
        connection.setAutoCommit(true);
        return answers(connection, me, sorted, written, usedBefore);
    }

    private static Map<UUID, Integer> flush(Connection connection, long me, List<Work> batch) throws SQLException {
        var frames = new ArrayList<Work.Row>();
        List<Placed<Work.Start>> starts = new ArrayList<>();
        List<Placed<Work.Step>> moves = new ArrayList<>();
        List<Placed<Work.Step>> ends = new ArrayList<>();
        var owners = new ArrayList<UUID>();
        var letters = new ArrayList<Work.Envelope>();
        for (var work : batch) {
            work.letters().forEach(letter -> owners.add(work.run()));
            letters.addAll(work.letters());
            switch (work) {
                case Work.Start start -> starts.add(new Placed<>(start, frames.size()));
                case Work.Step step -> (step.ends() ? ends : moves).add(new Placed<>(step, frames.size()));
            }
            frames.addAll(work.rows());
        }
        var written = new HashMap<UUID, Integer>();
        FLUSH.query(
                connection,
                row -> written.put(row.getObject(1, UUID.class), row.getInt(2)),
                me,
                ids(starts),
                ints(starts, start -> start.birth().org()),
                ints(starts, start -> start.birth().workflow()),
                ints(starts, start -> start.birth().version()),
                shorts(starts, start -> State.of(start.birth().priority())),
                longs(starts, start -> start.birth().owner()),
                longs(starts, Work.Start::wake),
                ints(starts, start -> start.rows().size()),
                firsts(starts),
                ids(moves),
                ints(moves, move -> move.append().epoch()),
                ints(moves, move -> move.append().head()),
                ints(moves, move -> move.rows().size()),
                firsts(moves),
                longs(moves, move -> ownerAfter(move.append().disposition(), me)),
                shorts(moves, move -> stateAfter(move.append().disposition())),
                longs(moves, Work.Step::wake),
                ints(moves, move -> move.append().inboxSeen()),
                ints(moves, move -> move.append().taken()),
                ids(ends),
                ints(ends, end -> end.append().epoch()),
                ints(ends, end -> end.append().head()),
                ints(ends, end -> end.rows().size()),
                firsts(ends),
                shorts(ends, end -> stateAfter(end.append().disposition())),
                frames.stream().mapToInt(Work.Row::entries).toArray(),
                frames.stream().map(Work.Row::bytes).toArray(byte[][]::new),
                owners.toArray(UUID[]::new),
                letters.stream().map(Work.Envelope::id).toArray(UUID[]::new),
                letters.stream().map(Work.Envelope::bytes).toArray(byte[][]::new),
                starts.stream().map(start -> start.work().birth().parent()).toArray(UUID[]::new));
        return written;
    }

    /// @param first how many frames of the batch come before its own
    private record Placed<T extends Work>(T work, int first) {}

    private static long ownerAfter(Disposition disposition, long me) {
        return switch (disposition) {
            case Disposition.Keep keep -> me;
            case Disposition.Gate gate -> Slots.GATE;
            case Disposition.Release _, Disposition.Pause _, Disposition.Park _, Disposition.End _ -> 0;
        };
    }

    private static short stateAfter(Disposition disposition) {
        return switch (disposition) {
            // At the gate the owner says what it does.
            case Disposition.Keep _, Disposition.Gate _ -> State.RUNNING;
            case Disposition.Release release -> State.WAITING;
            case Disposition.Pause pause -> State.PAUSED;
            case Disposition.Park park -> State.PARKED;
            case Disposition.End(var status) -> State.of(status);
        };
    }

    private static List<Runnable> answers(
            Connection connection,
            long me,
            List<Work> batch,
            Map<UUID, Integer> written,
            Map<UUID, Accepted> usedBefore)
            throws SQLException {
        List<Work.Step> refused = new ArrayList<>();
        for (var work : batch) {
            if (work instanceof Work.Step step && !written.containsKey(step.run())) {
                refused.add(step);
            }
        }
        var standing = refused.isEmpty() ? Map.<UUID, Standing>of() : Standing.read(connection, refused);
        var answers = new ArrayList<Runnable>(batch.size());
        for (var work : batch) {
            var inbox = written.get(work.run());
            switch (work) {
                case Work.Start start -> {
                    var known = usedBefore.getOrDefault(start.run(), new Accepted.Known(start.run()));
                    var answer = inbox == null ? known : new Accepted.Fresh(start.run());
                    answers.add(() -> start.answer().complete(answer));
                }
                case Work.Step step -> {
                    var keeps = step.append().disposition() instanceof Disposition.Keep;
                    var answer = inbox == null
                            ? standing.getOrDefault(step.run(), Standing.NONE).refusal(step, me)
                            : new Appended(true, inbox, keeps);
                    answers.add(() -> step.answer().complete(answer));
                }
            }
        }
        return answers;
    }

    private static UUID[] ids(List<? extends Placed<?>> items) {
        var values = new UUID[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = items.get(i).work().run();
        }
        return values;
    }

    private static int[] firsts(List<? extends Placed<?>> items) {
        var values = new int[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = items.get(i).first();
        }
        return values;
    }

    private static <T extends Work> int[] ints(List<Placed<T>> items, ToIntFunction<T> value) {
        var values = new int[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsInt(items.get(i).work());
        }
        return values;
    }

    private static <T extends Work> long[] longs(List<Placed<T>> items, ToLongFunction<T> value) {
        var values = new long[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(items.get(i).work());
        }
        return values;
    }

    private static <T extends Work> short[] shorts(List<Placed<T>> items, ToIntFunction<T> value) {
        var values = new short[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) value.applyAsInt(items.get(i).work());
        }
        return values;
    }
}
