package weir.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What is on its way. Letters of runs get in by [Journal]; whoever delivered one takes it out.
public interface Outbox {
    /// A letter from outside. It is durable when this returns.
    void post(Letter letter);

    /// Letters that have lain longer than that, the oldest first: whoever should have delivered them may be dead.
    List<Letter> overdue(Duration age, int limit);

    /// They arrived.
    void delivered(Collection<UUID> letters);
}
