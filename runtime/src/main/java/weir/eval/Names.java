package weir.eval;

import org.jspecify.annotations.Nullable;

/// What names mean inside one program: the parameters of arrows and functions, innermost first. Immutable.
///
/// @param slot where its value lies among an [Activation]'s locals, or among its numbers
record Names(@Nullable Names outer, String name, int slot, boolean numeric) {
    static @Nullable Names find(@Nullable Names names, String name) {
        for (var each = names; each != null; each = each.outer) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return null;
    }
}
