package weir.store.postgres;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import weir.store.Journal.Accepted;
import weir.store.Journal.Once;

/// Who was the first to use a key. Within the transaction that starts the runs, so that a key is taken exactly when a
/// run is.
final class OnceKeys {
    private static final Sql EXPIRE = Sql.load("once_expire.sql");
    private static final Sql TAKE = Sql.load("once_take.sql");
    private static final Sql WINNER = Sql.load("once_winner.sql");
    /// An index takes no row of more than a third of a page.
    private static final int LONGEST_KEY = 512;

    private static final Duration LONGEST = Duration.ofDays(36_500);
    /// A winner may expire and be deleted between two of our statements; more often than that is no coincidence.
    private static final int ATTEMPTS = 5;

    private OnceKeys() {}

    private record Asker(UUID run, int org, Once once, byte[] key) {
        static Asker of(Work.Start start) {
            var once = Objects.requireNonNull(start.birth().once());
            return new Asker(start.run(), start.birth().org(), once, shortened(once.key()));
        }
    }

    /// @return the starts whose key was used before, and by whom; the others took theirs
    static Map<UUID, Accepted> take(Connection connection, List<Work.Start> starts) throws SQLException {
        var left = starts.stream()
                .map(Asker::of)
                .sorted(Comparator.comparingInt(Asker::org)
                        .thenComparingInt(asker -> asker.once().scope())
                        .thenComparing(Asker::key, Arrays::compareUnsigned))
                .toList();
        var usedBefore = new HashMap<UUID, Accepted>();
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new SQLException("the keys of once come and go", "40001");
            }
            EXPIRE.update(connection, orgs(left), scopes(left), keys(left));
            var took = new HashSet<>(TAKE.query(
                    connection,
                    row -> row.getObject(1, UUID.class),
                    orgs(left),
                    scopes(left),
                    keys(left),
                    runs(left),
                    left.stream()
                            .mapToLong(asker -> within(asker.once().within()))
                            .toArray(),
                    left.stream().map(asker -> asker.once().body()).toArray(byte[][]::new)));
            left = left.stream().filter(asker -> !took.contains(asker.run())).toList();
            usedBefore.putAll(winners(connection, left));
            left = left.stream()
                    .filter(asker -> !usedBefore.containsKey(asker.run()))
                    .toList();
        }
        return usedBefore;
    }

    private static Map<UUID, Accepted> winners(Connection connection, List<Asker> askers) throws SQLException {
        var winners = new HashMap<UUID, Accepted>();
        if (askers.isEmpty()) {
            return winners;
        }
        var bodies = new HashMap<UUID, byte[]>();
        askers.forEach(asker -> bodies.put(asker.run(), asker.once().body()));
        WINNER.query(
                connection,
                row -> {
                    var asker = row.getObject(1, UUID.class);
                    var first = row.getObject(2, UUID.class);
                    boolean same = Arrays.equals(row.getBytes(3), bodies.get(asker));
                    return winners.put(asker, same ? new Accepted.Known(first) : new Accepted.Conflict(first));
                },
                runs(askers),
                orgs(askers),
                scopes(askers),
                keys(askers));
        return winners;
    }

    private static long within(Duration within) {
        return Micros.of(within.compareTo(LONGEST) > 0 ? LONGEST : within);
    }

    static byte[] shortened(byte[] key) {
        if (key.length <= LONGEST_KEY) {
            return key;
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(key);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static UUID[] runs(List<Asker> askers) {
        return askers.stream().map(Asker::run).toArray(UUID[]::new);
    }

    private static int[] orgs(List<Asker> askers) {
        return askers.stream().mapToInt(Asker::org).toArray();
    }

    private static int[] scopes(List<Asker> askers) {
        return askers.stream().mapToInt(asker -> asker.once().scope()).toArray();
    }

    private static byte[][] keys(List<Asker> askers) {
        return askers.stream().map(Asker::key).toArray(byte[][]::new);
    }
}
