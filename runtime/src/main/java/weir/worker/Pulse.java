package weir.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import weir.store.Journal;

/// Says that this worker lives, on a beat of its own: a queue that hangs must not make the others bury it.
final class Pulse implements Actor<Object> {
    private static final Logger LOG = System.getLogger(Pulse.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Journal journal;
    private final Worker worker;

    Pulse(Journal journal, Worker worker) {
        this.journal = journal;
        this.worker = worker;
    }

    @Override
    public Next act(List<Object> nothing) {
        try {
            journal.heartbeat(worker.running());
        } catch (RuntimeException away) {
            // The reconciler, which looks at the same store, says it aloud.
            LOG.log(Level.DEBUG, "a beat was missed", away);
        }
        return new Next.Within(BEAT);
    }
}
