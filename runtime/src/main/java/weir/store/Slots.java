package weir.store;

import java.util.List;
import java.util.UUID;
import weir.graph.Graph.Priority;

/// Whose turn it is: `at most N at once` of a workflow. A run that has to wait belongs to [#GATE] until it is granted
/// its turn; it holds it until it ends or rests.
///
/// Where a run stands is said by the journal alone, and nothing here contradicts it: who is not at the gate cannot ask,
/// and who is under way cannot lose its turn. So everything may be done twice and late.
public interface Slots {
    /// The owner of runs that wait for their turn; no worker's incarnation.
    long GATE = -1;

    /// What turns are counted by.
    record Key(int org, int workflow, String key) {}

    /// A run that waits for its turn.
    record AtGate(UUID run, int org) {}

    /// A run at the gate wants a turn, once; of one that is not there nothing is noted.
    void enter(UUID run, Key key, int most, Priority priority);

    /// Lets those pass whose turn it is now, by priority and arrival.
    ///
    /// @return those that were at the gate; they are due
    List<Journal.Due> grant(Key key);

    /// A run that has ended or rests gives its turn back; one that is under way keeps it.
    ///
    /// @return the keys that may be granted to others now
    List<Key> leave(UUID run);

    /// The same for all runs whose process died before it could say so.
    ///
    /// @return the keys that may be granted to others now
    List<Key> takeBackForgotten();

    /// Whether it is the run's turn.
    boolean holds(UUID run);

    /// A run at the gate goes on without a turn, because it is to be cancelled.
    void pass(UUID run);

    /// Who has a turn besides that run, the first one first.
    List<UUID> held(Key key, UUID besides);

    /// Keys that somebody waits for.
    List<Key> waiting(int limit);

    /// Runs at the gate that nobody has asked a turn for, because whoever should have died.
    List<AtGate> unasked(int limit);
}
