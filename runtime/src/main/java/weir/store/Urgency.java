package weir.store;

import weir.graph.Graph.Priority;

/// How priorities order a queue and still age: a run is served in the order of the moment it became ready minus a head
/// start. So a low run that has waited an hour comes before a critical one that has just become ready.
public final class Urgency {
    private Urgency() {}

    /// The head start of a priority over `LOW`, in milliseconds.
    public static long headStart(Priority priority) {
        return switch (priority) {
            case LOW -> 0;
            case NORMAL -> 60_000;
            case HIGH -> 600_000;
            case CRITICAL -> 3_600_000;
        };
    }
}
