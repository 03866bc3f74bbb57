package weir.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import weir.engine.Frame;
import weir.store.Views;

/// What can be read about the runs in memory.
final class MemoryViews implements Views {
    private final MemoryRuns runs;

    MemoryViews(MemoryRuns runs) {
        this.runs = runs;
    }

    @Override
    public List<Row> list(Query query) {
        var now = runs.now();
        return runs.newest(query.before(), run -> fits(run, query, now), query.limit(), run -> run.row(now));
    }

    private static boolean fits(LiveRun run, Query query, Instant now) {
        var state = run.state(now);
        return run.birth.org() == query.org()
                && run.birth.parent() == null
                && (query.since() == null || !LiveRun.started(run.birth.id()).isBefore(query.since()))
                && (query.workflow() == null || query.workflow() == run.birth.workflow())
                && (query.status() == null
                        || query.status() == state
                        || (query.status() == State.FAILED && state == State.PARKED));
    }

    @Override
    public List<Listed> page(Query query) {
        var now = runs.now();
        return runs.newest(
                query.before(),
                run -> fits(run, query, now),
                query.limit(),
                run -> new Listed(run.row(now), ends(run)));
    }

    @Override
    public Optional<Seen> see(int org, UUID run) {
        var now = runs.now();
        return Optional.ofNullable(runs.read(org, run, found -> new Seen(found.row(now), List.copyOf(found.frames))));
    }

    private static Ends ends(LiveRun run) {
        return new Ends(run.frames.getFirst(), run.frames.getLast());
    }

    @Override
    public Optional<Row> find(int org, UUID run) {
        var now = runs.now();
        return Optional.ofNullable(runs.read(org, run, found -> found.row(now)));
    }

    @Override
    public List<Frame> frames(int org, UUID run, int after) {
        var frames = runs.read(org, run, found -> List.copyOf(found.frames));
        return frames == null ? List.of() : frames.subList(Math.min(Math.max(after, 0), frames.size()), frames.size());
    }

    @Override
    public Map<UUID, Ends> ends(int org, Collection<UUID> ids) {
        var ends = new HashMap<UUID, Ends>();
        for (var id : ids) {
            var found = runs.read(org, id, MemoryViews::ends);
            if (found != null) {
                ends.put(id, found);
            }
        }
        return ends;
    }

    @Override
    public Parked parked(int org) {
        var parked = list(new Query(org, null, State.PARKED, null, Integer.MAX_VALUE));
        var first = parked.stream()
                .min(Comparator.comparing(row -> Objects.requireNonNull(row.wakeAt())))
                .map(Row::run)
                .orElse(null);
        return new Parked(parked.size(), first);
    }

    @Override
    public List<Worker> workers() {
        return runs.workers();
    }

    @Override
    public List<Count> counts(int org, Instant since) {
        var now = runs.now();
        return runs
                .newest(
                        null,
                        run -> run.birth.org() == org
                                && run.birth.parent() == null
                                && (run.ended == null
                                        || !LiveRun.started(run.birth.id()).isBefore(since)),
                        Integer.MAX_VALUE,
                        run -> new Count(run.birth.workflow(), run.state(now), 1))
                .stream()
                .collect(Collectors.groupingBy(one -> one, Collectors.counting()))
                .entrySet()
                .stream()
                .map(group ->
                        new Count(group.getKey().workflow(), group.getKey().state(), bounded(group)))
                .toList();
    }

    /// As far as the other store counts.
    private static long bounded(Map.Entry<Count, Long> group) {
        return switch (group.getKey().state()) {
            case SUCCEEDED, FAILED, CANCELLED -> Math.min(COUNTED_TO, group.getValue());
            case QUEUED, RUNNING, WAITING, PAUSED, PARKED -> group.getValue();
        };
    }
}
