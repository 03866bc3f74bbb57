package weir.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// The events of organisations in the order of their positions, and which runs wait for them. A wait is kept before
/// the past is read, and an event before its listeners are: whoever is later sees the other.
public interface Events {
    /// @param position from 1, in the order of the organisation's events
    record Event(long position, String event, Value payload) {}

    /// @param path of the statement in the run that waits
    record Listener(UUID run, String path) {}

    /// Keeps an event, once an id.
    ///
    /// @return its position
    long publish(int org, String id, String event, Value payload);

    /// From now on the run is among the listeners.
    void listen(int org, UUID run, String path, String event);

    void unlisten(UUID run, String path);

    /// Who waits for an event, in pages.
    ///
    /// @param after the last one of the page before, or null
    List<Listener> listeners(int org, String event, @Nullable Listener after, int limit);

    /// Events of that name since then, beyond a position.
    List<Event> since(int org, String event, Instant since, long after, int limit);
}
