package weir.store.postgres;

import weir.engine.Entry;
import weir.graph.Graph.Priority;

/// The small numbers in rows. They are stored: none is ever given another meaning.
final class State {
    static final short READY = 0;
    static final short RUNNING = 1;
    static final short WAITING = 2;
    static final short PAUSED = 7;
    static final short PARKED = 8;

    private State() {}

    static short of(Entry.Status status) {
        return switch (status) {
            case SUCCEEDED -> 1;
            case FAILED -> 2;
            case CANCELLED -> 3;
        };
    }

    static Entry.Status status(int number) {
        return switch (number) {
            case 1 -> Entry.Status.SUCCEEDED;
            case 2 -> Entry.Status.FAILED;
            case 3 -> Entry.Status.CANCELLED;
            default -> throw new IllegalStateException("no status has the number " + number);
        };
    }

    static short of(Priority priority) {
        return switch (priority) {
            case LOW -> 0;
            case NORMAL -> 1;
            case HIGH -> 2;
            case CRITICAL -> 3;
        };
    }

    static Priority priority(int number) {
        return switch (number) {
            case 0 -> Priority.LOW;
            case 1 -> Priority.NORMAL;
            case 2 -> Priority.HIGH;
            case 3 -> Priority.CRITICAL;
            default -> throw new IllegalStateException("no priority has the number " + number);
        };
    }
}
