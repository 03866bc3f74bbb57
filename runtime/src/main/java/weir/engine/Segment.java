package weir.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import weir.value.ListValue;
import weir.value.RecordValue;
import weir.value.Value;

/// A part of a long loop, for the run that walks it. Everything in it has the paths, the keys and the draws that it
/// would have in the run of the loop.
///
/// @param origin the run that the workflow began with, whose draws and keys these are
/// @param seed of the origin
/// @param loop the loop's path
/// @param from the number of the first item
/// @param atOnce how many items run at once
/// @param walk the walk of the origin that this belongs to
/// @param since the walk of the newest thing that the loop could see
/// @param settled whether nothing before the loop can be undone, so that items that are over stay so
/// @param anew whether what happened in these items before was not theirs
/// @param outer the values around the loop that its items read, from the frame that the loop stands in upwards, each by
/// its slot
public record Segment(
        UUID origin,
        long seed,
        String loop,
        int from,
        ListValue items,
        int atOnce,
        int walk,
        int since,
        boolean settled,
        boolean anew,
        ListValue outer) {
    RecordValue record() {
        return new EntryBuilder()
                .put("origin", origin.toString())
                .put("seed", Long.toHexString(seed))
                .put("loop", loop)
                .put("from", from)
                .put("items", items)
                .put("atOnce", atOnce)
                .put("walk", walk)
                .put("since", since)
                .put("settled", settled)
                .put("anew", anew)
                .put("outer", outer)
                .build();
    }

    static Segment read(RecordValue record) {
        var fields = new EntryFields("segment", record);
        var segment = new Segment(
                fields.id("origin"),
                Long.parseUnsignedLong(fields.text("seed"), 16),
                fields.text("loop"),
                fields.number("from"),
                fields.list("items"),
                fields.number("atOnce"),
                fields.number("walk"),
                fields.number("since"),
                fields.flag("settled"),
                fields.flag("anew"),
                fields.list("outer"));
        fields.close();
        return segment;
    }

    static @Nullable Segment readOptional(@Nullable Value value) {
        return value instanceof RecordValue record ? read(record) : null;
    }

    @Override
    public String toString() {
        return "segment " + loop + "[" + from + ".." + (from + items.size() - 1) + "] of " + origin + " in walk "
                + walk;
    }
}
