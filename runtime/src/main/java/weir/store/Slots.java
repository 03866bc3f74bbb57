package weir.store;

import java.util.List;
import java.util.UUID;
import weir.graph.Graph.Priority;

/// Whose turn it is: `at most N at once` of a workflow. A run that has to wait belongs to [#GATE] until it is granted
/// its turn; it holds it until it ends or rests.
public interface Slots {
    /// The owner of runs that wait for their turn; no worker's incarnation.
    long GATE = -1;

    /// What turns are counted by.
    record Key(int org, int workflow, String key) {}

    /// A run wants its turn, once. A run that rests goes to the gate.
    void enter(UUID run, Key key, int most, Priority priority);

    /// Lets those pass whose turn it is now, by priority and arrival.
    ///
    /// @return those that were at the gate; they are due
    List<Journal.Due> grant(Key key);

    /// A run gives its turn back, or does not want it any more. The second time nothing happens.
    ///
    /// @return the keys that may be granted to others now
    List<Key> leave(UUID run);

    /// A run goes on without a turn, because it is to be cancelled.
    void pass(UUID run);

    /// Who has a turn besides that run, the first one first.
    List<UUID> held(Key key, UUID besides);

    /// Keys that somebody waits for.
    List<Key> waiting(int limit);
}
