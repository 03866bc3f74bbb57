package weir.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was started and has to be stopped, the last first; one that does not stop in order keeps none of the others
/// from it. May be filled by several threads.
final class Parts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Parts.class.getName());

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception unexpected) {
                LOG.log(System.Logger.Level.WARNING, "a part did not stop in order", unexpected);
            }
        }
    }
}
