package weir.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where decisions go, or, in a replay, where they come from.
final class Recorder {
    private final List<Entry> entries;
    private final Mode mode;
    private int position;

    private enum Mode {
        DECIDING,
        /// The run is paused: what happened is recorded, and nothing is decided.
        HOLDING,
        REPLAYING
    }

    private Recorder(List<Entry> entries, Mode mode) {
        this.entries = entries;
        this.mode = mode;
    }

    static Recorder deciding() {
        return new Recorder(new ArrayList<>(), Mode.DECIDING);
    }

    /// Records what happened. Every decision is left open, as at the end of a replay.
    static Recorder holding() {
        return new Recorder(new ArrayList<>(), Mode.HOLDING);
    }

    static Recorder replaying(List<Entry> entries) {
        return new Recorder(entries, Mode.REPLAYING);
    }

    boolean isDeciding() {
        return mode == Mode.DECIDING;
    }

    boolean isReplaying() {
        return mode == Mode.REPLAYING;
    }

    /// The journal's next entry, or null when there is none left.
    @Nullable
    Entry peek() {
        return isReplaying() && position < entries.size() ? entries.get(position) : null;
    }

    /// The journal's next entry if it is about that path.
    Entry.@Nullable Placed peek(String path) {
        return peek() instanceof Entry.Placed placed && placed.path().equals(path) ? placed : null;
    }

    /// Whether the journal goes on without the run's deadline: builds before this one let it begin with a step
    /// only.
    boolean isBehindDeadline() {
        var next = peek();
        if (next instanceof Entry.RulesFired && position + 1 < entries.size()) {
            next = entries.get(position + 1);
        }
        return next instanceof Entry.Placed placed && !(placed instanceof Entry.RulesFired);
    }

    void take() {
        position++;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /// How many entries were made or taken.
    int count() {
        return isReplaying() ? position : entries.size();
    }

    /// How many entries were taken.
    int position() {
        return position;
    }

    List<Entry> entries() {
        return entries;
    }
}
