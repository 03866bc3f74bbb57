package weir.store.memory;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import weir.store.Journal;

/// Stores without one of their protections, to show that somebody would notice.
public final class Weakened {
    private Weakened() {}

    /// Whoever once had a run may write to it.
    public static MemoryStore unfenced(InstantSource clock, RandomGenerator random) {
        return new MemoryStore(clock, random, new MemoryRuns(clock) {
            @Override
            boolean mayAppend(LiveRun run, long worker, Journal.Append append) {
                return true;
            }
        });
    }

    /// A run goes to sleep whether or not it was told something meanwhile.
    public static MemoryStore deaf(InstantSource clock, RandomGenerator random) {
        return new MemoryStore(clock, random, new MemoryRuns(clock) {
            @Override
            boolean isUnheard(LiveRun run, Journal.Append append) {
                return false;
            }
        });
    }
}
