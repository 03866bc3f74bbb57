package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weir.store.Connections;

final class PostgresConnections implements Connections {
    private static final String ENTRIES = "SELECT name, integration, kind, hint, sealed, at FROM weir.connections ";

    private final DbClient api;

    PostgresConnections(DbClient api) {
        this.api = api;
    }

    @Override
    public void put(int org, Entry entry) {
        Helidon.within(api, org, transaction -> {
            Helidon.change(
                    transaction,
                    "INSERT INTO weir.connections (org, name, integration, kind, hint, sealed)"
                            + " VALUES (:org, :name, :integration, :kind, :hint, :sealed)"
                            + " ON CONFLICT (org, name) DO UPDATE SET integration = excluded.integration,"
                            + " kind = excluded.kind, hint = excluded.hint, sealed = excluded.sealed, at = now()",
                    Map.of(
                            "org",
                            org,
                            "name",
                            entry.name(),
                            "integration",
                            entry.integration(),
                            "kind",
                            entry.kind(),
                            "hint",
                            entry.hint(),
                            "sealed",
                            entry.sealed()));
            return org;
        });
    }

    @Override
    public Optional<Entry> find(int org, String name) {
        return Helidon.within(
                        api,
                        org,
                        transaction -> Helidon.query(
                                transaction,
                                ENTRIES + "WHERE org = :org AND name = :name",
                                Map.of("org", org, "name", name),
                                PostgresConnections::entry))
                .stream()
                .findFirst();
    }

    @Override
    public List<Entry> list(int org) {
        return Helidon.within(
                api,
                org,
                transaction -> Helidon.query(
                        transaction,
                        ENTRIES + "WHERE org = :org ORDER BY name",
                        Map.of("org", org),
                        PostgresConnections::entry));
    }

    @Override
    public boolean remove(int org, String name) {
        return Helidon.within(
                api,
                org,
                transaction -> !Helidon.query(
                                transaction,
                                "DELETE FROM weir.connections WHERE org = :org AND name = :name RETURNING name",
                                Map.of("org", org, "name", name),
                                row -> row.column("name").get(String.class))
                        .isEmpty());
    }

    private static Entry entry(DbRow row) {
        return new Entry(
                row.column("name").get(String.class),
                row.column("integration").get(String.class),
                row.column("kind").get(String.class),
                row.column("hint").get(String.class),
                row.column("sealed").get(String.class),
                Helidon.instant(row, "at"));
    }
}
