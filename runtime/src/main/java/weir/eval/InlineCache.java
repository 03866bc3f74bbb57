package weir.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.value.RecordValue;
import weir.value.Shape;
import weir.value.Value;

/// Where one place of an expression found a name of records last, and which shapes it has met. Shared between threads;
/// racy writes are harmless, because each entry is true by itself.
final class InlineCache {
    private static final int MAX_MISSES = 64;
    private static final int MAX_SHAPES = 4;

    final String name;
    private Seen seen = new Seen(RecordValue.EMPTY.shape(), -1);
    private List<Seen> known = List.of();
    private int misses;

    /// @param slot where records of that shape have the name, or -1
    record Seen(Shape shape, int slot) {}

    InlineCache(String name) {
        this.name = name;
    }

    /// The value of the name, or null when the record does not have it.
    @Nullable
    Value find(RecordValue record) {
        var last = seen;
        if (isSame(record.shape(), last.shape)) {
            return last.slot >= 0 ? record.valueAt(last.slot) : null;
        }
        return search(record);
    }

    @SuppressWarnings("ReferenceEquality") // Shapes are told apart by identity.
    private static boolean isSame(Shape one, Shape other) {
        return one == other;
    }

    private @Nullable Value search(RecordValue record) {
        int slot = record.shape().find(name);
        if (misses < MAX_MISSES) {
            misses++;
            var met = new Seen(record.shape(), slot);
            remember(met);
            seen = met;
        }
        return slot >= 0 ? record.valueAt(slot) : null;
    }

    private void remember(Seen met) {
        var all = new ArrayList<>(known);
        all.removeIf(one -> isSame(one.shape, met.shape));
        all.addFirst(met);
        known = List.copyOf(all.subList(0, Math.min(all.size(), MAX_SHAPES + 1)));
    }

    /// The shapes met, the last one first; none when there are too many of them.
    List<Seen> shapes() {
        var all = known;
        return all.size() > MAX_SHAPES ? List.of() : all;
    }

    /// Begins anew to look what shapes there are.
    void forget() {
        known = List.of();
        misses = 0;
    }
}
