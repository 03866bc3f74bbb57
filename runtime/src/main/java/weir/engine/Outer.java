package weir.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weir.eval.Frame;
import weir.eval.Scope;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// The values around a loop, on their way to runs that walk its segments: a list of records, the frame that the loop
/// stands in first, each with the values that are read by the number of their slot.
final class Outer {
    private Outer() {}

    /// @param places seen from that frame
    static ListValue values(Frame frame, List<Scope.Place> places) {
        var levels = new TreeMap<Integer, TreeMap<Integer, Value>>();
        for (var place : places) {
            var value = at(frame, place.up()).get(place.slot());
            if (value != null) {
                levels.computeIfAbsent(place.up(), up -> new TreeMap<>()).put(place.slot(), Journaled.of(value));
            }
        }
        var all = new ArrayList<Value>();
        for (int up = 0; !levels.isEmpty() && up <= levels.lastKey(); up++) {
            var record = RecordValue.builder();
            levels.getOrDefault(up, new TreeMap<>()).forEach((slot, value) -> record.put("" + slot, value));
            all.add(record.build());
        }
        return ListValue.of(all);
    }

    private static Frame at(Frame frame, int up) {
        Frame at = frame;
        for (int i = 0; i < up; i++) {
            var parent = at.parent();
            if (parent == null) {
                throw new IllegalArgumentException("there are not so many frames");
            }
            at = parent;
        }
        return at;
    }

    /// A frame that has these values, and those of the frames around it.
    static Frame frame(ListValue outer) {
        @Nullable Frame around = null;
        for (int up = outer.size() - 1; up >= 0; up--) {
            around = frame((RecordValue) outer.get(up), around);
        }
        return around == null ? new Frame(null, 0) : around;
    }

    private static Frame frame(RecordValue values, @Nullable Frame around) {
        int size = 0;
        for (int i = 0; i < values.size(); i++) {
            size = Math.max(size, Integer.parseInt(values.nameAt(i)) + 1);
        }
        var frame = new Frame(around, size);
        values.forEach((slot, value) -> frame.set(Integer.parseInt(slot), value));
        return frame;
    }
}
