package weir.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// The events of organisations in the order of their positions, and which runs wait for them. A wait is kept before
/// the past is read, and an event before its listeners are: whoever is later sees the other. Positions become visible
/// in their order. Who tells an event tells those of its name first that others may not have told yet ([#untold]), so a
/// listener hears them in their order, too.
public interface Events {
    /// @param position from 1, in the order of the organisation's events
    record Event(long position, String event, Value payload) {}

    /// @param path of the statement in the run that waits
    record Listener(UUID run, String path) {}

    /// Keeps an event, once an id. It counts as not told until [#told].
    ///
    /// @return its position
    long publish(int org, String id, String event, Value payload);

    /// Events of that name before a position that somebody published and may not have told everybody yet.
    List<Event> untold(int org, String event, long before, int limit);

    /// Everybody who waited for it was told.
    void told(int org, String event, long position);

    /// From now on the run is among the listeners.
    ///
    /// @param turn the how manyth time it listens at the path
    void listen(int org, UUID run, String path, String event, int turn);

    /// It is not any more, unless it began again in a later turn: this may be heard late.
    void unlisten(UUID run, String path, int turn);

    /// Who waits for an event, in pages.
    ///
    /// @param after the last one of the page before, or null
    List<Listener> listeners(int org, String event, @Nullable Listener after, int limit);

    /// Events of that name since then, beyond a position.
    List<Event> since(int org, String event, Instant since, long after, int limit);
}
