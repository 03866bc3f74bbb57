package weir.store.postgres;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import weir.engine.Frame;
import weir.store.Views;

/// What can be read about runs. Every request is a transaction of its organisation.
final class PostgresViews implements Views {
    private static final String LIST = Sql.read("list.sql");
    private static final String FIND = Sql.read("find.sql");
    private static final String FRAMES = Sql.read("frames.sql");
    private static final String ENDS = Sql.read("ends.sql");
    private static final String COUNTS = Sql.read("counts.sql");
    private static final String PARKED = Sql.read("parked.sql");
    private static final String WORKERS = Sql.read("workers.sql");
    /// Higher than every UUIDv7.
    private static final UUID LAST = new UUID(-1, -1);

    private static final int WORKER_SILENCE_SECONDS = 5;

    private final DbClient api;
    private final DbClient engine;

    PostgresViews(DbClient api, DbClient engine) {
        this.api = api;
        this.engine = engine;
    }

    @Override
    public List<Row> list(Query query) {
        return Helidon.within(api, query.org(), transaction -> list(transaction, query));
    }

    private static List<Row> list(DbTransaction transaction, Query query) {
        var values = Map.<String, Object>of(
                "org", query.org(),
                "workflow", query.workflow() == null ? -1 : query.workflow(),
                "state", query.status() == null ? "" : query.status().name(),
                "before", (query.before() == null ? LAST : query.before()).toString(),
                "since",
                        Views.lowest(query.since() == null ? Instant.EPOCH : query.since())
                                .toString(),
                "limit", query.limit());
        return Helidon.query(transaction, LIST, values, PostgresViews::row);
    }

    @Override
    public List<Listed> page(Query query) {
        return Helidon.atOneMoment(api, query.org(), transaction -> {
            var rows = list(transaction, query);
            var ends =
                    ends(transaction, query.org(), rows.stream().map(Row::run).toList());
            return rows.stream()
                    .map(row -> new Listed(row, ends.get(row.run())))
                    .toList();
        });
    }

    @Override
    public Optional<Seen> see(int org, UUID run) {
        return Helidon.atOneMoment(
                api,
                org,
                transaction -> find(transaction, org, run).map(row -> new Seen(row, frames(transaction, org, run, 0))));
    }

    private static Row row(DbRow row) {
        var run = row.column("id").get(UUID.class);
        var state = State.valueOf(row.column("state").get(String.class));
        var moment = Helidon.instant(row, "moment");
        boolean ended = switch (state) {
            case SUCCEEDED, FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, WAITING, PAUSED, PARKED -> false;
        };
        return new Row(
                run,
                row.column("workflow").get(Integer.class),
                row.column("version").get(Integer.class),
                state,
                // The first 48 bits of a UUIDv7 are its time in milliseconds.
                Instant.ofEpochMilli(run.getMostSignificantBits() >>> 16),
                ended ? moment : null,
                ended || state == State.RUNNING ? null : moment);
    }

    @Override
    public Optional<Row> find(int org, UUID run) {
        return Helidon.within(api, org, transaction -> find(transaction, org, run));
    }

    private static Optional<Row> find(DbTransaction transaction, int org, UUID run) {
        var values = Map.of("org", org, "run", run.toString());
        return Helidon.query(transaction, FIND, values, PostgresViews::row).stream()
                .findFirst();
    }

    @Override
    public List<Frame> frames(int org, UUID run, int after) {
        return Helidon.within(api, org, transaction -> frames(transaction, org, run, after));
    }

    private static List<Frame> frames(DbTransaction transaction, int org, UUID run, int after) {
        var values = Map.of("org", org, "run", run.toString(), "after", after);
        return Helidon.query(transaction, FRAMES, values, PostgresViews::frame);
    }

    private static Frame frame(DbRow row) {
        return FrameBytes.read(
                row.column("seq").get(Integer.class), row.column("frame").get(byte[].class));
    }

    @Override
    public Map<UUID, Ends> ends(int org, Collection<UUID> runs) {
        return Helidon.within(api, org, transaction -> ends(transaction, org, runs));
    }

    private static Map<UUID, Ends> ends(DbTransaction transaction, int org, Collection<UUID> runs) {
        var values = Map.of(
                "org", org, "runs", runs.stream().distinct().map(UUID::toString).collect(Collectors.joining(",")));
        var ends = new HashMap<UUID, Ends>();
        Helidon.query(transaction, ENDS, values, row -> {
            var run = row.column("run").get(UUID.class);
            var frame = frame(row);
            return ends.merge(run, new Ends(frame, frame), (first, last) -> new Ends(first.first(), last.last()));
        });
        return ends;
    }

    @Override
    public List<Count> counts(int org, Instant since) {
        var month = YearMonth.from(since.atOffset(ZoneOffset.UTC)).atDay(1).atStartOfDay();
        var values = Map.of(
                "org", org,
                "since", Views.lowest(since).toString(),
                "month", Views.lowest(month.toInstant(ZoneOffset.UTC)).toString());
        return Helidon.within(
                api,
                org,
                transaction -> Helidon.query(
                        transaction,
                        COUNTS,
                        values,
                        row -> new Count(
                                row.column("workflow").get(Integer.class),
                                State.valueOf(row.column("state").get(String.class)),
                                row.column("runs").get(Long.class))));
    }

    @Override
    public Parked parked(int org) {
        return Helidon.within(
                api,
                org,
                transaction -> Helidon.query(transaction, PARKED, Map.of("org", org), PostgresViews::parked)
                        .getFirst());
    }

    private static Parked parked(DbRow row) {
        var first = row.column("first").get(String.class);
        return new Parked(row.column("runs").get(Long.class), first.isEmpty() ? null : UUID.fromString(first));
    }

    @Override
    public List<Worker> workers() {
        return Helidon.inTransaction(
                engine,
                transaction -> Helidon.query(
                        transaction,
                        WORKERS,
                        Map.of("silence", WORKER_SILENCE_SECONDS),
                        row -> new Worker(
                                row.column("name").get(String.class),
                                Helidon.instant(row, "seen"),
                                row.column("runs").get(Integer.class))));
    }
}
