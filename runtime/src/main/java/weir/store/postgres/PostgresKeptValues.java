package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.store.KeptValues;
import weir.value.Json;
import weir.value.NumberValue;
import weir.value.Value;

final class PostgresKeptValues implements KeptValues {
    /// Of the parameter `lasts` in milliseconds; negative: for ever.
    private static final String UNTIL =
            "CASE WHEN :lasts < 0 THEN NULL ELSE now() + cast(:lasts as bigint) * interval '1 millisecond' END";
    /// A step that is tried again so much later would count twice; no run waits that long between attempts.
    private static final String REMEMBERED = "now() + interval '30 days'";

    private final DbClient api;

    PostgresKeptValues(DbClient api) {
        this.api = api;
    }

    @Override
    public Optional<Value> get(int org, String key) {
        return Helidon.within(
                        api,
                        org,
                        transaction -> Helidon.query(
                                transaction,
                                "SELECT value FROM weir.kept WHERE org = :org AND key = :key"
                                        + " AND (until IS NULL OR until > now())",
                                Map.of("org", org, "key", key),
                                row -> Json.readExact(row.column("value").get(String.class))))
                .stream()
                .findFirst();
    }

    @Override
    public void set(int org, String key, Value value, @Nullable Duration lasts) {
        Helidon.within(api, org, transaction -> {
            put(transaction, org, key, value, lasts);
            return org;
        });
    }

    private static void put(DbTransaction transaction, int org, String key, Value value, @Nullable Duration lasts) {
        Helidon.change(
                transaction,
                "INSERT INTO weir.kept (org, key, value, until) VALUES (:org, :key, :value, " + UNTIL + ")"
                        + " ON CONFLICT (org, key) DO UPDATE SET value = excluded.value, until = excluded.until",
                Map.of(
                        "org",
                        org,
                        "key",
                        key,
                        "value",
                        Json.exactText(value),
                        "lasts",
                        lasts == null ? -1L : lasts.toMillis()));
    }

    @Override
    public void delete(int org, String key) {
        Helidon.within(api, org, transaction -> {
            Helidon.change(
                    transaction,
                    "DELETE FROM weir.kept WHERE org = :org AND key = :key",
                    Map.of("org", org, "key", key));
            return org;
        });
    }

    private record Held(Value value, boolean over) {}

    @Override
    public Optional<Double> add(int org, String key, double by, @Nullable Duration lasts, String step) {
        return Helidon.within(api, org, transaction -> {
            // The row is there and this transaction's before anything is looked at.
            Helidon.change(
                    transaction,
                    "INSERT INTO weir.kept (org, key, value) VALUES (:org, :key, '0') ON CONFLICT (org, key) DO NOTHING",
                    Map.of("org", org, "key", key));
            var held = Helidon.query(
                            transaction,
                            "SELECT value, coalesce(until <= now(), false) AS over FROM weir.kept"
                                    + " WHERE org = :org AND key = :key FOR UPDATE",
                            Map.of("org", org, "key", key),
                            row -> new Held(
                                    Json.readExact(row.column("value").get(String.class)),
                                    row.column("over").get(Boolean.class)))
                    .getFirst();
            var before = Helidon.query(
                    transaction,
                    "SELECT total FROM weir.kept_sums WHERE org = :org AND key = :key AND step = :step",
                    Map.of("org", org, "key", key, "step", step),
                    row -> row.column("total").get(Double.class));
            if (!before.isEmpty()) {
                return Optional.of(before.getFirst());
            }
            if (!held.over() && !(held.value() instanceof NumberValue)) {
                return Optional.empty();
            }
            double sum = by + (!held.over() && held.value() instanceof NumberValue(double there) ? there : 0);
            sum(transaction, org, key, sum, held.over(), lasts);
            Helidon.change(
                    transaction,
                    "INSERT INTO weir.kept_sums (org, key, step, total, until)" + " VALUES (:org, :key, :step, :total, "
                            + REMEMBERED + ")",
                    Map.of("org", org, "key", key, "step", step, "total", sum));
            return Optional.of(sum);
        });
    }

    private static void sum(
            DbTransaction transaction, int org, String key, double sum, boolean over, @Nullable Duration lasts) {
        if (over || lasts != null) {
            put(transaction, org, key, new NumberValue(sum), lasts);
        } else {
            Helidon.change(
                    transaction,
                    "UPDATE weir.kept SET value = :value WHERE org = :org AND key = :key",
                    Map.of("org", org, "key", key, "value", Json.exactText(new NumberValue(sum))));
        }
    }
}
