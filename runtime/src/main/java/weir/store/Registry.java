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
    record Entry(int id, int org, Kind kind, String name, int active) {}

    /// @param number from 1 within its workflow
    /// @param id unique in the store; runs are pinned to it
    /// @param hash the content hash of the graph
    /// @param file the file that declares it, as its project calls it; empty: nobody said
    /// @param text the whole file
    /// @param graph the graph's (or rule library's) JSON
    record Version(int id, int entry, int number, String hash, String file, String text, String graph, Instant at) {}

    /// Adds a version and makes it active; the same text of the same file again gives the version that is there.
    Version deploy(int org, Kind kind, String name, String hash, String file, String text, String graph);

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
