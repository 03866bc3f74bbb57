package weir.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deployed texts: workflows and rule sets with their versions. Versions are immutable.
public interface Registry {
    enum Kind {
        WORKFLOW,
        RULES
    }

    /// @param id a small number, unique in the store, that runs refer to
    /// @param active the number of the version that new runs take
    /// @param split how starts are shared among versions instead, or null
    /// @param retired whether nothing starts it any more; runs go on
    record Entry(
            int id,
            int org,
            Kind kind,
            String name,
            int active,
            @Nullable Split split,
            boolean retired) {
        public Entry(int id, int org, Kind kind, String name, int active) {
            this(id, org, kind, name, active, null, false);
        }
    }

    /// @param number from 1 within its workflow
    /// @param id unique in the store; runs are pinned to it
    /// @param hash the content hash of the graph
    /// @param file the file that declares it, as its project calls it; empty: nobody said
    /// @param text the whole file
    /// @param graph the graph's (or rule library's) JSON
    record Version(int id, int entry, int number, String hash, String file, String text, String graph, Instant at) {}

    /// Adds a version and makes it active, which ends a split; the same text of the same file again gives the
    /// version that is there.
    Version deploy(int org, Kind kind, String name, String hash, String file, String text, String graph);

    /// Makes a version that is there active again, and ends a split.
    ///
    /// @return false when there is no such version
    boolean activate(int entry, int number);

    /// @param split null: starts take the active version again
    void split(int entry, @Nullable Split split);

    /// @param retired false: it may be started again. A deployment lets it be started again, too
    void retire(int entry, boolean retired);

    List<Entry> list(int org, Kind kind);

    Optional<Entry> find(int org, Kind kind, String name);

    /// Also one that was removed: runs may still refer to it.
    Optional<Entry> find(int id);

    /// Newest first, without text and graph being loaded lazily: they are there.
    List<Version> versions(int entry);

    /// @param number null: the active one
    Optional<Version> version(int entry, @Nullable Integer number);

    Optional<Version> version(int id);

    /// It is no longer listed nor found by its name; its versions stay for the runs that refer to them. A later
    /// deployment of the name makes another entry.
    void remove(int entry);
}
