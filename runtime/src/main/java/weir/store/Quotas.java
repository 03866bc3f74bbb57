package weir.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What steps of all runs of a workflow share: the keys of `once per`, and how often `at most … per` lets them begin.
public interface Quotas {
    /// A step of a workflow.
    ///
    /// @param node the step's id in the graph
    record Place(int org, int workflow, String node) {}

    /// Takes a key, if nobody else has taken it in that time.
    ///
    /// @param holder who takes it (run, path and generation): the same one may take it again
    /// @return whether it is the holder's
    boolean take(Place place, String key, Duration within, String holder);

    /// Gives a key back that was taken for something that then failed.
    void giveBack(Place place, String key, String holder);

    /// Counts a beginning, if there may be one more now.
    ///
    /// @return null when it may begin, otherwise when to ask again
    @Nullable
    Instant begin(Place place, int count, Duration per);
}
