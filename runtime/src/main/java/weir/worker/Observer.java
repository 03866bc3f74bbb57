package weir.worker;

import java.time.Instant;
import weir.store.Views;

/// Hears what a worker did, for metrics. Called from many threads; must be quick.
public interface Observer {
    /// A run ended or was parked.
    void settled(String workflow, Views.State state, Instant startedAt, Instant at);

    /// What the last look of the reconciler found.
    ///
    /// @param missing runs that were due and that the queue did not know
    /// @param stray those of them that had been due for a minute: nothing would have woken them
    /// @param freed runs taken from workers that died
    /// @param expired claims whose lease was over
    void reconciled(int missing, int stray, int freed, int expired);

    /// Hears nothing.
    Observer NONE = new Observer() {
        @Override
        public void settled(String workflow, Views.State state, Instant startedAt, Instant at) {}

        @Override
        public void reconciled(int missing, int stray, int freed, int expired) {}
    };
}
