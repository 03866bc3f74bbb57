package weir.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where decisions go, or, in a replay, where they come from.
final class Recorder {
    private final List<Entry> entries;
    private final boolean replaying;
    private int position;

    private Recorder(List<Entry> entries, boolean replaying) {
        this.entries = entries;
        this.replaying = replaying;
    }

    static Recorder deciding() {
        return new Recorder(new ArrayList<>(), false);
    }

    static Recorder replaying(List<Entry> entries) {
        return new Recorder(entries, true);
    }

    boolean isReplaying() {
        return replaying;
    }

    /// The journal's next entry, or null when there is none left.
    @Nullable
    Entry peek() {
        return replaying && position < entries.size() ? entries.get(position) : null;
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
        return replaying ? position : entries.size();
    }

    /// How many entries were taken.
    int position() {
        return position;
    }

    List<Entry> entries() {
        return entries;
    }
}
