package weir.worker;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who in this process wants to know when a run moves. Only hints: a run that another process drives does not show
/// here, so whoever waits also looks at the views now and then.
final class Changes {
    private final Map<UUID, CompletableFuture<Outcome>> awaited = new ConcurrentHashMap<>();
    private final Map<UUID, List<Runnable>> followers = new ConcurrentHashMap<>();

    /// Says that somebody in this process will wait for the run; call it before the run can end.
    void expect(UUID run) {
        awaited.putIfAbsent(run, new CompletableFuture<>());
    }

    /// Completes with the end of the run.
    CompletableFuture<Outcome> await(UUID run) {
        return awaited.computeIfAbsent(run, id -> new CompletableFuture<>());
    }

    void forget(UUID run) {
        awaited.remove(run);
    }

    AutoCloseable follow(UUID run, Runnable onChange) {
        followers.compute(run, (id, list) -> {
            var listeners = list == null ? new CopyOnWriteArrayList<Runnable>() : list;
            listeners.add(onChange);
            return listeners;
        });
        return () -> followers.computeIfPresent(run, (id, list) -> {
            list.remove(onChange);
            return list.isEmpty() ? null : list;
        });
    }

    /// Frames of the run became durable.
    void moved(UUID run) {
        var listeners = followers.get(run);
        if (listeners != null) {
            listeners.forEach(Runnable::run);
        }
    }

    /// The run came to rest or ended, durably.
    void settled(UUID run, Outcome outcome) {
        moved(run);
        var waiting = awaited.remove(run);
        if (waiting != null) {
            waiting.complete(outcome);
        }
    }
}
