package weir.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.engine.Effect;
import weir.engine.Message;
import weir.store.Events;
import weir.store.Letter;
import weir.store.Outbox;
import weir.store.Quotas;
import weir.store.Tasks;
import weir.value.StringValue;
import weir.value.Value;

/// Letters, events, questions and quotas in memory; every method is one transaction.
final class MemoryPost implements Outbox, Events, Tasks, Quotas {
    private record Lying(Letter letter, Instant since) {}

    private record Kept(int org, String id, Event event, Instant at) {}

    private record Untold(int org, long position) {}

    private record Wait(int org, String event, int turn) {
        boolean isFor(int organisation, String name) {
            return org == organisation && event.equals(name);
        }
    }

    private record Held(String holder, Instant until) {}

    private record Key(Place place, String key) {}

    private final InstantSource clock;
    private final MemoryRuns runs;
    private final Map<UUID, Lying> letters = new LinkedHashMap<>();
    private final List<Kept> events = new ArrayList<>();
    private final Set<Untold> untold = new HashSet<>();
    private final Map<Listener, Wait> waits =
            new TreeMap<>(Comparator.comparing(Listener::run, UUID::compareTo).thenComparing(Listener::path));
    private final TreeMap<UUID, Task> tasks = new TreeMap<>();
    private final Map<UUID, Integer> organisations = new HashMap<>();
    private final Map<Key, Held> keys = new HashMap<>();
    private final Map<Place, List<Instant>> begins = new HashMap<>();

    MemoryPost(InstantSource clock, MemoryRuns runs) {
        this.clock = clock;
        this.runs = runs;
    }

    @Override
    public synchronized void post(Letter letter) {
        letters.putIfAbsent(letter.id(), new Lying(letter, clock.instant()));
    }

    @Override
    public synchronized List<Letter> overdue(Duration age, int limit) {
        var before = clock.instant().minus(age);
        return letters.values().stream()
                .filter(lying -> lying.since().isBefore(before))
                .limit(limit)
                .map(Lying::letter)
                .toList();
    }

    @Override
    public synchronized void delivered(Collection<UUID> ids) {
        letters.keySet().removeAll(ids);
    }

    @Override
    public synchronized long publish(int org, String id, String event, Value payload) {
        for (var kept : events) {
            if (kept.org() == org && kept.id().equals(id)) {
                return kept.event().position();
            }
        }
        long position = 1 + events.stream().filter(kept -> kept.org() == org).count();
        events.add(new Kept(org, id, new Event(position, event, payload), clock.instant()));
        untold.add(new Untold(org, position));
        return position;
    }

    @Override
    public synchronized List<Event> untold(int org, String event, long before, int limit) {
        return events.stream()
                .filter(kept -> kept.org() == org)
                .map(Kept::event)
                .filter(kept -> kept.event().equals(event)
                        && kept.position() < before
                        && untold.contains(new Untold(org, kept.position())))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void told(int org, String event, long position) {
        untold.remove(new Untold(org, position));
    }

    @Override
    public synchronized void listen(int org, UUID run, String path, String event, int turn) {
        var listener = new Listener(run, path);
        var before = waits.get(listener);
        if (before == null || before.turn() <= turn) {
            waits.put(listener, new Wait(org, event, turn));
        }
    }

    @Override
    public synchronized void unlisten(UUID run, String path, int turn) {
        waits.computeIfPresent(new Listener(run, path), (one, wait) -> wait.turn() <= turn ? null : wait);
    }

    @Override
    public synchronized List<Listener> listeners(int org, String event, @Nullable Listener after, int limit) {
        boolean started = after == null;
        var page = new ArrayList<Listener>();
        for (var wait : waits.entrySet()) {
            if (started && page.size() < limit && wait.getValue().isFor(org, event)) {
                page.add(wait.getKey());
            }
            started |= wait.getKey().equals(after);
        }
        return page;
    }

    @Override
    public synchronized List<Event> since(int org, String event, Instant since, long after, int limit) {
        return events.stream()
                .filter(kept -> kept.org() == org && !kept.at().isBefore(since))
                .map(Kept::event)
                .filter(kept -> kept.event().equals(event) && kept.position() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void ask(int org, UUID run, Effect.Ask ask) {
        organisations.put(ask.task(), org);
        tasks.putIfAbsent(
                ask.task(),
                new Task(
                        ask.task(),
                        run,
                        ask.path(),
                        ask.question(),
                        text(ask.who().get("role")),
                        text(ask.who().get("person")),
                        clock.instant(),
                        ask.until(),
                        State.OPEN,
                        null));
    }

    private static @Nullable String text(@Nullable Value value) {
        return value instanceof StringValue(String text) ? text : null;
    }

    @Override
    public synchronized void withdraw(UUID task) {
        close(task, State.WITHDRAWN, null);
    }

    private synchronized boolean close(UUID id, State state, @Nullable Value answer) {
        var task = tasks.get(id);
        if (task == null || task.state() != State.OPEN) {
            return false;
        }
        tasks.put(
                id,
                new Task(
                        id,
                        task.run(),
                        task.path(),
                        task.question(),
                        task.role(),
                        task.person(),
                        task.askedAt(),
                        task.until(),
                        state,
                        answer));
        return true;
    }

    @Override
    public synchronized List<Task> list(Query query) {
        var older = query.before() == null ? tasks : tasks.headMap(query.before(), false);
        return older.descendingMap().values().stream()
                .filter(task -> organisations.getOrDefault(task.id(), 0) == query.org())
                .filter(task -> query.state() == null || task.state() == query.state())
                .filter(task -> query.role() == null || query.role().equals(task.role()))
                .filter(task -> query.person() == null || query.person().equals(task.person()))
                .filter(task -> query.run() == null || query.run().equals(task.run()))
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized Optional<Task> find(int org, UUID task) {
        return Optional.ofNullable(tasks.get(task)).filter(found -> organisations.getOrDefault(task, 0) == org);
    }

    @Override
    public boolean answer(int org, Task task, Value answer) {
        var message = new Message.Answered(task.path(), task.id(), answer);
        // Not under the lock: what holds the lock of the runs comes here with letters.
        return find(org, task.id()).isPresent()
                && close(task.id(), State.ANSWERED, answer)
                && runs.tell(task.run(), message, "task:" + task.id(), false);
    }

    @Override
    public synchronized boolean take(Place place, String key, Duration within, String holder) {
        var now = clock.instant();
        var mine = new Held(holder, now.plus(within));
        var held = keys.merge(
                new Key(place, key),
                mine,
                (before, after) ->
                        before.until().isAfter(now) && !before.holder().equals(holder) ? before : after);
        return held.equals(mine);
    }

    @Override
    public synchronized void giveBack(Place place, String key, String holder) {
        keys.computeIfPresent(new Key(place, key), (of, held) -> held.holder().equals(holder) ? null : held);
    }

    @Override
    public synchronized @Nullable Instant begin(Place place, int count, Duration per) {
        var now = clock.instant();
        var recent = begins.computeIfAbsent(place, first -> new ArrayList<>());
        recent.removeIf(begun -> !begun.plus(per).isAfter(now));
        if (recent.size() >= count) {
            return recent.get(recent.size() - count).plus(per);
        }
        recent.add(now);
        return null;
    }
}
