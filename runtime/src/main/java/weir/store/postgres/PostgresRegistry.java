package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.store.Registry;
import weir.store.Split;

/// Deployed texts. What is asked by name is asked as an organisation, what is asked by number as the engine: numbers
/// come from rows of runs.
final class PostgresRegistry implements Registry {
    private static final String ENTRIES = "SELECT id, org, kind, name, active, split, retired FROM weir.definitions ";
    private static final String VERSIONS =
            "SELECT id, definition, number, hash, file, text, graph, at FROM weir.versions ";

    private final DbClient api;
    private final DbClient engine;

    PostgresRegistry(DbClient api, DbClient engine) {
        this.api = api;
        this.engine = engine;
    }

    @Override
    public Version deploy(int org, Kind kind, String name, String hash, String file, String text, String graph) {
        return Helidon.within(api, org, transaction -> {
            var entry = lock(transaction, org, kind, name);
            var version = Helidon.query(
                            transaction,
                            VERSIONS
                                    + "WHERE definition = :definition AND hash = :hash AND file = :file AND text = :text"
                                    + " ORDER BY number LIMIT 1",
                            Map.of("definition", entry, "hash", hash, "file", file, "text", text),
                            PostgresRegistry::version)
                    .stream()
                    .findFirst()
                    .orElseGet(() -> add(transaction, org, entry, hash, file, text, graph));
            Helidon.change(
                    transaction,
                    "UPDATE weir.definitions SET active = :number, split = '', retired = false WHERE id = :definition",
                    Map.of("definition", entry, "number", version.number()));
            return version;
        });
    }

    /// The number of the definition, whose row this transaction holds from now on.
    private static int lock(DbTransaction transaction, int org, Kind kind, String name) {
        var values = Map.of("org", org, "kind", number(kind), "name", name);
        Helidon.change(
                transaction,
                "INSERT INTO weir.definitions (org, kind, name, active) VALUES (:org, :kind, :name, 0)"
                        + " ON CONFLICT (org, kind, name) WHERE NOT removed DO NOTHING",
                values);
        return Helidon.query(
                        transaction,
                        "SELECT id FROM weir.definitions WHERE org = :org AND kind = :kind AND name = :name"
                                + " AND NOT removed FOR UPDATE",
                        values,
                        row -> row.column("id").get(Integer.class))
                .getFirst();
    }

    private static Version add(
            DbTransaction transaction, int org, int entry, String hash, String file, String text, String graph) {
        return Helidon.query(
                        transaction,
                        "INSERT INTO weir.versions (org, definition, number, hash, file, text, graph)"
                                + " SELECT :org, :definition, coalesce(max(number), 0) + 1, :hash, :file, :text, :graph"
                                + " FROM weir.versions WHERE definition = :definition"
                                + " RETURNING id, definition, number, hash, file, text, graph, at",
                        Map.of(
                                "org",
                                org,
                                "definition",
                                entry,
                                "hash",
                                hash,
                                "file",
                                file,
                                "text",
                                text,
                                "graph",
                                graph),
                        PostgresRegistry::version)
                .getFirst();
    }

    @Override
    public boolean activate(int entry, int number) {
        if (version(entry, (Integer) number).isEmpty()) {
            return false;
        }
        change(
                "UPDATE weir.definitions SET active = :number, split = '' WHERE id = :id",
                Map.of("id", entry, "number", number));
        return true;
    }

    @Override
    public void split(int entry, @Nullable Split split) {
        change(
                "UPDATE weir.definitions SET split = :split WHERE id = :id",
                Map.of("id", entry, "split", split == null ? "" : split.text()));
    }

    @Override
    public void retire(int entry, boolean retired) {
        change(
                "UPDATE weir.definitions SET retired = :retired WHERE id = :id",
                Map.of("id", entry, "retired", retired));
    }

    private void change(String sql, Map<String, ?> values) {
        Helidon.inTransaction(engine, transaction -> {
            Helidon.change(transaction, sql, values);
            return sql;
        });
    }

    @Override
    public List<Entry> list(int org, Kind kind) {
        return Helidon.within(
                api,
                org,
                transaction -> Helidon.query(
                        transaction,
                        ENTRIES + "WHERE org = :org AND kind = :kind AND NOT removed ORDER BY name",
                        Map.of("org", org, "kind", number(kind)),
                        PostgresRegistry::entry));
    }

    @Override
    public Optional<Entry> find(int org, Kind kind, String name) {
        return Helidon.within(
                api,
                org,
                transaction -> Helidon.query(
                                transaction,
                                ENTRIES + "WHERE org = :org AND kind = :kind AND name = :name AND NOT removed",
                                Map.of("org", org, "kind", number(kind), "name", name),
                                PostgresRegistry::entry)
                        .stream()
                        .findFirst());
    }

    @Override
    public Optional<Entry> find(int id) {
        return byNumber(ENTRIES + "WHERE id = :id", Map.of("id", id), PostgresRegistry::entry).stream()
                .findFirst();
    }

    @Override
    public List<Version> versions(int entry) {
        return byNumber(
                VERSIONS + "WHERE definition = :definition ORDER BY number DESC",
                Map.of("definition", entry),
                PostgresRegistry::version);
    }

    @Override
    public Optional<Version> version(int entry, @Nullable Integer number) {
        var sql = VERSIONS + "WHERE definition = :definition AND number = ";
        return (number == null
                        ? byNumber(
                                sql + "(SELECT active FROM weir.definitions WHERE id = :definition)",
                                Map.of("definition", entry),
                                PostgresRegistry::version)
                        : byNumber(
                                sql + ":number",
                                Map.of("definition", entry, "number", number),
                                PostgresRegistry::version))
                .stream().findFirst();
    }

    @Override
    public Optional<Version> version(int id) {
        return byNumber(VERSIONS + "WHERE id = :id", Map.of("id", id), PostgresRegistry::version).stream()
                .findFirst();
    }

    @Override
    public void remove(int entry) {
        Helidon.inTransaction(engine, transaction -> {
            Helidon.change(
                    transaction, "UPDATE weir.definitions SET removed = true WHERE id = :id", Map.of("id", entry));
            return entry;
        });
    }

    private <T> List<T> byNumber(String sql, Map<String, ?> values, java.util.function.Function<DbRow, T> read) {
        return Helidon.inTransaction(engine, transaction -> Helidon.query(transaction, sql, values, read));
    }

    private static int number(Kind kind) {
        return switch (kind) {
            case WORKFLOW -> 0;
            case RULES -> 1;
        };
    }

    private static Entry entry(DbRow row) {
        return new Entry(
                row.column("id").get(Integer.class),
                row.column("org").get(Integer.class),
                row.column("kind").get(Integer.class) == 0 ? Kind.WORKFLOW : Kind.RULES,
                row.column("name").get(String.class),
                row.column("active").get(Integer.class),
                split(row.column("split").get(String.class)),
                row.column("retired").get(Boolean.class));
    }

    private static @Nullable Split split(String text) {
        return text.isEmpty() ? null : Split.read(text);
    }

    private static Version version(DbRow row) {
        return new Version(
                row.column("id").get(Integer.class),
                row.column("definition").get(Integer.class),
                row.column("number").get(Integer.class),
                row.column("hash").get(String.class),
                row.column("file").get(String.class),
                row.column("text").get(String.class),
                row.column("graph").get(String.class),
                Helidon.instant(row, "at"));
    }
}
