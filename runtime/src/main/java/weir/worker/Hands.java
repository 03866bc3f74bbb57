package weir.worker;

import java.util.UUID;
import weir.store.Journal;

/// Who drives runs in this process, for those that are accepted in it: a run that finds a free place is accepted as
/// owned by this process and driven from memory, without the queue, and without being read again. A place that was
/// taken is followed by exactly one of the others.
interface Hands {
    /// In a process that drives nothing: everything goes through the queue.
    Hands NONE = new Hands() {
        @Override
        public long take() {
            return 0;
        }

        @Override
        public void drive(Journal.Birth birth, Begun begun) {
            throw new IllegalStateException("no place was taken");
        }

        @Override
        public void giveUp() {}

        @Override
        public void doubt(UUID run) {}

        @Override
        public boolean drives(UUID run) {
            return false;
        }
    };

    /// Takes a place, unless there is none or something waits in the queue, which comes first.
    ///
    /// @return the owner that the run is accepted under, 0 when there is no place
    long take();

    /// The run was accepted as this process's own: drives it from where it stands.
    void drive(Journal.Birth birth, Begun begun);

    /// The run was not accepted.
    void giveUp();

    /// It is not known whether the run was accepted. If so it is ours, and nobody here drives it: it is disowned.
    void doubt(UUID run);

    /// Whether the run is driven here now: then its end is heard of here first.
    boolean drives(UUID run);
}
